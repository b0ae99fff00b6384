"""What a data set looks like, in figures: sizes, times, types, distributions, connected parts.

Everything here works on the codes of the categorical columns, so that a pass over the events
is a few array operations whatever the ids are. All times are UTC.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset.graph import codes_of, distinct_pairs, part_labels
from recsys.dataset.tables import Tables
from recsys.dataset.timeline import Timeline, by_time, by_weekday_hour
from recsys.times import EPOCH, has_time

TINY = 10
LEAST = 5


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The size of a data set.

    Attributes
    ----------
    users, items
        People and articles with at least one event.
    articles
        Articles in the articles table, read or not.
    events, pairs
        Events, and distinct pairs of a user and an item among them.
    density
        ``pairs / (users * items)``.
    repeated
        Share of the pairs that have more than one event.
    first, last
        Time of the first and the last event, UTC; ``None`` where no time is known.
    timeless
        Events without a time (none, or outside of the years 1 to 9999).
    """

    users: int
    items: int
    articles: int
    events: int
    pairs: int
    density: float
    repeated: float
    first: datetime | None
    last: datetime | None
    timeless: int


def summary(tables: Tables) -> Summary:
    """Sizes, density, and the time that the events span."""
    users, n_users = codes_of(tables, Col.USER)
    items, n_items = codes_of(tables, Col.ITEM)
    ordered = np.sort(users.astype(np.int64) * n_items + items)
    again = ordered[1:] == ordered[:-1]
    pairs = len(ordered) - int(again.sum())
    # A pair's second event is a repetition that follows a first one.
    repeated = int((again & ~np.concatenate([[False], again[:-1]])).sum()) if pairs else 0
    seconds = tables.events[Col.TIMESTAMP].to_numpy()
    known = seconds[has_time(seconds)]
    return Summary(
        users=n_users,
        items=n_items,
        articles=len(tables.articles),
        events=len(users),
        pairs=pairs,
        density=pairs / (n_users * n_items) if pairs else 0.0,
        repeated=repeated / pairs if pairs else 0.0,
        first=_moment(known.min()) if len(known) else None,
        last=_moment(known.max()) if len(known) else None,
        timeless=len(seconds) - len(known),
    )


def _moment(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=float(seconds))


def by_type(tables: Tables) -> pd.DataFrame:
    """One row an event type, most frequent first.

    Columns: event_type, events, share (of all events), users, items, first, last (UTC; NaT
    where no event of the type has a time).
    """
    types, n_types = codes_of(tables, Col.EVENT)
    events = np.bincount(types, minlength=n_types)
    seconds = tables.events[Col.TIMESTAMP].to_numpy()
    known = has_time(seconds)
    first, last = np.full(n_types, np.inf), np.full(n_types, -np.inf)
    np.minimum.at(first, types[known], seconds[known])
    np.maximum.at(last, types[known], seconds[known])
    table = pd.DataFrame(
        {
            Col.EVENT: tables.events[Col.EVENT].cat.categories.astype(str),
            Col.EVENTS: events,
            Col.SHARE: events / max(len(types), 1),
            Col.USERS: _distinct_by(types, n_types, *codes_of(tables, Col.USER)),
            Col.ITEMS: _distinct_by(types, n_types, *codes_of(tables, Col.ITEM)),
            Col.FIRST: _times(first),
            Col.LAST: _times(last),
        }
    )
    return table.sort_values(Col.EVENTS, ascending=False, kind="stable", ignore_index=True)


def _distinct_by(group: np.ndarray, n_groups: int, codes: np.ndarray, n_ids: int) -> np.ndarray:
    """``(n_groups,)`` number of distinct ids in each group."""
    return np.bincount(distinct_pairs(group, codes, n_ids) // n_ids, minlength=n_groups)


def _times(seconds: np.ndarray) -> np.ndarray:
    whole = np.where(np.isfinite(seconds), np.floor(seconds), 0).astype("M8[s]")
    return np.where(np.isfinite(seconds), whole, np.datetime64("NaT", "s"))


def head(counts: np.ndarray, share: float = 0.5) -> int:
    """How many of the largest `counts` make up at least `share` of their sum.

    >>> head(np.array([1, 5, 1, 1, 2]))
    1
    """
    summed = np.cumsum(np.sort(counts)[::-1], dtype=np.float64)
    return int(np.searchsorted(summed, share * summed[-1]) + 1) if len(summed) else 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Spread:
    """How events spread over users, or over items.

    Attributes
    ----------
    counts
        ``(n,)`` events of each user or item, in the order of its categories.
    """

    counts: np.ndarray

    @property
    def head(self) -> int:
        """How many of the most active make up half of all events."""
        return head(self.counts)

    @property
    def gini(self) -> float:
        """Gini coefficient: 0 where all have the same, towards 1 where one has everything."""
        ordered = np.sort(self.counts).astype(np.float64)
        n = len(ordered)
        return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))

    def table(self) -> pd.DataFrame:
        """One row a number of events: interactions (k), count (how many have exactly k)."""
        interactions, count = np.unique(self.counts, return_counts=True)
        return pd.DataFrame({Col.INTERACTIONS: interactions, Col.COUNT: count})


