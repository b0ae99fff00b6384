"""Which articles may be recommended."""

import math
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.times import DAY, has_time, midnight


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Which articles may be recommended.

    Attributes
    ----------
    include_read
        Whether what the person read already is offered again.
    include_removed
        Whether articles that were removed later are offered.
    exclude
        Ids that are not to be offered. An id that the model does not have excludes nothing, so
        that a list of dislikes outlives a change of the data.
    only
        Ids that alone may be offered, those of a topic for example; None: any.
    languages
        Only articles in these languages; empty: any. ``""`` stands for an unknown one.
    since, until
        Only articles of these days and between, in UTC. With either, articles of unknown date
        are left out.

    Raises
    ------
    SettingError
        If `since` is after `until`.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> limits = recsys.Limits(languages=("pt",), include_read=True)
    >>> ids = recsys.recommend(model, model.user_ids[0], 5, limits)["item_id"]
    >>> set(model.items.set_index("item_id").loc[ids, "language"])
    {'pt'}
    """

    include_read: bool = False
    include_removed: bool = False
    exclude: tuple[str, ...] = ()
    only: frozenset[str] | None = field(default=None, repr=False)  # may be very long
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "exclude", tuple(self.exclude))
        object.__setattr__(self, "languages", tuple(self.languages))
        if self.since is not None and self.until is not None and self.since > self.until:
            raise SettingError(
                f"{self.since} is after {self.until}.",
                where="dates",
                todo="Give the earlier day first.",
            )

    def allowed(self, items: pd.DataFrame) -> np.ndarray:
        """``(n_items,)`` bool: what may be offered to anybody, whatever they read.

        Parameters
        ----------
        items
            Articles, read or not, with item_id, removed, language and timestamp.
        """
        allowed = np.ones(len(items), dtype=bool)
        if not self.include_removed:
            allowed &= ~items[Col.REMOVED].to_numpy(dtype=bool)
        if self.languages:
            allowed &= items[Col.LANGUAGE].isin(self.languages).to_numpy()
        if self.since is not None or self.until is not None:
            allowed &= self._in_time(items[Col.TIMESTAMP])
        if self.only is not None:
            allowed &= items[Col.ITEM].isin(self.only).to_numpy()
        if self.exclude:
            allowed &= ~items[Col.ITEM].isin(self.exclude).to_numpy()
        return allowed

    def _in_time(self, texts: pd.Series) -> np.ndarray:
        seconds = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)
        begin = -math.inf if self.since is None else midnight(self.since)
        end = math.inf if self.until is None else midnight(self.until) + DAY
        return has_time(seconds) & (begin <= seconds) & (seconds < end)


NO_LIMITS = Limits()
