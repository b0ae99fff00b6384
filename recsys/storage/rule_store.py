"""The journal of what editors decided about the data sets that are kept on the server."""

import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from recsys.errors import SettingError
from recsys.picks import Decision, Rules, journal_line, journal_of

ENDING = ".rules.jsonl"
MAX_BYTES = 8 << 20  # of one journal: some 20,000 decisions
_KEY = re.compile(r"[0-9a-f]{32}")
_LOCK = threading.Lock()  # of all stores of this process


@dataclass(frozen=True, kw_only=True)
class RuleStore:
    """Journals in the folder of the data sets, each beside its data set.

    It outlives the data set's folder, which is replaced where the same files are kept again.
    """

    folder: Path

    def read(self, fingerprint: str) -> Rules:
        """All that was decided about a data set; lines that cannot be read are told."""
        try:
            return journal_of(self._path(fingerprint).read_bytes().splitlines())
        except FileNotFoundError:
            return Rules()
        except OSError as error:
            raise SettingError(
                f"the rules cannot be read: {error.strerror}.",
                todo="Ask whoever runs the server to look at its disk.",
            ) from None

    def change(self, fingerprint: str, decide: Callable[[Rules], list[Decision]]) -> Rules:
        """Add the entries that somebody decides on, seeing all that was decided until now.

        Two visitors at once are one after the other. An entry is on the disk whole or not at all:
        what a crash leaves of one is a line that `read` tells, and the next begins a new line.

        Raises
        ------
        SettingError
            If the journal is full, cannot be written, or what is decided makes no sense.
        """
        path = self._path(fingerprint)
        with _LOCK:
            rules = self.read(fingerprint)
            made = decide(rules)
            data = "".join(map(journal_line, made)).encode()
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with open(path, "a+b") as file:
                    size = file.seek(0, os.SEEK_END)
                    if size + len(data) > MAX_BYTES:
                        raise SettingError(
                            f"the rules of a data set take at most {MAX_BYTES >> 20} MiB.",
                            todo="Ask whoever runs the server.",
                        )
                    if size:
                        file.seek(-1, os.SEEK_END)
                        data = data if file.read(1) == b"\n" else b"\n" + data
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                raise SettingError(
                    f"the rules cannot be written: {error.strerror}.",
                    todo="Ask whoever runs the server to look at its disk.",
                ) from None
        return rules.add(*made)

    def remove(self, fingerprint: str) -> None:
        """Take the rules away with their data set."""
        with _LOCK:
            self._path(fingerprint).unlink(missing_ok=True)

    def _path(self, fingerprint: str) -> Path:
        if not _KEY.fullmatch(fingerprint):
            raise SettingError(f"{fingerprint!r:.40} is not a data set.")
        return self.folder / f"{fingerprint}{ENDING}"
