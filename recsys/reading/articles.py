"""The articles file as the table of articles."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.columns import Col, Csv
from recsys.formats import TEXT, Batch
from recsys.progress import OnShare
from recsys.reading.account import Account, row_text
from recsys.reading.again import NamesAgain
from recsys.reading.ids import IdColumn
from recsys.reading.mapping import ArticleMapping
from recsys.reading.rules import CellRules
from recsys.reading.timing import settle_times
from recsys.times import Clock

_LINE = "\x00line"
_WORDS, _NAMES = r"[^\W\d_]\s+\w", 0.2  # ids of several words, and how many make all of them names
_DETAILS = (Col.TITLE, Col.URL, Col.LANGUAGE, Col.KIND, Col.AUTHOR, Col.TEXT)


def wanted(mapping: ArticleMapping) -> dict[str, pa.DataType]:
    """The columns to read for a mapping."""
    return {name: TEXT for name in mapping.columns}


def read_articles(
    batches: Iterable[Batch],
    mapping: ArticleMapping,
    account: Account,
    on_share: OnShare,
    rules: CellRules | None = None,
    whole: bool = False,
    names: Collection[str] = (),
) -> pd.DataFrame:
    """One row an article, as `Tables` describes it; `on_share` hears how far the table is.

    Where an event column is mapped, rows of ``CONTENT SHARED`` are the articles, the latest of an
    id counts, and one whose latest event is ``CONTENT REMOVED`` is marked. Otherwise every row is
    an article, and the latest of an id counts: by its time, or else, where there is no column of
    times or not all of its times can be read, the last.

    Parameters
    ----------
    whole
        Whether an id of 123.0 is read as 123.
    names
        All columns of the file, by which joined files are recognised.
    """
    rules = rules or CellRules()
    frame = _frame(batches, mapping, account, names or mapping.columns)
    on_share(0)
    frame = _with_ids(frame, mapping, account, rules, whole)
    on_share(1 / 4)
    when = _times(frame, mapping, account, rules)
    removed: set[str] = set()
    if mapping.event:
        frame, removed = _by_event(frame, when, mapping, account)
    on_share(1 / 2)
    frame = _drop_earlier(frame, when, mapping, account)
    on_share(3 / 4)
    table = _table(frame, when, mapping, removed)
    on_share(1)
    _note(table, removed, mapping, account)
    return table


def no_articles(items: pd.Index, titles: pd.Series) -> pd.DataFrame:
    """A table of articles of which nothing is known but their ids and, of some, their titles.

    Ids that are names, of several words as some of them are, stand for titles.
    """
    table = pd.DataFrame({Col.ITEM: pd.Series(items, dtype="str")})
    for name in (*_DETAILS, Col.TIMESTAMP):
        table[name] = pd.Series("", index=table.index, dtype="str")
    table[Col.TITLE] = titles.reindex(items).fillna("").astype("str").to_numpy()
    if len(items) and table[Col.ITEM].str.contains(_WORDS).mean() >= _NAMES:
        table[Col.TITLE] = table[Col.TITLE].where(table[Col.TITLE] != "", table[Col.ITEM])
    table[Col.REMOVED] = False
    return table


def _frame(
    batches: Iterable[Batch], mapping: ArticleMapping, account: Account, names: Collection[str]
) -> pd.DataFrame:
    """All rows but those in the middle that hold the names of the columns."""
    parts, lines, good = [], [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=bool)]
    own = mapping.columns
    if len(own) == 1:
        names = own  # an id by itself may well be what another column is called
    again = NamesAgain(own, names, account.name, account.unit)
    for batch in batches:
        account.take(batch)
        parts.append(pa.table(batch.columns))
        lines.append(batch.lines)
        coded = {name: batch.columns[name].dictionary_encode() for name in own}
        named = again.rows(replace(batch, columns=coded))
        good.append(np.ones(len(batch.lines), dtype=bool) if named is None else ~named)
    empty = pa.table({name: pa.array([], TEXT) for name in mapping.columns})
    frame = pa.concat_tables([empty, *parts]).to_pandas().astype("str")
    frame[_LINE] = np.concatenate(lines)
    bad = pd.Series(~np.concatenate(good), index=frame.index)
    return _drop(frame, bad, "repeated header line", account)


def _with_ids(
    frame: pd.DataFrame, mapping: ArticleMapping, account: Account, rules: CellRules, whole: bool
) -> pd.DataFrame:
    """The rows that have an id, read as it is meant; see `IdColumn`."""
    item = mapping.item
    column = IdColumn(name=item, rules=rules, whole=whole, kept=True)
    ids = column.read(pa.array(frame[item].to_numpy(object), TEXT).dictionary_encode())
    frame = frame.assign(**{item: ids.to_pandas().astype("str").to_numpy()})
    nobody = pd.Series(column.is_nobody(ids), index=frame.index)
    frame = _drop(frame, nobody, f"{item} is a word that is not an id", account)
    frame = _drop(frame, frame[item].str.strip() == "", f"{item} is empty", account)
    counts = frame[item].value_counts(sort=False)
    column.say(account, pa.array(counts.index.to_numpy(object), TEXT), counts.to_numpy())
    return frame


def _times(
    frame: pd.DataFrame, mapping: ArticleMapping, account: Account, rules: CellRules
) -> pd.Series:
    """Seconds by row, NaN where not known; where there is no column of times, all alike."""
    if not mapping.timestamp:
        return pd.Series(0.0, index=frame.index)
    clock = Clock(order=rules.dates)
    lines = frame[_LINE].to_numpy()
    seconds = clock.seconds(pa.array(frame[mapping.timestamp], TEXT), lines)
    settle_times(mapping.timestamp, seconds, clock, account)
    return pd.Series(seconds, index=frame.index)


def _in_time(frame: pd.DataFrame, when: pd.Series, item: str) -> tuple[pd.DataFrame, pd.Series]:
    """The rows of each article in the order of time, and of which rows that is so.

    Of an article of which not all times are known, they stay in the order of the file.
    """
    seconds = when[frame.index]
    timed = seconds.notna().groupby(frame[item]).transform("all")
    order = seconds.where(timed, 0.0).sort_values(kind="stable").index
    return frame.loc[order], timed


def _drop_earlier(
    frame: pd.DataFrame, when: pd.Series, mapping: ArticleMapping, account: Account
) -> pd.DataFrame:
    """One row an article; no row is called the latest where that is not known."""
    ordered, timed = _in_time(frame, when, mapping.item)
    again = pd.Series(True, index=frame.index)
    again[ordered.drop_duplicates(mapping.item, keep="last").index] = False
    verb = "shared" if mapping.event else "listed"
    last = f"{verb} again (the last row is used"
    if not mapping.timestamp:
        return _drop(frame, again, f"{last})", account)
    seconds = when[frame.index]
    tied = timed & (seconds == seconds.groupby(frame[mapping.item]).transform("max"))
    equal = f"{verb} again at the same time (the last row is used)"
    later = f"{verb} again later (the latest row is used)"
    kept = _drop(frame, again & timed & ~tied, later, account, lost=False)
    kept = _drop(kept, (again & tied)[kept.index], equal, account)
    return _drop(kept, again[kept.index], f"{last}: not all times are readable)", account)


def _drop(
    frame: pd.DataFrame, bad: pd.Series, reason: str, account: Account, *, lost: bool = True
) -> pd.DataFrame:
    out = frame[bad]
    shown = [name for name in frame.columns if name != _LINE][:3]

    def text(i: int) -> str:
        return row_text(out[name].iloc[i] for name in shown)

    account.leave_out(reason, out[_LINE].to_numpy(), text, lost=lost)
    return frame[~bad]


def _by_event(
    frame: pd.DataFrame, when: pd.Series, mapping: ArticleMapping, account: Account
) -> tuple[pd.DataFrame, set[str]]:
    """The rows of ``CONTENT SHARED``, and the ids whose latest row is another."""
    event = mapping.event
    known = frame[event].isin([Csv.SHARED, Csv.REMOVED])
    reason = f"{event} is neither {Csv.SHARED} nor {Csv.REMOVED}"
    frame = _drop(frame, ~known, reason, account)
    ordered, _ = _in_time(frame, when, mapping.item)
    latest = ordered.drop_duplicates(mapping.item, keep="last")
    removed = set(latest.loc[latest[event] == Csv.REMOVED, mapping.item])
    notice = frame[event] == Csv.REMOVED
    reason = f"{Csv.REMOVED}: a notice, not an article"
    return _drop(frame, notice, reason, account, lost=False), removed


def _table(
    frame: pd.DataFrame, when: pd.Series, mapping: ArticleMapping, removed: set[str]
) -> pd.DataFrame:
    sources = {
        Col.ITEM: mapping.item,
        Col.TITLE: mapping.title,
        Col.URL: mapping.url,
        Col.LANGUAGE: mapping.language,
        Col.KIND: mapping.kind,
        Col.AUTHOR: mapping.author,
        Col.TEXT: mapping.text,
    }
    table = pd.DataFrame(
        {
            name: frame[source] if source else pd.Series("", index=frame.index, dtype="str")
            for name, source in sources.items()
        }
    )
    table[Col.TIMESTAMP] = _seconds_as_text(frame, when, mapping)
    table[Col.REMOVED] = frame[mapping.item].isin(removed)
    return table.reset_index(drop=True)


def _seconds_as_text(frame: pd.DataFrame, when: pd.Series, mapping: ArticleMapping) -> pd.Series:
    """Seconds as they stand in the file, or else written out; "" where there are none."""
    if not mapping.timestamp:
        return pd.Series("", index=frame.index, dtype="str")
    text, seconds = frame[mapping.timestamp], when[frame.index]
    as_is = pd.to_numeric(text, errors="coerce") == seconds
    written = seconds.map(
        lambda value: "" if np.isnan(value) else f"{value:.6f}".rstrip("0").rstrip(".")
    )
    return text.where(as_is, written).astype("str")


def _note(
    table: pd.DataFrame, removed: set[str], mapping: ArticleMapping, account: Account
) -> None:
    untitled = int((table[Col.TITLE].str.strip() == "").sum())
    if untitled:
        account.note(f"Articles without a title: {untitled:,}. Their ids are shown instead.")
    if removed:
        gone = int(table[Col.REMOVED].sum())
        account.note(f"Articles removed later: {gone:,}. Used in training, never recommended.")
