"""The nearest of many articles at once, in tiles of bounded memory."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

TILE_BYTES = 32 << 20
_BLOCK = 64


def unit(factors: np.ndarray) -> np.ndarray:
    """Factors of length 1 each, ``(…, factors)`` float32; zeros stay zeros."""
    norms = np.linalg.norm(factors, axis=-1, keepdims=True)
    return (factors / np.where(norms > 0, norms, 1.0)).astype(np.float32)


def nearest(
    directions: Sequence[np.ndarray] | np.ndarray,
    n: int,
    *,
    rows: np.ndarray | None = None,
    offered: np.ndarray | None = None,
    on_rows: Callable[[int], None] | None = None,
) -> np.ndarray:
    """The `n` articles nearest to each of `rows`, itself left out.

    Parameters
    ----------
    directions
        For each model ``(n_items, factors)`` float32 of length 1. With several models the
        likeness is the mean of their cosines.
    rows
        Positions to ask about; all by default.
    offered
        ``(n_items,)`` bool: which articles may be among the nearest; all by default.
    on_rows
        Called with how many rows are done more; what it raises ends the work.

    Returns
    -------
    numpy.ndarray
        ``(len(rows), n)`` int32 positions, nearest first, equal ones in the order of the
        articles; -1 where fewer are offered. Memory beyond that stays near `TILE_BYTES`.
    """
    n_items = len(directions[0])
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
        row, rank, best = _top(scores, n)
        found[start + row, rank] = columns[best]
        if on_rows is not None:
            on_rows(len(scores))
    return found


def candidates(
    scores: np.ndarray, n: int, slack: np.ndarray | float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the scores that can be among the `n` best of their row.

    The n-th largest of the maxima of blocks of columns is at most the n-th largest score, and a
    pass over memory is much quicker than a partition.

    Parameters
    ----------
    scores
        ``(rows, columns)`` float32; never one of those at -∞ comes back.
    slack
        ``(rows,)`` or one number: by how much a score may be wrong.

    Returns
    -------
    tuple of numpy.ndarray
        Row by row, in each the columns ascending.
    """
    width = scores.shape[1]
    block = max(1, min(_BLOCK, width // (4 * n)))
    even = width - width % block
    maxima = np.hstack(
        [scores[:, :even].reshape(len(scores), -1, block).max(axis=2), scores[:, even:]]
    )
    n = min(n, maxima.shape[1])
    least = np.partition(maxima, -n, axis=1)[:, -n] - slack
    least = np.maximum(least, np.finfo(np.float32).min).astype(np.float32)
    rows, columns = np.divmod(np.flatnonzero(scores >= least[:, None]), width)
    return rows, columns


def _tiles(
    directions: Sequence[np.ndarray] | np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """Place of the first row, and ``(rows of the tile, len(columns))`` mean cosines."""
    everything = len(columns) == len(directions[0])
    others = directions if everything else [one[columns] for one in directions]
    step = max(1, TILE_BYTES // (4 * len(columns)))
    for start in range(0, len(rows), step):
        tile = rows[start : start + step]
        scores = directions[0][tile] @ others[0].T
        for one, other in zip(directions[1:], others[1:], strict=True):
            scores += one[tile] @ other.T
        if len(directions) > 1:
            scores /= np.float32(len(directions))
        yield start, scores


def _top(scores: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, rank from 0 and column of the `n` highest of each row, as a stable sort gives them."""
    row, column = candidates(scores, n)
    order = np.lexsort((-scores[row, column], row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, np.arange(len(scores)))[row]
    among = rank < n
    return row[among], rank[among], column[among]
