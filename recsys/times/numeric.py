"""Numbers and times out of text; what cannot be read becomes NaN."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

DAY = 86_400  # seconds
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"
YEAR_1, _YEAR_10000 = -62_135_596_800, 253_402_300_800  # seconds from 1970 in UTC
FIRST_USUAL, LAST_USUAL = 315_532_800, 4_102_444_800  # 1980 to 2100


def midnight(day: date) -> int:
    """When a day begins, in seconds (UTC) since 1970; whole, for any year from 1 to 9999.

    >>> midnight(date(1970, 1, 2)), midnight(date(1969, 12, 31))
    (86400, -86400)
    """
    return (day - EPOCH.date()).days * DAY


def has_time(seconds: np.ndarray) -> np.ndarray:
    """Which times are known: those that fall into the years 1 to 9999; NaN does not."""
    return (seconds >= YEAR_1) & (seconds < _YEAR_10000)


def numbers(column: pa.Array) -> np.ndarray:
    """``(rows,)`` float64 of a text column; NaN where it is no number, ±inf where it is too large.

    Dots are decimal signs. Words (``nan``, ``inf``) are not numbers.
    """
    try:
        found = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        good = pa.array(is_number(column))
        text = pc.utf8_ltrim(pc.utf8_trim_whitespace(column), "+")
        text = pc.if_else(good, text, None)
        found = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    if np.isfinite(found).all():
        return found + 0.0  # -0 becomes 0
    return np.where(is_number(column), found, np.nan) + 0.0


def is_number(column: pa.Array) -> np.ndarray:
    """``(rows,)`` bool: which texts are numbers; words (``nan``, ``inf``) are not."""
    return pc.match_substring_regex(column, _NUMBER).to_numpy(zero_copy_only=False)
