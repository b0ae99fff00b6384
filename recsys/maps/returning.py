"""Where a map begins that is to be like an older one, and how it goes on from there."""

import numpy as np

from recsys.maps.aligning import ALIKE, alignment
from recsys.maps.neighbouring import Graph, OnSteps, divergence, from_components, steps_from

MOST = 250  # steps
_STEPS = 25  # between two looks at whether more are worth while
_WORTH = 0.01  # by which so many steps must lessen the divergence
_CANDIDATES = 10  # nearest articles whose old places are looked at
_JUDGES = 30  # nearest articles that say which is best
_BETTER = 2.0  # mean log distance² by which another place must be better than the old one
_SIZES = np.geomspace(0.15, 2.4, 9)  # radii that are tried, in √n
_BLOCK = 512


def can_return(old: np.ndarray) -> bool:
    """Whether an older map knows enough of the articles to begin from it: half of them.

    Parameters
    ----------
    old
        ``(n, 2)`` old places, NaN for new articles.
    """
    return bool(np.isfinite(old[:, 0]).sum() >= max(ALIKE, len(old) / 2))


def start_again(
    graph: Graph,
    components: np.ndarray,
    old: np.ndarray,
    seed: int,
    on_steps: OnSteps | None = None,
) -> np.ndarray:
    """``(n, 2)`` float64 where t-SNE begins from an older map.

    An article begins at its old place, at the size at which the divergence is least. One that is
    new, or whose nearest now lie elsewhere, begins beside that one of its ten nearest from which
    the thirty nearest are the nearest: in few steps of t-SNE it would not get there, and would
    seem not to have moved.

    Parameters
    ----------
    components
        ``(n, 2)`` principal components, for new articles with nothing near that was there.
    old
        ``(n, 2)`` old places, NaN for new articles; see `can_return`.
    seed
        Of small shifts, so that no two begin at one place.
    on_steps
        Called with 0 for each size that is tried; what it raises ends the work.
    """
    known = np.isfinite(old[:, 0])
    places = np.where(
        known[:, None], old, alignment(components[known], old[known]).moved(components)
    )
    places -= places[known].mean(axis=0)
    radius = np.sqrt((places[known] ** 2).sum(axis=1).mean())
    if not radius > 0:
        return from_components(components, seed)
    places *= np.sqrt(len(places)) / radius
    places += np.random.default_rng(seed).normal(0, 1e-3, places.shape)
    first = _moved(graph, places, known, np.inf)
    errors = []
    for size in _SIZES:
        errors.append(divergence(graph, first * size))
        if on_steps is not None:
            on_steps(0)
    places = first * _SIZES[int(np.argmin(errors))]
    shifts = np.random.default_rng(seed).normal(0, 0.1, places.shape)
    moved = _moved(graph, places, known, _BETTER)
    return np.where(moved == places, places, moved + shifts)


def _moved(graph: Graph, places: np.ndarray, known: np.ndarray, better: float) -> np.ndarray:
    """The places, but those of new articles, and where another is better by so much."""
    found = places.copy()
    for start in range(0, len(places), _BLOCK):
        rows = slice(start, start + _BLOCK)
        near = graph.near[rows]
        near = np.take_along_axis(near, np.argsort(~known[near], axis=1, kind="stable"), axis=1)
        there, judges = known[near[:, :_CANDIDATES]], near[:, :_JUDGES]
        options = np.concatenate([places[rows][:, None], places[near[:, :_CANDIDATES]]], axis=1)
        apart = options[:, :, None] - places[judges][:, None]
        cost = np.log1p((apart**2).sum(axis=3)) @ known[judges][:, :, None]
        cost = cost[:, :, 0] / np.maximum(known[judges].sum(axis=1), 1)[:, None]
        cost[:, 1:][~there] = np.inf
        cost[known[rows], 0] -= better
        cost[~known[rows], 0] = np.finfo(float).max
        best = cost.argmin(axis=1)
        found[rows] = options[np.arange(len(best)), best]
    return found


def settle_again(graph: Graph, start: np.ndarray, on_steps: OnSteps | None = None) -> np.ndarray:
    """``(n, 2)`` float64 places after few steps of t-SNE, so that most stay where they were.

    At least 50 steps; then more, up to 250, while 25 lessen the divergence by 1 %.
    """
    steps = steps_from(graph, start, _STEPS, on_steps)
    places, last = next(steps)
    for _ in range(2 * _STEPS, MOST + 1, _STEPS):
        places, now = next(steps)
        if now > last * (1 - _WORTH):
            break
        last = now
    return places
