"""Content beside readers: what nobody, or hardly anybody, has read takes part by what it says.

See docs/recommendations.md.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours.agreement import agreed_by
from recsys.neighbours.directions import cosines_to_all, ids_of, position_of
from recsys.neighbours.ranked import Candidates
from recsys.neighbours.read_together import readers_of_both
from recsys.neighbours.similarity import by_readers, together_details
from recsys.ranking import checked_share
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


def candidates(
    model: Model,
    item_ids: str | Sequence[str],
    *,
    scores: np.ndarray | None = None,
    contents: ContentIndex | None = None,
    weight: float = 0.0,
) -> Candidates:
    """Everything that can stand beside one article, or several together, in whichever way.

    The score of article i beside the articles M is

        (1 − s_i) cos(v_i, d) + s_i c Σ_{m ∈ M} t(i, m) / |M|

    with d the mean direction of those of M that were read (`recsys.neighbours.directions`),
    t the cosine of contents, c the stretch that brings these onto the scale of the other, and s_i
    the mean over M of the share of the content, `content_share` of the fewer readers of i and m;
    1 for an m that nobody read. A likeness is as sure as the fewer readers of the two.

    Parameters
    ----------
    scores
        ``(n_items,)`` to rank by in place of the model's cosines, as `recsys.consensus` gives
        them for the articles that were read.
    contents
        Of at least the articles of the model; articles that nobody read then take part. Without,
        or where all articles asked about were read and the weight is 0, readers alone decide.
    weight
        As in `content_share`. An article that nobody read stands beside others by its content
        alone, whatever the weight; one without title and text by readers alone.

    Raises
    ------
    UnknownItemError
        If the contents do not have an article or, without contents, the model.
    SettingError
        If the weight is not between 0 and 1 or is given without contents, or none or too many
        articles are asked about.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> items = recsys.most_read(model, 3)["item_id"]
    >>> found = recsys.candidates(
    ...     model, items, contents=recsys.ContentIndex.of(tables), weight=0.5
    ... )
    >>> list(found.table(5))
    ['rank', 'item_id', 'title', 'score', 'readers', 'readers_of_both', 'content', \
'least_score', 'readers_of_all']
    """
    checked_share(weight, "weight")
    asked = ids_of(item_ids)
    unread = [item for item in asked if item not in model.positions]
    if contents is None and weight > 0:
        raise SettingError(
            "contents are to take part, but are not given.",
            where="weight",
            todo="Give contents, or a weight of 0.",
        )
    if contents is None or (weight == 0 and not unread):
        return by_readers(model, asked, scores)
    return _blended(model, contents, asked, weight, scores)


def blended_neighbours(
    model: Model,
    index: ContentIndex,
    item_id: str,
    n: int = 10,
    limits: Limits = NO_LIMITS,
    *,
    weight: float = 0.0,
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
    limits
        Which articles may come.
    weight
        As in `content_share`; at 0, the neighbours of `recsys.neighbours.similar_items`.

    Returns
    -------
    pandas.DataFrame
        rank, item_id, title, score, readers, readers_of_both, content (its share, 0 to 1); best
        first, equal scores in the order of the index.

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
    return _blended(model, index, (item_id,), weight).table(n, limits)


def blended_stability(
    ensemble: Ensemble,
    model: Model,
    index: ContentIndex,
    item_id: str,
    table: pd.DataFrame,
    limits: Limits = NO_LIMITS,
    *,
    weight: float,
) -> pd.DataFrame:
    """As `recsys.neighbours.stability`, of neighbours by readers and by content.

    Every model blends anew, with its own cosines, stretch and order.

    Parameters
    ----------
    table
        As `blended_neighbours` gives it for `item_id`, an article of the model.
    limits, weight
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
    position_of(model, item_id)
    found = _blended(model, index, (item_id,), weight)
    return agreed_by(ensemble, model, found, table, limits)


def _blended(
    model: Model,
    index: ContentIndex,
    asked: tuple[str, ...],
    weight: float,
    scores: np.ndarray | None = None,
) -> Candidates:
    """Everything in the index beside one article or several; see `candidates`."""
    checked_share(weight, "weight")
    places = np.array([model.positions.get(item, -1) for item in index.item_ids], dtype=int)
    known = places >= 0

    def of_index(values: np.ndarray, otherwise: float = 0) -> np.ndarray:
        return np.where(known, values[places], otherwise)

    readers = of_index(model.readers)
    by_content = index.scores(dict.fromkeys(asked, 1.0))
    positions = [model.positions[item] for item in asked if item in model.positions]
    share = np.mean([_share(model, index, item, readers, weight) for item in asked], axis=0)
    possible = (share > 0) & (by_content > 0)
    if positions:
        possible |= known
    possible[[index.row_of(item) for item in asked]] = False
    others = np.ones(len(places), dtype=bool)
    others[[index.row_of(item) for item in asked]] = False

    def blend(near: np.ndarray) -> np.ndarray:
        by_model = of_index(near, 0.0)
        return (1 - share) * by_model + share * by_content * stretch(by_content, by_model, others)

    if positions:
        near = cosines_to_all(model, positions) if scores is None else scores
        both = of_index(readers_of_both(model, positions))
    else:
        near, both = None, np.zeros(len(places), dtype=np.int64)
    details = {Col.CONTENT: share}
    if len(asked) > 1 and positions:
        least, of_all = together_details(model, positions).values()
        details[Col.LEAST] = of_index(least, np.nan)
        details[Col.OF_ALL] = of_index(of_all) * (len(positions) == len(asked))
    return Candidates(
        asked=asked,
        items=index.items,
        places=index.positions,
        scores=by_content if near is None else blend(near),
        possible=possible,
        readers=readers,
        both=both,
        blend=blend,
        details=details,
    )


def _share(
    model: Model, index: ContentIndex, item: str, readers: np.ndarray, weight: float
) -> np.ndarray:
    """``(n,)`` the content's share in the likeness of all articles to one."""
    position = model.positions.get(item)
    if position is None:
        return np.ones(len(readers))
    if not index.says_something(item):
        return np.zeros(len(readers))
    return content_share(np.minimum(readers, model.readers[position]), weight)


def stretch(content: np.ndarray, model: np.ndarray, among: np.ndarray) -> float:
    """What brings contents onto the scale of a model: the best of `among` are then as high.

    1 where one of the two has nothing above 0.
    """
    most, wanted = content[among].max(initial=0.0), model[among].max(initial=0.0)
    return float(wanted / most) if most > 0 and wanted > 0 else 1.0
