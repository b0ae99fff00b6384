"""Which articles are alike: cosine of item factors."""

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError, UnknownItemError
from recsys.model import Model

MAX_NEIGHBOURS = 1000


def cosines(model: Model, position: int, among: np.ndarray | slice = slice(None)) -> np.ndarray:
    """Cosine similarity of one article's factors to those of all articles, or of some.

    ``scores = V · V[i] / |V|``, divided by ``|V[i]|``. An article whose factors are all zero
    has similarity 0 to everything. Two articles have the same similarity, to the last digit,
    among whatever others it is computed.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` or ``(len(among),)`` float32 in [-1, 1].
    """
    norms = np.where(model.item_norms > 0, model.item_norms, 1.0)
    # Not ``@``: BLAS adds up in another order where a matrix has other rows.
    scores = np.einsum("if,f->i", model.item_factors[among], model.item_factors[position])
    return scores / norms[among] / norms[position]


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


def similar_items(
    model: Model, item_id: str, n: int = 10, *, include_removed: bool = False
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

    Returns
    -------
    pandas.DataFrame
        rank, item_id, title, score (cosine), readers, readers_of_both; best first, equal
        scores in the order of the articles.

    Raises
    ------
    UnknownItemError
        If the model does not have the article.
    SettingError
        If `n` is not between 1 and 1,000.
    """
    if not 1 <= n <= MAX_NEIGHBOURS:
        raise SettingError(
            f"{n} is not allowed.", where="n", todo=f"Give a number from 1 to {MAX_NEIGHBOURS:,}."
        )
    query = position_of(model, item_id)
    scores = cosines(model, query)
    offered = np.ones(len(scores), dtype=bool)
    offered[query] = False
    if not include_removed:
        offered &= ~model.items[Col.REMOVED].to_numpy(dtype=bool)
    candidates = np.flatnonzero(offered)
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
