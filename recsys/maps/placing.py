"""Articles put among those that a map was learned from, in blocks of bounded memory."""

from collections.abc import Callable

import numpy as np

from recsys.machine import one_blas_thread
from recsys.maps.neighbouring import distances_to
from recsys.ranking import nearest

NEAREST = 5  # learned articles whose places decide
_BESIDE = 2.0  # from the nearest of them, in t-SNE's units: others further off are of another part
_PULL = 0.3  # share of the way from the nearest to the mean
_SHIFT = 0.01  # so that hardly two lie at one place
_BLOCK = 1 << 14


def place_rest(
    directions: np.ndarray,
    learn: np.ndarray,
    learned: np.ndarray,
    seed: int = 0,
    on_rows: Callable[[int], None] | None = None,
) -> np.ndarray:
    """``(n, 2)`` float64 places of all: the learned ones as they are, the rest among them.

    Each of the rest lies at its nearest learned article, moved a part of the way to the mean of
    those of the five nearest that lie beside that one (weighted by 1 / distance²). The mean itself
    would mix those of one nearest with those of others, and a mean of two parts of the map would
    be in neither.

    Parameters
    ----------
    directions
        ``(n, factors)`` float32 of length 1.
    learn
        Positions of the learned articles, ascending.
    learned
        ``(len(learn), 2)`` their places, in t-SNE's units.
    seed
        Of small shifts.
    on_rows
        Called with how many articles are done more; what it raises ends the work.
    """
    if len(learn) == len(directions):
        return learned
    points = np.empty((len(directions), 2))
    points[learn] = learned
    known = np.zeros(len(directions), dtype=bool)
    known[learn] = True
    rest, base = np.flatnonzero(~known), directions[learn]
    draw = np.random.default_rng(seed)
    for start in range(0, len(rest), _BLOCK):
        rows = rest[start : start + _BLOCK]
        block = np.concatenate([base, directions[rows]])
        offered = np.arange(len(block)) < len(base)
        with one_blas_thread():
            near = nearest(
                [block], NEAREST, rows=np.arange(len(base), len(block)), offered=offered,
                on_rows=on_rows,
            )  # fmt: skip
        distances = distances_to(directions[rows], base, near)
        beside = ((learned[near] - learned[near[:, [0]]]) ** 2).sum(axis=2) < _BESIDE**2
        weights = beside / np.maximum(distances, 1e-6) ** 2
        weights /= weights.sum(axis=1, keepdims=True)
        mean = (learned[near] * weights[:, :, None]).sum(axis=1)
        points[rows] = (1 - _PULL) * learned[near[:, 0]] + _PULL * mean
        points[rows] += draw.normal(0, _SHIFT, (len(rows), 2))
    return points
