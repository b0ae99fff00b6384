"""Content beside readers: what nobody, or hardly anybody, has read takes part by what it says.

See docs/recommendations.md.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours.agreement import cosines_of, counted
from recsys.neighbours.similarity import cosines, position_of
from recsys.ranking import best, checked_count, checked_share
from recsys.text import ContentIndex
from recsys.training import Ensemble

HALF = 5  # with so many readers an article's content counts half of what it does without any


def content_share(readers: np.ndarray, weight: float) -> np.ndarray:
    """The share of the content in a blended score: it speaks where there are few readers.

    ``weight · HALF / (HALF + readers)``: all of `weight` where nobody read an article, half of it
    at `HALF` readers, and next to nothing for what many read. It is the usual shrinkage of an
    estimate from few cases (R. Bell, Y. Koren, "Scalable Collaborative Filtering with Jointly
    Derived Neighborhood Interpolation Weights", ICDM 2007).

    Parameters
    ----------
    readers
        ``(n,)`` counts.
    weight
        0: the model alone. 1: most for content.

    Returns
    -------
    numpy.ndarray
        ``(n,)`` float64 in [0, weight].
    """
    return weight * HALF / (HALF + np.asarray(readers, dtype=np.float64))


def blended_neighbours(
    model: Model,
    index: ContentIndex,
    item_id: str,
    n: int = 10,
    *,
    weight: float = 0.0,
    among: Collection[str] | None = None,
) -> pd.DataFrame:
    """Neighbours by readers and by content, with articles that nobody has read among them.

    The likeness of two articles is as sure as the fewer readers of the two, so that number
    decides about the share of the content. A cosine of factors and one of texts are not on one
    scale; the contents are stretched until the nearest by content is as near as the nearest by
    readers. An article that nobody read has neighbours by content alone, and one without title
    and text by readers alone; what has none is not like anything by content.

    Parameters
    ----------
    index
        The contents of at least the articles of the model.
    weight
        As in `content_share`; at 0, the neighbours of `recsys.neighbours.similar_items`.
    among
        Ids that may come; None: all.

    Returns
    -------
    pandas.DataFrame
        rank, item_id, title, score, readers, content (its share, 0 to 1); best first, equal
        scores in the order of the index.

    Raises
    ------
    UnknownItemError
        If the article is not in the index.
    SettingError
        If `n` is not between 1 and 1,000, or `weight` not between 0 and 1.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> contents = recsys.ContentIndex.of(tables)
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> table = recsys.blended_neighbours(model, contents, item, 5, weight=0.5)
    >>> bool(table["content"].between(0, 1).all())
    True
    """
    checked_count(n)
    question = _Question.of(model, index, item_id, weight, among)
    scores = question.scores(None if question.query is None else cosines(model, question.query))
    chosen = best(scores, np.flatnonzero(question.candidates), n)
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(chosen) + 1),
            Col.ITEM: index.item_ids[chosen],
            Col.TITLE: index.titles[chosen],
            Col.SCORE: scores[chosen],
            Col.READERS: question.readers[chosen],
            Col.CONTENT: question.share[chosen],
        }
    )


def blended_stability(
    ensemble: Ensemble,
    model: Model,
    index: ContentIndex,
    item_id: str,
    table: pd.DataFrame,
    *,
    weight: float,
    among: Collection[str] | None = None,
) -> pd.DataFrame:
    """As `recsys.neighbours.stability`, of neighbours by readers and by content.

    Every model blends anew, with its own cosines, stretch and order.

    Parameters
    ----------
    table
        As `blended_neighbours` gives it for `item_id`, an article of the model.
    weight, among
        As they were there.

    Returns
    -------
    pandas.DataFrame
        With seen_by, stability and only_one_seed appended.

    Raises
    ------
    UnknownItemError
        If the model or the index does not have the article.
    SettingError
        If the ensemble was made from another model, or `weight` is not between 0 and 1.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> contents = recsys.ContentIndex.of(tables)
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> table = recsys.blended_neighbours(model, contents, item, 5, weight=0.5)
    >>> seeds = recsys.train_ensemble(model, 2)
    >>> table = recsys.blended_stability(seeds, model, contents, item, table, weight=0.5)
    >>> list(table)[-3:]
    ['seen_by', 'stability', 'only_one_seed']
    """
    query = position_of(model, item_id)
    question = _Question.of(model, index, item_id, weight, among)
    seeds = cosines_of(ensemble.of(model), query)
    scores = np.stack([question.scores(one) for one in seeds])
    places = {item: place for place, item in enumerate(index.item_ids)}
    rows = np.array([places[item] for item in table[Col.ITEM]], dtype=int)
    return counted(scores, question.candidates, rows, table)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Question:
    """One article against all of the index, whichever model's cosines come to it.

    Attributes
    ----------
    places
        ``(n,)`` position in the model of each article of the index; -1 where nobody read it.
    query
        Position of the article in the model, or None.
    by_content, readers
        ``(n,)`` cosines of contents, and readers.
    share
        ``(n,)`` of the content in the score.
    offered, candidates
        ``(n,)`` bool: what may come, and what of it is like the article at all.
    """

    places: np.ndarray
    query: int | None
    by_content: np.ndarray
    readers: np.ndarray
    share: np.ndarray
    offered: np.ndarray
    candidates: np.ndarray

    @classmethod
    def of(
        cls,
        model: Model,
        index: ContentIndex,
        item_id: str,
        weight: float,
        among: Collection[str] | None,
    ) -> "_Question":
        checked_share(weight, "weight")
        places = np.array([model.positions.get(item, -1) for item in index.item_ids])
        known = places >= 0
        readers = np.where(known, model.readers[places], 0)
        by_content, offered = index.scores({item_id: 1.0}), index.offered(item_id, among)
        query = model.positions.get(item_id)
        if query is None:
            fewer, weight = np.zeros(len(places)), 1.0
        else:
            fewer = np.minimum(readers, model.readers[query])
            weight = weight if index.says_something(item_id) else 0.0
        share = content_share(fewer, weight)
        something = (share > 0) & (by_content > 0)
        if query is not None:
            something |= known
        return cls(
            places=places,
            query=query,
            by_content=by_content,
            readers=readers,
            share=share,
            offered=offered,
            candidates=offered & something,
        )

    def scores(self, near: np.ndarray | None) -> np.ndarray:
        """``(n,)`` blended with a model's ``(n_items,)`` cosines; None: by content alone."""
        if near is None:
            return self.by_content
        by_readers = np.where(self.places >= 0, near[self.places], 0.0)
        by_content = self.by_content * stretch(self.by_content, by_readers, self.offered)
        return (1 - self.share) * by_readers + self.share * by_content


def stretch(content: np.ndarray, model: np.ndarray, among: np.ndarray) -> float:
    """What brings contents onto the scale of a model: the best of `among` are then as high.

    1 where one of the two has nothing above 0.
    """
    most, wanted = content[among].max(initial=0.0), model[among].max(initial=0.0)
    return float(wanted / most) if most > 0 and wanted > 0 else 1.0
