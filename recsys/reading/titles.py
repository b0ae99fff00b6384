"""The titles that an interactions file holds beside its ids: one for each article."""

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.formats import TEXT, is_blank
from recsys.reading.coding import unified


class Titles:
    """Keeps the first title of each article that is not blank, and no others.

    Attributes
    ----------
    differing
        How many articles have a further title that is another.
    """

    def __init__(self) -> None:
        self._texts = pa.array([], TEXT)
        self._codes = np.empty(0, dtype=np.int32)  # by article: a place in `_texts`, or -1
        self._differs = np.empty(0, dtype=bool)

    def add(self, items: np.ndarray, columns: list[pa.Array]) -> None:
        """Take the titles (`CODED`, in parts) of some rows; `items` are the articles' numbers."""
        if not len(items):
            return
        texts, codes = unified(self._texts, columns)
        new = max(0, int(items.max()) + 1 - len(self._codes))
        self._codes = np.concatenate([self._codes, np.full(new, -1, dtype=np.int32)])
        self._differs = np.concatenate([self._differs, np.zeros(new, dtype=bool)])
        filled = ~is_blank(texts)[codes]
        items, codes = items[filled], codes[filled]
        unset = np.flatnonzero(self._codes[items] < 0)[::-1]
        self._codes[items[unset]] = codes[unset]  # of one article's, the last that is set stays
        self._differs[items[self._codes[items] != codes]] = True
        self._hold(texts)

    def _hold(self, texts: pa.Array) -> None:
        """Let go of the texts that are no article's title."""
        known = self._codes >= 0
        used, places = np.unique(self._codes[known], return_inverse=True)
        self._codes[known] = places
        self._texts = texts.take(pa.array(used))

    @property
    def differing(self) -> int:
        """How many articles have a further title that is another."""
        return int(self._differs.sum())

    def by_id(self, ids: pa.Array) -> pd.Series:
        """Titles by id, of those that have one; ``ids[number]`` is an article's id."""
        items = np.flatnonzero(self._codes >= 0)
        titles = self._texts.take(pa.array(self._codes[items])).to_pandas()
        known = ids.take(pa.array(items)).to_pandas()
        return pd.Series(titles.to_numpy(), index=known, dtype="str")
