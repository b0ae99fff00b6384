"""How much so many readers are worth; see docs/similar.md for what was measured."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours import position_of, readers_of_pair

LEAST_FAIR, LEAST_STRONG = 3, 5  # readers of both
_TIE = 1e-6  # cosines closer than this are equal: float32 tells no more


class Support(StrEnum):
    """How well a similarity is supported, by how many people read both."""

    THIN = "thin"
    FAIR = "fair"
    STRONG = "strong"


def support(readers: int) -> Support:
    """How much so many readers of both are worth.

    Thin below `LEAST_FAIR`, strong from `LEAST_STRONG` on. Of neighbours that were found with half
    of Deskdrop's people, somebody of the other half, whom the model never saw, read both in 49 % of
    the cases where one of the first half had, in 68 % with two, 77 % with three, 84 % with four and
    92 % with five or six (``python -m bench.support``, docs/similar.md). It says nothing of how
    often another seed finds the same: a neighbour that all seeds find may rest on one reader.

    >>> [str(support(readers)) for readers in (0, 2, 3, 4, 5)]
    ['thin', 'thin', 'fair', 'fair', 'strong']
    """
    if readers < LEAST_FAIR:
        return Support.THIN
    return Support.FAIR if readers < LEAST_STRONG else Support.STRONG


@dataclass(frozen=True, kw_only=True)
class OneReader:
    """Neighbours of one similarity that rest on the same single reader.

    Attributes
    ----------
    user_id
        Who alone read the article and each of the neighbours.
    item_ids
        The neighbours, two or more, in the order of the table.
    score
        Their similarity.
    """

    user_id: str
    item_ids: tuple[str, ...]
    score: float


def equal_for_one(model: Model, item_id: str, table: pd.DataFrame) -> tuple[OneReader, ...]:
    """Which neighbours are equally similar because one and the same person read them all.

    Articles that one person alone read have one direction (that of the person), so they are all
    equally near to whatever else that person read.

    Parameters
    ----------
    table
        With item_id and score, best first, as `recsys.similar_items` gives it for `item_id`.

    Returns
    -------
    tuple of OneReader
        In the order of the table; scores are equal within the rounding of float32.

    Raises
    ------
    UnknownItemError
        If the model does not have the article.
    """
    query = position_of(model, item_id)
    groups: list[tuple[int, float, list[str]]] = []
    for item, score in zip(table[Col.ITEM], table[Col.SCORE], strict=True):
        if item not in model.positions:
            continue
        both = readers_of_pair(model, query, model.positions[item])
        if len(both) != 1:
            continue
        user = int(both[0])
        for one, near, items in groups:
            if one == user and abs(near - score) <= _TIE:
                items.append(item)
                break
        else:
            groups.append((user, float(score), [item]))
    return tuple(
        OneReader(user_id=str(model.user_ids[user]), item_ids=tuple(items), score=score)
        for user, score, items in groups
        if len(items) > 1
    )
