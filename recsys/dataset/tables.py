"""From files to two checked tables."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.columns import Col, Csv
from recsys.dataset.other_ids import other_column
from recsys.dataset.reader import NothingLeft, none_is, read_articles_file, read_events_file
from recsys.errors import FileError
from recsys.formats import ReadOptions, Source
from recsys.progress import Meter, OnProgress, OnShare
from recsys.reading import (
    ArticleMapping,
    CellRules,
    EventMapping,
    FileReport,
    Report,
    articles as articles_file,
    event_mapping_of,
    look,
    refuse_missing,
    shown,
)

NO_ARTICLES = "no articles file"
_STEP = 1 << 16
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

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> list(tables.events)
    ['user_id', 'item_id', 'event_type', 'timestamp']
    >>> print(tables.report.events)
    users_interactions.csv: 40,000 rows, 40,000 kept
      read as  format CSV, packing none, encoding UTF-8, delimiter commas, header yes
      columns  user=personId, item=contentId, event=eventType, timestamp=timestamp
      note     timestamp read as seconds: 2025-01-01 to 2025-12-31.
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
        f"is neither an interactions file nor an articles file. Its columns are {shown(found)}.",
        where=source.name,
        todo=(
            f"An interactions file needs reader and article ids (such as {Csv.USER} and "
            f"{Csv.ITEM}), an articles file needs article ids. If it has them, choose the columns "
            "yourself."
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
    article_rules: CellRules | None = None,
    event_rules: CellRules | None = None,
    on_progress: OnProgress | None = None,
) -> Tables:
    """Read and check the files. A mapping that is not given is guessed from the columns' names.

    Without an articles file, the items of the interactions are the articles. Otherwise an
    interaction counts if its article is in the articles file; see
    `recsys.reading.articles.read_articles` for which rows of that are articles.

    Parameters
    ----------
    on_progress
        Called with the bytes read so far of both files and with how many they are, as they lie
        on the disk; the last tenth of each stands for making a table of it. The first never
        falls (a file that shows late that it is Latin-1 is read twice), and ends at the second.
        What it raises ends the reading.

    Raises
    ------
    FileError
        If a file cannot be read or lacks a column.
    NothingLeft
        If nothing usable is left.
    """
    found = look(interactions, event_options)
    mapping = event_mapping or event_mapping_of(found)
    refuse_missing(found, mapping)
    sizes = 0 if articles is None else articles.size, interactions.size
    meter = Meter(sum(sizes), on_progress)
    meter.at(0)
    table, article_report, known, other = None, None, None, None
    if articles is not None:
        table, article_report = read_articles_file(
            articles,
            article_mapping,
            article_options,
            article_rules or CellRules(),
            meter.file(0, sizes[0]),
        )
        known = pa.array(table[Col.ITEM], pa.string())
        used = ArticleMapping.from_dict(article_report.mapping)
        other = partial(other_column, articles, article_options, used)
    of_events = meter.file(*sizes)
    events, titles, event_report = read_events_file(
        interactions, found, mapping, event_rules or CellRules(), known, of_events, other
    )
    if table is None or article_report is None:
        table = articles_file.no_articles(events[Col.ITEM].cat.categories, titles)
        article_report = FileReport(name=NO_ARTICLES, rows=len(table), kept=len(table))
    report = Report(articles=article_report, events=event_report)
    if not event_report.kept:
        raise _no_events(report, interactions.name, None if articles is None else len(table))
    tables = Tables(
        articles=table,
        events=events,
        report=report,
        fingerprint=fingerprint(table, events, lambda share: of_events.made((1 + share) / 2)),
    )
    meter.at(meter.total)
    return tables


def _no_events(report: Report, name: str, n_articles: int | None) -> NothingLeft:
    about, todo = "usable", "Check the columns."
    if n_articles is not None:
        about = "about the only article"
        if n_articles > 1:
            about = f"about one of the {n_articles:,} articles"
        todo = "Check the columns, and that both files come from the same export."
    return NothingLeft(
        none_is(report.events, about),
        where=name,
        todo=" ".join([*report.events.offers(), todo]),
        reports=(report.articles, report.events)[n_articles is None :],
    )


def fingerprint(
    articles: pd.DataFrame, events: pd.DataFrame, on_share: OnShare | None = None
) -> str:
    """32 hexadecimal digits of the content of both tables; `on_share` hears how far it is."""
    state = hashlib.blake2b(digest_size=16)

    def add(values: np.ndarray) -> None:
        state.update(np.ascontiguousarray(values).data)

    def add_texts(texts: pa.Array) -> None:  # their lengths tell ["ab"] from ["a", "b"]
        add(pc.binary_length(texts).to_numpy(zero_copy_only=False).astype("<i8"))
        for start in range(0, len(texts), _STEP):
            state.update("".join(texts.slice(start, _STEP).to_pylist()).encode())

    columns = [*articles.items(), *events.items()]
    for number, (name, column) in enumerate(columns, 1):
        kind = column.dtype
        state.update(f"{name}:{len(column)}:".encode())
        if isinstance(kind, pd.CategoricalDtype):
            add_texts(pa.array(kind.categories, pa.string()))
            add(column.cat.codes.to_numpy())
        elif kind in (np.float64, np.bool_):
            add(column.to_numpy())
        else:
            add_texts(pa.array(column, pa.string()))
        if on_share is not None:
            on_share(number / len(columns))
    return state.hexdigest()
