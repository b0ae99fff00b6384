"""Groups of directions: scikit-learn's k-means, and how many groups there are.

The squared distance of two vectors of length 1 is 2 (1 - cosine), so that k-means groups them by
their cosine. Its centres are brought to length 1, too, and each direction belongs to the centre
with the highest cosine.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from recsys.machine import one_thread
from recsys.progress import OnProgress
from recsys.ranking import unit

SMALLEST = 5  # members that a group has at least
COUNTS = (*range(1, 21), 22, 24, 26, 28, 30)  # that are tried
COARSE, FINE = 150, 20  # mean size that is too large, unless there are so many groups
NEARLY = 0.01  # of separation, for which fewer groups are preferred
_STARTS, _MORE_STARTS = 6, 6  # random starts for each count, and for the most promising
_PROMISING = 4  # counts
_LEARN_FROM = 6_000  # directions, drawn at random where there are more
_BLOCK = 1 << 16  # directions that are assigned at once


@dataclass(frozen=True, kw_only=True, eq=False)
class Clusters:
    """Groups of directions, in no order.

    Attributes
    ----------
    of
        ``(n,)`` int32 place of each direction's group.
    centres
        ``(groups, dimensions)`` float32 of length 1.
    separation
        Weighted mean over the directions of (b - a) / max(a, b), a and b the distances
        (1 - cosine) to the own and the next centre: 1 is far apart, 0 is no groups at all. It is
        the simplified silhouette (E. Hruschka et al., "Evolving clusters in gene-expression
        data", Information Sciences 176, 2006). 0 for one group.
    """

    of: np.ndarray
    centres: np.ndarray
    separation: float


def find_clusters(
    directions: np.ndarray,
    weights: np.ndarray,
    count: int | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
    most: int | None = None,
) -> Clusters:
    """Group directions; the same directions give the same groups.

    Parameters
    ----------
    directions
        ``(n, dimensions)`` float32 of length 1, n at least 1.
    weights
        ``(n,)`` above 0: how much each has to say about the centres.
    count
        How many groups at most; None: the fewest of `COUNTS` whose separation comes within
        `NEARLY` of the best, with no more than `COARSE` members on average or at least `FINE`
        groups. Groups of fewer than `SMALLEST` are given to the others.
    on_progress
        Called as ``(done, total)`` random starts of k-means; what it raises ends the work.
    most
        How many groups at most are tried where `count` is None.
    """
    draw = np.random.default_rng(seed)
    learn, learn_weights = directions, weights.astype(np.float32)
    if len(directions) > _LEARN_FROM:
        drawn = np.sort(draw.choice(len(directions), _LEARN_FROM, replace=False))
        learn, learn_weights = directions[drawn], learn_weights[drawn]
    fit = max(1, len(learn) // SMALLEST)
    tried = fit if most is None else max(1, min(most, fit))
    counts = [min(count, fit)] if count is not None else _counts(len(directions), tried)
    import sklearn.cluster  # noqa: F401 - its threads are limited only once they are there

    with one_thread():  # small products, and the same sums whatever the machine
        centres = _choose(learn, learn_weights, counts, seed, on_progress)
        of = assign(directions, centres)
        while len(centres) > 1:
            sizes = np.bincount(of, minlength=len(centres))
            if sizes.min() >= SMALLEST:
                break
            centres = np.delete(centres, sizes.argmin(), axis=0)
            of = assign(directions, centres)
        separation = _separation(learn, learn_weights, centres)
    return Clusters(of=of, centres=centres, separation=separation)


def assign(directions: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """``(n,)`` int32 place of the nearest centre, in blocks of bounded memory."""
    of = np.empty(len(directions), dtype=np.int32)
    for start in range(0, len(directions), _BLOCK):
        block = slice(start, start + _BLOCK)
        of[block] = (directions[block] @ centres.T).argmax(axis=1)
    return of


def _counts(size: int, most: int) -> list[int]:
    least = min(-(-size // COARSE), FINE, most)
    return [count for count in COUNTS if least <= count <= most]


def _choose(
    directions: np.ndarray,
    weights: np.ndarray,
    counts: list[int],
    seed: int,
    on_progress: OnProgress | None,
) -> np.ndarray:
    """Centres of the fewest groups that are nearly as well separated as the best.

    A start can end in a poor place, so that the counts that do well get more of them.
    """
    starts = [_STARTS] * len(counts) + [_MORE_STARTS] * min(_PROMISING, len(counts))
    steps = iter(range(1, sum(starts) + 1))

    def on_start() -> None:
        if on_progress is not None:
            on_progress(next(steps), sum(starts))

    found = [_centres(directions, weights, count, _STARTS, seed, on_start) for count in counts]
    apart = [_separation(directions, weights, centres) for centres in found]
    for place in np.argsort([-value for value in apart], kind="stable")[:_PROMISING]:
        again = _centres(directions, weights, counts[place], _MORE_STARTS, seed + 1, on_start)
        better = _separation(directions, weights, again)
        if better > apart[place]:
            found[place], apart[place] = again, better
    return next(
        centres for centres, value in zip(found, apart, strict=True) if value >= max(apart) - NEARLY
    )


def _separation(directions: np.ndarray, weights: np.ndarray, centres: np.ndarray) -> float:
    if len(centres) == 1:
        return 0.0
    nearest = np.partition(1 - directions @ centres.T, 1, axis=1)[:, :2].clip(0)
    own, other = nearest[:, 0], nearest[:, 1]
    parts = np.where(other > 0, (other - own) / np.where(other > 0, other, 1), 0)
    return float((weights * parts).sum() / weights.sum())


def _centres(
    directions: np.ndarray,
    weights: np.ndarray,
    count: int,
    starts: int,
    seed: int,
    on_start: Callable[[], None],
) -> np.ndarray:
    """``(groups, dimensions)`` of the best of a few starts of k-means; at most `count` groups."""
    from sklearn.cluster import KMeans  # takes a second to import, and is seldom needed
    from sklearn.exceptions import ConvergenceWarning

    draw = np.random.RandomState(seed)  # what scikit-learn takes
    fits = []
    for _ in range(starts):
        means = KMeans(count, n_init=1, random_state=draw)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # fewer directions than count
            fits.append(means.fit(directions, sample_weight=weights))
        on_start()
    best = min(fits, key=lambda means: means.inertia_)
    centres = unit(np.unique(best.cluster_centers_, axis=0))
    centres = centres[np.linalg.norm(centres, axis=1) > 0]
    # Directions that cancel each other out have no middle; the weightiest then stands for them.
    return centres if len(centres) else directions[[weights.argmax()]]
