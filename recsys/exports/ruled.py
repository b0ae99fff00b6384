"""Rules by the position of their articles, for lists of a whole catalogue."""

import numpy as np

from recsys.exports.tiles import NearTile
from recsys.models import Model
from recsys.neighbours import cosines
from recsys.picks import Rules, pins_of

ByPosition = dict[int, np.ndarray]


def by_position(model: Model, rules: Rules) -> tuple[ByPosition, ByPosition]:
    """What the model's ranking leaves out below each article, and what is pinned there instead.

    What is pinned is left out of the ranking, because it stands above it. Articles that the model
    does not have are in neither.
    """
    where = model.positions

    def positions(items: list[str]) -> np.ndarray:
        return np.array([where[item] for item in items if item in where], dtype=int)

    pins, without = {}, {}
    for item in {*rules.pins, *rules.nevers} & set(where):
        pinned = pins_of(rules, item)
        pins[where[item]] = positions(list(pinned))
        without[where[item]] = positions([*pinned, *rules.nevers.get(item, ())])
    return without, pins


def with_pins(
    model: Model, tile: NearTile, pins: ByPosition, n: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Query, rank, place and score of a tile with the pinned articles first, `n` of each query."""
    here = [row for row in tile.rows if len(pins.get(int(row), ()))]
    if not here:
        return tile.query, tile.rank, tile.places, tile.scores
    places = np.concatenate([pins[int(row)] for row in here])
    query = np.repeat(here, [len(pins[int(row)]) for row in here])
    scores = np.concatenate([cosines(model, int(row))[pins[int(row)]] for row in here])
    query, places = np.r_[query, tile.query], np.r_[places, tile.places]
    scores = np.r_[scores, tile.scores]
    order = np.argsort(query, kind="stable")
    query, places, scores = query[order], places[order], scores[order]
    rank = 1 + np.arange(len(query)) - np.searchsorted(query, query)
    kept = rank <= n
    return query[kept], rank[kept], places[kept], scores[kept]
