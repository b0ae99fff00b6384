"""How faithful a picture on a plane is to the directions that it shows.

Sources: J. Venna, S. Kaski, "Neighborhood preservation in nonlinear projection methods: an
experimental study", ICANN 2001 (trustworthiness).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from recsys.machine import one_blas_thread

K = 10  # neighbours that are asked for
MOST = 2_000  # articles that are asked about
COSINES = 500_000_000  # beyond which fewer are
_TILE_BYTES = 32 << 20


@dataclass(frozen=True, kw_only=True)
class Faithfulness:
    """What a picture keeps of the nearest articles.

    Attributes
    ----------
    kept
        Share of the `k` truly nearest articles (by cosine) that are among the `k` nearest on the
        plane, 0 to 1; mean over the articles that were asked about.
    trustworthiness
        1 if the `k` nearest on the plane are the truly nearest; the less the further away those
        really are that only the plane shows as near. A picture by chance has about 0.5.
    k
        10, or one less than there are articles.
    of
        Articles that were asked about: all, or a sample of them.
    variance
        Share of the variance that the axes keep, where they are principal components.
    """

    kept: float
    trustworthiness: float
    k: int
    of: int
    variance: float | None = None


def faithfulness_of(
    directions: np.ndarray,
    xy: np.ndarray,
    *,
    seed: int = 0,
    variance: float | None = None,
    cosines: int = COSINES,
    on_rows: Callable[[int], None] | None = None,
) -> Faithfulness:
    """Compare the nearest on a plane with the truly nearest.

    The neighbours are searched among all articles; what is a sample is the articles whose
    neighbours these are: 2,000, fewer where there are more than 250,000. Where several are equally
    near, each is as right as the other, so that with articles that are all alike any picture is
    faithful. With `n` ≤ 10 articles, `k` is n − 1 and there is nothing to get wrong: both are 1.

    Trustworthiness is 1 − c Σ max(0, r(i, j) − k) over the `k` nearest j on the plane of each i;
    r is the rank of j among all by cosine, c = 2 / (m k (2n − 3k − 1)) with m articles asked
    about, and 2 / (m (n − k) (n − k − 1)) where k ≥ n / 2, so that the worst picture has 0.

    Parameters
    ----------
    directions
        ``(n, factors)`` float32 of length 1.
    xy
        ``(n, 2)`` places on the plane.
    seed
        Of the sample.
    variance
        To be handed on.
    cosines
        How many may be computed; fewer articles are asked about where they would be more.
    on_rows
        Called with how many articles are done more; what it raises ends the work.
    """
    n = len(directions)
    k = max(0, min(K, n - 1))
    if k < 1 or n <= K:
        return Faithfulness(kept=1.0, trustworthiness=1.0, k=k, of=n, variance=variance)
    from scipy.spatial import cKDTree  # is seldom needed

    size = min(n, MOST, max(1, cosines // n))
    rows = np.arange(n)
    if size < n:
        rows = np.sort(np.random.default_rng(seed).choice(n, size, replace=False))
    on_plane = others(cKDTree(xy).query(xy[rows], k + 1)[1], rows)
    right, beyond = 0, 0.0
    step = max(1, _TILE_BYTES // (4 * n))
    with one_blas_thread():
        for start in range(0, size, step):
            tile = rows[start : start + step]
            scores = directions[tile] @ directions.T
            scores[np.arange(len(tile)), tile] = -np.inf
            found = np.take_along_axis(scores, on_plane[start : start + step], axis=1)
            ranks = np.stack([1 + (scores > one[:, None]).sum(axis=1) for one in found.T])
            right += int((ranks <= k).sum())
            beyond += float(np.maximum(ranks - k, 0).sum())
            if on_rows is not None:
                on_rows(len(tile))
    worst = k * (2 * n - 3 * k - 1) if 2 * k < n else (n - k) * (n - k - 1)
    return Faithfulness(
        kept=right / (size * k),
        trustworthiness=1 - 2 * beyond / (size * worst) if worst else 1.0,
        k=k,
        of=size,
        variance=variance,
    )


def others(near: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """``(rows, k)`` of ``(rows, k + 1)`` nearest: each without itself, or without its last."""
    own = near == rows[:, None]
    own[~own.any(axis=1), -1] = True  # of many at one place, it may not be among the nearest
    return near[~own].reshape(len(rows), -1)
