"""The nearest of many articles at once, in tiles of bounded memory."""

from collections.abc import Iterator

import numpy as np

TILE_BYTES = 32 << 20


def unit(factors: np.ndarray) -> np.ndarray:
    """Factors of length 1 each, ``(n_items, factors)`` float32; a row of zeros stays zeros."""
    norms = np.linalg.norm(factors, axis=1, keepdims=True)
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
    found = np.full((len(rows), n), -1, dtype=np.int32)
    for start, scores in _tiles(directions, rows):
        if offered is not None:
            scores[:, ~offered] = -np.inf
        tile = rows[start : start + len(scores)]
        scores[np.arange(len(tile)), tile] = -np.inf
        best = _top(scores, min(n, n_items))
        usable = np.take_along_axis(scores, best, axis=1) > -np.inf
        found[start : start + len(tile), : best.shape[1]] = np.where(usable, best, -1)
    return found


def _tiles(directions: np.ndarray, rows: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Place of the first row, and ``(rows of the tile, n_items)`` mean cosines."""
    step = max(1, TILE_BYTES // (4 * directions.shape[1]))
    for start in range(0, len(rows), step):
        tile = rows[start : start + step]
        scores = directions[0, tile] @ directions[0].T
        for other in directions[1:]:
            scores += other[tile] @ other.T
        yield start, scores / np.float32(len(directions))


def _top(scores: np.ndarray, n: int) -> np.ndarray:
    """``(rows, n)`` columns of the highest scores, as a stable sort of each row gives them."""
    if n == scores.shape[1]:
        return np.argsort(-scores, axis=1, kind="stable")
    best = np.sort(np.argpartition(-scores, n - 1, axis=1)[:, :n], axis=1)
    values = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    best = np.take_along_axis(best, order, axis=1)
    # A partition takes any of those that tie for the last place; only these rows are sorted whole.
    tied = np.flatnonzero((scores >= values.min(axis=1, keepdims=True)).sum(axis=1) > n)
    for row in tied:
        best[row] = np.argsort(-scores[row], kind="stable")[:n]
    return best
