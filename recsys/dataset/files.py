"""Which files a data set is read from, and how each is read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self, TypeAlias

import pandas as pd

from recsys.dataset.reader import of_articles
from recsys.dataset.tables import Tables, read_tables
from recsys.formats import ReadOptions, Source
from recsys.progress import OnProgress
from recsys.reading import ArticleMapping, CellRules, EventMapping, event_mapping_of, look
from recsys.sample import ARTICLES_FILE, INTERACTIONS_FILE, sample_csv

Given: TypeAlias = str | Path | pd.DataFrame | Source


@dataclass(frozen=True, kw_only=True)
class _File:
    source: Source
    options: ReadOptions = field(default_factory=ReadOptions)
    mapping: Any = None
    rules: CellRules = field(default_factory=CellRules)

    _columns: ClassVar[type[EventMapping] | type[ArticleMapping]]

    def how(self) -> dict[str, Any]:
        """Name, columns and options, for JSON; see `again`."""
        return {
            "name": self.source.name,
            "mapping": None if self.mapping is None else self.mapping.as_dict(),
            "options": asdict(self.options),
            "rules": self.rules.as_dict(),
        }

    @classmethod
    def again(cls, how: dict[str, Any], source: Source) -> Self:
        """The file as `how` says, its bytes being at `source`."""
        mapping = None if how["mapping"] is None else cls._columns.from_dict(how["mapping"])
        options, rules = ReadOptions(**how["options"]), CellRules(**how.get("rules", {}))
        return cls(source=source, options=options, mapping=mapping, rules=rules)


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
            event_rules=events.rules,
            article_rules=None if articles is None else articles.rules,
            on_progress=on_progress,
        )


def read_files(
    articles: Given | None,
    interactions: Given,
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    features: Sequence[str] = (),
    delimiter: str | None = None,
    encoding: str | None = None,
    header: bool | None = None,
    quoting: bool | None = None,
    article_columns: Mapping[str, str] | None = None,
    article_delimiter: str | None = None,
    article_encoding: str | None = None,
    article_header: bool | None = None,
    article_quoting: bool | None = None,
    rules: CellRules | None = None,
    article_rules: CellRules | None = None,
) -> Tables:
    """Read and check two files, or two tables. What is not given is found.

    Parameters
    ----------
    articles
        What the articles are; None where nothing but their ids is known.
    interactions
        Who did what. Both are CSV, JSON lines, a workbook or Parquet, plain, gzip or zip, or a
        DataFrame.
    columns
        Of the interactions, by what they hold: user, item, event, value, timestamp; title, for
        where there is no articles file; features for a list of columns that are each a kind of
        event.
    features
        The same list alone, where the other columns are found.
    delimiter, encoding, header
        Of the interactions: ``,`` ``;`` ``|`` or a tab; UTF-8, Latin-1, Windows-1251, …; whether
        the first line names the columns (without one they are ``column 1``, …).
    article_columns
        Of the articles: item, title, url, language, kind, timestamp, event.
    quoting
        False where a quotation mark is a sign like any other.
    article_delimiter, article_encoding, article_header, article_quoting
        As for the interactions.
    rules, article_rules
        How dates, ids and zeros are understood; see `recsys.reading.CellRules`.

    Returns
    -------
    Tables
        ``articles`` and ``events``, and a ``report`` of every row that was left out, to be printed.

    Raises
    ------
    KindredError
        If a file cannot be read, lacks a column, or nothing usable is left.

    Examples
    --------
    >>> import recsys, tempfile
    >>> articles, interactions = recsys.write_sample(tempfile.mkdtemp())
    >>> tables = recsys.read_files(articles, interactions)
    >>> len(tables.articles), len(tables.events)
    (1500, 40000)
    >>> print(tables.report.events.kept, "of", tables.report.events.rows, "rows kept")
    40000 of 40000 rows kept

    Two columns of a table are enough:

    >>> tables = recsys.read_files(None, tables.events[["user_id", "item_id"]])
    >>> tables.event_counts
    {'EVENT': 40000}
    """
    known = None if articles is None else Source.of(articles, "articles")
    events = Source.of(interactions, "interactions")
    options = ReadOptions(delimiter=delimiter, encoding=encoding, header=header, quoting=quoting)
    mapping = None
    if columns is not None:
        given = dict(columns) | ({"features": tuple(features)} if features else {})
        mapping = EventMapping.from_dict(given)
    elif features:
        guessed = event_mapping_of(look(events, options))
        mapping = replace(guessed, event=None, value=None, features=tuple(features))
    with of_articles():
        details = (
            None if article_columns is None else ArticleMapping.from_dict(dict(article_columns))
        )
        article_options = ReadOptions(
            delimiter=article_delimiter,
            encoding=article_encoding,
            header=article_header,
            quoting=article_quoting,
        )
    return read_tables(
        known,
        events,
        article_mapping=details,
        event_mapping=mapping,
        article_options=article_options,
        event_options=options,
        article_rules=article_rules,
        event_rules=rules,
    )


def sample_tables() -> Tables:
    """The sample data set, made and read in memory: 1,500 articles, 1,000 people.

    Examples
    --------
    >>> import recsys
    >>> recsys.sample_tables().event_counts
    {'VIEW': 33900, 'LIKE': 3200, 'BOOKMARK': 1350, 'COMMENT CREATED': 850, 'FOLLOW': 700}
    """
    articles, interactions = (
        Source(name=name, data=data)
        for name, data in zip((ARTICLES_FILE, INTERACTIONS_FILE), sample_csv(), strict=True)
    )
    return read_tables(articles, interactions)
