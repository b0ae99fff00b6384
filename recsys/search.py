"""Finding articles by the words of their titles."""

import unicodedata

import numpy as np

from recsys.columns import Col
from recsys.model import Model


def folded(text: str) -> str:
    """Lower case without accents: ``Inteligência`` and ``inteligencia`` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def find_items(model: Model, words: str, limit: int = 50) -> np.ndarray:
    """Positions of the articles whose title has all the words, most read first.

    Words may stand in any order and be parts of words; an article's id is found as well.

    Returns
    -------
    numpy.ndarray
        At most `limit` positions; without words, the most-read articles.
    """
    parts = folded(words).split()
    ids = model.items[Col.ITEM]
    if parts:
        titles = [folded(label) for label in model.labels]
        hits = [
            position
            for position, (title, item) in enumerate(zip(titles, ids, strict=True))
            if item == words.strip() or all(part in title for part in parts)
        ]
    else:
        hits = list(range(len(ids)))
    found = np.array(hits, dtype=np.int64)
    return found[np.argsort(-model.readers[found], kind="stable")][:limit]
