"""Numbers that are a date by their digits (20210301) or by a count of days (44256.5)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from recsys.times.numeric import DAY, FIRST_USUAL, LAST_USUAL, YEAR_1
from recsys.times.written import days_of

YEARS, MONTHS, DATES, EXCEL = "years", "YYYYMM", "YYYYMMDD", "days of Excel"
HOURS, MINUTES, SECONDS, THOUSANDTHS = (
    "YYYYMMDDhh",
    "YYYYMMDDhhmm",
    "YYYYMMDDhhmmss",
    "YYYYMMDDhhmmssSSS",
)
TICKS = "ticks of .NET"  # tenths of a microsecond since the year 1
_DIGITS = {YEARS: 4, MONTHS: 6, DATES: 8, HOURS: 10, MINUTES: 12, SECONDS: 14, THOUSANDTHS: 17}
# The share of the numbers that must be of a form. Digits that are no dates are by chance the digits
# of one in 12 % (YYYYMM) of cases or less; any number of some thousand may be a year or a day.
_ENOUGH = {YEARS: 0.9, EXCEL: 0.9, MONTHS: 0.5, DATES: 0.5, HOURS: 0.5, MINUTES: 0.5}
_EXCEL_1970 = 25_569  # the day of Excel that is 1970-01-01
_EXCEL_LAST = 2_958_465  # 9999-12-31
SMALL = 1e8  # seconds before March 1973: nobody's readings, so that such numbers may be dates


def window(form: str) -> tuple[float, float]:
    """From which number to which other those of a form lie, of the years 1900 to 2100."""
    if form == EXCEL:
        return 20_000, 80_000
    if form == TICKS:  # of 1980 to 2100: as nanoseconds since 1970 these are 1989 and 1990
        return (FIRST_USUAL - YEAR_1) * 1e7, (LAST_USUAL - YEAR_1) * 1e7
    rest = _DIGITS[form] - 4
    low, high = "0101000000000"[:rest], "1231235959999"[:rest]
    return float(f"1900{low}"), float(f"2100{high}")


def in_window(form: str, values: np.ndarray) -> np.ndarray:
    """Which numbers may be of a form."""
    low, high = window(form)
    return (values >= low) & (values <= high)


def by_digits(form: str, values: np.ndarray) -> np.ndarray:
    """Seconds since 1970 of numbers such as 20210301, or of `TICKS`; NaN where that is no date."""
    if form == TICKS:
        return np.round(values / 1e7 + YEAR_1, 3)  # so many digits a number of this size has
    rest = np.where((values >= 1) & (values < 10.0 ** _DIGITS[form]), values, 0)
    whole = rest == np.floor(rest)
    rest = rest.astype(np.int64)
    micro = np.zeros(len(rest), dtype=np.int64)
    if form == THOUSANDTHS:  # above 2^53, so that a number may lie off by 2 of them
        rest, micro = rest // 1000, rest % 1000 * 1000
    fields = {}
    for name, size in (("second", 14), ("minute", 12), ("hour", 10), ("day", 8), ("month", 6)):
        fields[name] = np.full(len(rest), int(name in ("day", "month")), dtype=np.int64)
        if _DIGITS[form] >= size:
            rest, fields[name] = rest // 100, rest % 100
    days, good = days_of(rest, fields["month"], fields["day"])
    last = 60 if form == THOUSANDTHS else 59
    good &= whole & (fields["hour"] <= 23) & (fields["minute"] <= 59) & (fields["second"] <= last)
    seconds = days * DAY + fields["hour"] * 3600 + fields["minute"] * 60 + fields["second"]
    return np.where(good, (seconds * 1_000_000 + micro) / 1_000_000, np.nan)


def by_excel(values: np.ndarray) -> np.ndarray:
    """Seconds since 1970 of Excel's days since 1900, to the second; NaN where that is no date.

    A cell shows ``44256.38`` where Excel shows a time; what is less than a second is the rounding
    of its decimals.
    """
    good = (values >= 1) & (values < _EXCEL_LAST + 1)
    return np.where(good, np.round((np.where(good, values, 0) - _EXCEL_1970) * DAY), np.nan)


@dataclass
class Forms:
    """Which forms the numbers of a column have that would be seconds of the seventies otherwise.

    Only all of a column together can tell: 20210301 is a day in 1970 by itself, and among numbers
    of which all are dates it is one.
    """

    small: int = 0
    _in_window: Counter[str] = field(default_factory=Counter)
    _dates: Counter[str] = field(default_factory=Counter)
    _excel_late: int = 0

    def add(self, values: np.ndarray, weights: np.ndarray) -> None:
        """Count numbers that may be of a form, each as often as its weight says."""
        self.small += int(weights[(np.abs(values) < SMALL) & (values != 0)].sum())
        for form in (YEARS, MONTHS, DATES, EXCEL, HOURS, MINUTES):
            chosen = in_window(form, values)
            if chosen.any():
                of_form, times = values[chosen], weights[chosen]
                dates = by_excel(of_form) if form == EXCEL else by_digits(form, of_form)
                self._in_window[form] += int(times.sum())
                self._dates[form] += int(times[~np.isnan(dates)].sum())
                if form == EXCEL:
                    self._excel_late += int(times[dates >= FIRST_USUAL].sum())

    def found(self) -> frozenset[str]:
        """The forms of the column: at most one of short numbers."""
        short = [form for form in (YEARS, MONTHS, DATES) if self._is(form, self.small)]
        # Days since 1970 are 19,000 or so now; as days of Excel most would be of the fifties.
        if self._is(EXCEL, self.small) and self._excel_late >= _ENOUGH[EXCEL] * self._dates[EXCEL]:
            short.append(EXCEL)
        long = [form for form in (HOURS, MINUTES) if self._is(form, self._in_window[form])]
        return frozenset([*short[:1], *long])

    def _is(self, form: str, of: int) -> bool:
        return bool(of) and self._dates[form] >= _ENOUGH[form] * of


def settled(
    values: np.ndarray, weights: np.ndarray, forms: Iterable[str]
) -> tuple[np.ndarray, Counter[str]]:
    """Seconds of numbers that may be of a form, now that it is known, and how many are what.

    Where one form of short numbers is known, a short number that is none of it cannot be read.
    """
    thousandths = np.abs(values) >= 1e11
    seconds = np.where(thousandths, values / 1000, values)
    counts, rest = Counter[str](), np.ones(len(values), dtype=bool)
    for form in forms:
        chosen = in_window(form, values) if form in (HOURS, MINUTES) else np.abs(values) < SMALL
        of_form = values[chosen]
        seconds[chosen] = by_excel(of_form) if form == EXCEL else by_digits(form, of_form)
        counts[form] = int(weights[chosen & ~np.isnan(seconds)].sum())
        rest &= ~chosen
    counts["seconds"] = int(weights[rest & ~thousandths].sum())
    counts["milliseconds"] = int(weights[rest & thousandths].sum())
    return seconds, counts
