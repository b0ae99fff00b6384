"""What a person would read next. See docs/recommendations.md."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours import person_stability
from recsys.ranking import best, checked_count
from recsys.recommendations.explain import Solver, Taste, as_taste, solver_of, user_position
from recsys.strengths import EventWeights, scaled
from recsys.training import Ensemble


def recommend(
    model: Model | Solver, who: str | Taste, n: int = 10, limits: Limits = NO_LIMITS
) -> pd.DataFrame:
    """The `n` articles that a person is most likely to care about.

    Parameters
    ----------
    model
        A model, or ``Solver(model)``, which spares most of the work for the next person.
    who
        A person's id, or the taste of a new reader (`recsys.recommendations.fold_in`).
    n
        How many; fewer come back where fewer are left.
    limits
        Which articles may come.

    Returns
    -------
    pandas.DataFrame
        rank, item_id, title, score, readers, read (whether the person read it); best first,
        equal scores in the order of the articles. The score is the one that
        `recsys.recommendations.contributions` add up to; it is no probability.

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
    >>> table = recsys.recommend(model, model.user_ids[0], 5)
    >>> list(table)
    ['rank', 'item_id', 'title', 'score', 'readers', 'read']
    """
    checked_count(n)
    solver = solver_of(model)
    model, taste = solver.model, as_taste(solver, who)
    allowed = limits.allowed(model.items, model.readers)
    return best_of(model.items, solver.scores(taste), model.readers, taste, allowed, n, limits)


def best_of(
    items: pd.DataFrame,
    scores: np.ndarray,
    readers: np.ndarray,
    taste: Taste,
    allowed: np.ndarray,
    n: int,
    limits: Limits,
) -> pd.DataFrame:
    """The table of `recommend`, from ``(n_items,)`` scores, readers and what is allowed.

    The articles begin with those of the model, in its order, whose positions the taste holds.
    """
    read = np.zeros(len(items), dtype=bool)
    read[taste.items] = True
    if not limits.include_read:
        allowed = allowed & ~read
    chosen = best(scores, np.flatnonzero(allowed), n)
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(chosen) + 1),
            Col.ITEM: items[Col.ITEM].iloc[chosen].to_numpy(),
            Col.TITLE: items[Col.TITLE].iloc[chosen].to_numpy(),
            Col.SCORE: scores[chosen],
            Col.READERS: readers[chosen],
            Col.READ: read[chosen],
        }
    )


def list_stability(
    ensemble: Ensemble,
    model: Model | Solver,
    user_id: str,
    table: pd.DataFrame,
    limits: Limits = NO_LIMITS,
) -> pd.DataFrame:
    """A copy of a person's list with, for each article, how many of the models recommend it.

    Parameters
    ----------
    ensemble
        As `recsys.train_ensemble` gives it for the model.
    table
        As `recommend` gives it for that person under these limits.

    Returns
    -------
    pandas.DataFrame
        With seen_by (models, 0 to size), stability (the share of them) and only_one_seed
        (whether one or none) appended.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    SettingError
        If the ensemble was made from another model.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> seeds, user = recsys.train_ensemble(model, 2), model.user_ids[0]
    >>> table = recsys.list_stability(seeds, model, user, recsys.recommend(model, user, 5))
    >>> list(table)[-3:]
    ['seen_by', 'stability', 'only_one_seed']
    """
    model = solver_of(model).model
    row = user_position(model, user_id)
    allowed = limits.allowed(model.items, model.readers)
    if not limits.include_read:
        allowed[model.user_items[row].indices] = False
    return person_stability(ensemble, model, row, table, allowed)


def history(model: Model | Solver, who: str | Taste) -> pd.DataFrame:
    """What a person read: item_id, title, strength, readers; strongest first.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> list(recsys.history(model, model.user_ids[0]))
    ['item_id', 'title', 'strength', 'readers']
    """
    solver = solver_of(model)
    model, taste = solver.model, as_taste(solver, who)
    order = np.argsort(-taste.strengths, kind="stable")
    items = taste.items[order]
    return pd.DataFrame(
        {
            Col.ITEM: model.items[Col.ITEM].iloc[items].to_numpy(),
            Col.TITLE: model.items[Col.TITLE].iloc[items].to_numpy(),
            Col.STRENGTH: taste.strengths[order],
            Col.READERS: model.readers[items],
        }
    )


def strengths_of(model: Model, events: Iterable[tuple[str, str, float | None]]) -> dict[str, float]:
    """Strength by article id of what a new reader did, as training would have weighed it.

    Parameters
    ----------
    events
        ``(item_id, event type, value)``; a value of None counts 1, whatever the threshold.

    Returns
    -------
    dict
        For `explain.fold_in`. An article whose events weigh nothing is left out. Where the
        weights normalise, a value is taken as normalised already, 0 to 1. On the scale ``rank`` a
        strength is a place among the sums of all pairs, which a model does not keep: each article
        then has the median strength of the model's pairs, whatever was done.

    Raises
    ------
    SettingError
        If an event type has no strength, or a value is not a number from 0 up.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> recsys.strengths_of(model, [(item, "VIEW", None), (item, "LIKE", None)])[item]
    3.0
    """
    weights = model.weights
    known = weights.as_dict()
    sums: dict[str, float] = {}
    for item, event, value in events:
        if event not in known:
            raise SettingError(
                f"{event!r} has no strength.",
                where="event type",
                todo=f"Choose one of {', '.join(known)}.",
            )
        sums[item] = sums.get(item, 0.0) + known[event] * _counted(value, weights)
    counted = {item: total for item, total in sums.items() if total > 0}
    if weights.scale == "rank":
        return dict.fromkeys(counted, float(np.median(model.user_items.data)))
    values = scaled(np.array(list(counted.values())), weights)
    return dict(zip(counted, values.tolist(), strict=True))


def _counted(value: float | None, weights: EventWeights) -> float:
    """What a value counts, before its event type's strength."""
    if value is None:
        return 1.0
    if not (math.isfinite(value) and value >= 0):
        raise SettingError(
            f"{value!r} is not allowed.", where="value", todo="Give a number from 0 up."
        )
    return float(value if weights.threshold is None else value >= weights.threshold)
