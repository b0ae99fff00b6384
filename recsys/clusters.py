"""Groups of directions: k-means on the sphere, and how many groups there are.

Spherical k-means (I. Dhillon, D. Modha, "Concept Decompositions for Large Sparse Text Data Using
Clustering", Machine Learning 42, 2001): a group's centre is the direction of the weighted sum of
its members, and each direction belongs to the centre with the highest cosine.
"""

from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from recsys.nearest import unit

SMALLEST = 5  # members that a group has at least
COUNTS = (*range(1, 21), 22, 24, 26, 28, 30)  # that are tried
COARSE, FINE = 150, 20  # mean size that is too large, unless there are so many groups
NEARLY = 0.01  # of separation, for which fewer groups are preferred
_STARTS, _MORE_STARTS = 2, 8  # random starts for each count, and for the most promising
_PROMISING = 4  # counts
_ROUNDS = 60  # of a start, at most
_LEARN_FROM = 6_000  # directions, drawn at random where there are more
_BLOCK = 1 << 16  # directions that are assigned at once
_SEEDS_TRIED = 8  # for each further centre of a start
_APART = itemgetter(0)


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
    directions: np.ndarray, weights: np.ndarray, count: int | None = None, seed: int = 0
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
    """
    draw = np.random.default_rng(seed)
    learn, learn_weights = directions, weights.astype(np.float32)
    if len(directions) > _LEARN_FROM:
        drawn = np.sort(draw.choice(len(directions), _LEARN_FROM, replace=False))
        learn, learn_weights = directions[drawn], learn_weights[drawn]
    most = max(1, len(learn) // SMALLEST)
    counts = [min(count, most)] if count is not None else _counts(len(directions), most)
    with threadpool_limits(1, "blas"):  # of small products, threads only wait for each other
        centres = _choose(learn, learn_weights, counts, draw)
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
    least = min(-(-size // COARSE), FINE)
    return [count for count in COUNTS if least <= count <= most]


def _choose(
    directions: np.ndarray, weights: np.ndarray, counts: list[int], draw: np.random.Generator
) -> np.ndarray:
    """Centres of the fewest groups that are nearly as well separated as the best.

    A start can end in a poor place, so that the counts that do well get more of them.
    """
    found = [_best_start(directions, weights, count, _STARTS, draw) for count in counts]
    for place in sorted(np.argsort([-apart for apart, _ in found], kind="stable")[:_PROMISING]):
        again = _best_start(directions, weights, counts[place], _MORE_STARTS, draw)
        found[place] = max(found[place], again, key=_APART)
    best = max(apart for apart, _ in found)
    return next(centres for apart, centres in found if apart >= best - NEARLY)


def _separation(directions: np.ndarray, weights: np.ndarray, centres: np.ndarray) -> float:
    if len(centres) == 1:
        return 0.0
    nearest = np.partition(1 - directions @ centres.T, 1, axis=1)[:, :2].clip(0)
    own, other = nearest[:, 0], nearest[:, 1]
    parts = np.where(other > 0, (other - own) / np.where(other > 0, other, 1), 0)
    return float((weights * parts).sum() / weights.sum())


def _best_start(
    directions: np.ndarray, weights: np.ndarray, count: int, starts: int, draw: np.random.Generator
) -> tuple[float, np.ndarray]:
    """Separation and centres of the start that ends with the best-separated groups."""
    ends = [_start(directions, weights, count, draw) for _ in range(starts)]
    return max(((_separation(directions, weights, end), end) for end in ends), key=_APART)


def _start(
    directions: np.ndarray, weights: np.ndarray, count: int, draw: np.random.Generator
) -> np.ndarray:
    centres = _seeds(directions, weights, count, draw)
    of = np.full(len(directions), -1)
    for _ in range(_ROUNDS):
        nearest = assign(directions, centres)
        if (nearest == of).all():
            break
        of = nearest
        belongs = csr_matrix((weights, of, np.arange(len(of) + 1)), shape=(len(of), len(centres)))
        moved = unit(belongs.T @ directions)
        empty = np.linalg.norm(moved, axis=1, keepdims=True) == 0
        centres = np.where(empty, centres, moved)
    return centres


def _seeds(
    directions: np.ndarray, weights: np.ndarray, count: int, draw: np.random.Generator
) -> np.ndarray:
    """First centres, far apart: greedy k-means++ (D. Arthur, S. Vassilvitskii, SODA 2007).

    Of a few directions, drawn in proportion to weight and distance (1 - cosine, which is half the
    squared distance on the sphere), the one that leaves the least distance becomes a centre.
    """
    chosen = [int(draw.choice(len(directions), p=_shares(weights)))]
    far = (1 - directions @ directions[chosen[0]]).clip(0)
    for _ in range(count - 1):
        tried = draw.choice(len(directions), _SEEDS_TRIED, p=_shares(weights * far + 1e-12))
        left = np.minimum(far[:, None], (1 - directions @ directions[tried].T).clip(0))
        best = int((weights @ left).argmin())
        chosen.append(int(tried[best]))
        far = left[:, best]
    return directions[chosen]


def _shares(weights: np.ndarray) -> np.ndarray:
    exact = weights.astype(np.float64)
    return exact / exact.sum()
