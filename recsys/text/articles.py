"""The search, asked of a model: its articles by words, and the most read."""

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.text.search import Index, build_index
from recsys.text.search_filter import ALL, SearchFilter


def index_of(model: Model) -> Index:
    """The index of a model's articles."""
    items = model.items
    return build_index(
        items[Col.ITEM],
        items[Col.TITLE],
        model.readers,
        languages=items[Col.LANGUAGE],
        kinds=items[Col.KIND],
        timestamps=items[Col.TIMESTAMP],
    )


def find_items(model: Model, words: str, limit: int = 50) -> np.ndarray:
    """Positions of at most `limit` articles; see `Index.find`, which is quicker when kept.

    Without words, the articles that most people read.
    """
    if not words.strip():
        return np.argsort(-model.readers, kind="stable")[:limit]
    return index_of(model).find(words, limit).positions


def search_items(model: Model, words: str, n: int = 20, chosen: SearchFilter = ALL) -> pd.DataFrame:
    """The `n` articles that the words are most likely to mean; see `Index.find`.

    Parameters
    ----------
    words
        Parts of the title in any order, with typos, or an id; ``""`` for the most read.
    chosen
        Which articles may be found.

    Returns
    -------
    pandas.DataFrame
        item_id, title, readers, match: the kind of match in words; best first.

    Raises
    ------
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> table = recsys.search_items(model, "marathn training", 3)
    >>> list(table), bool(table["title"].str.contains("marathon", case=False).all())
    (['item_id', 'title', 'readers', 'match'], True)
    """
    return index_of(model).find(words, n, chosen).table


def most_read(model: Model, n: int) -> pd.DataFrame:
    """The `n` articles with the most readers: item_id, title, readers.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> readers = recsys.most_read(model, 3)["readers"].tolist()
    >>> readers == sorted(readers, reverse=True)
    True
    """
    positions = find_items(model, "", n)
    items = model.items.iloc[positions]
    return pd.DataFrame(
        {
            Col.ITEM: items[Col.ITEM].to_numpy(),
            Col.TITLE: items[Col.TITLE].to_numpy(),
            Col.READERS: model.readers[positions],
        }
    )
