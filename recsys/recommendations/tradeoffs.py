"""Trading relevance against popularity and against sameness. See docs/recommendations.md.

Novelty: each article of the pool has (1 − ν) z(score) + ν z(−log(readers)), the two standardised
over the pool; −log of an article's share of the readers is its self-information (T. Zhou et al.,
"Solving the apparent diversity-accuracy dilemma of recommender systems", PNAS 2010; S. Vargas,
P. Castells, "Rank and relevance in novelty and diversity metrics", RecSys 2011).

Diversity: maximal marginal relevance (J. Carbonell, J. Goldstein, SIGIR 1998). The list is built
one by one; the next article is the one with the highest (1 − δ) r − δ max cos(article, chosen),
where r is the value above, brought to 0…1 over the pool.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours import position_of
from recsys.ranking import MOST, checked_count, checked_share
from recsys.text import ContentIndex


def pool_size(n: int) -> int:
    """How many articles to choose the final `n` from: five times as many, 100 at least."""
    return min(max(5 * n, 100), MOST)


def rerank(
    pool: pd.DataFrame,
    model: Model,
    n: int = 10,
    *,
    diversity: float = 0.0,
    novelty: float = 0.0,
    contents: ContentIndex | None = None,
) -> pd.DataFrame:
    """Choose `n` of a pool of recommendations, or of neighbours.

    Parameters
    ----------
    pool
        Best first, with rank, item_id, score and readers; `pool_size` says how many to ask for.
    model
        Whose item factors tell how alike two articles are (cosine).
    diversity
        0: sameness does not matter; 1: after the first, only that an article is unlike the
        others matters.
    novelty
        0: popularity does not matter; 1: only that few read it matters, among the pool. An
        article without readers counts as one with one.
    contents
        Needed where the pool holds articles that nobody has read; see `likeness`.

    Returns
    -------
    pandas.DataFrame
        The chosen rows of the pool in their new order, with a new rank and, beside it,
        rank_before: the one in the pool. With both at 0 that is the pool's order.

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000, or a setting not between 0 and 1.
    UnknownItemError
        If neither the model nor the contents have an article.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> pool = recsys.recommend(model, model.user_ids[0], 50)
    >>> table = recsys.rerank(pool, model, 5, diversity=0.3)
    >>> list(table)
    ['rank', 'rank_before', 'item_id', 'title', 'score', 'readers', 'read']
    """
    checked_count(n)
    checked_share(diversity, "diversity")
    checked_share(novelty, "novelty")
    score = pool[Col.SCORE].to_numpy(dtype=np.float64)
    rarity = -np.log(np.maximum(pool[Col.READERS].to_numpy(dtype=np.float64), 1))
    worth = (1 - novelty) * _standardised(score) + novelty * _standardised(rarity)
    order = np.argsort(-worth, kind="stable")
    if diversity:
        alike = likeness(model, pool[Col.ITEM].iloc[order].tolist(), contents)
        order = order[_spread(alike, worth[order], n, diversity)]
    chosen = pool.iloc[order[:n]].reset_index(drop=True)
    before = chosen.pop(Col.RANK)
    chosen.insert(0, Col.RANK, np.arange(1, len(chosen) + 1))
    chosen.insert(1, Col.BEFORE, before)
    return chosen


def sameness(model: Model, item_ids: list[str], contents: ContentIndex | None = None) -> float:
    """Mean likeness over all pairs of a list of articles; 0 where there is no pair."""
    if len(item_ids) < 2:
        return 0.0
    above = np.triu_indices(len(item_ids), k=1)
    return float(likeness(model, item_ids, contents)[above].mean())


def likeness(
    model: Model, item_ids: Sequence[str], contents: ContentIndex | None = None
) -> np.ndarray:
    """How alike each two of some articles are.

    Returns
    -------
    numpy.ndarray
        ``(n, n)`` float64 cosines: of the factors where the model has both articles, otherwise of
        their contents.

    Raises
    ------
    UnknownItemError
        If the model does not have an article, and the contents are not given or do not have it.
    """
    known = np.array([contents is None or item in model.positions for item in item_ids], bool)
    places = [position_of(model, item) for item, read in zip(item_ids, known, strict=True) if read]
    unit = np.zeros((len(item_ids), model.item_factors.shape[1]))
    unit[known] = _unit(model, np.array(places, dtype=int))
    alike = unit @ unit.T
    if contents is not None and not known.all():
        vectors = contents.vectors[[contents.row_of(item) for item in item_ids]]
        by_content = (vectors @ vectors.T).toarray()
        alike = np.where(np.outer(known, known), alike, by_content)
    return alike


def _spread(alike: np.ndarray, worth: np.ndarray, n: int, diversity: float) -> list[int]:
    """Places in a pool, most worth first, in the order of maximal marginal relevance."""
    span = worth[0] - worth[-1] if len(worth) else 0.0
    relevance = (worth - worth[-1]) / span if span > 0 else np.ones(len(worth))
    nearest = np.full(len(worth), -np.inf)
    left = np.ones(len(worth), dtype=bool)
    chosen: list[int] = []
    while len(chosen) < min(n, len(worth)):
        nearness = nearest if chosen else np.zeros(len(worth))
        value = (1 - diversity) * relevance - diversity * nearness
        value[~left] = -np.inf
        chosen.append(int(np.argmax(value)))
        left[chosen[-1]] = False
        nearest = np.maximum(nearest, alike[:, chosen[-1]])
    return chosen


def _standardised(values: np.ndarray) -> np.ndarray:
    spread = values.std() if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))


def _unit(model: Model, positions: np.ndarray) -> np.ndarray:
    norms = model.item_norms[positions]
    return (model.item_factors[positions] / np.where(norms > 0, norms, 1.0)[:, None]).astype(float)
