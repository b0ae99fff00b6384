"""One file of a data set as a table, with its account."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.errors import DataError, KindredError
from recsys.formats import Batch, Layout, OtherEncoding, ReadOptions, Source, batches
from recsys.progress import FileMeter
from recsys.reading import (
    BETWEEN,
    Account,
    ArticleMapping,
    CellRules,
    EventMapping,
    EventReader,
    FileReport,
    Hint,
    Look,
    are_whole,
    article_mapping_of,
    articles as articles_file,
    events as events_file,
    look,
    looks_like_several,
    note_first_line,
    note_unused,
    refuse_missing,
)

_T = TypeVar("_T")
OtherColumn = Callable[[pa.Array, np.ndarray, int], Hint | None]
_OF_BOTH = re.compile("--(?=(columns|dates|delimiter|encoding|no-header|no-quoting)\\b)")


@contextmanager
def of_articles() -> Iterator[None]:
    """What is refused inside is refused with the options of an articles file."""
    try:
        yield
    except KindredError as error:
        error.shell = _OF_BOTH.sub("--article-", error.shell)
        raise


class NothingLeft(DataError):
    """Files that can be read, but of which no row is left; `reports` say why, file by file."""

    def __init__(
        self, what: str, *, where: str, todo: str, reports: tuple[FileReport, ...]
    ) -> None:
        super().__init__(what, where=where, todo=todo)
        self.reports = reports


def read_events_file(
    source: Source,
    found: Look,
    mapping: EventMapping,
    rules: CellRules,
    known: pa.Array | None,
    meter: FileMeter,
    other_column: OtherColumn | None = None,
) -> tuple[pd.DataFrame, pd.Series, FileReport]:
    """The events, the titles that stand beside their articles' ids, and the account.

    Parameters
    ----------
    known
        Ids of the articles, or None where every item is one.
    other_column
        Asked for a hint where most rows are about none of the articles: given the ids of these,
        how many rows each has, and how many were kept.
    """
    whole = [name for name in (mapping.user, mapping.item) if are_whole(found.preview[name])]
    used = mapping if known is None else replace(mapping, title=None)
    reader, layout, account = _collected(
        source,
        found.layout,
        events_file.wanted(used),
        lambda batches, account: EventReader(
            used, account, known, rules, whole, found.layout.columns
        ).read(batches),
        meter,
    )
    sign = looks_like_several(found.preview[mapping.item].tolist())
    if sign and rules.several is None:
        account.hint(
            Hint(
                text=f"Cells of {mapping.item} seem to contain several articles, separated by "
                f"{BETWEEN[sign]}.",
                label="Read each article separately",
                shell=f"--several {sign}",
                rules={"several": sign},
            )
        )
    table, kept = reader.table(lambda share: meter.made(share / 2))
    titles = reader.titles()
    if other_column is not None and 2 * kept < account.rows:
        hint = other_column(*reader.unknown(), kept)
        if hint is not None:
            account.hint(hint)
    if used != mapping:
        account.note(f"{mapping.title} is not used: titles come from the articles file.")
    note_first_line(found, mapping.item, account)
    if kept:  # otherwise it is not what is amiss
        note_unused(found, mapping, account)
    return table, titles, account.close(kept, layout, used.as_dict())


@of_articles()
def read_articles_file(
    source: Source,
    mapping: ArticleMapping | None,
    options: ReadOptions | None,
    rules: CellRules,
    meter: FileMeter,
) -> tuple[pd.DataFrame, FileReport]:
    """The table of articles, and the account.

    Raises
    ------
    NothingLeft
        If no row is an article.
    """
    found = look(source, options)
    chosen = mapping or article_mapping_of(found)
    refuse_missing(found, chosen)
    table, layout, account = _collected(
        source,
        found.layout,
        articles_file.wanted(chosen),
        lambda batches, account: articles_file.read_articles(
            batches,
            chosen,
            account,
            meter.made,
            rules,
            are_whole(found.preview[chosen.item]),
            found.layout.columns,
        ),
        meter,
        articles=True,
    )
    note_first_line(found, chosen.item, account)
    if len(table):
        note_unused(found, chosen, account)
    report = account.close(len(table), layout, chosen.as_dict())
    if not len(table):
        raise NothingLeft(
            none_is(report, "an article"),
            where=source.name,
            todo="Check that this is the articles file.",
            reports=(report,),
        )
    return table, report


def none_is(report: FileReport, what: str) -> str:
    """That no row of a file is what it should be, and why."""
    if not report.rows:
        return "has no rows below the column names."
    rows = f"none of the {report.rows:,} rows is" if report.rows > 1 else "its only row is not"
    return f"{rows} {what}{report.reasons()}."


def _collected(
    source: Source,
    layout: Layout,
    wanted: dict[str, pa.DataType],
    collect: Callable[[Iterable[Batch], Account], _T],
    meter: FileMeter,
    articles: bool = False,
) -> tuple[_T, Layout, Account]:
    """Read a file, once more where its encoding shows only late; with the layout that held."""

    def collected() -> tuple[_T, Layout, Account]:
        account = Account(name=source.name, articles=articles, unit=layout.unit)
        with closing(batches(source, layout, wanted)) as rows:
            return collect(_heard(rows, meter), account), layout, account

    try:
        return collected()
    except OtherEncoding as other:  # what was read so far is let go
        layout = replace(layout, encoding=other.encoding, doubt=other.doubt)
    return collected()


def _heard(rows: Iterable[Batch], meter: FileMeter) -> Iterator[Batch]:
    """The same batches; `meter` hears of each when the next one is asked for."""
    for batch in rows:
        yield batch
        meter.read(batch.position)
