"""Content beside readers: what nobody, or hardly anybody, has read takes part by what it says.

See docs/recommendations.md.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.content import ContentIndex
from recsys.model import Model
from recsys.ordering import best, checked_count, checked_share
from recsys.similarity import cosines

HALF = 5  # with so many readers an article's content counts half of what it does without any


def blend(
    model_scores: np.ndarray,
    content_scores: np.ndarray,
    readers: np.ndarray,
    weight: float,
) -> np.ndarray:
    """Let content speak where there are few readers.

    The share of the content is ``weight · HALF / (HALF + readers)``: all of `weight` where nobody
    read an article, half of it at `HALF` readers, and next to nothing for what many read. It is
    the usual shrinkage of an estimate from few cases (R. Bell, Y. Koren, "Scalable Collaborative
    Filtering with Jointly Derived Neighborhood Interpolation Weights", ICDM 2007).

    Parameters
    ----------
    model_scores, content_scores, readers
        ``(n,)`` each; the scores on the same scale.
    weight
        0: the model alone, its scores as they are. 1: most for content.

    Returns
    -------
    numpy.ndarray
        ``(n,)`` ``(1 - share) · model + share · content``.

    Raises
    ------
    SettingError
        If the weight is not between 0 and 1.
    """
    share = content_share(readers, checked_share(weight, "weight"))
    return (1 - share) * model_scores + share * content_scores


def content_share(readers: np.ndarray, weight: float) -> np.ndarray:
    """``(n,)`` share of the content in a blended score, see `blend`."""
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
        As in `blend`; at 0, the neighbours of `recsys.similarity.similar_items`.
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
    """
    checked_count(n)
    checked_share(weight, "weight")
    places = np.array([model.positions.get(item, -1) for item in index.item_ids])
    known = places >= 0
    readers = np.where(known, model.readers[places], 0)
    by_content, offered = index.scores({item_id: 1.0}), index.offered(item_id, among)
    by_readers, fewer = np.zeros(len(places)), np.zeros(len(places))
    query = model.positions.get(item_id)
    if query is None:
        weight = 1.0
    else:
        by_readers[known] = cosines(model, query)[places[known]]
        fewer = np.minimum(readers, model.readers[query])
        by_content = by_content * stretch(by_content, by_readers, offered)
        weight = weight if index.says_something(item_id) else 0.0
    scores = blend(by_readers, by_content, fewer, weight)
    share = content_share(fewer, weight)
    something = (share > 0) & (by_content > 0)
    if query is not None:
        something |= known
    chosen = best(scores, np.flatnonzero(offered & something), n)
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(chosen) + 1),
            Col.ITEM: index.item_ids[chosen],
            Col.TITLE: index.titles[chosen],
            Col.SCORE: scores[chosen],
            Col.READERS: readers[chosen],
            Col.CONTENT: share[chosen],
        }
    )


def stretch(content: np.ndarray, model: np.ndarray, among: np.ndarray) -> float:
    """What brings contents onto the scale of a model: the best of `among` are then as high.

    1 where one of the two has nothing above 0.
    """
    most, wanted = content[among].max(initial=0.0), model[among].max(initial=0.0)
    return float(wanted / most) if most > 0 and wanted > 0 else 1.0