def per_user(tables: Tables) -> Spread:
    """Events of each user."""
    codes, n_users = codes_of(tables, Col.USER)
    return Spread(counts=np.bincount(codes, minlength=n_users))


def per_item(tables: Tables) -> Spread:
    """Events on each item that has any."""
    codes, n_items = codes_of(tables, Col.ITEM)
    return Spread(counts=np.bincount(codes, minlength=n_items))


@dataclass(frozen=True, kw_only=True, eq=False)
class Parts:
    """The connected parts: nobody in one part has read anything of another.

    Attributes
    ----------
    table
        One row a part, largest (users and items together) first: users, items, events.
    """

    table: pd.DataFrame

    @property
    def sizes(self) -> np.ndarray:
        """``(n_parts,)`` users and items together, largest first."""
        return (self.table[Col.USERS] + self.table[Col.ITEMS]).to_numpy()

    @property
    def share(self) -> float:
        """Share of all users and items that the largest part holds."""
        return float(self.sizes[0] / self.sizes.sum())

    @property
    def tiny(self) -> int:
        """How many parts have fewer than `TINY` users and items together."""
        return int((self.sizes < TINY).sum())


def components(tables: Tables) -> Parts:
    """Find the connected parts of the graph of users and items."""
    users, n_users = codes_of(tables, Col.USER)
    label = part_labels(users, n_users, *codes_of(tables, Col.ITEM))
    n_parts = int(label.max(initial=-1)) + 1
    counts = {
        Col.USERS: np.bincount(label[:n_users], minlength=n_parts),
        Col.ITEMS: np.bincount(label[n_users:], minlength=n_parts),
        Col.EVENTS: np.bincount(label[:n_users][users], minlength=n_parts),
    }
    order = np.lexsort((-counts[Col.EVENTS], -counts[Col.USERS] - counts[Col.ITEMS]))
    return Parts(table=pd.DataFrame({name: count[order] for name, count in counts.items()}))


@dataclass(frozen=True, kw_only=True)
class Thin:
    """Who has fewer than `k` counterparts.

    Attributes
    ----------
    users, items
        Users with fewer than `k` distinct items, items with fewer than `k` distinct users.
    events_of_users, events_of_items
        The events that belong to them.
    events
        Events that belong to such a user, such an item, or both.
    """

    k: int
    users: int
    items: int
    events_of_users: int
    events_of_items: int
    events: int


def thin(tables: Tables, k: int) -> Thin:
    """Count users and items with fewer than `k` distinct counterparts, and their events."""
    users, n_users = codes_of(tables, Col.USER)
    items, n_items = codes_of(tables, Col.ITEM)
    pairs = distinct_pairs(users, items, n_items)
    thin_users = np.bincount(pairs // n_items, minlength=n_users) < k
    thin_items = np.bincount(pairs % n_items, minlength=n_items) < k
    of_users, of_items = thin_users[users], thin_items[items]
    return Thin(
        k=k,
        users=int(thin_users.sum()),
        items=int(thin_items.sum()),
        events_of_users=int(of_users.sum()),
        events_of_items=int(of_items.sum()),
        events=int((of_users | of_items).sum()),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """All of the above, for a page that shows it."""

    summary: Summary
    timeline: Timeline
    hours: pd.DataFrame
    types: pd.DataFrame
    users: Spread
    items: Spread
    parts: Parts
    thin: Thin


def profile_of(tables: Tables) -> Profile:
    """The whole profile; `thin` counts who has fewer than `LEAST` counterparts.

    Examples
    --------
    >>> import recsys
    >>> profile = recsys.profile_of(recsys.sample_tables())
    >>> profile.summary.users, profile.summary.events, profile.summary.repeated > 0
    (1000, 40000, True)
    """
    return Profile(
        summary=summary(tables),
        timeline=by_time(tables),
        hours=by_weekday_hour(tables),
        types=by_type(tables),
        users=per_user(tables),
        items=per_item(tables),
        parts=components(tables),
        thin=thin(tables, LEAST),
    )
