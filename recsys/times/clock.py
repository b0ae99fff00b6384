"""A column of times, batch by batch, as seconds since 1970.

What a cell says is found cell by cell, so that it does not matter where a file is cut. Three things
only all of a column together can tell: whether 03/04/2021 is in March or in April, whether 20210301
is a date or a number of seconds, and whether 44256.5 is a day of Excel. Such a time is held: kept
in the same array, times a power of two far above every time, which loses no digit. `Clock.settle`
looks at all that are held, and decides.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.times import serial
from recsys.times.held import (
    DATES,
    DAY_DATE,
    EITHER_DATE,
    MONTH_DATE,
    NUMBER,
    ZONED_DATE,
    Order,
    blocks,
    distinct,
    hold,
    in_order,
    kinds_of,
    let_go,
    packed,
    range_of,
    unpacked,
)
from recsys.times.numeric import FIRST_USUAL, LAST_USUAL, has_time, is_number, numbers
from recsys.times.serial import SMALL
from recsys.times.written import CERTAIN, DAY_MONTH, EITHER, FORMS, written

UNITS = ("seconds", "milliseconds", "microseconds", "nanoseconds")
_BELOW = (1e11, 1e14, 1e17)  # as each unit these are the year 5138
# Told by their size: 2572 to 2635 otherwise, or 1990.
_COMPACT = (serial.SECONDS, serial.THOUSANDTHS, serial.TICKS)
_SHOWN = {
    "number": NUMBER,
    "either": EITHER_DATE,
    "zoned": ZONED_DATE,
    "day": DAY_DATE,
    "month": MONTH_DATE,
}
_ONE_ORDER: dict[Order, int] = {"day first": DAY_DATE, "month first": MONTH_DATE}
_NAMES: dict[Order, str] = {"day first": "day/month/year", "month first": "month/day/year"}
BLANK = -np.inf
_MOST = 0.99  # of the dates that have one order alone


@dataclass(frozen=True, kw_only=True)
class Example:
    """A cell, and on which line it stands; `seconds` is what it was first taken for."""

    text: str
    line: int
    seconds: float


@dataclass
class Clock:
    """Turns columns of times into seconds since 1970.

    Numbers are seconds, milliseconds, microseconds or nanoseconds, each by its own size; or dates
    by their digits, years, or days of Excel. Other text is what `recsys.times.written` knows.

    Attributes
    ----------
    order
        What comes first in 03/04/2021. None where nothing tells: such dates are NaN then, and
        `asks` is how many they are.
    counts
        How many times were written in which form.
    """

    order: Order | None = None
    counts: Counter[str] = field(default_factory=Counter)
    asks: int = 0
    _forms: frozenset[str] = frozenset()
    _examples: dict[tuple[str, int], Example] = field(default_factory=dict)

    def seconds(self, column: pa.Array, lines: np.ndarray) -> np.ndarray:
        """``(rows,)`` float64 for `settle`; NaN where a cell is no time, `BLANK` where it is blank.

        `lines` says where each stands, for `example`.
        """
        try:  # a cast that fails takes its time: a few are tried first
            pc.cast(column.slice(0, 64), pa.float64())
            found = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            found = None
        if found is not None and np.isfinite(found).all():
            found = self._of_numbers(found + 0.0)
            self._keep_examples(found, lambda row: row, column, lines)
            return found
        coded = column.dictionary_encode()
        codes = coded.indices.to_numpy(zero_copy_only=False)
        weights = np.bincount(codes, minlength=len(coded.dictionary))
        each = self._of_texts(coded.dictionary, weights)
        self._keep_examples(each, lambda place: int(np.argmax(codes == place)), column, lines)
        return each[codes]

    def settle(self, times: np.ndarray) -> None:
        """Decide what is held, in place; what is no time, or none of the years 1 to 9999, is NaN.

        `BLANK` stays. `times` is all that `seconds` gave, in any order, or what was kept of it.
        """
        forms, dates = serial.Forms(), np.zeros(6, dtype=np.int64)
        for part in blocks(times):
            if has_time(range_of(part)).all():
                continue
            kind = kinds_of(part)
            if kind.any():
                values, codes = distinct(let_go(part[kind == NUMBER], NUMBER))
                forms.add(values, np.bincount(codes, minlength=len(values)))
                dates += np.bincount(kind, minlength=6)
        self._forms = forms.found()
        one_order = dates[DAY_DATE] + dates[MONTH_DATE]
        if self.order is None and one_order:
            if dates[DAY_DATE] >= _MOST * one_order:
                self.order = "day first"
            elif dates[MONTH_DATE] >= _MOST * one_order:
                self.order = "month first"
        self.asks = 0 if self.order else int(dates[EITHER_DATE] + dates[ZONED_DATE])
        for part in blocks(times):
            if not has_time(range_of(part)).all():
                part[:] = self._settled(part, self.counts)
        same = self.counts.pop(DAY_MONTH, 0)
        self.counts[_NAMES[self.order] if self.order else DAY_MONTH] += same
        self.counts = +self.counts  # without those of which there is none

    def settled(self, example: Example) -> float:
        """The seconds of an example, once all is settled."""
        return float(self._settled(np.array([example.seconds]), Counter())[0])

    def example(self, chosen: Callable[[np.ndarray], np.ndarray]) -> Example | None:
        """A cell of which the settled seconds are as `chosen` says; None where none was kept.

        A date that is NaN for want of an order is none: see `example_of_either`.
        """
        found = [
            one
            for (name, _), one in self._examples.items()
            if self.order or name not in ("either", "zoned")
            if bool(chosen(np.array([self.settled(one)]))[0])
        ]
        return min(found, key=lambda one: one.line, default=None)

    def example_like(self, pattern: str) -> Example | None:
        """A cell of a known time that begins as a regular expression says, of those kept."""
        known = [one for one in self._examples.values() if not np.isnan(self.settled(one))]
        found = [one for one in known if re.match(pattern, one.text.strip())]
        return min(found, key=lambda one: one.line, default=None)

    def example_of_either(self) -> tuple[Example, tuple[float, float]] | None:
        """A date of either order, and its seconds with the day first and with the month first."""
        for name, kind, of in (
            ("either", EITHER_DATE, in_order),
            ("zoned", ZONED_DATE, unpacked),
        ):
            one = self._examples.get((name, 0))
            if one is not None:
                value = let_go(np.array([one.seconds]), kind)
                day, month = of(value, "day first"), of(value, "month first")
                return one, (float(day[0]), float(month[0]))
        return None

    @property
    def described(self) -> str:
        """The forms that were met, in words, the most frequent first; with counts if several."""
        met = sorted(self.counts.items(), key=lambda form: (-form[1], form[0]))
        words = [name if len(met) == 1 else f"{name} ({count:,})" for name, count in met]
        return " and ".join([", ".join(words[:-1])] * (len(words) > 1) + words[-1:])

    def _of_numbers(self, found: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        """Seconds, or numbers that are held; each counts as often as `weights` says."""
        low, high = (found.min(), found.max()) if len(found) else (SMALL, SMALL)
        if weights is None and low >= SMALL and high < serial.window(serial.HOURS)[0]:
            self.counts["seconds"] += len(found)
            return found
        between = serial.window(serial.MINUTES)[1], serial.window(serial.SECONDS)[0]
        if weights is None and between[0] < low and high < between[1]:
            self.counts["milliseconds"] += len(found)
            return found / 1000
        size = np.abs(found)
        unit = sum((size >= below).astype(np.int64) for below in _BELOW)
        seconds = found / 1000.0**unit
        for form in _COMPACT:
            rows = np.flatnonzero(serial.in_window(form, found))
            dates = serial.by_digits(form, found[rows])
            rows, dates = rows[~np.isnan(dates)], dates[~np.isnan(dates)]
            seconds[rows], unit[rows] = dates, -1
            self.counts[form] += len(rows) if weights is None else int(weights[rows].sum())
        held = size < SMALL
        for form in (serial.HOURS, serial.MINUTES):
            held |= serial.in_window(form, found)
        if held.any():
            seconds[held], unit[held] = hold(found[held], NUMBER), -1
        beyond = (unit >= 0) & (np.abs(seconds) >= _BELOW[0])  # no year, and not to be held
        seconds[beyond], unit[beyond] = np.nan, -1
        for place, met in enumerate(np.bincount(unit + 1, weights, minlength=5)[1:]):
            self.counts[UNITS[place]] += int(met)
        return seconds

    def _of_texts(self, values: pa.Array, weights: np.ndarray) -> np.ndarray:
        """The same of texts of which some may be numbers."""
        found = np.full(len(values), np.nan)
        trimmed = pc.utf8_trim_whitespace(values)
        blank = pc.equal(trimmed, "").to_numpy(zero_copy_only=False)
        found[blank] = BLANK
        if pc.any(pc.match_substring(trimmed, ",")).as_py():  # 44256,5: as Excel in most of Europe
            trimmed = pc.replace_substring_regex(trimmed, r"^(\d{5,}),(\d+)$", r"\1.\2")
        number = is_number(trimmed)
        if number.any():
            known = numbers(trimmed.filter(pa.array(number)))
            rows = np.flatnonzero(number)[np.isfinite(known)]
            found[rows] = self._of_numbers(known[np.isfinite(known)], weights[rows])
        rows = np.flatnonzero(~number & ~blank)
        if len(rows):
            date = written(trimmed.take(pa.array(rows)))
            found[rows] = date.seconds
            for order in DATES:
                held = (date.order == order) & ~np.isnan(date.seconds)
                found[rows[held]] = hold(date.seconds[held], DATES[order])
            zoned = (date.order == EITHER) & (date.shift != 0) & ~np.isnan(date.seconds)
            found[rows[zoned]] = hold(packed(date.seconds[zoned], date.shift[zoned]), ZONED_DATE)
            certain = (date.form >= 0) & (date.order == CERTAIN)
            met = np.bincount(date.form[certain], weights[rows[certain]], minlength=len(FORMS))
            for name, count in zip(FORMS, met, strict=True):
                self.counts[name] += int(count)
        return found

    def _settled(self, part: np.ndarray, counts: Counter[str]) -> np.ndarray:
        """Times of what `seconds` gave, now that forms and order are known."""
        found, kind = part.copy(), kinds_of(part)
        if kind.any():
            chosen = kind == NUMBER
            values, codes = distinct(let_go(part[chosen], NUMBER))
            weights = np.bincount(codes, minlength=len(values))
            seconds, met = serial.settled(values, weights, self._forms)
            found[chosen] = seconds[codes]
            counts.update(met)
            for first, one in _ONE_ORDER.items():
                chosen = kind == one
                fits = self.order in (None, first)
                found[chosen] = let_go(part[chosen], one) if fits else np.nan
                counts[_NAMES[first]] += int(chosen.sum()) * fits
            for one, of in ((EITHER_DATE, in_order), (ZONED_DATE, unpacked)):
                chosen = kind == one
                times = of(let_go(part[chosen], one), self.order)
                found[chosen] = times
                if self.order:
                    counts[_NAMES[self.order]] += len(times)
        found[~has_time(found) & ~np.isneginf(found)] = np.nan
        return found

    def _keep_examples(
        self,
        found: np.ndarray,
        row_of: Callable[[int], int],
        column: pa.Array,
        lines: np.ndarray,
    ) -> None:
        """Keep the first cell of each kind that may have to be shown."""
        if not len(found) or (found.min() >= FIRST_USUAL and found.max() < LAST_USUAL):
            return
        kind = kinds_of(found)
        plain = (kind == 0) & np.isfinite(found)
        groups: list[tuple[str, np.ndarray]] = [("unreadable", np.isnan(found))]
        groups += [(name, kind == one) for name, one in _SHOWN.items()]
        groups += [("unusual", plain & ((found < FIRST_USUAL) | (found >= LAST_USUAL)))]
        for name, chosen in groups:
            places = np.flatnonzero(chosen)
            if not len(places):
                continue
            sizes = np.zeros(len(places), dtype=np.int64)
            if name in ("number", "unusual"):  # one of each length, and one that is no date
                values = found[places] if name == "unusual" else let_go(found[places], NUMBER)
                sizes = np.log10(np.abs(values).clip(1)).astype(np.int64)
                no_date = np.isnan(serial.by_digits(serial.DATES, values))
                sizes += 32 * (serial.in_window(serial.DATES, values) & no_date)
            for size, first in zip(*np.unique(sizes, return_index=True), strict=True):
                if (name, int(size)) not in self._examples:
                    row = row_of(int(places[first]))
                    self._examples[name, int(size)] = Example(
                        text=column[row].as_py(),
                        line=int(lines[row]),
                        seconds=float(found[places[first]]),
                    )
