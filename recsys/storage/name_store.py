"""The journal of what people called the topics of the data sets that are kept on the server."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from recsys.storage.journal import Journal
from recsys.topics import TopicName, TopicNames, name_line, names_of

ENDING = ".topics.jsonl"
MAX_BYTES = 2 << 20  # of one journal: some 900 names, each with a hundred ids


@dataclass(frozen=True, kw_only=True)
class NameStore:
    """The names of each data set's topics; see `recsys.storage.journal.Journal`."""

    folder: Path

    def read(self, fingerprint: str) -> TopicNames:
        """All names of a data set's topics; lines that cannot be read are told."""
        return names_of(self._journal.read(fingerprint))

    def change(
        self, fingerprint: str, decide: Callable[[TopicNames], list[TopicName]]
    ) -> TopicNames:
        """Add the entries that somebody makes, seeing all that there are until now.

        Raises
        ------
        SettingError
            If the journal is full, cannot be written, or an entry makes no sense.
        """

        def add(lines: list[bytes]) -> tuple[TopicNames, list[str]]:
            names = names_of(lines)
            made = decide(names)
            return names.add(*made), [name_line(entry) for entry in made]

        return self._journal.change(fingerprint, add)

    def remove(self, fingerprint: str) -> None:
        """Take the names away with their data set."""
        self._journal.remove(fingerprint)

    @property
    def _journal(self) -> Journal:
        return Journal(
            folder=self.folder, ending=ENDING, what="names of topics", max_bytes=MAX_BYTES
        )
