"""What moved between two maps, and what moved more than another seed moves it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.maps.aligning import ALIKE, alignment

LEVEL = 0.95  # share of the articles that another seed moves less


def movement(
    a_items: np.ndarray, a_xy: np.ndarray, b_items: np.ndarray, b_xy: np.ndarray
) -> pd.DataFrame:
    """How far each article of two maps moved from the first to the second.

    The second is laid over the first (turned, mirrored, moved and scaled), so that what all do
    together is no movement.

    Parameters
    ----------
    a_items, b_items
        ``(n,)`` ids, each once.
    a_xy, b_xy
        ``(n, 2)`` their places.

    Returns
    -------
    pandas.DataFrame
        item_id, dx, dy, distance, in the order of the first map; articles of both alone. In units
        of the first map.

    Examples
    --------
    >>> import recsys
    >>> import numpy as np
    >>> items, xy = np.array(["a", "b", "c"]), np.array([[0, 0], [1, 0], [0, 1.0]])
    >>> mirrored = xy @ [[0, 1], [1, 0]] + 5
    >>> recsys.movement(items, xy, items, mirrored)["distance"].round(6).tolist()
    [0.0, 0.0, 0.0]
    """
    rows = pd.Index(b_items).get_indexer(pd.Index(a_items))
    both = rows >= 0
    here, there = a_xy[both].astype(np.float64), b_xy[rows[both]].astype(np.float64)
    if len(here) >= ALIKE:
        there = alignment(there, here).moved(there)
    moved = there - here
    return pd.DataFrame(
        {
            Col.ITEM: np.asarray(a_items, dtype=object)[both],
            Col.DX: moved[:, 0],
            Col.DY: moved[:, 1],
            Col.DISTANCE: np.hypot(moved[:, 0], moved[:, 1]),
        }
    )


def moved_by_seeds(xy: np.ndarray, others: Sequence[np.ndarray]) -> np.ndarray:
    """How far other seeds move each article: the furthest of them, after alignment.

    Parameters
    ----------
    xy
        ``(n, 2)`` the map.
    others
        Maps of the same articles from other seeds, each ``(n, 2)``; at least one.

    Returns
    -------
    numpy.ndarray
        ``(n,)`` distances in units of the map.

    Raises
    ------
    SettingError
        If there are none, or they are of other articles.
    """
    if not others or any(other.shape != xy.shape for other in others):
        raise SettingError(
            "maps of the same articles from other seeds are needed.",
            where="movement",
            todo="Give at least one.",
        )
    ids = np.arange(len(xy))
    return np.max([movement(ids, xy, ids, other)[Col.DISTANCE] for other in others], axis=0)


def moved_more(distance: np.ndarray, by_seeds: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """``(n,)`` bool: which articles moved further than another seed moves them.

    An article did if it moved further than other seeds moved it, and further than they moved 95 %
    of all: the furthest of a few seeds alone is exceeded often by chance.

    Parameters
    ----------
    distance
        ``(n,)`` how far each moved.
    by_seeds
        ``(n,)`` how far other seeds move each, of the same articles; see `moved_by_seeds`.
    level
        The share, 0 to 1.
    """
    if not len(distance):
        return np.zeros(0, dtype=bool)
    return (distance > by_seeds) & (distance > np.quantile(by_seeds, level))
