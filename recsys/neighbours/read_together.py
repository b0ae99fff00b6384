"""What the readers say of neighbours, factors left aside."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours.directions import positions_of

LEAST_BOTH = 5  # a count below 5 is uncertain by more than 1/√5 = 45 % of itself


def readers_at(model: Model, position: int) -> np.ndarray:
    """Positions of the people who read an article."""
    row = model.item_users
    return row.indices[row.indptr[position] : row.indptr[position + 1]]


def readers_of_pair(model: Model, a: int, b: int) -> np.ndarray:
    """Positions of the people who read both of two articles, ascending."""
    return np.intersect1d(readers_at(model, a), readers_at(model, b))


def also_read(model: Model, people: np.ndarray) -> np.ndarray:
    """``(n_items,)`` int64: how many of some people read each article."""
    return np.bincount(model.user_items[people].indices, minlength=len(model.items))


def readers_of_both(model: Model, positions: int | Sequence[int]) -> np.ndarray:
    """How many of an article's readers, or of several articles', also read each article.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` int64; of several articles, people who read at least one of them. At an
        article itself, its number of readers.
    """
    several = [positions] if isinstance(positions, int | np.integer) else positions
    people = [readers_at(model, position) for position in several]
    return also_read(model, np.unique(np.concatenate(people)))


def evidence(model: Model, item_id: str | Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    """A copy of a table of neighbours with what the readers say, factors left aside.

    With A and B the people who read the article (of several: at least one of them) and the
    neighbour, of `n` people in the model:

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
    positions = positions_of(model, item_id)
    rows = np.array([model.positions.get(item, -1) for item in table[Col.ITEM]], dtype=int)
    both, theirs = (
        np.where(rows >= 0, counts[rows], 0)
        for counts in (readers_of_both(model, positions), model.readers)
    )
    own = len(np.unique(np.concatenate([readers_at(model, position) for position in positions])))
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
        return f"fewer than {LEAST_BOTH} readers in common: too few to tell from chance"
    times = f"{lift:,.0f}" if lift >= 9.95 else f"{lift:.1f}" if lift >= 0.05 else f"{lift:.2g}"
    often = "as often" if times == "1.0" else f"{times} times as often"
    return f"read together {often} as chance"
