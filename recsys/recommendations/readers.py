"""Finding people, and who is like whom."""

from typing import Literal

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.models import Model
from recsys.ranking import best, checked_count
from recsys.recommendations.explain import Taste, user_position

Order = Literal["active", "random"]


def people(
    model: Model, n: int = 50, *, begins_with: str = "", order: Order = "active", seed: int = 0
) -> pd.DataFrame:
    """People to pick from.

    Parameters
    ----------
    n
        How many at most.
    begins_with
        Only those whose id begins so.
    order
        ``"active"``: those who read most articles first, equal ones by id; ``"random"``: a
        draw that the same seed repeats.

    Returns
    -------
    pandas.DataFrame
        user_id, items (articles read), strength (the sum of theirs).

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000 or there is no such order.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> list(recsys.people(model, 3))
    ['user_id', 'items', 'strength']
    """
    checked_count(n)
    rows = np.flatnonzero([user.startswith(begins_with) for user in model.user_ids])
    counts = np.diff(model.user_items.indptr)
    if order == "active":
        rows = best(counts, rows, n)
    elif order == "random":
        rows = np.random.default_rng(seed).permutation(rows)[:n]
    else:
        raise SettingError(
            f"{order!r} is not an order.", where="order", todo="Choose active or random."
        )
    strengths = np.asarray(model.user_items[rows].sum(axis=1)).ravel()
    return pd.DataFrame(
        {Col.USER: model.user_ids[rows], Col.ITEMS: counts[rows], Col.STRENGTH: strengths}
    )


def readable_person(model: Model, least: int = 10, most: int = 40) -> str:
    """Somebody whose recommendations are easily understood: few articles, that belong together.

    Of those who read between `least` and `most` articles, or nearest to that many, the one whose
    articles are most alike; those who read an article without a title only where all did.

    Returns
    -------
    str
        The id; of equal ones the first. How alike: the mean cosine of the factors over all pairs
        of the articles read, (|Σ u_j|² − h) / (h (h − 1)) with the h unit vectors u_j.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> user = recsys.readable_person(model)
    >>> 10 <= len(recsys.history(model, user)) <= 40
    True
    """
    counts = np.diff(model.user_items.indptr)
    away = np.maximum(np.maximum(least - counts, counts - most), 0)
    rows = np.flatnonzero(away == away.min())
    read = (model.user_items[rows] != 0).astype(np.float64)
    untitled = (model.items[Col.TITLE].str.strip() == "").to_numpy(dtype=np.float64)
    without = read @ untitled > 0
    if not without.all():
        rows, read = rows[~without], read[~without]
    norms = model.item_norms
    unit = model.item_factors / np.where(norms > 0, norms, 1.0)[:, None]
    number = np.maximum(counts[rows], 2)
    alike = (((read @ unit) ** 2).sum(axis=1) - counts[rows]) / (number * (number - 1))
    return str(model.user_ids[rows[np.argmax(np.round(alike, 6))]])


def similar_people(model: Model, who: str | Taste, n: int = 10) -> pd.DataFrame:
    """The people whose factors point most nearly the same way.

    Parameters
    ----------
    who
        A person's id, who is not among the answers, or the taste of a new reader.

    Returns
    -------
    pandas.DataFrame
        rank, user_id, score (cosine of the factors that training left), items (articles read),
        items_of_both; best first, equal scores in the order of the ids. Factors that are all
        zero are like nobody's: score 0.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> list(recsys.similar_people(model, model.user_ids[0], 3))
    ['rank', 'user_id', 'score', 'items', 'items_of_both']
    """
    checked_count(n)
    others = np.ones(len(model.user_ids), dtype=bool)
    if isinstance(who, Taste):
        query, items = who.factors, who.items
    else:
        row = user_position(model, who)
        query, items = model.user_factors[row].astype(np.float64), model.user_items[row].indices
        others[row] = False
    norms = np.linalg.norm(model.user_factors, axis=1) * np.linalg.norm(query)
    scores = (model.user_factors @ query) / np.where(norms > 0, norms, 1.0)
    chosen = best(scores, np.flatnonzero(others), n)
    read = np.zeros(len(model.items))
    read[items] = 1
    both = (model.user_items[chosen] != 0).astype(np.float64) @ read
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(chosen) + 1),
            Col.USER: model.user_ids[chosen],
            Col.SCORE: scores[chosen],
            Col.ITEMS: np.diff(model.user_items.indptr)[chosen],
            Col.ITEMS_OF_BOTH: both.astype(np.int64),
        }
    )
