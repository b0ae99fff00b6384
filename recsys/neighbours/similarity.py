"""Which articles are alike: by the cosine of their factors."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours.directions import cosines, cosines_to_all, ids_of, positions_of
from recsys.neighbours.ranked import Candidates
from recsys.neighbours.read_together import also_read, readers_at, readers_of_both


def offered(model: Model, position: int | None, include_removed: bool = False) -> np.ndarray:
    """``(n_items,)`` bool: the articles that may be somebody's neighbours; not the one itself."""
    allowed = Limits(include_removed=include_removed).allowed(model.items, model.readers)
    if position is not None:
        allowed[position] = False
    return allowed


def by_readers(
    model: Model, item_ids: str | Sequence[str], scores: np.ndarray | None = None
) -> Candidates:
    """The articles of a model, by the cosine to one or to several together.

    Parameters
    ----------
    scores
        ``(n_items,)`` what to rank by; by default `cosines_to_all`.

    Returns
    -------
    Candidates
        For several articles with least_score (the smallest cosine to one of them) and
        readers_of_all (who read it and all of them) in its details.

    Raises
    ------
    UnknownItemError
        If the model does not have an article.
    SettingError
        If none or too many are asked about.
    """
    asked = ids_of(item_ids)
    positions = positions_of(model, asked)
    possible = np.ones(len(model.items), dtype=bool)
    possible[positions] = False
    return Candidates(
        asked=asked,
        items=model.items,
        places=model.positions,
        scores=cosines_to_all(model, positions) if scores is None else scores,
        possible=possible,
        readers=model.readers,
        both=readers_of_both(model, positions),
        blend=lambda near: near,
        details=together_details(model, positions) if len(asked) > 1 else {},
    )


def together_details(model: Model, positions: Sequence[int]) -> dict[str, np.ndarray]:
    """``(n_items,)`` least_score and readers_of_all of each article with all of several."""
    least = np.min([cosines(model, position) for position in positions], axis=0)
    of_all = np.bincount(
        np.concatenate([readers_at(model, position) for position in positions]),
        minlength=len(model.user_ids),
    ) == len(positions)
    return {Col.LEAST: least, Col.OF_ALL: also_read(model, np.flatnonzero(of_all))}


def similar_items(
    model: Model,
    item_id: str,
    n: int = 10,
    limits: Limits = NO_LIMITS,
    *,
    scores: np.ndarray | None = None,
) -> pd.DataFrame:
    """The `n` articles nearest to one, itself left out.

    Parameters
    ----------
    model
        A trained model.
    item_id
        The article's id, as text.
    n
        How many; fewer come back where fewer are left.
    limits
        Which articles may come.
    scores
        ``(n_items,)`` what to rank by; by default `cosines`. `agreement.consensus` gives what
        several seeds agree on.

    Returns
    -------
    pandas.DataFrame
        rank, item_id, title, score (cosine, or of `scores`), readers, readers_of_both; best
        first, equal scores in the order of the articles.

    Raises
    ------
    UnknownItemError
        If the model does not have the article.
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> table = recsys.similar_items(model, item, 5, recsys.Limits(least_both=3))
    >>> list(table)
    ['rank', 'item_id', 'title', 'score', 'readers', 'readers_of_both']
    >>> bool(table["score"].is_monotonic_decreasing), bool((table["readers_of_both"] >= 3).all())
    (True, True)
    """
    return by_readers(model, item_id, scores).table(n, limits)
