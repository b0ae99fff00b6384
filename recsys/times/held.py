"""Times that only all of a column together can tell, kept in the array of times until then.

A value that is held is multiplied by a power of two far above every time, one for each kind: that
changes none of its digits, needs no memory beside the array, and survives whatever rows are left
out of it.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
import pyarrow as pa

from recsys.times.written import DAY_FIRST, EITHER, MONTH_FIRST, swapped

Order = Literal["day first", "month first"]
NUMBER, EITHER_DATE, DAY_DATE, MONTH_DATE, ZONED_DATE = range(1, 6)
EXPONENTS = np.array([0, 200, 300, 400, 500, 600])  # by these powers of two
_FROM = 2.0 ** (EXPONENTS[1:] - 50)
_ZERO = 1e-9  # stands for a 0 that is held, and for less
DATES = {EITHER: EITHER_DATE, DAY_FIRST: DAY_DATE, MONTH_FIRST: MONTH_DATE}
_MINUTES = 1 << 12
_STEP = 1 << 18


def kinds_of(part: np.ndarray) -> np.ndarray:
    """Which times are held, and as what; 0 for those that are not."""
    size = np.abs(part)
    if not (size[size < np.inf] >= _FROM[0]).any():
        return np.zeros(len(part), dtype=np.int8)
    kind = np.searchsorted(_FROM, size, side="right").astype(np.int8)
    kind[~np.isfinite(part)] = 0
    return kind


def hold(values: np.ndarray, kind: int) -> np.ndarray:
    """Values above all times; a power of two changes none of their digits."""
    return np.where(np.abs(values) < _ZERO, _ZERO, values) * 2.0 ** EXPONENTS[kind]


def let_go(held: np.ndarray, kind: int) -> np.ndarray:
    """The values as they were before `hold`."""
    values = held * 2.0 ** -EXPONENTS[kind]
    return np.where(np.abs(values) <= _ZERO, 0.0, values)


def in_order(seconds: np.ndarray, order: Order | None) -> np.ndarray:
    """Times that were read as day first, in the order that holds."""
    if order is None:
        return np.full(len(seconds), np.nan)
    return seconds if order == "day first" else swapped(seconds)


def packed(seconds: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Time (to the second) and zone in one number: which month it is, the zone's clock tells."""
    local = np.floor(seconds + shift).astype(np.int64)
    return (local * _MINUTES + shift // 60 + _MINUTES // 2).astype(np.float64)


def unpacked(packed: np.ndarray, order: Order | None) -> np.ndarray:
    """What `packed` made one number, in UTC, in the order that holds."""
    local, minutes = np.divmod(packed.astype(np.int64), _MINUTES)
    return in_order(local.astype(np.float64), order) - (minutes - _MINUTES // 2) * 60


def blocks(times: np.ndarray) -> Iterator[np.ndarray]:
    """Views of some rows each, so that what is made of them stays small."""
    for start in range(0, len(times), _STEP):
        yield times[start : start + _STEP]


def range_of(part: np.ndarray) -> np.ndarray:
    """The least and the greatest of the times that are not NaN."""
    return np.array([np.fmin.reduce(part), np.fmax.reduce(part)])


def distinct(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each value once, and the place of each there: a column of days has few."""
    coded = pa.array(values).dictionary_encode()
    return coded.dictionary.to_numpy(), coded.indices.to_numpy()
