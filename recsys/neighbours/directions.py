"""Where articles lie: their positions in a model, and cosines of their factors."""

from collections.abc import Sequence

import numpy as np

from recsys.columns import Col
from recsys.errors import SettingError, UnknownItemError
from recsys.models import Model
from recsys.ranking import unit

MOST_ASKED = 50  # articles that can be asked about together


def cosines(model: Model, position: int) -> np.ndarray:
    """Cosine similarity of one article's factors to all articles' factors.

    ``scores = V · V[i] / |V|``, divided by ``|V[i]|``. An article whose factors are all zero
    has similarity 0 to everything.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` float32 in [-1, 1].
    """
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0)
    scores = model.item_factors @ model.item_factors[position]
    return scores / norms / norms[position]


def cosines_to_all(model: Model, positions: Sequence[int]) -> np.ndarray:
    """Cosine of all articles to some together: to the mean of their directions.

    With d_m the factors of article m, brought to length 1, the mean direction of the articles M is
    d = Σ_{m ∈ M} d_m / |M|, and the score of article i is v_i · d / (|v_i| |d|). Each article
    counts alike, however long its factors; with one, it is `cosines`. Where the directions cancel
    out (d = 0), everything has the score 0.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` float32 in [-1, 1].
    """
    if len(positions) == 1:
        return cosines(model, positions[0])
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0).astype(np.float32)
    middle = mean_direction(unit(model.item_factors[list(positions)]))
    return (model.item_factors @ middle) / norms


def mean_direction(directions: np.ndarray) -> np.ndarray:
    """``(factors,)`` of length 1: the mean of ``(m, factors)`` directions; zeros stay zeros."""
    return unit(directions.mean(axis=0))


def position_of(model: Model, item_id: str) -> int:
    """The position of an article, or `UnknownItemError`."""
    try:
        return model.positions[item_id]
    except KeyError:
        example = model.items[Col.ITEM].iloc[0]
        raise UnknownItemError(
            f"no article {item_id!r} in this model.",
            where="item",
            todo=f"It has {len(model.items):,} articles, for example {example}.",
        ) from None


def ids_of(item_ids: str | Sequence[str]) -> tuple[str, ...]:
    """Distinct ids, of one article or several, in their order.

    Raises
    ------
    SettingError
        If there is none, or there are more than `MOST_ASKED`.
    """
    ids = (item_ids,) if isinstance(item_ids, str) else tuple(dict.fromkeys(item_ids))
    if not 1 <= len(ids) <= MOST_ASKED:
        raise SettingError(
            f"{len(ids):,} articles are asked about together.",
            where="item",
            todo=f"Give 1 to {MOST_ASKED}.",
        )
    return ids


def positions_of(model: Model, item_ids: str | Sequence[str]) -> list[int]:
    """The positions of one article or several; see `position_of` and `ids_of`."""
    return [position_of(model, item) for item in ids_of(item_ids)]
