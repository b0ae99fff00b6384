"""An article whose neighbours show at a glance what a model has found."""

import numpy as np

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours.read_together import LEAST_BOTH
from recsys.neighbours.similarity import offered
from recsys.ranking import nearest, unit

AMONG = 300  # articles
BEST = 10  # of them


def example_item(model: Model, n: int = 5) -> str:
    """The article to begin with: its `n` neighbours share many of its readers, and stand out.

    Of the `AMONG` most-read articles that have a title and are in the language that most articles
    are in, those `BEST` whose worst neighbour is best, by how far its number of common readers is
    surely above chance, in standard deviations. With A and B the readers of the article and of the
    neighbour, of `u` people,

        z = (|A ∩ B| − 2 √|A ∩ B| − e) / √e    with    e = |A| |B| / u

    Counts are nearly Poisson distributed: |A ∩ B| with mean and variance `e` if readers choose by
    chance, and a count that is seen is uncertain by its own root, of which two are taken off, so
    that few readers who agree by accident do not win. A neighbour without a title, or with fewer
    than `LEAST_BOTH` common readers, counts as the worst there is.

    Of these, the one behind whose last neighbour the similarity falls most: another random start
    is then least likely to find others. The same model gives the same article; equal ones are taken
    in the order of readers, then of the articles. One product of `AMONG` rows with all articles.

    Returns
    -------
    str
        Its id; the most read where no article has such neighbours.
    """
    wanted = offered(model, None)
    titled = model.items[Col.TITLE].str.strip().ne("").to_numpy()
    languages = model.items[Col.LANGUAGE]
    common = languages.eq(languages.mode().iloc[0]).to_numpy()
    rows = np.flatnonzero(wanted & titled & common)
    rows = rows[np.argsort(-model.readers[rows], kind="stable")[:AMONG]]
    if not len(rows) or model.collapsed:
        return str(model.items[Col.ITEM].iloc[int(model.readers.argmax())])
    directions = unit(model.item_factors)
    after = nearest([directions], n + 1, rows=rows, offered=wanted)
    near = after[:, :n]
    counts = model.readers.astype(np.float64)
    both = _both(model, rows, near)
    expected = counts[rows][:, None] * counts[near] / len(model.user_ids)
    with np.errstate(divide="ignore", invalid="ignore"):  # of an article that nobody reads
        z = (both - 2 * np.sqrt(both) - expected) / np.sqrt(expected)
    z[(near < 0) | ~titled[near] | (both < LEAST_BOTH)] = -np.inf
    worst = z.min(axis=1)
    best = np.argsort(-worst, kind="stable")[:BEST]
    best = best[np.isfinite(worst[best])]
    if not len(best):
        return str(model.items[Col.ITEM].iloc[int(model.readers.argmax())])
    last = np.einsum("rk,rnk->rn", directions[rows[best]], directions[after[best][:, n - 1 :]])
    falls = np.where(after[best, n] < 0, 0.0, last[:, 0] - last[:, -1])
    return str(model.items[Col.ITEM].iloc[rows[best[int(falls.argmax())]]])


def _both(model: Model, rows: np.ndarray, near: np.ndarray) -> np.ndarray:
    """``(len(rows), n)`` how many people read both an article and each of its neighbours."""
    read = model.item_users.copy()
    read.data = np.ones_like(read.data)
    pairs = (read[np.repeat(rows, near.shape[1])].multiply(read[near.ravel()])).sum(axis=1)
    return np.asarray(pairs, dtype=np.float64).reshape(near.shape)
