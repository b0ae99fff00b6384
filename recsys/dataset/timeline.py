"""When things were read. All times are UTC."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset.graph import codes_of
from recsys.dataset.tables import Tables
from recsys.errors import SettingError
from recsys.times import DAY, has_time

EVERY = ("day", "week", "month", "year")
MAX_PERIODS = 10_000
MAX_TYPES = 6
OTHER_TYPES = "all other types"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True, eq=False)
class Timeline:
    """Events by period and type.

    Attributes
    ----------
    every
        One of `EVERY`.
    table
        period (its first day, UTC; a week begins on Monday), event_type, count: a row for
        every period from the first to the last with every type, the most frequent type first.
    timeless
        Events without a time; they are not in the table.
    """

    every: str
    table: pd.DataFrame
    timeless: int


def by_time(tables: Tables, every: str | None = None) -> Timeline:
    """Count events by period and type (UTC).

    Parameters
    ----------
    every
        One of `EVERY`; by the span of the data where ``None``: days up to a quarter of a year,
        weeks up to three years, months up to forty, then years.

    Notes
    -----
    Of more than `MAX_TYPES` types the rarest are counted together, as `OTHER_TYPES`.

    Raises
    ------
    SettingError
        If `every` is unknown, or would give more than `MAX_PERIODS` periods.
    """
    if every is not None and every not in EVERY:
        raise SettingError(f"no period {every!r};", todo=f"known: {', '.join(EVERY)}.")
    seconds = tables.events[Col.TIMESTAMP].to_numpy()
    known = has_time(seconds)
    days = np.floor_divide(seconds[known], DAY).astype(np.int32)
    first, last = (int(days.min()), int(days.max())) if len(days) else (0, -1)
    every = every or _fitting(last - first + 1)
    period = _periods(np.arange(first, last + 1), every)
    n_periods = int(period[-1] - period[0]) + 1 if len(period) else 0
    if n_periods > MAX_PERIODS:
        raise SettingError(
            f"{n_periods:,} periods of a {every} are more than {MAX_PERIODS:,}.",
            todo="Choose a longer period.",
        )
    names, groups = _main_types(tables)
    place = (period - period[0])[days - first] if n_periods else days
    cell = place.astype(np.int64) * len(names) + groups[known]
    counts = np.bincount(cell, minlength=n_periods * len(names))
    starts = _starts(np.arange(n_periods) + (period[0] if n_periods else 0), every)
    table = pd.DataFrame(
        {
            Col.PERIOD: np.repeat(starts, len(names)),
            Col.EVENT: pd.Categorical(np.tile(names, n_periods), categories=names),
            Col.COUNT: counts,
        }
    )
    return Timeline(every=every, table=table, timeless=len(seconds) - len(days))


def _fitting(days: int) -> str:
    for every, most in (("day", 92), ("week", 3 * 366), ("month", 40 * 366)):
        if days <= most:
            return every
    return "year"


def _periods(days: np.ndarray, every: str) -> np.ndarray:
    """Number of the period that each day (since 1970) belongs to."""
    if every == "day":
        return days
    if every == "week":
        return (days + 3) // 7  # 1 January 1970 was a Thursday
    return days.astype("M8[D]").astype(f"M8[{every[0].upper()}]").astype(np.int64)


def _starts(periods: np.ndarray, every: str) -> np.ndarray:
    if every == "week":
        periods, every = periods * 7 - 3, "day"
    return periods.astype(f"M8[{every[0].upper()}]").astype("M8[s]")


def _main_types(tables: Tables) -> tuple[list[str], np.ndarray]:
    """Names of the types shown, most frequent first, and ``(n_events,)`` places among them."""
    codes, n_types = codes_of(tables, Col.EVENT)
    order = np.argsort(-np.bincount(codes, minlength=n_types), kind="stable")
    shown = order if n_types <= MAX_TYPES else order[: MAX_TYPES - 1]
    names = [str(name) for name in tables.events[Col.EVENT].cat.categories[shown]]
    place = np.full(n_types, len(shown), dtype=np.int8)
    place[shown] = np.arange(len(shown))
    if n_types <= MAX_TYPES:
        return names, place[codes]
    other = OTHER_TYPES
    while other in names:  # a type may have any name
        other += "…"
    return [*names, other], place[codes]


def by_weekday_hour(tables: Tables) -> pd.DataFrame:
    """Events by weekday (rows, Monday first) and hour 0 to 23 (columns), ``(7, 24)``, UTC."""
    seconds = tables.events[Col.TIMESTAMP].to_numpy()
    hours = np.floor_divide(seconds[has_time(seconds)], 3600).astype(np.int64)
    counts = np.bincount((hours + 72) % 168, minlength=168)  # the epoch was a Thursday, 0:00
    return pd.DataFrame(counts.reshape(7, 24), index=pd.Index(WEEKDAYS, name=Col.WEEKDAY))
