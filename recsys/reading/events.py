"""The interactions file as the table of events, in one stream.

Nothing is ever held as one Python object a row: each batch's ids are coded by themselves, and the
codes are brought together every `FOLD` rows.
"""

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.columns import Col
from recsys.formats import CODED, TEXT, Batch, is_blank
from recsys.progress import OnShare
from recsys.reading.account import Account, row_text
from recsys.reading.again import NamesAgain
from recsys.reading.amounts import Amounts
from recsys.reading.coding import alike, categorical, joined, merged, unified
from recsys.reading.column_names import plain_name
from recsys.reading.ids import IdColumn
from recsys.reading.losses import Losses
from recsys.reading.mapping import EventMapping
from recsys.reading.matching import Known, say_what_would_match
from recsys.reading.parts import SEVERAL, Part, Several
from recsys.reading.remarks import say_alike, say_what_is_twice
from recsys.reading.rules import CellRules
from recsys.reading.timing import settle_times
from recsys.reading.titles import Titles
from recsys.reading.zeros import hints_of, settled
from recsys.times import Clock

FOLD = 1 << 20
ONE_KIND = "EVENT"


def wanted(mapping: EventMapping) -> dict[str, pa.DataType]:
    """The columns to read for a mapping, and how."""
    coded = [mapping.event, mapping.item, mapping.user, mapping.title]
    plain = [mapping.value, *mapping.features, mapping.timestamp]
    return {name: CODED for name in coded if name} | {name: TEXT for name in plain if name}


