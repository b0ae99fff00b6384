"""Which articles are alike: cosine of item factors, and what the readers say to it."""

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError, UnknownItemError
from recsys.models import Model

MAX_NEIGHBOURS = 1000
LEAST_BOTH = 5  # a count below 5 is uncertain by more than 1/√5 = 45 % of itself


def cosines(model: Model, position: int) -> np.ndarray:
    """Cosine similarity of one article's factors to all articles' factors.

    ``scores = V · V[i] / |V|``, divided by ``|V[i]|``. An article whose factors are all zero
    has similarity 0 to everything.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` float32 in [-1, 1].
    """
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0)
    scores = model.item_factors @ model.item_factors[position]
    return scores / norms / norms[position]


def position_of(model: Model, item_id: str) -> int:
    """The position of an article, or `UnknownItemError`."""
    try:
        return model.positions[item_id]
    except KeyError:
        example = model.items[Col.ITEM].iloc[0]
        raise UnknownItemError(
            f"no article {item_id!r} in this model.",
            where="item",
            todo=f"It has {len(model.items):,} articles, for example {example}.",
        ) from None


def offered(model: Model, position: int | None, include_removed: bool = False) -> np.ndarray:
    """``(n_items,)`` bool: the articles that may be somebody's neighbours; not the one itself."""
    allowed = np.ones(len(model.items), dtype=bool)
    if not include_removed:
        allowed &= ~model.items[Col.REMOVED].to_numpy(dtype=bool)
    if position is not None:
        allowed[position] = False
    return allowed


def similar_items(
    model: Model,
    item_id: str,
    n: int = 10,
    *,
    include_removed: bool = False,
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
        How many; fewer come back where the catalogue has fewer.
    include_removed
        Whether articles that were removed later are offered.
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
    >>> table = recsys.similar_items(model, item, 5)
    >>> list(table)
    ['rank', 'item_id', 'title', 'score', 'readers', 'readers_of_both']
    >>> bool(table["score"].is_monotonic_decreasing)
    True
    """
    if not 1 <= n <= MAX_NEIGHBOURS:
        raise SettingError(
            f"{n} is not allowed.", where="n", todo=f"Give a number from 1 to {MAX_NEIGHBOURS:,}."
        )
    query = position_of(model, item_id)
    if scores is None:
        scores = cosines(model, query)
    candidates = np.flatnonzero(offered(model, query, include_removed))
    nearest = candidates[np.argsort(-scores[candidates], kind="stable")[:n]]
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(nearest) + 1),
            Col.ITEM: model.items[Col.ITEM].to_numpy()[nearest],
            Col.TITLE: model.items[Col.TITLE].to_numpy()[nearest],
            Col.SCORE: scores[nearest],
            Col.READERS: model.readers[nearest],
            Col.BOTH: readers_of_both(model, query)[nearest],
        }
    )


def readers_of_both(model: Model, position: int) -> np.ndarray:
    """How many of one article's readers also read each article.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` int64; at `position` itself, its number of readers.
    """
    row = model.item_users
    readers = row.indices[row.indptr[position] : row.indptr[position + 1]]
    both = model.user_items[readers]
    return np.bincount(both.indices, minlength=len(model.items))


def evidence(model: Model, item_id: str, table: pd.DataFrame) -> pd.DataFrame:
    """A copy of a table of neighbours with what the readers say, factors left aside.

    With A and B the people who read the article and the neighbour, of `n` people in the model:

    - jaccard = |A ∩ B| / |A ∪ B|
    - lift = P(A ∩ B) / (P(A) P(B)) = |A ∩ B| n / (|A| |B|): how many times as often both are
      read by the same person as if readers chose by chance. Missing where fewer than
      `LEAST_BOTH` people read both: one shared reader of two rare articles would make a lift of
      `n`.

    Parameters
    ----------
    table
        With item_id, as `similar_items` or `blended_neighbours` gives it for `item_id`. What the
        model does not have was read by nobody.

    Returns
    -------
    pandas.DataFrame
        With jaccard and lift (float64, NaN where missing) appended, and readers_of_both where
        the table lacks it.

    Raises
    ------
    UnknownItemError
        If the model does not have the article `item_id`.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> table = recsys.evidence(model, item, recsys.similar_items(model, item, 5))
    >>> list(table)[-3:]
    ['readers_of_both', 'jaccard', 'lift']
    """
    query = position_of(model, item_id)
    rows = np.array([model.positions.get(item, -1) for item in table[Col.ITEM]], dtype=int)
    both, theirs = (
        np.where(rows >= 0, counts[rows], 0)
        for counts in (readers_of_both(model, query), model.readers)
    )
    own = model.readers[query]
    lift = both * len(model.user_ids) / (own * np.maximum(theirs, 1))
    return table.assign(
        **{
            Col.BOTH: both,
            Col.JACCARD: both / (own + theirs - both),
            Col.LIFT: np.where(both >= LEAST_BOTH, lift, np.nan),
        }
    )


def lift_in_words(lift: float) -> str:
    """A lift as it is read aloud.

    >>> lift_in_words(12.3), lift_in_words(1.04), lift_in_words(0.4)
    ('read together 12 times as often as chance', 'read together as often as chance', \
'read together 0.4 times as often as chance')
    """
    if np.isnan(lift):
        return f"fewer than {LEAST_BOTH} people read both: too few to tell from chance"
    times = f"{lift:,.0f}" if lift >= 9.95 else f"{lift:.1f}" if lift >= 0.05 else f"{lift:.2g}"
    often = "as often" if times == "1.0" else f"{times} times as often"
    return f"read together {often} as chance"
