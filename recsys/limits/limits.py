"""Which articles may come: as neighbours, or recommended to a person."""

import math
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.times import DAY, has_time, midnight


class Limit(StrEnum):
    """Why an article may not come, in the order in which reasons are counted."""

    READ = "read"
    REMOVED = "removed"
    EXCLUDED = "excluded"
    ONLY = "only"
    LANGUAGE = "language"
    KIND = "type"
    DATE = "date"
    TITLE = "title"
    READERS = "readers"
    BOTH = "readers_of_both"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Which articles may come: as neighbours, or recommended to a person.

    Attributes
    ----------
    include_read
        Whether what the person read already is offered again. No matter among neighbours, where
        nobody is asked about.
    include_removed
        Whether articles that were removed later are offered.
    exclude
        Ids that are not to be offered. An id that the model does not have excludes nothing, so
        that a list of dislikes outlives a change of the data.
    only
        Ids that alone may be offered, those of a topic for example; None: any.
    languages, kinds
        Only articles in these languages, of these content types; empty: any. ``""`` stands for
        an unknown one.
    since, until
        Only articles of these days and between, in UTC. With either, articles of unknown date
        are left out.
    titled
        Whether only articles that have a title are offered.
    least_readers
        Only articles that at least so many people read.
    least_both
        Only articles that at least so many readers of the article asked about read, too (of
        several: of at least one of them). No matter among recommendations, where no article is
        asked about.

    Raises
    ------
    SettingError
        If `since` is after `until`, or a number is below 0.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> limits = recsys.Limits(languages=("pt",), least_readers=20)
    >>> ids = recsys.recommend(model, model.user_ids[0], 5, limits)["item_id"]
    >>> set(model.items.set_index("item_id").loc[ids, "language"])
    {'pt'}
    """

    include_read: bool = False
    include_removed: bool = False
    exclude: tuple[str, ...] = ()
    only: frozenset[str] | None = field(default=None, repr=False)  # may be very long
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    titled: bool = False
    least_readers: int = 0
    least_both: int = 0

    def __post_init__(self) -> None:
        for name in ("exclude", "languages", "kinds"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if self.since is not None and self.until is not None and self.since > self.until:
            raise SettingError(
                f"{self.since} is after {self.until}.",
                where="dates",
                todo="Give the earlier day first.",
            )
        for name in ("least_readers", "least_both"):
            if getattr(self, name) < 0:
                raise SettingError(
                    f"{getattr(self, name)} is not allowed.", where=name, todo="Give 0 or more."
                )

    def allowed(
        self,
        items: pd.DataFrame,
        readers: np.ndarray,
        *,
        read: np.ndarray | None = None,
        both: np.ndarray | None = None,
    ) -> np.ndarray:
        """``(n_items,)`` bool: what may be offered; see `removing`."""
        allowed = np.ones(len(items), dtype=bool)
        for removed in self.removing(items, readers, read=read, both=both).values():
            allowed &= ~removed
        return allowed

    def removing(
        self,
        items: pd.DataFrame,
        readers: np.ndarray,
        *,
        read: np.ndarray | None = None,
        both: np.ndarray | None = None,
    ) -> dict[Limit, np.ndarray]:
        """``(n_items,)`` bool for each limit that is set: what it removes.

        Parameters
        ----------
        items
            Articles, read or not, with item_id, title, language, content_type, timestamp and
            removed.
        readers
            ``(n_items,)`` how many people read each.
        read
            ``(n_items,)`` bool: what the person read; None where nobody is asked about.
        both
            ``(n_items,)`` how many readers of the article asked about read each, too; None where
            none is asked about.

        Returns
        -------
        dict
            In the order of `Limit`. An article can be removed by several.
        """
        found: dict[Limit, np.ndarray] = {}
        if read is not None and not self.include_read:
            found[Limit.READ] = np.asarray(read, dtype=bool)
        if not self.include_removed:
            found[Limit.REMOVED] = items[Col.REMOVED].to_numpy(dtype=bool)
        if self.exclude:
            found[Limit.EXCLUDED] = items[Col.ITEM].isin(self.exclude).to_numpy()
        if self.only is not None:
            found[Limit.ONLY] = ~items[Col.ITEM].isin(self.only).to_numpy()
        if self.languages:
            found[Limit.LANGUAGE] = ~items[Col.LANGUAGE].isin(self.languages).to_numpy()
        if self.kinds:
            found[Limit.KIND] = ~items[Col.KIND].isin(self.kinds).to_numpy()
        if self.since is not None or self.until is not None:
            found[Limit.DATE] = ~self._in_time(items[Col.TIMESTAMP])
        if self.titled:
            found[Limit.TITLE] = (items[Col.TITLE].str.strip() == "").to_numpy(dtype=bool)
        if self.least_readers:
            found[Limit.READERS] = np.asarray(readers) < self.least_readers
        if both is not None and self.least_both:
            found[Limit.BOTH] = np.asarray(both) < self.least_both
        return found

    def why_left_out(
        self,
        items: pd.DataFrame,
        readers: np.ndarray,
        position: int,
        *,
        read: np.ndarray | None = None,
        both: np.ndarray | None = None,
    ) -> tuple[Limit, ...]:
        """The limits that remove the article at a position, all of them; see `removing`."""
        one = slice(position, position + 1)
        removing = self.removing(
            items.iloc[one],
            readers[one],
            read=None if read is None else read[one],
            both=None if both is None else both[one],
        )
        return tuple(limit for limit, removed in removing.items() if removed[0])

    def _in_time(self, texts: pd.Series) -> np.ndarray:
        seconds = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)
        begin = -math.inf if self.since is None else midnight(self.since)
        end = math.inf if self.until is None else midnight(self.until) + DAY
        return has_time(seconds) & (begin <= seconds) & (seconds < end)


NO_LIMITS = Limits()
