"""A file beside a data set to which lines are only ever added: what people decided about it."""

import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from recsys.errors import SettingError

T = TypeVar("T")
_KEY = re.compile(r"[0-9a-f]{32}")
_LOCK = threading.Lock()  # of all journals of this process


@dataclass(frozen=True, kw_only=True)
class Journal:
    """The journals of one kind in the folder of the data sets, each beside its data set.

    It outlives the data set's folder, which is replaced where the same files are kept again.

    Attributes
    ----------
    ending
        Of the files' names, behind the fingerprint of the data.
    what
        What is in it, for messages: ``"rules"``.
    max_bytes
        Of one journal.
    """

    folder: Path
    ending: str
    what: str
    max_bytes: int

    def read(self, fingerprint: str) -> list[bytes]:
        """The lines of a data set's journal; none where nothing was decided.

        Raises
        ------
        SettingError
            If it cannot be read.
        """
        try:
            return self._path(fingerprint).read_bytes().splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SettingError(
                f"the {self.what} cannot be read: {error.strerror}.",
                todo="Ask whoever runs the server to look at its disk.",
            ) from None

    def change(self, fingerprint: str, decide: Callable[[list[bytes]], tuple[T, list[str]]]) -> T:
        """Add lines that are made from those that are there; gives what `decide` gives with them.

        Two visitors at once are one after the other. What is added is on the disk whole or not at
        all: what a crash leaves of a line stays a line of its own, and the next begins a new one.

        Raises
        ------
        SettingError
            If the journal is full or cannot be written.
        """
        path = self._path(fingerprint)
        with _LOCK:
            made, lines = decide(self.read(fingerprint))
            data = "".join(lines).encode()
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with open(path, "a+b") as file:
                    size = file.seek(0, os.SEEK_END)
                    if size + len(data) > self.max_bytes:
                        raise SettingError(
                            f"the {self.what} of a data set take at most "
                            f"{self.max_bytes >> 20} MiB.",
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
                    f"the {self.what} cannot be written: {error.strerror}.",
                    todo="Ask whoever runs the server to look at its disk.",
                ) from None
        return made

    def remove(self, fingerprint: str) -> None:
        """Take the journal away with its data set."""
        with _LOCK:
            self._path(fingerprint).unlink(missing_ok=True)

    def _path(self, fingerprint: str) -> Path:
        if not _KEY.fullmatch(fingerprint):
            raise SettingError(f"{fingerprint!r:.40} is not a data set.")
        return self.folder / f"{fingerprint}{self.ending}"
