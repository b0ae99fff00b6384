"""The nearest of many articles at once, in tiles of bounded memory."""

from collections.abc import Iterator

import numpy as np

TILE_BYTES = 32 << 20


def unit(factors: np.ndarray) -> np.ndarray:
    """Factors of length 1 each, ``(…, factors)`` float32; zeros stay zeros."""
    norms = np.linalg.norm(factors, axis=-1, keepdims=True)
    return (factors / np.where(norms > 0, norms, 1.0)).astype(np.float32)


def nearest(
    directions: np.ndarray,
    n: int,
    *,
    rows: np.ndarray | None = None,
    offered: np.ndarray | None = None,
) -> np.ndarray:
    """The `n` articles nearest to each of `rows`, itself left out.

    Parameters
    ----------
    directions
        ``(models, n_items, factors)`` float32 of length 1. With several models the likeness is
        the mean of their cosines.
    rows
        Positions to ask about; all by default.
    offered
        ``(n_items,)`` bool: which articles may be among the nearest; all by default.

    Returns
    -------
    numpy.ndarray
        ``(len(rows), n)`` int32 positions, nearest first, equal ones in the order of the
        articles; -1 where fewer are offered. Memory beyond that stays near `TILE_BYTES`.
    """
    n_items = directions.shape[1]
    rows = np.arange(n_items) if rows is None else rows
    columns = np.arange(n_items) if offered is None else np.flatnonzero(offered)
    found = np.full((len(rows), n), -1, dtype=np.int32)
    if not len(columns):
        return found
    place = np.full(n_items, -1)
    place[columns] = np.arange(len(columns))
    for start, scores in _tiles(directions, rows, columns):
        own = place[rows[start : start + len(scores)]]
        scores[own >= 0, own[own >= 0]] = -np.inf
        best = _top(scores, min(n, len(columns)))
        usable = np.take_along_axis(scores, best, axis=1) > -np.inf
        found[start : start + len(scores), : best.shape[1]] = np.where(usable, columns[best], -1)
    return found


def _tiles(
    directions: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """Place of the first row, and ``(rows of the tile, len(columns))`` mean cosines."""
    everything = len(columns) == directions.shape[1]
    others = directions if everything else directions[:, columns]
    step = max(1, TILE_BYTES // (4 * len(columns)))
    for start in range(0, len(rows), step):
        tile = rows[start : start + step]
        scores = directions[0, tile] @ others[0].T
        for one, other in zip(directions[1:], others[1:], strict=True):
            scores += one[tile] @ other.T
        yield start, scores / np.float32(len(directions))


def _top(scores: np.ndarray, n: int) -> np.ndarray:
    """``(rows, n)`` columns of the highest scores, as a stable sort of each row gives them."""
    last = np.partition(scores, -n, axis=1)[:, -n, None]
    row, column = np.nonzero(scores >= last)  # more than n where several tie for the last place
    order = np.lexsort((-scores[row, column], row))
    first = np.searchsorted(row, np.arange(len(scores)))
    return column[order][first[:, None] + np.arange(n)]
