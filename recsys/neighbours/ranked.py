"""All articles that can stand beside those asked about, and what limits leave of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.limits import NO_LIMITS, Limit, Limits
from recsys.ranking import best, checked_count


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """All articles and their scores, whichever way these were found, before any limit.

    Attributes
    ----------
    asked
        Ids of the articles asked about.
    items
        ``n`` articles with item_id, title, language, content_type, timestamp, removed.
    places
        Position of each id in `items`.
    scores
        ``(n,)`` what to rank by.
    possible
        ``(n,)`` bool: what is like them in any way; never they themselves.
    readers, both
        ``(n,)`` how many people read each, and how many of these also read at least one of the
        articles asked about.
    blend
        From ``(articles of the model,)`` cosines, of whichever seed, to ``(n,)`` scores.
    details
        ``(n,)`` further columns of a table, by name.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> found, limits = recsys.candidates(model, item), recsys.Limits(languages=("pt",))
    >>> table = found.table(5, limits)
    >>> left_out = found.left_out(5, limits)
    >>> len(table), set(left_out) <= {"language", "removed"}
    (5, True)
    """

    asked: tuple[str, ...]
    items: pd.DataFrame
    places: Mapping[str, int]
    scores: np.ndarray
    possible: np.ndarray
    readers: np.ndarray
    both: np.ndarray
    blend: Callable[[np.ndarray], np.ndarray]
    details: dict[str, np.ndarray] = field(default_factory=dict)

    def allowed(self, limits: Limits = NO_LIMITS) -> np.ndarray:
        """``(n,)`` bool: what the limits leave of `possible`."""
        return self.possible & limits.allowed(self.items, self.readers, both=self.both)

    def nearest(self, n: int = 10, limits: Limits = NO_LIMITS) -> np.ndarray:
        """Positions of the `n` best under the limits, equal scores in the order of the articles.

        Raises
        ------
        SettingError
            If `n` is not between 1 and 1,000.
        """
        return best(self.scores, np.flatnonzero(self.allowed(limits)), checked_count(n))

    def table(self, n: int = 10, limits: Limits = NO_LIMITS) -> pd.DataFrame:
        """The `n` best under the limits.

        Returns
        -------
        pandas.DataFrame
            rank, item_id, title, score, readers, readers_of_both and the `details`.

        Raises
        ------
        SettingError
            If `n` is not between 1 and 1,000.
        """
        chosen = self.nearest(n, limits)
        return pd.DataFrame(
            {
                Col.RANK: np.arange(1, len(chosen) + 1),
                Col.ITEM: self.items[Col.ITEM].to_numpy()[chosen],
                Col.TITLE: self.items[Col.TITLE].to_numpy()[chosen],
                Col.SCORE: self.scores[chosen],
                Col.READERS: self.readers[chosen],
                Col.BOTH: self.both[chosen],
                **{name: values[chosen] for name, values in self.details.items()},
            }
        )

    def left_out(self, n: int = 10, limits: Limits = NO_LIMITS) -> dict[Limit, int]:
        """How many articles each limit keeps out of the table.

        Counted are the articles that stand before the last one shown where there are no limits:
        those that were passed over until the table was full. If fewer than `n` are left, all that
        are possible were passed over. Each counts once, for the first limit that removes it, in
        the order of `Limit`.

        Returns
        -------
        dict
            Counts above 0, in the order of `Limit`.

        Raises
        ------
        SettingError
            If `n` is not between 1 and 1,000.
        """
        passed = self.possible.copy()
        chosen = self.nearest(n, limits)
        if len(chosen) == n:
            passed &= self._before(int(chosen[-1]))
        counts: dict[Limit, int] = {}
        removing = limits.removing(self.items, self.readers, both=self.both)
        for limit, removed in removing.items():
            count = int((passed & removed).sum())
            if count:
                counts[limit] = count
            passed &= ~removed
        return counts

    def rank(self, position: int, among: np.ndarray | None = None) -> int:
        """The rank of an article, from 1, among the possible ones or the ``(n,)`` bool given."""
        among = self.possible if among is None else among
        return 1 + int((self._before(position) & among).sum())

    def scored(self, scores: np.ndarray) -> "Candidates":
        """The same articles by other ``(n,)`` scores."""
        return replace(self, scores=scores)

    def _before(self, position: int) -> np.ndarray:
        """``(n,)`` bool: what stands before an article in the order of the scores."""
        score = self.scores[position]
        before = self.scores > score
        before[:position] |= self.scores[:position] == score
        return before
