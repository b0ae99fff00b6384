"""How the strength of a pair comes about, stage by stage, for a person to look at."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import DataError
from recsys.strengths.sums import counted_events, dense_ranks, scaled, weighted_sums
from recsys.strengths.weights import EventWeights

COMBINED, RANKS = "combined", "ranks"


def raw(event_type: str) -> str:
    """The column of an event type's raw values."""
    return f"raw: {event_type}"


def counted(event_type: str) -> str:
    """The column of what an event type's values count."""
    return f"counted: {event_type}"


def stages(
    tables: Tables,
    weights: EventWeights,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    n: int = 6,
) -> pd.DataFrame:
    """From raw values to the strength that `build_interactions` gives.

    Parameters
    ----------
    pairs
        ``(user id, item id)``; by default up to `n` pairs, evenly spread over the distinct
        strengths from the lowest to the highest.

    Returns
    -------
    DataFrame
        One row a pair: user_id, item_id; for each event type of a strength above 0, as `raw` and
        `counted` name them, the sum of its values (the number of events where the data has no
        values) and of what they count, normalised or by the threshold; ``combined``, the
        weighted sum of the latter; under the scale "rank" its rank, from 1 for the lowest, and
        ``ranks``, how many there are; strength.

    Raises
    ------
    SettingError, DataError
        As `build_interactions`, and if a pair has no counted event.
    """
    sums, _ = weighted_sums(tables, weights)
    strengths = scaled(sums.data, weights)
    if pairs is None:
        cells = _spread(strengths, n)
        users = np.searchsorted(sums.indptr, cells, side="right") - 1
        items = sums.indices[cells]
    else:
        users, items, cells = _find(tables, sums, pairs)
    table = _amounts(tables, weights, users, items)
    table[COMBINED] = sums.data[cells]
    if weights.scale == "rank":
        ranks, count = dense_ranks(sums.data)
        table[Col.RANK] = ranks[cells]
        table[RANKS] = count
    table[Col.STRENGTH] = strengths[cells]
    return table


def _spread(strengths: np.ndarray, n: int) -> np.ndarray:
    """Up to `n` cells whose strengths are spread over the distinct ones above 0, ascending."""
    distinct = np.unique(strengths[strengths > 0])
    if not len(distinct):
        return np.zeros(0, dtype=int)
    chosen = distinct[np.unique(np.linspace(0, len(distinct) - 1, n).round().astype(int))]
    return np.array([np.flatnonzero(strengths == value)[0] for value in chosen])


def _find(
    tables: Tables, sums: csr_matrix, pairs: Sequence[tuple[str, str]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Position of each pair's user, item and cell."""
    users = tables.events[Col.USER].cat.categories.get_indexer([user for user, _ in pairs])
    items = tables.events[Col.ITEM].cat.categories.get_indexer([item for _, item in pairs])
    cells = np.zeros(len(pairs), dtype=int)
    for place, (user, item) in enumerate(zip(users, items, strict=True)):
        start, end = sums.indptr[user : user + 2] if user >= 0 else (0, 0)
        found = np.flatnonzero(sums.indices[start:end] == item)
        if not len(found):
            raise DataError(
                f"{pairs[place][0]!r} has no event on {pairs[place][1]!r} that counts.",
                todo="Choose another pair, or check the strengths and the threshold.",
            )
        cells[place] = start + found[0]
    return users, items, cells


def _amounts(
    tables: Tables, weights: EventWeights, users: np.ndarray, items: np.ndarray
) -> pd.DataFrame:
    """The ids of the pairs, and raw and counted amounts by event type."""
    events, known = tables.events, weights.as_dict()
    user_codes = events[Col.USER].cat.codes.to_numpy()
    item_codes = events[Col.ITEM].cat.codes.to_numpy()
    near = np.flatnonzero(np.isin(user_codes, users) & np.isin(item_codes, items))
    use = counted_events(tables, weights)
    rows = np.ones(len(near)) if use.rows is None else use.rows[near].astype(float)
    values = np.ones(len(near)) if use.values is None else use.values[near]
    given = events[Col.VALUE].to_numpy()[near] if Col.VALUE in events else np.ones(len(near))
    types = events[Col.EVENT].cat.codes.to_numpy()[near]
    table = pd.DataFrame(
        {
            Col.USER: events[Col.USER].cat.categories[users],
            Col.ITEM: events[Col.ITEM].cat.categories[items],
        }
    )
    own = (user_codes[near] == users[:, None]) & (item_codes[near] == items[:, None])
    names = [str(name) for name in events[Col.EVENT].cat.categories]
    for column, amounts in ((raw, given), (counted, rows * values)):
        for code, name in enumerate(names):
            if known[name] > 0:
                table[column(name)] = (own & (types == code)) @ amounts
    return table
