"""Which files a data set is read from, and how each is read."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

from recsys.dataset.tables import Tables, read_tables
from recsys.formats import ReadOptions, Source
from recsys.progress import OnProgress
from recsys.reading import ArticleMapping, EventMapping


@dataclass(frozen=True, kw_only=True)
class _File:
    source: Source
    options: ReadOptions = field(default_factory=ReadOptions)
    mapping: Any = None

    _columns: ClassVar[type[EventMapping] | type[ArticleMapping]]

    def how(self) -> dict[str, Any]:
        """Name, columns and options, for JSON; see `again`."""
        return {
            "name": self.source.name,
            "mapping": None if self.mapping is None else self.mapping.as_dict(),
            "options": asdict(self.options),
        }

    @classmethod
    def again(cls, how: dict[str, Any], source: Source) -> Self:
        """The file as `how` says, its bytes being at `source`."""
        mapping = None if how["mapping"] is None else cls._columns.from_dict(how["mapping"])
        return cls(source=source, options=ReadOptions(**how["options"]), mapping=mapping)


@dataclass(frozen=True, kw_only=True)
class EventsFile(_File):
    """An interactions file; columns that are not given are guessed."""

    mapping: EventMapping | None = None
    _columns = EventMapping


@dataclass(frozen=True, kw_only=True)
class ArticlesFile(_File):
    """An articles file; columns that are not given are guessed."""

    mapping: ArticleMapping | None = None
    _columns = ArticleMapping


@dataclass(frozen=True, kw_only=True)
class Files:
    """The files of a data set. Without an articles file, the ids stand for the articles."""

    interactions: EventsFile
    articles: ArticlesFile | None = None

    @classmethod
    def of(cls, articles: Source | None, interactions: Source) -> "Files":
        """Files that are read as their columns' names suggest."""
        return cls(
            interactions=EventsFile(source=interactions),
            articles=None if articles is None else ArticlesFile(source=articles),
        )

    @property
    def size(self) -> int:
        """Bytes of both."""
        return self.interactions.source.size + (self.articles.source.size if self.articles else 0)

    @property
    def names(self) -> list[str]:
        """The names that they came under, the articles first."""
        parts = [self.articles, self.interactions]
        return [part.source.name for part in parts if part is not None]

    @property
    def key(self) -> str:
        """32 hexadecimal digits that stand for the files and how each is read.

        Two of one key are read to equal tables and reports. It is found without reading a file on
        disk (see `Source.key`), and is another once one of them was changed.

        Raises
        ------
        FileError
            If a file on disk is not there (any more) or cannot be read.
        """
        parts = [
            None if part is None else [part.source.key, part.how()]
            for part in (self.interactions, self.articles)
        ]
        text = json.dumps(parts, sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def read(self, on_progress: OnProgress | None = None) -> Tables:
        """Read and check them; see `recsys.dataset.read_tables`."""
        events, articles = self.interactions, self.articles
        return read_tables(
            None if articles is None else articles.source,
            events.source,
            event_mapping=events.mapping,
            event_options=events.options,
            article_mapping=None if articles is None else articles.mapping,
            article_options=None if articles is None else articles.options,
            on_progress=on_progress,
        )
