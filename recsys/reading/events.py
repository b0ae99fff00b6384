"""The interactions file as the table of events, in one stream.

Nothing is ever held as one Python object a row: each batch's ids are coded by themselves, and the
codes are brought together every `FOLD` rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.columns import Col
from recsys.formats import CODED, TEXT, Batch, is_blank
from recsys.progress import OnShare
from recsys.reading.mapping import EventMapping, plain_name
from recsys.reading.report import Account
from recsys.reading.rules import CellRules
from recsys.reading.timing import settle_times
from recsys.reading.titles import Titles
from recsys.reading.zeros import hints_of, settled
from recsys.times import Clock, numbers

FOLD = 1 << 20
ONE_KIND = "EVENT"


def wanted(mapping: EventMapping) -> dict[str, pa.DataType]:
    """The columns to read for a mapping, and how."""
    coded = [mapping.event, mapping.item, mapping.user, mapping.title]
    plain = [mapping.value, *mapping.features, mapping.timestamp]
    return {name: CODED for name in coded if name} | {name: TEXT for name in plain if name}


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Some rows that are good by themselves; `values` is ``(rows, features)``."""

    ids: dict[str, pa.Array]
    lines: np.ndarray
    values: np.ndarray | None
    times: np.ndarray | None


class EventReader:
    """Collects batches into the table of events.

    Parameters
    ----------
    known
        Ids of the articles, or None where every item is one.
    """

    def __init__(
        self,
        mapping: EventMapping,
        account: Account,
        known: pa.Array | None,
        rules: CellRules | None = None,
    ) -> None:
        self._mapping, self._account, self._known = mapping, account, known
        self._rules = rules or CellRules()
        ids = {Col.USER: mapping.user, Col.ITEM: mapping.item, Col.EVENT: mapping.event}
        self._ids = {role: name for role, name in ids.items() if name}
        self._numbers = mapping.features or ((mapping.value,) if mapping.value else ())
        self._clock = Clock(order=self._rules.dates)
        self._titles = Titles()
        self._pending: list[_Part] = []
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

    def _good(self, batch: Batch) -> _Part:
        """The rows that have ids and readable numbers; the others are accounted for."""
        keep = np.ones(len(batch.lines), dtype=bool)

        def leave_out(bad: np.ndarray, reason: str) -> None:
            rows = np.flatnonzero(bad & keep)
            self._account.leave_out(reason, batch.lines[rows], lambda i: _shown(batch, rows[i]))
            keep[rows] = False

        for role in (Col.EVENT, Col.ITEM, Col.USER):
            if role in self._ids:
                leave_out(is_blank(batch.columns[self._ids[role]]), f"no {self._ids[role]}")
        values = None
        if self._numbers:
            columns = [numbers(batch.columns[name]) for name in self._numbers]
            for name, column in zip(self._numbers, columns, strict=True):
                leave_out(~np.isfinite(column), f"{name} is not a number")
            if self._mapping.value:
                name, zeros = self._mapping.value, self._rules.zeros
                columns = [settled(column, zeros, name, leave_out) for column in columns]
            values = np.column_stack(columns)
        times = None
        if self._mapping.timestamp:
            cells, times = batch.columns[self._mapping.timestamp], np.full(len(keep), np.nan)
            if not keep.all():  # a row that is left out is no example of a time
                cells = cells.filter(pa.array(keep))
            times[keep] = self._clock.seconds(cells, batch.lines[keep])
        read = self._ids | ({Col.TITLE: self._mapping.title} if self._mapping.title else {})
        part = _Part(
            ids={role: batch.columns[name] for role, name in read.items()},
            lines=batch.lines,
            values=values,
            times=times,
        )
        return part if keep.all() else _only(part, keep)

    def _fold(self) -> None:
        """Bring the codes of the pending parts together; leave out what is about no article."""
        parts, self._pending = self._pending, []
        if not parts:
            return
        codes = {
            role: self._unified(role, [part.ids[role] for part in parts]) for role in self._ids
        }
        if self._mapping.title:
            self._titles.add(codes[Col.ITEM], [part.ids[Col.TITLE] for part in parts])
        keep: slice | np.ndarray = slice(None)
        if self._known is not None:
            new = self._categories[Col.ITEM].slice(len(self._is_known))
            found = pc.is_in(new, value_set=self._known).to_numpy(zero_copy_only=False)
            self._is_known = np.concatenate([self._is_known, found])
            known = self._is_known[codes[Col.ITEM]]
            if not known.all():
                keep = known
                self._leave_out_unknown(np.flatnonzero(~known), codes, parts)
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
        so_far = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), self._categories[role])
        joined = pa.chunked_array([so_far, *columns]).unify_dictionaries()
        self._categories[role] = joined.chunk(0).dictionary
        return np.concatenate([chunk.indices.to_numpy() for chunk in joined.chunks[1:]])

    def _leave_out_unknown(
        self, rows: np.ndarray, codes: dict[str, np.ndarray], parts: list[_Part]
    ) -> None:
        lines = np.concatenate([part.lines for part in parts])[rows]

        def text(i: int) -> str:
            order = (Col.EVENT, Col.ITEM, Col.USER)
            ids = [self._categories[r][int(codes[r][rows[i]])] for r in order if r in codes]
            return ", ".join(_cell(value.as_py()) for value in ids)

        self._account.leave_out("article is not in the articles file", lines, text)

    def table(self, on_share: OnShare) -> tuple[pd.DataFrame, int]:
        """The events as `Tables` describes them, and how many rows of the file they are."""
        each = max(1, len(self._mapping.features))
        columns: dict[str, object] = {}
        for role in (Col.USER, Col.ITEM):
            codes = _joined(self._codes[role], np.int32)
            n_rows = len(codes)
            codes = codes if each == 1 else np.repeat(codes, each)
            columns[role] = made = _categorical(codes, self._categories[role])
            self._note_white_space(role, made.categories)
            on_share(len(columns) / 4)
        columns[Col.EVENT] = self._kinds(n_rows)
        on_share(3 / 4)
        times = _joined(self._times, np.float64) if self._times else np.full(n_rows, np.nan)
        if self._mapping.timestamp:
            settle_times(self._mapping.timestamp, times, self._clock, self._account)
        columns[Col.TIMESTAMP] = times if each == 1 else np.repeat(times, each)
        if self._numbers:
            columns[Col.VALUE] = _joined(self._values, np.float64).reshape(-1)
        on_share(1)
        table = pd.DataFrame(columns, copy=False)
        if self._mapping.value:
            for hint in hints_of(table, self._mapping.value):
                self._account.hint(hint)
        return table, n_rows

    def titles(self) -> pd.Series:
        """The first title of each article by its id, of those that have one."""
        name, differing = self._mapping.title, self._titles.differing
        if differing:
            self._account.note(
                f"Articles with more than one {name}: {differing:,}. The first one is the title."
            )
        return self._titles.by_id(self._categories[Col.ITEM])

    def _kinds(self, n_rows: int) -> pd.Categorical:
        if self._mapping.event:
            return _categorical(
                _joined(self._codes[Col.EVENT], np.int32), self._categories[Col.EVENT]
            )
        names = self._mapping.features or (plain_name(self._mapping.value or ONE_KIND),)
        codes = np.tile(np.arange(len(names), dtype=np.int32), n_rows)
        return _categorical(codes, pa.array(names, TEXT))

    def _note_white_space(self, role: str, ids: pd.Index) -> None:
        """Say how many ids begin or end with white space: they are other ids than those without."""
        padded = int((ids.str.strip() != ids).sum())
        if padded:
            self._account.note(
                f"{padded:,} ids in {self._ids[role]} begin or end with white space, "
                "which belongs to the id."
            )


