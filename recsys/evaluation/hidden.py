"""The hidden-reading test: leave one article of each person out, and look for it.

The article is drawn at random with a fixed seed, so the test asks how well tastes are known, not
how well the future is foreseen: on data of a few weeks the last article of many people is one and
the same. It is ranked against the whole catalogue, because metrics on sampled candidates can
reverse the order of two models (W. Krichene, S. Rendle, "On Sampled Metrics for Item
Recommendation", KDD 2020).
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import DataError
from recsys.models import ALSParams, Model
from recsys.progress import Check, unchecked
from recsys.strengths import EventWeights
from recsys.training import OnIteration, train

TOP = 10
LEAST_ARTICLES = 5
MOST_PEOPLE = 5_000
SEED = 0
_CELLS = 20_000_000  # scores held at once: 80 MB
_Z95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class Quality:
    """What came of the hidden-reading test.

    Attributes
    ----------
    people
        How many people had one article hidden.
    found
        Of how many the hidden article was among the `TOP` recommendations. With one hidden
        article a person, ``found / people`` is Recall@10 (and the hit rate).
    found_by_popularity
        The same for the list of the most-read articles that the person has not read.

    Examples
    --------
    >>> import recsys
    >>> quality = recsys.Quality(people=50, found=15, found_by_popularity=5)
    >>> quality.recall, quality.recall_by_popularity
    (0.3, 0.1)
    >>> [round(end, 3) for end in quality.interval]
    [0.191, 0.438]
    """

    people: int
    found: int
    found_by_popularity: int

    @property
    def recall(self) -> float:
        """Recall@10 of the model."""
        return self.found / self.people

    @property
    def recall_by_popularity(self) -> float:
        """Recall@10 of the most-read list."""
        return self.found_by_popularity / self.people

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of `recall` (E. B. Wilson, JASA 1927)."""
        n, p = self.people, self.recall
        middle = (p + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
        half = _Z95 / (1 + _Z95**2 / n) * np.sqrt(p * (1 - p) / n + _Z95**2 / (4 * n**2))
        return float(middle - half), float(middle + half)


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """Tables without the hidden readings, and what was hidden: ``(n,)`` ids each."""

    tables: Tables
    users: np.ndarray
    items: np.ndarray


def hide_one(
    tables: Tables,
    weights: EventWeights,
    most_people: int = MOST_PEOPLE,
    check: Check = unchecked,
) -> Split:
    """Hide one article of each person, drawn at random, with all of their events on it.

    Only people with at least `LEAST_ARTICLES` articles take part; of more than `most_people`
    a random choice. Events of strength 0 do not count. The draw is the same every time. `check`
    is called between the steps; what it raises ends the work.

    Raises
    ------
    DataError
        If nobody has enough articles.
    """
    check()
    events = _counted(tables, weights)
    users, items = (events[name].cat.codes.to_numpy() for name in (Col.USER, Col.ITEM))
    width = len(events[Col.ITEM].cat.categories)
    keys = users.astype(np.int64) * width + items
    check()
    pairs = np.unique(keys)  # sorted: the pairs of a person stand together
    check()
    _, first, count = np.unique(pairs // width, return_index=True, return_counts=True)
    enough = count >= LEAST_ARTICLES
    if not enough.any():
        raise DataError(
            f"nobody read {LEAST_ARTICLES} articles or more, so nothing can be hidden to test.",
            todo="More interactions are needed for a test of quality.",
        )
    draw = np.random.default_rng(SEED)
    hidden = pairs[first[enough] + draw.integers(count[enough])]
    if len(hidden) > most_people:
        hidden = np.sort(draw.choice(hidden, most_people, replace=False))
    kept = ~np.isin(keys, hidden)
    check()
    return Split(
        tables=replace(tables, events=events[kept]),
        users=events[Col.USER].cat.categories.to_numpy(dtype=object)[hidden // width],
        items=events[Col.ITEM].cat.categories.to_numpy(dtype=object)[hidden % width],
    )


def measure(
    tables: Tables,
    weights: EventWeights,
    params: ALSParams,
    on_iteration: OnIteration | None = None,
    check: Check = unchecked,
) -> Quality:
    """Train without the hidden readings and count how many are found; see `Quality`.

    Parameters
    ----------
    on_iteration, check
        As in `recsys.training.engines.implicit.fit`; `check` is called between the steps and within
        the last, too.

    Raises
    ------
    DataError
        If the data is too thin for it.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> params = recsys.ALSParams(iterations=5)
    >>> quality = recsys.measure(tables, recsys.default_weights(tables), params)
    >>> quality.recall > quality.recall_by_popularity
    True
    """
    split = hide_one(tables, weights, check=check)
    check()
    return found(train(split.tables, weights, params, on_iteration, check), split, check)


def found(model: Model, split: Split, check: Check = unchecked) -> Quality:
    """Look for the hidden articles among a model's recommendations.

    Each is ranked among all articles that the person has not read, equal scores in the order of
    the articles. An article or a person that only hidden readings knew is not found. `check` is
    called before each block of people; what it raises ends the work.
    """
    hits, popular = _looked_for(model, split, check)
    return Quality(
        people=len(split.users), found=int(hits.sum()), found_by_popularity=int(popular.sum())
    )


def found_by_reader(
    model: Model,
    tables: Tables,
    on_iteration: OnIteration | None = None,
    check: Check = unchecked,
) -> np.ndarray:
    """For whom a model like this one finds the hidden article; see `measure`.

    Parameters
    ----------
    model
        Says with which strengths and parameters another is trained, and which readers there are.
    tables
        What it was trained from.
    on_iteration, check
        As in `measure`.

    Returns
    -------
    numpy.ndarray
        ``(n_users,)`` 1 where it was found, 0 where not, NaN for readers who were not tested.

    Raises
    ------
    DataError
        If the data is too thin for it.
    """
    split = hide_one(tables, model.weights, check=check)
    check()
    trained = train(split.tables, model.weights, model.params, on_iteration, check)
    hits, _ = _looked_for(trained, split, check)
    by_user = dict(zip(split.users, hits.astype(np.float64), strict=True))
    return np.array([by_user.get(user, np.nan) for user in model.user_ids])


def _looked_for(model: Model, split: Split, check: Check) -> tuple[np.ndarray, np.ndarray]:
    """``(n,)`` bool each: whose hidden article the model finds, and whose the most-read list."""
    rows = {user: row for row, user in enumerate(model.user_ids)}
    users = np.array([rows.get(user, -1) for user in split.users], dtype=np.int64)
    items = np.array([model.positions.get(item, -1) for item in split.items], dtype=np.int64)
    known = np.flatnonzero((users >= 0) & (items >= 0))
    popular = model.readers.astype(np.float32)
    hits, hits_popular = np.zeros((2, len(split.users)), dtype=bool)
    step = max(1, _CELLS // len(model.items))
    for start in range(0, len(known), step):
        check()
        some = known[start : start + step]
        scores = model.user_factors[users[some]] @ model.item_factors.T
        read = model.user_items[users[some]]
        hits[some] = ranks(scores, read, items[some]) <= TOP
        scores = np.broadcast_to(popular, scores.shape).copy()
        hits_popular[some] = ranks(scores, read, items[some]) <= TOP
    return hits, hits_popular


def ranks(scores: np.ndarray, read: csr_matrix, items: np.ndarray) -> np.ndarray:
    """Rank of one article a row among the articles not read; 1 is best.

    Parameters
    ----------
    scores
        ``(n, n_items)``; overwritten where `read` has a cell.
    read
        ``(n, n_items)``, what is left out of the ranking.
    items
        ``(n,)`` the articles looked for, none of them read.
    """
    row = np.arange(len(items))
    row_of_cell = np.repeat(row, np.diff(read.indptr))
    scores[row_of_cell, read.indices] = -np.inf
    own = scores[row, items][:, None]
    before = np.arange(scores.shape[1])[None, :] < items[:, None]
    return 1 + ((scores > own) | ((scores == own) & before)).sum(axis=1)


def _counted(tables: Tables, weights: EventWeights) -> pd.DataFrame:
    strengths = weights.as_dict()
    idle = [name for name in tables.event_counts if strengths.get(name) == 0]
    return tables.events[~tables.events[Col.EVENT].isin(idle)] if idle else tables.events
