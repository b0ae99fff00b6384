"""Places that keep neighbours: t-SNE, as openTSNE computes it, in steps that can be stopped.

Sources: L. van der Maaten, G. Hinton, "Visualizing Data using t-SNE", JMLR 9, 2008; P. Poličar,
M. Stražar, B. Zupan, "openTSNE: a modular Python library for t-SNE", JSS 109, 2024. The start and
the learning rate are those of D. Kobak, P. Berens, "The art of using t-SNE for single-cell
transcriptomics", Nature Communications 10, 2019.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from recsys.machine import one_blas_thread
from recsys.ranking import nearest

PERPLEXITY = 30
_MOMENTUM = 0.8
_EXAGGERATION = 12
_EVERY = 5  # iterations between two calls of `on_steps`
_START = 1e-4  # standard deviation of a start from principal components
_BLOCK = 2048  # articles whose distances are computed at once

OnSteps = Callable[[int], None]
"""Called with how many steps are done more. What it raises ends the work."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Graph:
    """Which articles are near to which.

    Attributes
    ----------
    near
        ``(n, k)`` int32 positions of the nearest, nearest first.
    affinities
        ``(n, n)`` CSR: t-SNE's probabilities that two are neighbours, all together 1.
    """

    near: np.ndarray
    affinities: csr_matrix


def graph_of(directions: np.ndarray, on_rows: Callable[[int], None] | None = None) -> Graph:
    """The nearest of all directions, exact.

    Parameters
    ----------
    directions
        ``(n, factors)`` float32 of length 1, n at least 4. The perplexity is 30, or a third of
        the others where these are fewer than 90.
    on_rows
        Called with how many articles are done more; what it raises ends the work.
    """
    from openTSNE.affinity import joint_probabilities_nn  # takes seconds to import

    perplexity = min(PERPLEXITY, (len(directions) - 1) / 3)
    with one_blas_thread():  # the same neighbours whatever the machine
        near = nearest([directions], int(3 * perplexity), on_rows=on_rows)
        distances = distances_to(directions, directions, near)
    found = joint_probabilities_nn(near, distances, [perplexity], n_jobs=threads())
    return Graph(near=near, affinities=csr_matrix(found))


def distances_to(rows: np.ndarray, others: np.ndarray, near: np.ndarray) -> np.ndarray:
    """``(rows, k)`` float64 Euclidean distances of directions to those at the positions `near`."""
    found = np.empty(near.shape)
    for start in range(0, len(rows), _BLOCK):
        part = slice(start, start + _BLOCK)
        cosines = np.einsum("ij,ikj->ik", rows[part], others[near[part]])
        found[part] = np.sqrt(np.maximum(2 - 2 * cosines.astype(np.float64), 0))
    return found


def from_components(points: np.ndarray, seed: int) -> np.ndarray:
    """A start from ``(n, 2)`` principal components: tiny, and no two at one place."""
    spread = points.std(axis=0).max()
    start = points / spread * _START if spread > 0 else np.zeros_like(points)
    draw = np.random.default_rng(seed)
    return start + draw.normal(0, _START * (0.01 if spread > 0 else 1), points.shape)


def settle(
    graph: Graph,
    start: np.ndarray,
    *,
    early: int,
    steps: int,
    on_steps: OnSteps | None = None,
) -> np.ndarray:
    """``(n, 2)`` float64 places after some steps of t-SNE.

    Parameters
    ----------
    start
        ``(n, 2)`` where it begins.
    early
        Steps with exaggerated attraction, before the others.
    """
    embedding = _embedding(graph, start, on_steps)
    if early:
        embedding.optimize(early, exaggeration=_EXAGGERATION, inplace=True)
    embedding.optimize(steps, inplace=True)
    return np.array(embedding)


def steps_from(
    graph: Graph, start: np.ndarray, steps: int, on_steps: OnSteps | None = None
) -> Iterator[tuple[np.ndarray, float]]:
    """``(n, 2)`` float64 places and their divergence after each so many steps, without end."""
    embedding = _embedding(graph, start, on_steps)
    while True:
        embedding.optimize(steps, inplace=True)
        yield np.array(embedding), float(embedding.kl_divergence)


def divergence(graph: Graph, places: np.ndarray) -> float:
    """What t-SNE makes small: the Kullback-Leibler divergence of places and affinities."""
    # A tree, however many there are: the grid of the other method grows with the extent.
    found = _embedding(graph, places).optimize(0, negative_gradient_method="bh", inplace=True)
    return float(found.kl_divergence)


def _embedding(graph: Graph, start: np.ndarray, on_steps: OnSteps | None = None) -> Any:
    from openTSNE.affinity import Affinities
    from openTSNE.tsne import TSNEEmbedding

    def call(*_: object) -> bool:
        if on_steps is not None:
            on_steps(_EVERY)
        return False

    given = Affinities()
    given.P = graph.affinities.copy()  # exaggeration is multiplied in, and divided out
    told = {"callbacks": [call], "callbacks_every_iters": _EVERY}
    return TSNEEmbedding(start, given, n_jobs=threads(), momentum=_MOMENTUM, **told)


def threads() -> int:
    """All processors but one, for the pages. What is computed does not depend on it."""
    usable = getattr(os, "sched_getaffinity", None)
    return max(1, ((len(usable(0)) if usable else os.cpu_count()) or 1) - 1)
