"""Where the names of topics stand on the map."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_CELLS = 48  # of the grid in which the densest place is looked for
_SPREAD = (1, 4, 6, 4, 1)  # binomial


class Label(NamedTuple):
    """A name on the map. `level` 0 is shown first and larger; of one level, the heavier first."""

    text: str
    x: float
    y: float
    level: int = 0
    weight: float = 1.0


def topic_labels(
    names: Sequence[str], of: np.ndarray, xy: np.ndarray, level: int = 0
) -> list[Label]:
    """A label for each topic, where most of its articles lie.

    That is the mean of its articles around the densest cell of a grid, not of all of them: a topic
    of two clusters would be named in the middle, where it has no article.

    Parameters
    ----------
    names
        Of the topics; see `recsys.topics.Topics`.
    of
        ``(n,)`` topic of each article, -1 for none.
    xy
        ``(n, 2)`` places on the plane.

    Returns
    -------
    list of Label
        In the order of `names`, without topics of no article. The weight is the number of articles.
    """
    low, span = xy.min(axis=0), np.ptp(xy, axis=0)
    cells = ((xy - low) / np.where(span > 0, span, 1.0) * (_CELLS - 1)).round().astype(np.int64)
    found = []
    for topic, name in enumerate(names):
        members = np.flatnonzero(of == topic)
        if len(members):
            x, y = xy[_core(cells[members], members)].mean(axis=0)
            found.append(Label(name, float(x), float(y), level, float(len(members))))
    return found


def _core(cells: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Those members that lie around the densest cell."""
    grid = np.zeros((_CELLS + 4, _CELLS + 4))
    np.add.at(grid, (cells[:, 0] + 2, cells[:, 1] + 2), 1.0)
    for axis in (0, 1):
        parts = [np.roll(grid, shift - 2, axis) * part for shift, part in enumerate(_SPREAD)]
        grid = np.sum(parts, axis=0)
    top = np.array(np.unravel_index(grid[2:-2, 2:-2].argmax(), (_CELLS, _CELLS)))
    near = (np.abs(cells - top) <= 2).all(axis=1)
    return members[near] if near.any() else members
