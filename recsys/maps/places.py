"""Where the articles of a model lie on a plane."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.maps.aligning import ALIKE, alignment
from recsys.maps.faithfulness import Faithfulness, faithfulness_of
from recsys.maps.neighbouring import from_components, graph_of, settle
from recsys.maps.placing import place_rest
from recsys.maps.projection import principal
from recsys.maps.returning import MOST, can_return, settle_again, start_again
from recsys.models import Model
from recsys.progress import Meter, OnProgress
from recsys.ranking import unit

FEWEST = 10  # articles with a direction, below which neighbours have no map of their own
LEARN_FROM = 30_000  # articles; the others of a larger catalogue are placed among them
BOX = 99.0  # percent of the articles that lie in the square from -1 to 1
AT_ONCE = 100_000_000  # cosines that may be computed before principal components are shown
EARLY, STEPS = 100, 150  # of t-SNE: with exaggerated attraction, and after that


@dataclass(frozen=True, kw_only=True, eq=False)
class Places:
    """Where the articles of a model lie on a plane.

    Attributes
    ----------
    xy
        ``(n_items, 2)`` float32, all finite, in the order of `model.items`. 99 % of the placed lie
        in the square from -1 to 1; a map that was aligned to another has about that one's size.
    placed
        ``(n_items,)`` bool: False for an article whose factors have no direction. Those stand in
        a row below the others, in their order.
    method
        "pca" (principal components) or "neighbours" (t-SNE).
    faithfulness
        What the picture keeps, of the placed articles.
    learned_from
        Articles that the map was learned from; the other placed ones were put among them.
    seed
        Of all that is drawn.
    aligned_to
        Fingerprint of the model whose map it was aligned to, or empty.
    """

    xy: np.ndarray
    placed: np.ndarray
    method: Literal["pca", "neighbours"]
    faithfulness: Faithfulness
    learned_from: int
    seed: int
    aligned_to: str = ""

    @property
    def without_place(self) -> int:
        """Articles whose factors have no direction."""
        return int((~self.placed).sum())


@dataclass(frozen=True, kw_only=True, eq=False)
class Before:
    """An older map, that a new one is to be like.

    Attributes
    ----------
    items
        ``(n,)`` ids, each once.
    xy
        ``(n, 2)`` their places.
    fingerprint
        Of the model whose map it is.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> older = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> before = recsys.Before.of(older, recsys.pca_places(older))
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5, seed=1))
    >>> recsys.pca_places(model, before=before).aligned_to == older.fingerprint
    True
    """

    items: np.ndarray
    xy: np.ndarray
    fingerprint: str

    @classmethod
    def of(cls, model: Model, places: Places) -> "Before":
        """The map of a model, without the articles that have no direction."""
        ids = model.items[Col.ITEM].to_numpy()[places.placed]
        return cls(items=ids, xy=places.xy[places.placed], fingerprint=model.fingerprint)

    def at(self, items: pd.Series) -> np.ndarray:
        """``(len(items), 2)`` float64 places of articles by their ids, NaN for new ones."""
        rows = pd.Index(self.items).get_indexer(pd.Index(items))
        return np.where(rows[:, None] >= 0, self.xy[rows].astype(np.float64), np.nan)


def pca_places(model: Model, *, before: Before | None = None) -> Places:
    """Articles on the two principal components of their directions: at once.

    Parameters
    ----------
    before
        An older map to be turned, mirrored and scaled to.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> places = recsys.pca_places(model)
    >>> places.xy.shape, places.method, places.faithfulness.k
    ((1459, 2), 'pca', 10)
    """
    placed = _placed(model)
    directions = unit(model.item_factors[placed])
    points, variance = principal(directions)
    points, aligned_to = _laid(points, _old(model, placed, before), before)
    return Places(
        xy=_whole(points, placed),
        placed=placed,
        method="pca",
        faithfulness=faithfulness_of(directions, points, variance=variance, cosines=AT_ONCE),
        learned_from=len(directions),
        seed=0,
        aligned_to=aligned_to,
    )


def neighbour_places(
    model: Model,
    *,
    before: Before | None = None,
    seed: int = 0,
    on_progress: OnProgress | None = None,
) -> Places:
    """Articles on a plane that keeps the nearest together: t-SNE of their directions.

    The same model, seed and older map give the same places on the same machine, bit for bit. Fewer
    than 10 articles with a direction lie on principal components, as in `pca_places`.

    Parameters
    ----------
    before
        An older map. Its articles begin where they were, new ones at the mean of the nearest that
        were there, and a few steps follow; then the whole is turned, mirrored, moved and scaled
        to lie over the older one. Without it, the map is turned to lie over the principal
        components.
    seed
        Of the start, and of the articles that a large catalogue's map is learned from.
    on_progress
        Called as ``(done, total)``; what it raises ends the work.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> places = recsys.neighbour_places(model)
    >>> places.xy.shape, places.faithfulness.kept > recsys.pca_places(model).faithfulness.kept
    ((1459, 2), True)
    """
    placed = _placed(model)
    if placed.sum() < FEWEST:
        return pca_places(model, before=before)
    directions = unit(model.item_factors[placed])
    learn = _learners(model.readers[placed], seed)
    old, components = _old(model, placed, before), principal(directions)[0]
    again = can_return(old[learn])
    work = _Work(len(directions), len(learn), again, on_progress)
    graph = graph_of(directions[learn], work.rows)
    if again:
        start = start_again(graph, components[learn], old[learn], seed, work.steps)
        learned = settle_again(graph, start, work.steps)
    else:
        start = from_components(components[learn], seed)
        learned = settle(graph, start, early=EARLY, steps=STEPS, on_steps=work.steps)
    work.settled()
    points = place_rest(directions, learn, learned, seed, work.rest)
    points, aligned_to = _laid(points, old, before, components)
    faithfulness = faithfulness_of(directions, points, seed=seed, on_rows=work.judged)
    work.end()
    return Places(
        xy=_whole(points, placed),
        placed=placed,
        method="neighbours",
        faithfulness=faithfulness,
        learned_from=len(learn),
        seed=seed,
        aligned_to=aligned_to,
    )


def _placed(model: Model) -> np.ndarray:
    """``(n_items,)`` bool: whose factors have a direction that is more than rounding noise."""
    norms = model.item_norms
    return (norms > 0) & np.isfinite(norms) & (not model.collapsed)


def _learners(readers: np.ndarray, seed: int) -> np.ndarray:
    """Positions to learn from, ascending: half the most read, half drawn from the others."""
    if len(readers) <= LEARN_FROM:
        return np.arange(len(readers))
    order = np.argsort(-readers, kind="stable")
    half = LEARN_FROM // 2
    drawn = np.random.default_rng(seed).choice(order[half:], LEARN_FROM - half, replace=False)
    return np.sort(np.concatenate([order[:half], drawn]))


def _old(model: Model, placed: np.ndarray, before: Before | None) -> np.ndarray:
    """``(placed, 2)`` places on the older map, NaN where there is none."""
    if before is None:
        return np.full((int(placed.sum()), 2), np.nan)
    return before.at(model.items[Col.ITEM][placed])


def _laid(
    points: np.ndarray,
    old: np.ndarray,
    before: Before | None,
    components: np.ndarray | None = None,
) -> tuple[np.ndarray, str]:
    """Points laid over the older map, or over the principal components and into the box."""
    known = np.isfinite(old[:, 0])
    if before is not None and known.sum() >= ALIKE and np.ptp(old[known], axis=0).max() > 0:
        return alignment(points[known], old[known]).moved(points), before.fingerprint
    if components is not None:
        points = alignment(points, components).moved(points)
    if len(points):
        points = points - points.mean(axis=0)
        size = np.percentile(np.abs(points).max(axis=1), BOX)
        points = points / (size if size > 0 else np.abs(points).max() or 1.0)
    return points, ""


def _whole(points: np.ndarray, placed: np.ndarray) -> np.ndarray:
    """``(n_items, 2)`` float32: the placed, and the others in a row below them."""
    xy = np.zeros((len(placed), 2), dtype=np.float32)
    xy[placed] = points
    rest = int((~placed).sum())
    if rest:
        corners = points if len(points) else np.array([[-1.0, 0], [1, 0]])
        low, high = corners.min(axis=0), corners.max(axis=0)
        xy[~placed, 1] = low[1] - 0.05 * (high[1] - low[1])
        xy[~placed, 0] = np.linspace(low[0], high[0], rest + 2)[1:-1]
    return xy


class _Work:
    """How far a map is, in what each part takes beside one step of t-SNE."""

    def __init__(self, n: int, learned: int, again: bool, on_progress: OnProgress | None) -> None:
        steps = MOST if again else EARLY + STEPS
        self._row = 60 / learned
        self._rest = 20 / learned
        self._judged = 20 / min(n, 2000)
        self._done = 0.0
        self._settled = 60 + steps
        total = self._settled + self._rest * (n - learned) + 20
        self._meter = Meter(int(total), on_progress)
        self._meter.at(0)

    def _more(self, done: float) -> None:
        self._done += done
        self._meter.at(min(self._done, self._meter.total - 1))

    def rows(self, count: int) -> None:
        self._more(count * self._row)

    def steps(self, count: int) -> None:
        self._more(count)

    def settled(self) -> None:
        self._more(self._settled - self._done)

    def rest(self, count: int) -> None:
        self._more(count * self._rest)

    def judged(self, count: int) -> None:
        self._more(count * self._judged)

    def end(self) -> None:
        self._meter.at(self._meter.total)
