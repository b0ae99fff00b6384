"""How stable neighbours are, and what models of several seeds agree on.

A fit begins at random, and another beginning ends at another model. A neighbour that most of the
models see is a property of the data; one that a single model sees may be an accident.
"""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours.similarity import offered, position_of
from recsys.ranking import nearest, shared, unit
from recsys.training import Ensemble

_TIE = 1e-6  # cosines closer than this are equal: float32 tells no more


def consensus(ensemble: Ensemble, model: Model, item_id: str) -> np.ndarray:
    """Mean over the models of the cosine of one article to all.

    Give it to `similar_items` as `scores` for the neighbours that the seeds agree on.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` float32 in [-1, 1].

    Raises
    ------
    UnknownItemError
        If the model does not have the article.
    SettingError
        If the ensemble was made from another model.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> seeds = recsys.train_ensemble(model, 2)
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> scores = recsys.consensus(seeds, model, item)
    >>> len(recsys.similar_items(model, item, 5, scores=scores))
    5
    """
    return cosines_of(ensemble.of(model), position_of(model, item_id)).mean(axis=0)


def stability(
    ensemble: Ensemble,
    model: Model,
    item_id: str,
    table: pd.DataFrame,
    *,
    include_removed: bool = False,
) -> pd.DataFrame:
    """A copy of a table of neighbours with, for each, how many of the models agree.

    With N rows in the table, a model agrees if the neighbour is among its own N nearest: at
    least as near as its N-th, up to the rounding of float32.

    Parameters
    ----------
    table
        As `similar_items` gives it for `item_id`, by one model or by consensus.
    include_removed
        As it was there.

    Returns
    -------
    pandas.DataFrame
        With seen_by (models, 0 to size), stability (the share of them) and only_one_seed
        (whether one or none) appended.

    Raises
    ------
    UnknownItemError, SettingError
        As `consensus`.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> seeds = recsys.train_ensemble(model, 2)
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> table = recsys.stability(seeds, model, item, recsys.similar_items(model, item, 5))
    >>> list(table)[-3:]
    ['seen_by', 'stability', 'only_one_seed']
    """
    query = position_of(model, item_id)
    scores = cosines_of(ensemble.of(model), query)
    return counted(scores, offered(model, query, include_removed), _rows(model, table), table)


def person_stability(
    ensemble: Ensemble, model: Model, user: int, table: pd.DataFrame, allowed: np.ndarray
) -> pd.DataFrame:
    """As `stability`, of a person's recommendations: who else recommends each of them.

    Parameters
    ----------
    user
        The person's position in the model.
    table
        Recommendations for that person, with item_id; the N best by x·y in each model count.
    allowed
        ``(n_items,)`` bool: what could be recommended to that person.

    Raises
    ------
    SettingError
        If the ensemble was made from another model.
    """
    scores = _person_scores(ensemble.of(model), user)
    return counted(scores, allowed, _rows(model, table), table)


def person_lists(
    ensemble: Ensemble,
    model: Model,
    user: int,
    n: int = 10,
    *,
    include_read: bool = False,
    include_removed: bool = False,
) -> list[np.ndarray]:
    """A person's `n` recommendations by each of the models.

    Returns
    -------
    list of numpy.ndarray
        One a model: ``(1, n)`` positions of articles, best first; fewer where there are fewer.

    Raises
    ------
    SettingError
        If the ensemble was made from another model.
    """
    scores = _person_scores(ensemble.of(model), user)
    columns = np.flatnonzero(_for_person(model, user, include_read, include_removed))
    best = np.argsort(-scores[:, columns], axis=1, kind="stable")[:, :n]
    return list(columns[best][:, None])


def catalogue_stability(
    ensemble: Ensemble, model: Model, n: int = 10, *, include_removed: bool = False
) -> pd.DataFrame:
    """For each article the share of its `n` nearest that another seed keeps.

    The mean of |A ∩ B| / n over all pairs of the models; the mean of the column is the
    catalogue's figure.

    Returns
    -------
    pandas.DataFrame
        One row an article, in the model's order: item_id, title, readers, stability.

    Raises
    ------
    SettingError
        If the ensemble was made from another model.
    """
    ensemble = ensemble.of(model)
    lists = lists_of(ensemble, n, allowed=offered(model, None, include_removed))
    return pd.DataFrame(
        {
            Col.ITEM: model.items[Col.ITEM],
            Col.TITLE: model.items[Col.TITLE],
            Col.READERS: model.readers,
            Col.STABILITY: pair_overlaps(lists).mean(axis=0),
        }
    )


