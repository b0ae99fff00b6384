"""Why an article is not among the recommendations, and what would bring it in.

See docs/recommendations.md.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.limits import NO_LIMITS, Limit, Limits
from recsys.models import Model
from recsys.neighbours import position_of
from recsys.ranking import checked_count
from recsys.recommendations.bringing_in import Changes, Question, bring_in
from recsys.recommendations.explain import Solver, Taste, as_taste, solver_of


@dataclass(frozen=True, kw_only=True, eq=False)
class WhyNotRecommended:
    """Where one article stands in the recommendations for a reader.

    Attributes
    ----------
    item_id
        The article.
    n
        The length of the list.
    removed_by
        The limits that remove it; that it was read already is one of them.
    score
        Its score.
    rank
        Its place among what may be offered, 1 the best; where limits remove it, as if they let it
        alone through. None where it cannot be ranked: nobody has read it, and its text is like
        nothing that the reader read.
    offered
        How many articles those are, it among them.
    rank_of_unread, unread
        The same among all that the reader has not read, without any limit.
    last
        The score of the last article of the list; None where the list is empty.
    changes
        Which single article would bring it in; None where that cannot be told, because title and
        text have a share in the score.
    """

    item_id: str
    n: int
    removed_by: tuple[Limit, ...]
    score: float
    rank: int | None
    offered: int
    rank_of_unread: int | None
    unread: int
    last: float | None
    changes: Changes | None = None

    @property
    def shown(self) -> bool:
        """Whether it is in the list."""
        return not self.removed_by and self.rank is not None and self.rank <= self.n

    @property
    def gap(self) -> float | None:
        """How far its score is below that of the last article of the list."""
        return None if self.last is None else self.last - self.score


def why_not_recommended(
    model: Model | Solver,
    who: str | Taste,
    item_id: str,
    n: int = 10,
    limits: Limits = NO_LIMITS,
) -> WhyNotRecommended:
    """Why an article is not among the `n` best, and which single article would bring it in.

    Parameters
    ----------
    who
        A reader's id, or the taste of a new reader. What the first read already gets stronger by
        one more event; of the second, by a stronger event in place of the one that there is.
    item_id
        An article that somebody has read.
    n, limits
        As for `recsys.recommend`.

    Raises
    ------
    UnknownUserError, UnknownItemError
        If the model does not have the reader or the article.
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> user = model.user_ids[0]
    >>> twelfth = recsys.recommend(model, user, 12)["item_id"][11]
    >>> found = recsys.why_not_recommended(model, user, twelfth, 10)
    >>> found.rank, found.shown, found.removed_by
    (12, False, ())
    >>> list(found.changes.table)
    ['item_id', 'title', 'read', 'event_type', 'strength', 'rank', 'score', 'readers']
    """
    checked_count(n)
    solver = solver_of(model)
    model, taste = solver.model, as_taste(solver, who)
    item = position_of(model, item_id)
    found = standing(
        model.items, model.readers, solver.scores(taste), taste, item, n, limits, rankable=None
    )
    question = Question(
        item=item,
        n=n,
        allowed=limits.allowed(model.items, model.readers),
        include_read=limits.include_read,
    )
    changes = bring_in(solver, taste, question, known=isinstance(who, str))
    return replace(found, changes=changes)


def standing(
    items: pd.DataFrame,
    readers: np.ndarray,
    scores: np.ndarray,
    taste: Taste,
    item: int,
    n: int,
    limits: Limits,
    *,
    rankable: np.ndarray | None,
) -> WhyNotRecommended:
    """Where the article at a position stands, from ``(n_items,)`` readers and scores.

    Parameters
    ----------
    items
        Those of the model first, in its order, whose positions the taste holds.
    rankable
        ``(n_items,)`` bool: what can be ranked at all; None: everything.
    """
    read = np.zeros(len(items), dtype=bool)
    read[taste.items] = True
    can = np.ones(len(items), dtype=bool) if rankable is None else rankable
    offered = limits.allowed(items, readers, read=read) & can
    ranked = np.sort(scores[offered])[::-1]
    ahead = (scores > scores[item]) | ((scores == scores[item]) & (np.arange(len(items)) < item))
    unread = can & ~read
    return WhyNotRecommended(
        item_id=str(items[Col.ITEM].iloc[item]),
        n=n,
        removed_by=limits.why_left_out(items, readers, item, read=read),
        score=float(scores[item]),
        rank=1 + int((ahead & offered).sum()) if can[item] else None,
        offered=int(offered.sum() + (can[item] & ~offered[item])),
        rank_of_unread=1 + int((ahead & unread).sum()) if can[item] else None,
        unread=int(unread.sum() + (can[item] & ~unread[item])),
        last=float(ranked[:n][-1]) if len(ranked) else None,
    )
