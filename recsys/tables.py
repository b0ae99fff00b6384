"""From two CSV files to two checked tables.

The files' own column names are known here and in the sample generator, nowhere else.
"""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from recsys.columns import Col, Csv
from recsys.csvfile import DELIMITERS, RawTable, Source, header_of, read_columns
from recsys.errors import DataError, FileError
from recsys.report import Account, FileReport, Report

READER_VERSION = 1
ARTICLES_NEED = [Csv.TIMESTAMP, Csv.EVENT, Csv.ITEM]
ARTICLES_TAKE = [*ARTICLES_NEED, Csv.TITLE, Csv.URL, Csv.LANGUAGE, Csv.KIND]
EVENTS_NEED = [Csv.EVENT, Csv.ITEM, Csv.USER]
EVENTS_TAKE = [*EVENTS_NEED, Csv.TIMESTAMP]


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """Two checked tables and the account of how they came about.

    Attributes
    ----------
    articles
        One row an article: item_id, title, url, language, content_type, timestamp
        (seconds, text), removed.
    events
        One row an event on a known article: user_id, item_id, event_type, timestamp.
        Categoricals, all but the timestamp.
    report
        Counts of rows read, kept and left out, by file.
    fingerprint
        32 hexadecimal digits that stand for the content of both files.
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


def kind_of(source: Source) -> str:
    """Tell by its columns whether a file holds ``"articles"`` or ``"interactions"``.

    Raises
    ------
    FileError
        If it is neither, with the columns found and the columns needed.
    """
    names, _ = header_of(source)
    if Csv.USER in names:
        return "interactions"
    if {Csv.ITEM, Csv.TITLE} <= set(names) or set(ARTICLES_NEED) <= set(names):
        return "articles"
    shown = ", ".join(repr(name[:40]) for name in names[:12])
    raise FileError(
        f"is neither of the two files. Its columns are {shown}.",
        where=source.name,
        todo=(
            f"An articles file has {', '.join(ARTICLES_NEED)} and {Csv.TITLE}; "
            f"an interactions file has {', '.join(EVENTS_NEED)}."
        ),
    )


def fingerprint_of(articles: Source, interactions: Source) -> str:
    """The fingerprint of what `read_tables` would make of two files, without reading them."""
    parts = f"{READER_VERSION}:{articles.digest}:{interactions.digest}"
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def read_tables(articles: Source, interactions: Source) -> Tables:
    """Read and check both files.

    Articles: rows whose event is ``CONTENT SHARED`` enter, the latest of each article counts;
    one whose latest event is ``CONTENT REMOVED`` is marked. Interactions join articles on the
    article's id (inner).

    Raises
    ------
    FileError
        If a file cannot be read or lacks a column.
    DataError
        If nothing usable is left.
    """
    _expect(articles, "articles", ARTICLES_NEED)
    _expect(interactions, "interactions", EVENTS_NEED)
    article_table, article_report = _articles(articles)
    event_table, event_report = _events(interactions, article_table[Col.ITEM])
    if not len(event_table):
        raise DataError(
            f"none of the {event_report.rows:,} rows is about one of the "
            f"{len(article_table):,} articles"
            f"{_reasons(event_report)}.",
            where=interactions.name,
            todo="Check that both files come from the same export.",
        )
    return Tables(
        articles=article_table,
        events=event_table,
        report=Report(articles=article_report, events=event_report),
        fingerprint=fingerprint_of(articles, interactions),
    )


def _expect(source: Source, kind: str, need: list[str]) -> None:
    names, _ = header_of(source)
    missing = [name for name in need if name not in names]
    if not missing:
        return
    try:
        found = kind_of(source)
    except FileError:
        found = kind
    if found != kind:
        raise FileError(
            f"is an {found} file, where the {kind} file is wanted.",
            where=source.name,
            todo="Swap the two files.",
        )
    raise FileError(
        f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
        f"found {', '.join(repr(name[:40]) for name in names[:12])}.",
        where=f"{source.name}, header line",
        todo="Rename the columns in the file, or export it again.",
    )


def _open(source: Source, wanted: list[str]) -> tuple[pd.DataFrame, Account]:
    raw: RawTable = read_columns(source, wanted)
    frame = raw.frame
    for name in wanted:
        if name not in frame:
            frame[name] = ""
    account = Account(name=source.name, rows=len(frame) + len(raw.malformed))
    if raw.delimiter != ",":
        account.note(f"Read as separated by {DELIMITERS[raw.delimiter]}.")
    if raw.encoding != "UTF-8":
        account.note(f"Read as {raw.encoding}.")
    if raw.malformed:
        row, text = raw.malformed[0]
        account.leave_out("malformed row", len(raw.malformed), f"row {row:,} has {text}")
    return frame, account


def _drop(frame: pd.DataFrame, bad: pd.Series, reason: str, account: Account) -> pd.DataFrame:
    if not bad.any():
        return frame
    first = frame[bad].iloc[0]
    cells = ", ".join(str(first[name])[:40] or "(empty)" for name in frame.columns[:3])
    account.leave_out(reason, int(bad.sum()), f"row {first.name + 1:,}: {cells}")
    return frame[~bad]


def _articles(source: Source) -> tuple[pd.DataFrame, FileReport]:
    frame, account = _open(source, ARTICLES_TAKE)
    frame = _drop(frame, frame[Csv.ITEM] == "", f"no {Csv.ITEM}", account)
    known = frame[Csv.EVENT].isin([Csv.SHARED, Csv.REMOVED])
    frame = _drop(frame, ~known, f"{Csv.EVENT} is neither {Csv.SHARED} nor {Csv.REMOVED}", account)
    when = pd.to_numeric(frame[Csv.TIMESTAMP], errors="coerce")
    bad_time = when.isna() | ~np.isfinite(when)
    frame = _drop(frame, bad_time, f"{Csv.TIMESTAMP} is not a number", account)
    order = when[~bad_time].sort_values(kind="stable").index
    latest = frame.loc[order].drop_duplicates(Csv.ITEM, keep="last")
    removed = set(latest.loc[latest[Csv.EVENT] == Csv.REMOVED, Csv.ITEM])
    notice = frame[Csv.EVENT] == Csv.REMOVED
    frame = _drop(frame, notice, f"{Csv.REMOVED}: a notice, not an article", account)
    again = pd.Series(True, index=frame.index)
    by_time = order[order.isin(frame.index)]
    again[frame.loc[by_time].drop_duplicates(Csv.ITEM, keep="last").index] = False
    frame = _drop(frame, again, "shared again later (the latest row counts)", account)
    if not len(frame):
        raise DataError(
            f"no row has {Csv.EVENT} {Csv.SHARED!r}, a {Csv.ITEM} and a {Csv.TIMESTAMP}.",
            where=source.name,
            todo="Check that this is the articles file.",
        )
    table = pd.DataFrame(
        {
            Col.ITEM: frame[Csv.ITEM],
            Col.TITLE: frame[Csv.TITLE],
            Col.URL: frame[Csv.URL],
            Col.LANGUAGE: frame[Csv.LANGUAGE],
            Col.KIND: frame[Csv.KIND],
            Col.TIMESTAMP: frame[Csv.TIMESTAMP],
            Col.REMOVED: frame[Csv.ITEM].isin(removed),
        }
    ).reset_index(drop=True)
    untitled = int((table[Col.TITLE].str.strip() == "").sum())
    if untitled:
        account.note(f"{untitled:,} articles have no title; their ids stand in for it.")
    if removed:
        gone = int(table[Col.REMOVED].sum())
        account.note(f"{gone:,} articles were removed later: they teach, but are not offered.")
    return table, account.close(len(table))


def _events(source: Source, items: pd.Series) -> tuple[pd.DataFrame, FileReport]:
    frame, account = _open(source, EVENTS_TAKE)
    for name in EVENTS_NEED:
        frame = _drop(frame, frame[name] == "", f"no {name}", account)
    frame = _drop(
        frame, ~frame[Csv.ITEM].isin(items), "article is not in the articles file", account
    )
    table = pd.DataFrame(
        {
            Col.USER: frame[Csv.USER].astype("category"),
            Col.ITEM: frame[Csv.ITEM].astype("category"),
            Col.EVENT: frame[Csv.EVENT].astype("category"),
            Col.TIMESTAMP: pd.to_numeric(frame[Csv.TIMESTAMP], errors="coerce"),
        }
    ).reset_index(drop=True)
    lost = int(table[Col.TIMESTAMP].isna().sum())
    if lost and len(table):
        account.note(f"{lost:,} events have no readable {Csv.TIMESTAMP}; they count all the same.")
    return table, account.close(len(table))


def _reasons(report: FileReport) -> str:
    parts = [f"{part.reason}: {part.count:,}" for part in report.left_out]
    return f" ({'; '.join(parts)})" if parts else ""