def kept_by_another_seed(
    ensemble: Ensemble, model: Model, n: int = 10, *, most: int = 3_000
) -> float:
    """Share of an article's `n` nearest that another seed keeps, over the whole catalogue.

    The mean of `catalogue_stability`'s column; of more than `most` articles, over so many that
    are drawn with a fixed seed.

    Raises
    ------
    SettingError
        If the ensemble was made from another model.
    """
    articles = len(model.items)
    rows = np.arange(articles)
    if articles > most:
        rows = np.sort(np.random.default_rng(0).choice(articles, most, replace=False))
    lists = lists_of(ensemble.of(model), n, rows=rows, allowed=offered(model, None))
    return float(pair_overlaps(lists).mean())


def lists_of(
    ensemble: Ensemble,
    n: int,
    *,
    rows: np.ndarray | None = None,
    allowed: np.ndarray | None = None,
    on_rows: Callable[[int], None] | None = None,
) -> list[np.ndarray]:
    """The `n` nearest by each of the models, ``(rows, n)`` each; see `recsys.ranking.nearest`."""
    return [
        nearest([unit(factors)], n, rows=rows, offered=allowed, on_rows=on_rows)
        for factors in ensemble.item_factors
    ]


def pair_overlaps(
    lists: Sequence[np.ndarray],
    overlap: Callable[[np.ndarray, np.ndarray], np.ndarray] = shared,
) -> np.ndarray:
    """``(pairs of models, rows)`` what the lists of every two models have in common.

    Parameters
    ----------
    lists
        One a model, as `lists_of` and `person_lists` give them.
    overlap
        `recsys.ranking.shared` or `recsys.ranking.rbo_rows`.
    """
    return np.stack([overlap(a, b) for a, b in combinations(lists, 2)])


def cosines_of(ensemble: Ensemble, query: int) -> np.ndarray:
    """``(size, n_items)`` float32: the cosines of one article to all, by each of the models."""
    # Brought to length 1 first: articles of the same readers are then equally near more often.
    directions = (
        factors / lengths[:, None]
        for factors, lengths in zip(ensemble.item_factors, ensemble.lengths, strict=True)
    )
    return np.stack([one @ one[query] for one in directions])


def counted(
    scores: np.ndarray, allowed: np.ndarray, rows: np.ndarray, table: pd.DataFrame
) -> pd.DataFrame:
    """A copy of a table with how many of the models have each entry among their best.

    Parameters
    ----------
    scores
        ``(models, n)`` of everything that could be in the table.
    allowed
        ``(n,)`` bool: what may be.
    rows
        ``(len(table),)`` where each entry of the table is in `scores`.

    Returns
    -------
    pandas.DataFrame
        With seen_by, stability and only_one_seed appended; see `stability`.
    """
    n = len(table)
    last = np.partition(scores[:, allowed], -n, axis=1)[:, -n, None] if n else np.inf
    seen = (scores[:, rows] >= last - _TIE).sum(axis=0)
    return table.assign(
        **{Col.SEEN_BY: seen, Col.STABILITY: seen / len(scores), Col.ONE_SEED: seen <= 1}
    )


def _rows(model: Model, table: pd.DataFrame) -> np.ndarray:
    return np.array([model.positions[item] for item in table[Col.ITEM]], dtype=int)


def _person_scores(ensemble: Ensemble, user: int) -> np.ndarray:
    """``(size, n_items)`` float32: x·y in each model."""
    sides = zip(ensemble.item_factors, ensemble.user_factors, strict=True)
    return np.stack([items @ users[user] for items, users in sides])


def _for_person(model: Model, user: int, read: bool, removed: bool) -> np.ndarray:
    allowed = offered(model, None, removed)
    if not read:
        allowed[model.user_items[[user]].indices] = False
    return allowed
