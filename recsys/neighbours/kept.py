"""How many of an article's nearest another seed keeps, over the whole catalogue."""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours.similarity import offered
from recsys.ranking import nearest, shared, unit
from recsys.training import Ensemble


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
