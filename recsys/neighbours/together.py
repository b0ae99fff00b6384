"""What belongs with several articles together: for a dossier or a newsletter."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours.directions import cosines, positions_of
from recsys.neighbours.read_together import readers_of_both
from recsys.neighbours.similarity import by_readers


def similar_to_all(
    model: Model,
    item_ids: Sequence[str],
    n: int = 10,
    limits: Limits = NO_LIMITS,
    *,
    scores: np.ndarray | None = None,
) -> pd.DataFrame:
    """The `n` articles nearest to several articles together, these left out.

    Ranked by the cosine to the mean of their directions; the formula is in
    `recsys.neighbours.directions.cosines_to_all`. What nobody read takes part by its content with
    `recsys.candidates`.

    Parameters
    ----------
    item_ids
        1 to 50 ids; one that comes again counts once.
    n, limits
        As in `recsys.similar_items`.
    scores
        ``(n_items,)`` what to rank by, as `recsys.consensus` gives it for the same ids.

    Returns
    -------
    pandas.DataFrame
        rank, item_id, title, score, readers, readers_of_both (of it and at least one of them)
        and, of several, least_score (the smallest cosine to one of them) and readers_of_all (of
        it and all of them); best first, equal scores in the order of the articles.

    Raises
    ------
    UnknownItemError
        If the model does not have an article.
    SettingError
        If `n` is not between 1 and 1,000, or none or more than 50 articles are given.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> items = recsys.most_read(model, 3)["item_id"]
    >>> table = recsys.similar_to_all(model, items, 5)
    >>> bool(set(items) & set(table["item_id"])), list(table)[-2:]
    (False, ['least_score', 'readers_of_all'])
    """
    return by_readers(model, item_ids, scores).table(n, limits)


def of_each(model: Model, item_ids: Sequence[str], table: pd.DataFrame) -> pd.DataFrame:
    """How near each neighbour is to each of the articles asked about, and who read both.

    Parameters
    ----------
    item_ids
        Articles of the model.
    table
        With item_id, as `similar_to_all` gives it for them.

    Returns
    -------
    pandas.DataFrame
        A row for each neighbour and each article, in their orders: item_id, member_id, score
        (cosine; NaN where nobody read the neighbour), readers_of_both.

    Raises
    ------
    UnknownItemError
        If the model does not have an article that is asked about.
    """
    positions = positions_of(model, item_ids)
    rows = np.array([model.positions.get(item, -1) for item in table[Col.ITEM]], dtype=int)
    near = [np.where(rows >= 0, cosines(model, one)[rows], np.nan) for one in positions]
    both = [np.where(rows >= 0, readers_of_both(model, one)[rows], 0) for one in positions]
    members = model.items[Col.ITEM].to_numpy(dtype=object)[positions]
    return pd.DataFrame(
        {
            Col.ITEM: np.repeat(table[Col.ITEM].to_numpy(dtype=object), len(positions)),
            Col.MEMBER: np.tile(members, len(rows)),
            Col.SCORE: np.stack(near, axis=1).ravel(),
            Col.BOTH: np.stack(both, axis=1).ravel(),
        }
    )
