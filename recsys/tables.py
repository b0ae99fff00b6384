"""From files to two checked tables."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.columns import Col, Csv
from recsys.errors import DataError, FileError
from recsys.reading import articles as articles_file
from recsys.reading import events as events_file
from recsys.reading.batch import Batch
from recsys.reading.csvfile import OtherEncoding
from recsys.reading.decoding import LATIN1
from recsys.reading.events import EventReader
from recsys.reading.layout import Layout, ReadOptions
from recsys.reading.look import Look, batches, look
from recsys.reading.mapping import ArticleMapping, EventMapping
from recsys.reading.report import Account, FileReport, Report
from recsys.reading.source import Source

NO_ARTICLES = "no articles file"
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """Two checked tables and the account of how they came about.

    Attributes
    ----------
    articles
        One row an article: item_id, title, url, language, content_type, author, text,
        timestamp (seconds, text), removed. What is not known is ``""``.
    events
        One row an event on a known article: user_id, item_id, event_type (categoricals, sorted),
        timestamp (float64 seconds, NaN where unknown) and, where the file has numbers, value
        (float64). A row of a wide table is one event for each of its features.
    report
        Counts of rows read, kept and left out, by file.
    fingerprint
        32 hexadecimal digits that stand for the content of both tables, whatever the files were.
    """

    articles: pd.DataFrame
    events: pd.DataFrame
    report: Report
    fingerprint: str = field(repr=True)

    @cached_property
    def event_counts(self) -> dict[str, int]:
        """Events by type, most frequent first."""
        counts = self.events[Col.EVENT].value_counts()
        return {str(name): int(count) for name, count in counts.items() if count}


class NothingLeft(DataError):
    """Files that can be read, but of which no row is left; `reports` say why, file by file."""

    def __init__(
        self, what: str, *, where: str, todo: str, reports: tuple[FileReport, ...]
    ) -> None:
        super().__init__(what, where=where, todo=todo)
        self.reports = reports


def kind_of(source: Source, options: ReadOptions | None = None) -> str:
    """Tell by its columns whether a file holds ``"articles"`` or ``"interactions"``.

    Raises
    ------
    FileError
        If it is neither, with the columns found and the columns needed.
    """
    found = look(source, options)
    if found.kind:
        return found.kind
    raise FileError(
        f"is neither of the two files. Its columns are {_shown(found)}.",
        where=source.name,
        todo=(
            f"An interactions file has a user and an item (such as {Csv.USER} and {Csv.ITEM}); "
            f"an articles file has an item. If it has, say which columns they are."
        ),
    )


def read_tables(
    articles: Source | None,
    interactions: Source,
    *,
    article_mapping: ArticleMapping | None = None,
    event_mapping: EventMapping | None = None,
    article_options: ReadOptions | None = None,
    event_options: ReadOptions | None = None,
) -> Tables:
    """Read and check the files. A mapping that is not given is guessed from the columns' names.

    Without an articles file, the items of the interactions are the articles. Otherwise an
    interaction counts if its article is in the articles file; see
    `recsys.reading.articles.read_articles` for which rows of that are articles.

    Raises
    ------
    FileError
        If a file cannot be read or lacks a column.
    NothingLeft
        If nothing usable is left.
    """
    found = look(interactions, event_options)
    mapping = event_mapping or event_mapping_of(found)
    _has_columns(found, mapping)
    table, article_report, known = None, None, None
    if articles is not None:
        table, article_report = _articles(articles, article_mapping, article_options)
        known = pa.array(table[Col.ITEM], pa.string())
    events, event_report = _events(interactions, found, mapping, known)
    if table is None or article_report is None:
        table = articles_file.no_articles(events[Col.ITEM].cat.categories)
        article_report = FileReport(name=NO_ARTICLES, rows=len(table), kept=len(table))
    if not event_report.kept:
        about = f"about one of the {len(table):,} articles" if articles else "usable"
        raise NothingLeft(
            f"none of the {event_report.rows:,} rows is {about}{event_report.reasons()}.",
            where=interactions.name,
            todo="Check the columns, and that both files come from the same export.",
            reports=(article_report, event_report)[articles is None :],
        )
    return Tables(
        articles=table,
        events=events,
        report=Report(articles=article_report, events=event_report),
        fingerprint=fingerprint(table, events),
    )


def _events(
    source: Source, found: Look, mapping: EventMapping, known: pa.Array | None
) -> tuple[pd.DataFrame, FileReport]:
    reader, layout, account = _collected(
        source,
        found.layout,
        events_file.wanted(mapping),
        lambda rows, account: EventReader(mapping, account, known).read(rows),
    )
    table, kept = reader.table()
    return table, account.close(kept, layout, mapping.as_dict())


def fingerprint(articles: pd.DataFrame, events: pd.DataFrame) -> str:
    """32 hexadecimal digits of the content of both tables."""
    state = hashlib.blake2b(digest_size=16)

    def add(values: np.ndarray) -> None:
        state.update(np.ascontiguousarray(values).data)

    def add_texts(texts: pa.Array) -> None:  # their lengths tell ["ab"] from ["a", "b"]
        add(pc.binary_length(texts).to_numpy(zero_copy_only=False).astype("<i8"))
        state.update("".join(texts.to_pylist()).encode())

    for name, column in [*articles.items(), *events.items()]:
        kind = column.dtype
        state.update(f"{name}:{len(column)}:".encode())
        if isinstance(kind, pd.CategoricalDtype):
            add_texts(pa.array(kind.categories, pa.string()))
            add(column.cat.codes.to_numpy())
        elif kind in (np.float64, np.bool_):
            add(column.to_numpy())
        else:
            add_texts(pa.array(column, pa.string()))
    return state.hexdigest()


def _articles(
    source: Source, mapping: ArticleMapping | None, options: ReadOptions | None
) -> tuple[pd.DataFrame, FileReport]:
    found = look(source, options)
    if mapping is None:
        if found.kind == "interactions":
            raise _swapped(found, "articles")
        if found.guess.articles is None:
            raise _unknown(found, "articles", "an item")
        mapping = found.guess.articles
    _has_columns(found, mapping)
    chosen = mapping
    table, layout, account = _collected(
        source,
        found.layout,
        articles_file.wanted(mapping),
        lambda rows, account: articles_file.read_articles(rows, chosen, account),
    )
    report = account.close(len(table), layout, mapping.as_dict())
    if not len(table):
        raise NothingLeft(
            f"none of the {report.rows:,} rows is an article{report.reasons()}.",
            where=source.name,
            todo="Check that this is the articles file.",
            reports=(report,),
        )
    return table, report


def _collected(
    source: Source,
    layout: Layout,
    wanted: dict[str, pa.DataType],
    collect: Callable[[Iterable[Batch], Account], _T],
) -> tuple[_T, Layout, Account]:
    """Read a file, once more where its encoding shows only late; with the layout that held."""
    try:
        account = Account(name=source.name)
        return collect(batches(source, layout, wanted), account), layout, account
    except OtherEncoding:
        layout = replace(layout, encoding=LATIN1)
        account = Account(name=source.name)
        return collect(batches(source, layout, wanted), account), layout, account


def event_mapping_of(found: Look) -> EventMapping:
    """The mapping that is guessed for an interactions file.

    Raises
    ------
    FileError
        If no user or no item is among its columns.
    """
    if found.guess.events is not None:
        return found.guess.events
    if found.kind == "articles":
        raise _swapped(found, "interactions")
    raise _unknown(found, "interactions", "a user and an item")


def _swapped(found: Look, wanted: str) -> FileError:
    kind = found.kind
    return FileError(
        f"is an {kind} file, where the {wanted} file is wanted. Its columns are {_shown(found)}.",
        where=found.name,
        todo="Swap the two files. If it is the right one, say which columns are what.",
    )


def _unknown(found: Look, kind: str, need: str) -> FileError:
    return FileError(
        f"has no columns known as {need}, as an {kind} file has. Its columns are {_shown(found)}.",
        where=f"{found.name}, header line",
        todo="Say which columns are what.",
    )


def _has_columns(found: Look, mapping: EventMapping | ArticleMapping) -> None:
    have = found.layout.columns
    missing = [name for name in mapping.columns if name not in have]
    if missing:
        raise FileError(
            f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"found {_shown(found)}.",
            where=f"{found.name}, header line",
            todo="Choose others, or rename the columns in the file.",
        )
    twice = [name for name in mapping.columns if have.count(name) > 1]
    if twice:
        raise FileError(
            f"has the column {twice[0]!r} twice.", where=found.name, todo="Rename or drop one."
        )


def _shown(found: Look) -> str:
    return ", ".join(repr(name[:40]) for name in found.layout.columns[:12])