class EventReader:
    """Collects batches into the table of events.

    Parameters
    ----------
    known
        Ids of the articles, or None where every item is one.
    whole
        Columns of ids in which 123.0 is read as 123.
    names
        All columns of the file, by which joined files are recognised.
    """

    def __init__(
        self,
        mapping: EventMapping,
        account: Account,
        known: pa.Array | None,
        rules: CellRules | None = None,
        whole: Collection[str] = (),
        names: Collection[str] = (),
    ) -> None:
        self._mapping, self._account = mapping, account
        self._rules = rules = rules or CellRules()
        self._known = None if known is None else Known(known, rules.same_ids)
        ids = {Col.USER: mapping.user, Col.ITEM: mapping.item, Col.EVENT: mapping.event}
        self._ids = {role: name for role, name in ids.items() if name}
        self._columns = {
            role: IdColumn(
                name=name,
                rules=rules,
                whole=name in whole,
                known=self._known if role == Col.ITEM else None,
                people=role == Col.USER,
                kept=role == Col.EVENT,
            )
            for role, name in self._ids.items()
        }
        self._rows = {role: np.zeros(0, dtype=np.int64) for role in (Col.USER, Col.ITEM)}
        own = list(self._ids.values())
        self._names = NamesAgain(own, names or own, account.name, account.unit)
        self._numbers = mapping.features or ((mapping.value,) if mapping.value else ())
        self._amounts = [Amounts(name=name) for name in self._numbers]
        self._clock = Clock(order=self._rules.dates)
        self._titles = Titles()
        sign = SEVERAL.get(rules.several or "")
        self._several = None if sign is None else Several(sign=sign)
        in_rows = (Col.USER, Col.ITEM)[: 1 if sign else 2]  # a cell of several is no id
        self._losses = Losses(in_rows, rules.no_ids, self._known)
        self._kept = 0
        self._pending: list[Part] = []
        self._categories = {role: pa.array([], TEXT) for role in self._ids}
        self._is_known = np.empty(0, dtype=bool)
        self._codes: dict[str, list[np.ndarray]] = {role: [] for role in self._ids}
        self._values: list[np.ndarray] = []
        self._times: list[np.ndarray] = []

    def read(self, batches: Iterable[Batch]) -> "EventReader":
        """Take all batches of a file."""
        for batch in batches:
            self._account.take(batch)
            if len(batch.lines):
                self._pending.append(self._good(batch))
            if sum(len(part.lines) for part in self._pending) >= FOLD:
                self._fold()
        self._fold()
        pa.default_memory_pool().release_unused()  # what follows needs it
        return self

    def _good(self, batch: Batch) -> Part:
        """The rows that have ids and readable numbers; the others are accounted for."""
        keep = np.ones(len(batch.lines), dtype=bool)

        def leave_out(bad: np.ndarray, reason: str) -> None:
            rows = np.flatnonzero(bad & keep)
            self._account.leave_out(reason, batch.lines[rows], lambda i: _shown(batch, rows[i]))
            keep[rows] = False

        if (again := self._names.rows(batch)) is not None:
            leave_out(again, "repeated header line")
        rows = keep.copy()
        ids = {role: self._columns[role].read(batch.columns[n]) for role, n in self._ids.items()}
        for role in (Col.EVENT, Col.ITEM, Col.USER):
            if role in ids:
                leave_out(is_blank(ids[role]), f"{self._ids[role]} is empty")
                nobody = self._columns[role].is_nobody(ids[role])
                leave_out(nobody, f"{self._ids[role]} is a word that is not an id")
        values = None
        if self._numbers:
            columns = [amounts.read(batch.columns[amounts.name]) for amounts in self._amounts]
            for name, column in zip(self._numbers, columns, strict=True):
                leave_out(~np.isfinite(column), f"{name} is not a number")
            if self._mapping.value:
                name, zeros = self._mapping.value, self._rules.zeros
                columns = [settled(column, zeros, name, leave_out) for column in columns]
            values = np.column_stack(columns)
        self._losses.take(ids, rows & ~keep)
        times = None
        if self._mapping.timestamp:
            times = self._seconds(batch.columns[self._mapping.timestamp], batch.lines, keep)
        if self._mapping.title:
            ids[Col.TITLE] = batch.columns[self._mapping.title]
        part = Part(ids=ids, lines=batch.lines, values=values, times=times)
        part = part if keep.all() else part.only(keep)
        return part if self._several is None else self._each_article(part)

    def _each_article(self, part: Part) -> Part:
        """The events of rows that can be about several articles."""
        assert self._several is not None
        items, rows = self._several.apart(part.ids[Col.ITEM])
        empty = np.bincount(rows, minlength=len(part.lines)) == 0
        has_none = np.flatnonzero(empty)
        self._losses.take(part.ids, empty)
        self._account.leave_out(
            f"no article in {self._mapping.item}",
            part.lines[has_none],
            lambda i: row_text([part.ids[Col.ITEM][int(has_none[i])].as_py()]),
        )
        return part.repeated(self._columns[Col.ITEM].read(items), rows)

    def _seconds(self, cells: pa.Array, lines: np.ndarray, keep: np.ndarray) -> np.ndarray:
        """The times of the rows to keep: a row that is left out is no example of a time."""
        if keep.all():
            return self._clock.seconds(cells, lines)
        times = np.full(len(keep), np.nan)
        times[keep] = self._clock.seconds(cells.filter(pa.array(keep)), lines[keep])
        return times

    def _fold(self) -> None:
        """Bring the codes of the pending parts together; leave out what is about no article."""
        parts, self._pending = self._pending, []
        if not parts:
            return
        with ThreadPoolExecutor(len(self._ids)) as pool:  # each column by itself
            columns_of = ([part.ids[role] for part in parts] for role in self._ids)
            codes = dict(
                zip(self._ids, pool.map(self._unified, self._ids, columns_of), strict=True)
            )
        if self._mapping.title:
            self._titles.add(codes[Col.ITEM], [part.ids[Col.TITLE] for part in parts])
        for role, rows in self._rows.items():
            now = np.bincount(codes[role], minlength=len(self._categories[role]))
            now[: len(rows)] += rows
            self._rows[role] = now
        lines = np.concatenate([part.lines for part in parts])
        keep: slice | np.ndarray = slice(None)
        if self._known is not None:
            new = self._categories[Col.ITEM].slice(len(self._is_known))
            self._is_known = np.concatenate([self._is_known, self._known.matched(new)])
            known = self._is_known[codes[Col.ITEM]]
            if not known.all():
                keep = known
                self._leave_out_unknown(known, codes, lines)
        self._kept += len(lines[keep]) if self._several is None else len(np.unique(lines[keep]))
        for role, column in codes.items():
            small = len(self._categories[role]) <= 127
            self._codes[role].append(
                column[keep].astype(np.int8 if small else np.int32, copy=False)
            )
        for parts_of, held in (("values", self._values), ("times", self._times)):
            columns = [getattr(part, parts_of) for part in parts]
            if columns[0] is not None:
                held.append(np.concatenate(columns)[keep])

    def _unified(self, role: str, columns: list[pa.Array]) -> np.ndarray:
        """The codes of some columns in `_categories`, to which new values are added at the end."""
        self._categories[role], codes = unified(self._categories[role], columns)
        return codes

    def _leave_out_unknown(
        self, known: np.ndarray, codes: dict[str, np.ndarray], lines: np.ndarray
    ) -> None:
        rows = np.flatnonzero(~known)
        if self._several is not None:  # a row stays for each of its articles that is known
            rows = rows[~np.isin(lines[rows], lines[known])]
            rows = rows[np.unique(lines[rows], return_index=True)[1]]

        def text(i: int) -> str:
            order = (Col.EVENT, Col.ITEM, Col.USER)
            ids = [self._categories[r][int(codes[r][rows[i]])] for r in order if r in codes]
            return row_text(value.as_py() for value in ids)

        self._account.leave_out("article is not in the articles file", lines[rows], text)

    def table(self, on_share: OnShare) -> tuple[pd.DataFrame, int]:
        """The events as `Tables` describes them, and how many rows of the file they are."""
        each = max(1, len(self._mapping.features))
        columns: dict[str, object] = {}
        for role in (Col.USER, Col.ITEM):
            codes = joined(self._codes[role], np.int32)
            n_rows = len(codes)
            codes = codes if each == 1 else np.repeat(codes, each)
            columns[role] = categorical(codes, self._categories[role])
            on_share(len(columns) / 4)
        self._say_of_ids()
        for amounts in self._amounts:
            amounts.say(self._account)
        columns[Col.EVENT] = self._kinds(n_rows)
        on_share(3 / 4)
        times = joined(self._times, np.float64) if self._times else np.full(n_rows, np.nan)
        if self._mapping.timestamp:
            settle_times(self._mapping.timestamp, times, self._clock, self._account)
        columns[Col.TIMESTAMP] = times if each == 1 else np.repeat(times, each)
        if self._numbers:
            columns[Col.VALUE] = joined(self._values, np.float64).reshape(-1)
        on_share(1)
        table = pd.DataFrame(columns, copy=False)
        good = self._categories[Col.USER].filter(pa.array(self._rows[Col.USER] > 0))
        self._losses.say(self._account, table, good)
        if self._mapping.value:
            for hint in hints_of(table, self._mapping.value):
                self._account.hint(hint)
        self._names.say(self._account)
        say_what_is_twice(self._account, table, joined=self._names.found)
        if self._several is not None:
            self._account.note(self._several.note(self._mapping.item))
        return table, self._kept

    def titles(self) -> pd.Series:
        """The first title of each article by its id, of those that have one."""
        name, differing = self._mapping.title, self._titles.differing
        if differing:
            self._account.note(
                f"Articles with more than one {name}: {differing:,}. The first one is used."
            )
        return self._titles.by_id(self._categories[Col.ITEM])

    def unknown(self) -> tuple[pa.Array, np.ndarray]:
        """The ids that are no article's, and how many rows of the file each has."""
        ids = self._categories[Col.ITEM].filter(pa.array(~self._is_known))
        return ids, self._rows[Col.ITEM][~self._is_known]

    def _kinds(self, n_rows: int) -> pd.Categorical:
        if self._mapping.event:
            kinds = categorical(
                joined(self._codes[Col.EVENT], np.int32), self._categories[Col.EVENT]
            )
            if self._rules.same_events:
                return merged(kinds)
            say_alike(self._account, alike(kinds))
            return kinds
        names = self._mapping.features or (plain_name(self._mapping.value or ONE_KIND),)
        codes = np.tile(np.arange(len(names), dtype=np.int32), n_rows)
        return categorical(codes, pa.array(names, TEXT))

    def _say_of_ids(self) -> None:
        """What is odd about ids, of rows that were left out as well."""
        if self._known is not None:
            say_what_would_match(self._account, self._known.ids, *self.unknown(), self._rules)
        for role, rows in self._rows.items():
            self._columns[role].say(self._account, self._categories[role], rows)


def _shown(batch: Batch, row: int) -> str:
    return row_text(column[int(row)].as_py() for column in list(batch.columns.values())[:4])
