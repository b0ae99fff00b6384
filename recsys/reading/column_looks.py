"""What the first cells of a column look like: numbers, times, prose, few or many values."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.formats import TEXT
from recsys.reading.amounts import Amounts

MANY = 20  # rows from which on it says something that all are different, or all alike
_MOST = 0.9
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    r"\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/., ]+\d{4}|\d{1,2}/\d{1,2}/\d{2}\b"
    rf"|(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{{4}}|\d{{6}})?\s*$"
    rf"|(?=.*\b(19|20)\d\d\b)[\w ,.:+-]*\b({_MONTH})[a-z]*\b)",
    re.IGNORECASE,
)
_UNITS = (1, 1e3, 1e6, 1e9)  # seconds, milliseconds, …
_YEAR_1995, _YEAR_2040 = 788_918_400, 2_208_988_800
_EXCEL = 34_700, 51_136  # days of Excel: 1995 to 2039
_TRUTHS = ("true", "false", "yes", "no", "y", "n", "t", "f")


@dataclass(frozen=True, kw_only=True, eq=False)
class Looks:
    """Some cells of a column.

    Attributes
    ----------
    cells
        Those that are not blank, as text.
    rows
        How many there are with the blank ones.
    """

    cells: pd.Series
    rows: int

    @classmethod
    def of(cls, column: pd.Series) -> "Looks":
        """What the cells of a column of text look like."""
        text = column.str.strip()
        return cls(cells=text[text != ""], rows=len(text))

    @property
    def filled(self) -> int:
        """How many cells are not blank."""
        return len(self.cells)

    @cached_property
    def distinct(self) -> int:
        """How many different values there are."""
        return self.cells.nunique()

    @property
    def constant(self) -> bool:
        """Whether many rows say one and the same."""
        return self.filled >= MANY and self.distinct == 1

    @property
    def all_different(self) -> bool:
        """Whether no value occurs twice; of few rows this says little."""
        return self.distinct == self.filled == self.rows

    @cached_property
    def _numbers(self) -> np.ndarray:
        found = pd.to_numeric(self.cells, errors="coerce").to_numpy(dtype=np.float64)
        return found[np.isfinite(found)]

    @property
    def numeric(self) -> bool:
        """Whether nearly all are numbers; False where all cells are blank."""
        return bool(self.filled) and len(self._numbers) >= _MOST * self.filled

    @property
    def amounts(self) -> bool:
        """Whether nearly all are numbers as people write them, such as 1,234 or 3,5."""
        cells = pa.array(self.cells.to_numpy(object), TEXT)
        found = Amounts(name="").read(cells)
        return bool(self.filled) and np.isfinite(found).sum() >= _MOST * self.filled

    @property
    def partly_numeric(self) -> bool:
        """Whether a part of them are numbers, a fifth at the least."""
        return len(self._numbers) >= max(1, 0.2 * self.filled)

    @property
    def complete(self) -> bool:
        """Whether nearly every row has a number."""
        return bool(self.rows) and len(self._numbers) >= _MOST * self.rows

    @property
    def fractional(self) -> bool:
        """Whether they are numbers with something after the point, and not ids of two parts.

        Google Analytics calls a person ``1871234567.1500000000``.
        """
        found = self._numbers
        return self.numeric and bool((found % 1 != 0).any() and np.median(np.abs(found)) < 1e7)

    @property
    def small(self) -> bool:
        """Whether they are numbers too small for a time in seconds, days of Excel included."""
        return self.numeric and bool(np.median(np.abs(self._numbers)) < 10_000)

    @property
    def counter(self) -> bool:
        """Whether each is one more than the one before: the row's number."""
        return self.numeric and self.filled > 2 and bool((np.diff(self._numbers) == 1).all())

    @cached_property
    def sorted(self) -> bool:
        """Whether all rows of one value follow each other."""
        changes = int((self.cells != self.cells.shift()).sum())
        return changes == self.distinct < self.filled

    @cached_property
    def words(self) -> float:
        """How many words a cell has in the mean; 0 where all are blank."""
        return float(self.cells.str.count(r"\S+").mean()) if self.filled else 0.0

    @cached_property
    def length(self) -> float:
        """How many signs a cell has in the mean; 0 where all are blank."""
        return float(self.cells.str.len().mean()) if self.filled else 0.0

    @property
    def prose(self) -> bool:
        """Whether they are sentences, longer than names are."""
        return self.words > 7 or (self.length > 60 and self.words > 4)

    @cached_property
    def addresses(self) -> bool:
        """Whether nearly all are web addresses."""
        seem = self.cells.str.match(r"(https?://|www\.)", case=False)
        return bool(self.filled) and bool(seem.mean() >= _MOST)

    @cached_property
    def dates(self) -> bool:
        """Whether nearly all are dates that a person could read."""
        return bool(self.filled) and bool(self.cells.str.match(_DATE).mean() >= _MOST)

    @cached_property
    def times(self) -> bool:
        """Whether they are dates, or numbers of our time in one unit since 1970."""
        if self.dates:
            return True
        if not self.numeric:
            return False
        found = self._numbers
        return any(
            ((found >= _YEAR_1995 * unit) & (found < _YEAR_2040 * unit)).mean() >= _MOST
            for unit in _UNITS
        )

    @cached_property
    def calendar(self) -> bool:
        """Whether they are whole numbers of our time as YYYYMM, YYYYMMDD or Excel's days."""
        found, (first, last) = self._numbers, _EXCEL
        fits = (found >= first) & (found < last)
        for unit in (1, 100):  # of a month, of a day
            month = found // unit
            fits |= (month >= 199_501) & (month < 204_000) & (month % 100 - 1 < 12)
        return self.numeric and bool(((found % 1 == 0) & fits).mean() >= _MOST)

    @cached_property
    def pointed(self) -> bool:
        """Whether they are numbers written with a point, as amounts are: ``1.0``, ``27.5``."""
        return self.numeric and bool(self.cells.str.contains(".", regex=False).mean() >= _MOST)

    @property
    def truths(self) -> bool:
        """Whether they say yes or no in words."""
        return bool(self.filled) and bool(self.cells.str.lower().isin(_TRUTHS).all())

    @property
    def id_like(self) -> bool:
        """Whether they could be ids: neither prose nor dates."""
        return not (self.prose or self.dates)

    @property
    def doubtful_ids(self) -> bool:
        """Whether they are ids at the most where nothing else is: fractions, or blanks alone."""
        return self.fractional or (self.rows > 0 and not self.filled)

    @property
    def few(self) -> bool:
        """Whether a handful of short values comes again and again."""
        return self.filled > 2 * self.distinct and self.distinct <= 50 and self.length < 40
