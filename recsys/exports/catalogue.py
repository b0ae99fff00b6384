"""The whole catalogue's neighbours and everybody's recommendations, a tile at a time.

A tile is a few queries against all articles, multiplied at once. That is fast, but BLAS rounds the
last digit as the shape of the tile has it. So a tile says which few articles can be among the best,
and where two of them are too close to be told apart by it, they are compared as for one query.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours import cosines
from recsys.progress import OnProgress
from recsys.ranking import candidates, checked_count
from recsys.recommendations import Solver

TILE_SCORES = 1 << 24  # 64 MB of float32


def all_neighbours(
    model: Model,
    n: int = 10,
    *,
    include_removed: bool = False,
    on_progress: OnProgress | None = None,
) -> Iterator[pd.DataFrame]:
    """The `n` nearest articles of every article, as `recsys.neighbours.similar_items` has them.

    Parameters
    ----------
    model
        A trained model.
    n
        How many of each; fewer where the catalogue has fewer.
    include_removed
        Whether articles that were removed later are offered. All are asked about.
    on_progress
        Called as ``(articles done, articles)`` after each part; what it raises ends the work.

    Yields
    ------
    pandas.DataFrame
        item_id, title, rank, neighbour_id, neighbour_title, score (cosine): the articles in
        the model's order, the neighbours best first, equal scores in the order of the articles.

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> next(recsys.all_neighbours(model, 3)).shape
    (4377, 6)
    """
    checked_count(n)
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0).astype(np.float32)
    directions = model.item_factors / norms[:, None]
    hidden = _hidden(model, include_removed)
    ids, titles = model.items[Col.ITEM].to_numpy(), model.items[Col.TITLE].to_numpy()
    for tile in _tiles(len(ids), len(ids), on_progress):
        scores = directions[tile] @ directions.T
        scores[:, hidden] = -np.inf
        scores[np.arange(len(scores)), np.arange(len(ids))[tile]] = -np.inf
        slack = np.full(len(scores), _slack(model))
        found = []
        for row, places in enumerate(_by_row(scores, n, slack)):
            values = scores[row, places]
            nearest = np.sort(values)[::-1][: n + 1]
            if (nearest[:-1] - nearest[1:] <= slack[row]).any():
                values = cosines(model, tile.start + row)[places]
            found.append(_best(values, places, n))
        query, rank, places, values = _rows(found, tile.start)
        yield pd.DataFrame(
            {
                Col.ITEM: ids[query],
                Col.TITLE: titles[query],
                Col.RANK: rank,
                Col.NEIGHBOUR: ids[places],
                Col.NEIGHBOUR_TITLE: titles[places],
                Col.SCORE: values,
            }
        )


def all_recommendations(
    model: Model,
    n: int = 10,
    *,
    include_removed: bool = False,
    factors_of: Callable[[slice], np.ndarray] | None = None,
    on_progress: OnProgress | None = None,
) -> Iterator[pd.DataFrame]:
    """The `n` articles of the highest score, x · y, for everybody; what they read is left out.

    Parameters
    ----------
    model
        A trained model.
    n
        How many for each; fewer where fewer are left.
    include_removed
        Whether articles that were removed later are offered.
    factors_of
        Gives the factors of some people, ``(people, factors)``; by default those that
        `recsys.recommendations.recommend` solves for.
    on_progress
        Called as ``(people done, people)`` after each part; what it raises ends the work.

    Yields
    ------
    pandas.DataFrame
        user_id, rank, item_id, title, score: the people in the model's order, equal scores in
        the order of the articles.

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> next(recsys.all_recommendations(model, 3)).shape
    (3000, 5)
    """
    checked_count(n)
    factors_of = factors_of or partial(_solved, Solver(model))
    items = model.item_factors
    ids, titles = model.items[Col.ITEM].to_numpy(), model.items[Col.TITLE].to_numpy()
    hidden = _hidden(model, include_removed)
    longest = model.item_norms.max(initial=0.0)
    for tile in _tiles(len(model.user_ids), len(ids), on_progress):
        people = factors_of(tile)
        scores = people.astype(np.float32) @ items.T
        scores[:, hidden] = -np.inf
        read = model.user_items[tile].tocoo()
        scores[read.row, read.col] = -np.inf
        slack = _slack(model) * np.linalg.norm(people, axis=1) * longest
        found = [
            _best(items[places].astype(np.float64) @ person, places, n)
            for person, places in zip(people, _by_row(scores, n, slack), strict=True)
        ]
        query, rank, places, values = _rows(found, tile.start)
        yield pd.DataFrame(
            {
                Col.USER: model.user_ids[query],
                Col.RANK: rank,
                Col.ITEM: ids[places],
                Col.TITLE: titles[places],
                Col.SCORE: values,
            }
        )


def _solved(solver: Solver, rows: slice) -> np.ndarray:
    """``(people, factors)`` float64, see `recsys.recommendations.Solver.taste`."""
    matrix = solver.model.user_items[rows].sorted_indices()
    cells = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
    return np.array([solver.taste(matrix.indices[a:b], matrix.data[a:b]).factors for a, b in cells])


def _hidden(model: Model, include_removed: bool) -> np.ndarray:
    """Positions of the articles that nobody is offered."""
    removed = model.items[Col.REMOVED].to_numpy(dtype=bool)
    return np.flatnonzero(removed & (not include_removed))


def _slack(model: Model) -> float:
    """By how much two ways to add up the same product of vectors of length 1 can differ.

    A sum of f products in float32 errs by at most f ε/2, whatever the order (N. J. Higham,
    *Accuracy and Stability of Numerical Algorithms*, 2002, section 3.1); here both of two scores
    err in both ways, and lengths are rounded, too.
    """
    return float(2 * (model.item_factors.shape[1] + 4) * np.finfo(np.float32).eps)


def _tiles(queries: int, columns: int, on_progress: OnProgress | None) -> Iterator[slice]:
    step = max(1, TILE_SCORES // max(columns, 1))
    for start in range(0, queries, step):
        stop = min(start + step, queries)
        yield slice(start, stop)
        if on_progress is not None:
            on_progress(stop, queries)


def _by_row(scores: np.ndarray, n: int, slack: np.ndarray) -> list[np.ndarray]:
    """The columns of `recsys.ranking.candidates` for each row of a tile."""
    rows, columns = candidates(scores, n, slack)
    return np.split(columns, np.searchsorted(rows, np.arange(1, len(scores))))


def _best(scores: np.ndarray, places: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(-scores, kind="stable")[:n]
    return places[order], scores[order]


def _rows(
    found: list[tuple[np.ndarray, np.ndarray]], first: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Position of the query, rank, position of the article and score, a row for each found."""
    counts = [len(places) for places, _ in found]
    query = np.repeat(np.arange(first, first + len(found)), counts)
    rank = np.concatenate([np.arange(1, count + 1) for count in counts])
    places, scores = (np.concatenate(part) for part in zip(*found, strict=True))
    return query, rank, places, scores
