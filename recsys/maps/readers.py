"""A reader on the map: what they read, in order of time, and where they are."""

import numpy as np

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.models import Model
from recsys.ranking import unit

CLOSEST = 10  # articles to their taste, whose middle is where they are


def path_of(model: Model, tables: Tables, user: str) -> np.ndarray:
    """Rows of what a person read, in the order in which they first did; of unknown time last.

    An article that the strengths leave out is not in the model, and not here.
    """
    categories = tables.events[Col.USER].cat.categories
    code = categories.get_indexer([user])[0]
    theirs = tables.events[tables.events[Col.USER].cat.codes.to_numpy() == code]
    first = theirs.groupby(Col.ITEM, observed=True)[Col.TIMESTAMP].min()
    rows = np.array([model.positions.get(str(item), -1) for item in first.index], dtype=int)
    seconds = np.where(np.isnan(first.to_numpy()), np.inf, first.to_numpy())
    order = np.lexsort((rows, seconds))
    return rows[order][rows[order] >= 0]


def where_is(model: Model, factors: np.ndarray, xy: np.ndarray) -> tuple[float, float] | None:
    """The middle (mean) of the places of the ten articles closest to a taste, by the cosine.

    None where the taste is zero, or the model has collapsed.

    Parameters
    ----------
    factors
        ``(factors,)`` of the person.
    xy
        ``(n_items, 2)`` places.
    """
    length = float(np.linalg.norm(factors))
    if not length or model.collapsed:
        return None
    cosines = unit(model.item_factors) @ (factors / length).astype(model.item_factors.dtype)
    closest = np.argsort(-cosines, kind="stable")[:CLOSEST]
    x, y = xy[closest].mean(axis=0, dtype=np.float64)
    return float(x), float(y)