def _only(part: _Part, keep: np.ndarray) -> _Part:
    chosen = pa.array(keep)
    return _Part(
        ids={role: column.filter(chosen) for role, column in part.ids.items()},
        lines=part.lines[keep],
        values=None if part.values is None else part.values[keep],
        times=None if part.times is None else part.times[keep],
    )


def _joined(parts: list[np.ndarray], kind: type) -> np.ndarray:
    """One array of all parts, which are let go."""
    if not parts:
        return np.empty(0, dtype=kind)
    joined = np.concatenate(parts)
    parts.clear()
    return joined


def _categorical(codes: np.ndarray, values: pa.Array) -> pd.Categorical:
    """Codes into values as a categorical whose categories are sorted and all used."""
    occurs = np.zeros(len(values), dtype=bool)
    occurs[codes] = True
    used = np.flatnonzero(occurs)
    kept = values.take(pa.array(used))
    order = pc.array_sort_indices(kept).to_numpy()
    place = np.zeros(len(values), dtype=codes.dtype)
    place[used[order]] = np.arange(len(order), dtype=codes.dtype)
    categories = pd.Index(kept.take(pa.array(order)).to_pandas(), dtype="str")
    return pd.Categorical.from_codes(place[codes], categories=categories, validate=False)


def _shown(batch: Batch, row: int) -> str:
    values = [column[int(row)].as_py() for column in list(batch.columns.values())[:4]]
    return ", ".join(_cell(value) for value in values)


def _cell(text: str) -> str:
    return text[:40] or "(empty)"
