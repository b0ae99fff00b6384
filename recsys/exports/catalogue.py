"""The whole catalogue's neighbours and everybody's recommendations, a tile at a time."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.exports.ruled import by_position, with_pins
from recsys.exports.tiles import best, by_row, flat, near_tiles, slack, tiles
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.picks import NO_RULES, Rules
from recsys.progress import OnProgress
from recsys.ranking import checked_count
from recsys.recommendations import Solver


def all_neighbours(
    model: Model,
    n: int = 10,
    limits: Limits = NO_LIMITS,
    *,
    rules: Rules = NO_RULES,
    on_progress: OnProgress | None = None,
) -> Iterator[pd.DataFrame]:
    """The `n` nearest articles of every article, as `recsys.neighbours.similar_items` has them.

    Parameters
    ----------
    model
        A trained model.
    n
        How many of each; fewer where the catalogue has fewer.
    limits
        Which articles may come as neighbours. All are asked about.
    rules
        Pinned articles come first, whatever the limits; pairs that never go together are left
        out, see `recsys.picks.apply_rules`. Picks are no neighbours; see `read_next`.
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
    ids, titles = model.items[Col.ITEM].to_numpy(), model.items[Col.TITLE].to_numpy()
    without, pins = by_position(model, rules)
    for tile in near_tiles(model, n, limits, without=without, on_progress=on_progress):
        query, rank, places, values = with_pins(model, tile, pins, n)
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
    for tile in tiles(len(model.user_ids), len(ids), on_progress):
        people = factors_of(tile)
        scores = people.astype(np.float32) @ items.T
        scores[:, hidden] = -np.inf
        read = model.user_items[tile].tocoo()
        scores[read.row, read.col] = -np.inf
        closeness = slack(model) * np.linalg.norm(people, axis=1) * longest
        found = [
            best(items[places].astype(np.float64) @ person, places, n)
            for person, places in zip(people, by_row(scores, n, closeness), strict=True)
        ]
        query, rank, places, values = flat(found, tile.start)
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
