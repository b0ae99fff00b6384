"""From events to the strength of each (person, article) pair. See docs/strengths.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from recsys.columns import Col
from recsys.counting import counted, word_for
from recsys.errors import DataError, SettingError
from recsys.progress import Check, unchecked
from recsys.strengths.weights import EventWeights

if TYPE_CHECKING:  # whoever loads a model reads no files
    from recsys.dataset import Tables

# Sums that should be equal can differ in their last digits by the order of their terms.
_SAME = 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted:
    """Which events count, and what each contributes before it is weighed.

    Attributes
    ----------
    rows
        ``(n_events,)`` bool; None where all of them count.
    values
        ``(n_events,)`` float64, normalised where the weights say so; None where each is 1.
    left_out
        Number of events that do not count, by reason.
    """

    rows: np.ndarray | None
    values: np.ndarray | None
    left_out: dict[str, int]


def counted_events(tables: Tables, weights: EventWeights) -> Counted:
    """Apply the threshold or the normalisation, and leave out the types of strength 0.

    Raises
    ------
    SettingError
        If an event type has no strength, or the weights speak of values and the data has none.
    DataError
        If a value is negative where the scale cannot take it.
    """
    events, strength = tables.events, type_strengths(tables, weights)
    types = events[Col.EVENT].cat.codes.to_numpy()
    rows = None if (strength > 0).all() else (strength > 0)[types]
    weightless = 0 if rows is None else len(rows) - int(np.count_nonzero(rows))
    below = 0
    values = events[Col.VALUE].to_numpy() if Col.VALUE in events else None
    if values is None:
        _needs_no_values(tables, weights)
    elif weights.threshold is not None:
        reached = values >= weights.threshold
        rows = reached if rows is None else rows & reached
        below = len(rows) - weightless - int(np.count_nonzero(rows))
        values = None
    elif weights.normalise:
        values = _normalised(values, types, len(strength))
    elif weights.scale != "rank":
        _none_negative(tables, values if rows is None else values[rows])
    left_out = {"events with strength 0": weightless, "events below the threshold": below}
    return Counted(rows=rows, values=values, left_out=left_out)


def type_strengths(tables: Tables, weights: EventWeights) -> np.ndarray:
    """``(n_types,)`` strength of each category of the event column.

    Raises
    ------
    SettingError
        If an event type of the data has no strength.
    """
    known = weights.as_dict()
    names = [str(name) for name in tables.events[Col.EVENT].cat.categories]
    missing = weights.missing(names)
    if not missing:
        return np.array([known[name] for name in names])
    counts = tables.event_counts
    missing.sort(key=lambda name: -counts.get(name, 0))
    listed = ", ".join(f"{name!r} ({counted(counts.get(name, 0), 'rows')})" for name in missing[:8])
    raise SettingError(
        f"no strength for the event type{'s' if len(missing) > 1 else ''} {listed}; "
        f"known: {', '.join(known)}.",
        where=tables.report.events.name,
        todo="Give it one, or 0 to leave its rows out.",
        shell="--weights NAME=STRENGTH,…",
    )


def weighted_sums(
    tables: Tables, weights: EventWeights, check: Check = unchecked
) -> tuple[csr_matrix, dict[str, int]]:
    """Σ strength × value of each pair with a counted event; a sum can be 0.

    `check` is called between the steps; what it raises ends the work.

    Returns
    -------
    csr_matrix
        ``(all users, all items)`` of the tables, float64, in order of the categories, one cell
        for each pair.
    dict
        Number of events left out, by reason.

    Raises
    ------
    SettingError, DataError
        As `counted_events`, and if the values are too large to be added.
    """
    counted = counted_events(tables, weights)
    events = tables.events
    users, items = events[Col.USER].cat, events[Col.ITEM].cat
    codes = [column.codes.to_numpy() for column in (events[Col.EVENT].cat, users, items)]
    values = counted.values
    if counted.rows is not None:
        codes = [code[counted.rows] for code in codes]
        values = None if values is None else values[counted.rows]
    types, rows, columns = codes
    check()
    with np.errstate(over="ignore", invalid="ignore"):
        amounts = type_strengths(tables, weights)[types]
        if values is not None:
            amounts *= values
        check()
        # Summing in COO -> CSR needs neither a sort of all events nor a group-by.
        shape = (len(users.categories), len(items.categories))
        sums = coo_matrix((amounts, (rows, columns)), shape=shape).tocsr()
    if not np.isfinite(sums.data).all():
        raise DataError(
            "the numbers are too large to add up.",
            where=tables.report.events.name,
            todo="Divide them, or set a threshold.",
            shell="--threshold X",
        )
    return sums, counted.left_out


def scaled(sums: np.ndarray, weights: EventWeights) -> np.ndarray:
    """The strengths, in the same shape ``(n_pairs,)``, that the weighted sums of all pairs give."""
    if weights.scale == "log2":
        return np.log1p(sums) / np.log(2)
    if weights.scale == "rank":
        ranks, count = dense_ranks(sums)
        if count == 1:
            return np.full(len(sums), weights.high)
        return np.linspace(weights.low, weights.high, count)[ranks - 1]
    return sums


def dense_ranks(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Rank of each value, and the number of ranks: the lowest is 1, equal ones share a rank.

    Dense ranks: each distinct value is one step, however many pairs have it, so the lowest is
    always at the foot of the scale and the highest at its top.

    >>> dense_ranks(np.array([0.3, 7.0, 0.1 + 0.2, -1.0]))
    (array([2, 3, 2, 1], dtype=int32), 3)
    """
    order = np.argsort(values)
    begins = _begins(values[order])
    ranks = np.empty(len(values), dtype=np.int32)
    ranks[order] = np.cumsum(begins, dtype=np.int32)
    return ranks, int(np.count_nonzero(begins))


def _begins(ascending: np.ndarray) -> np.ndarray:
    """Whether each of the ascending values begins a rank."""
    begins = np.ones(len(ascending), dtype=bool)
    begins[1:] = np.diff(ascending) > _SAME * np.abs(ascending[1:])
    return begins


def _normalised(values: np.ndarray, types: np.ndarray, count: int) -> np.ndarray:
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, types, values)
    np.maximum.at(high, types, values)
    with np.errstate(over="ignore", invalid="ignore"):
        span = high - low
        span[span == 0] = 1.0  # a constant column gives 0 / 1 = 0
        result = low[types]
        np.subtract(values, result, out=result)
        result /= span[types]
    return result


def _needs_no_values(tables: Tables, weights: EventWeights) -> None:
    asked = "normalise" if weights.normalise else "threshold"
    if weights.normalise or weights.threshold is not None:
        raise SettingError(
            "the data has no number column, so each event counts 1.",
            where=asked,
            todo=f"Leave {asked} out, or read the data with a number column.",
            shell="--columns user=NAME,item=NAME,value=NAME",
        )


def _none_negative(tables: Tables, values: np.ndarray) -> None:
    negative = int(np.count_nonzero(values < 0))
    if negative:
        raise DataError(
            f"{negative:,} of {counted(len(values), 'numbers')} "
            f"{word_for(negative, 'is', 'are')} negative, down to {values.min():g}, but strengths "
            "cannot be negative.",
            where=tables.report.events.name,
            todo="Use ranks as the scale, scale each column to 0–1, or ignore numbers below a "
            "threshold.",
            shell="--scale rank, --normalise or --threshold X",
        )
