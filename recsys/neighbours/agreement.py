"""How stable neighbours are, and what models of several seeds agree on.

A fit begins at random, and another beginning ends at another model. A neighbour that most of the
models see is a property of the data; one that a single model sees may be an accident.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours.directions import mean_direction, positions_of
from recsys.neighbours.ranked import Candidates
from recsys.neighbours.similarity import by_readers, offered
from recsys.training import Ensemble

_TIE = 1e-6  # cosines closer than this are equal: float32 tells no more


def consensus(ensemble: Ensemble, model: Model, item_id: str | Sequence[str]) -> np.ndarray:
    """Mean over the models of the cosine of one article, or of several together, to all.

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
    return cosines_of(ensemble.of(model), positions_of(model, item_id)).mean(axis=0)


def stability(
    ensemble: Ensemble,
    model: Model,
    item_id: str | Sequence[str],
    table: pd.DataFrame,
    limits: Limits = NO_LIMITS,
) -> pd.DataFrame:
    """A copy of a table of neighbours with, for each, how many of the models agree.

    With N rows in the table, a model agrees if the neighbour is among its own N nearest: at
    least as near as its N-th, up to the rounding of float32.

    Parameters
    ----------
    table
        As `similar_items` gives it for `item_id`, or `similar_to_all` for several, by one model
        or by consensus.
    limits
        As they were there.

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
    return agreed_by(ensemble, model, by_readers(model, item_id), table, limits)


def agreed_by(
    ensemble: Ensemble,
    model: Model,
    found: Candidates,
    table: pd.DataFrame,
    limits: Limits = NO_LIMITS,
) -> pd.DataFrame:
    """As `stability`, of a table of candidates that were found in any way.

    Every model ranks anew: with its own cosines and, where contents take part, its own blend.

    Parameters
    ----------
    found
        As `recsys.neighbours.candidates` gives it for the model.
    table
        As `found` gives it under these limits.

    Raises
    ------
    UnknownItemError
        If nobody read any of the articles asked about: no model says anything of them.
    SettingError
        If the ensemble was made from another model.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> seeds = recsys.train_ensemble(model, 2)
    >>> found = recsys.candidates(model, recsys.most_read(model, 3)["item_id"])
    >>> table = recsys.agreed_by(seeds, model, found, found.table(5))
    >>> bool((table["seen_by"] >= 1).all())
    True
    """
    asked = [item for item in found.asked if item in model.positions] or found.asked
    near = cosines_of(ensemble.of(model), positions_of(model, asked))
    scores = np.stack([found.blend(one) for one in near])
    rows = np.array([found.places[item] for item in table[Col.ITEM]], dtype=int)
    return counted(scores, found.allowed(limits), rows, table)


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


def cosines_of(ensemble: Ensemble, positions: Sequence[int]) -> np.ndarray:
    """``(size, n_items)`` float32: the cosines of some articles together, by each of the models.

    See `recsys.neighbours.directions.cosines_to_all`.
    """
    # Brought to length 1 first: articles of the same readers are then equally near more often.
    directions = (
        factors / lengths[:, None]
        for factors, lengths in zip(ensemble.item_factors, ensemble.lengths, strict=True)
    )
    if len(positions) == 1:
        return np.stack([one @ one[positions[0]] for one in directions])
    return np.stack([one @ mean_direction(one[list(positions)]) for one in directions])


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
