"""The journal of what editors decided about the data sets that are kept on the server."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from recsys.picks import Decision, Rules, journal_line, journal_of
from recsys.storage.journal import Journal

ENDING = ".rules.jsonl"
MAX_BYTES = 8 << 20  # of one journal: some 20,000 decisions


@dataclass(frozen=True, kw_only=True)
class RuleStore:
    """The rules of each data set; see `recsys.storage.journal.Journal`."""

    folder: Path

    def read(self, fingerprint: str) -> Rules:
        """All that was decided about a data set; lines that cannot be read are told."""
        return journal_of(self._journal.read(fingerprint))

    def change(self, fingerprint: str, decide: Callable[[Rules], list[Decision]]) -> Rules:
        """Add the entries that somebody decides on, seeing all that was decided until now.

        Raises
        ------
        SettingError
            If the journal is full, cannot be written, or what is decided makes no sense.
        """

        def add(lines: list[bytes]) -> tuple[Rules, list[str]]:
            rules = journal_of(lines)
            made = decide(rules)
            return rules.add(*made), [journal_line(entry) for entry in made]

        return self._journal.change(fingerprint, add)

    def remove(self, fingerprint: str) -> None:
        """Take the rules away with their data set."""
        self._journal.remove(fingerprint)

    @property
    def _journal(self) -> Journal:
        return Journal(folder=self.folder, ending=ENDING, what="rules", max_bytes=MAX_BYTES)
