"""Every article against every other, a tile at a time, and the best few of each.

A tile is a few queries against all articles, multiplied at once. That is fast, but BLAS rounds the
last digit as the shape of the tile has it. So a tile says which few articles can be among the best,
and where two of them are too close to be told apart by it, they are compared as for one query.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours import cosines
from recsys.progress import OnProgress
from recsys.ranking import candidates

TILE_SCORES = 1 << 24  # 64 MB of float32


@dataclass(frozen=True, kw_only=True, eq=False)
class NearTile:
    """The nearest of some articles, a row for each found.

    Attributes
    ----------
    rows
        Positions of the articles that were asked about.
    query, rank, places, scores
        ``(found,)`` position of the one asked about, rank from 1, position and cosine of the one
        found.
    both
        ``(found,)`` readers of both, and None where nobody asked for it.
    most_both
        ``(rows,)`` the most readers that an allowed article shares with each, likewise.
    """

    rows: np.ndarray
    query: np.ndarray
    rank: np.ndarray
    places: np.ndarray
    scores: np.ndarray
    both: np.ndarray | None = None
    most_both: np.ndarray | None = None


def near_tiles(
    model: Model,
    n: int,
    limits: Limits = NO_LIMITS,
    *,
    without: Mapping[int, np.ndarray] | None = None,
    count_both: bool = False,
    on_progress: OnProgress | None = None,
) -> Iterator[NearTile]:
    """The `n` nearest articles of every article, as `recsys.neighbours.similar_items` has them.

    Parameters
    ----------
    without
        By the position of an article, positions that are not offered for it.
    count_both
        Whether the readers of both are counted; they are where the limits need them, too.
    on_progress
        Called as ``(articles done, articles)`` after each part; what it raises ends the work.
    """
    count_both = count_both or limits.least_both > 0
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0).astype(np.float32)
    directions = model.item_factors / norms[:, None]
    hidden = np.flatnonzero(~limits.allowed(model.items, model.readers))
    read = model.user_items.astype(bool).astype(np.int32) if count_both else None
    by_item = read.T.tocsr() if read is not None else None
    for tile in tiles(len(directions), len(directions) * (1 + 2 * count_both), on_progress):
        scores = directions[tile] @ directions.T
        rows = np.arange(len(directions))[tile]
        scores[:, hidden] = -np.inf
        scores[np.arange(len(rows)), rows] = -np.inf
        for row, position in enumerate(rows):
            if without and (places := without.get(int(position))) is not None:
                scores[row, places] = -np.inf
        both = None
        if by_item is not None:
            both = (by_item[tile] @ read).toarray()
            most = np.where(scores == -np.inf, 0, both).max(axis=1, initial=0)
            scores[both < limits.least_both] = -np.inf
        close = np.full(len(rows), slack(model))
        found = [
            _nearest(model, rows[row], scores[row], places, n)
            for row, places in enumerate(by_row(scores, n, close))
        ]
        query, rank, places, values = flat(found, tile.start)
        yield NearTile(
            rows=rows,
            query=query,
            rank=rank,
            places=places,
            scores=values,
            both=None if both is None else both[query - tile.start, places],
            most_both=None if both is None else most,
        )


def _nearest(
    model: Model, position: int, scores: np.ndarray, places: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray]:
    values = scores[places]
    nearest = np.sort(values)[::-1][: n + 1]
    if (nearest[:-1] - nearest[1:] <= slack(model)).any():
        values = cosines(model, position)[places]
    return best(values, places, n)


def slack(model: Model) -> float:
    """By how much two ways to add up the same product of vectors of length 1 can differ.

    A sum of f products in float32 errs by at most f ε/2, whatever the order (N. J. Higham,
    *Accuracy and Stability of Numerical Algorithms*, 2002, section 3.1); here both of two scores
    err in both ways, and lengths are rounded, too.
    """
    return float(2 * (model.item_factors.shape[1] + 4) * np.finfo(np.float32).eps)


def tiles(queries: int, columns: int, on_progress: OnProgress | None) -> Iterator[slice]:
    """Queries whose scores fit into `TILE_SCORES`, and how far it is after each."""
    step = max(1, TILE_SCORES // max(columns, 1))
    for start in range(0, queries, step):
        stop = min(start + step, queries)
        yield slice(start, stop)
        if on_progress is not None:
            on_progress(stop, queries)


def by_row(scores: np.ndarray, n: int, slack: np.ndarray) -> list[np.ndarray]:
    """The columns of `recsys.ranking.candidates` for each row of a tile."""
    rows, columns = candidates(scores, n, slack)
    return np.split(columns, np.searchsorted(rows, np.arange(1, len(scores))))


def best(scores: np.ndarray, places: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The `n` best places and their scores, equal ones in the order of the articles."""
    order = np.argsort(-scores, kind="stable")[:n]
    return places[order], scores[order]


def flat(
    found: list[tuple[np.ndarray, np.ndarray]], first: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Position of the query, rank, position of the article and score, a row for each found."""
    counts = [len(places) for places, _ in found]
    query = np.repeat(np.arange(first, first + len(found)), counts)
    rank = np.concatenate([np.arange(1, count + 1) for count in counts])
    places, scores = (np.concatenate(part) for part in zip(*found, strict=True))
    return query, rank, places, scores
