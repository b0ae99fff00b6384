"""Numbers and times out of text; what cannot be read becomes NaN."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

DAY = 86_400  # seconds
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"
_UNITS = {"seconds": 1e11, "milliseconds": 1e14, "microseconds": 1e17, "nanoseconds": np.inf}
_SAMPLE = 10_000
_YEAR_1, _YEAR_10000 = -62_135_596_800, 253_402_300_800  # seconds from 1970 in UTC


def midnight(day: date) -> int:
    """When a day begins, in seconds (UTC) since 1970; whole, for any year from 1 to 9999.

    >>> midnight(date(1970, 1, 2)), midnight(date(1969, 12, 31))
    (86400, -86400)
    """
    return (day - EPOCH.date()).days * DAY


def has_time(seconds: np.ndarray) -> np.ndarray:
    """Which times are known: those that fall into the years 1 to 9999; NaN does not."""
    return (seconds >= _YEAR_1) & (seconds < _YEAR_10000)


def numbers(column: pa.Array) -> np.ndarray:
    """``(rows,)`` float64 of a text column; NaN where it is no number, ±inf where it is too large.

    Dots are decimal signs. Words (``nan``, ``inf``) are not numbers.
    """
    try:
        found = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        good = pc.match_substring_regex(column, _NUMBER)
        text = pc.utf8_ltrim(pc.utf8_trim_whitespace(column), "+")
        text = pc.if_else(good, text, None)
        found = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    if np.isfinite(found).all():
        return found + 0.0  # -0 becomes 0
    words = ~pc.match_substring_regex(column, _NUMBER).to_numpy(zero_copy_only=False)
    return np.where(words, np.nan, found) + 0.0


@dataclass
class Clock:
    """Turns a column of times into seconds since 1970.

    Numbers are seconds, milliseconds, microseconds or nanoseconds, by the middle one of the first
    that occur; the unit then holds for the whole file. Other text is read as ISO 8601; without a
    zone it is UTC.
    """

    unit: str = ""
    iso: bool = False

    def seconds(self, column: pa.Array) -> np.ndarray:
        """``(rows,)`` float64; NaN where it cannot be read."""
        found = numbers(column)
        found[~np.isfinite(found)] = np.nan
        known = found[~np.isnan(found)]
        if len(known):
            if not self.unit:
                middle = np.median(np.abs(known[:_SAMPLE]))
                self.unit = next(unit for unit, below in _UNITS.items() if middle < below)
            found /= 1000.0 ** list(_UNITS).index(self.unit)
        if len(known) < len(found):
            self._dates(column, found)
        return found

    def _dates(self, column: pa.Array, found: np.ndarray) -> None:
        rest = np.flatnonzero(np.isnan(found))
        text = column.take(pa.array(rest)).to_pandas()
        times = pd.to_datetime(text, format="ISO8601", utc=True, errors="coerce")
        seconds = times.astype("datetime64[us, UTC]").astype("int64").to_numpy() / 1e6
        seconds[times.isna().to_numpy()] = np.nan
        self.iso = self.iso or not times.isna().all()
        found[rest] = seconds

    @property
    def described(self) -> str:
        """The units that were met, in words."""
        return " and ".join([self.unit] * bool(self.unit) + ["ISO 8601"] * self.iso)
