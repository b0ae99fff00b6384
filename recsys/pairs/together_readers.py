"""Who read both of two articles: their topics, when, and what they did."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.models import Model
from recsys.neighbours import position_of, readers_of_pair
from recsys.times import DAY, has_time

WEEK = 7 * DAY


@dataclass(frozen=True, kw_only=True, eq=False)
class SharedReaders:
    """The people who read both of two articles.

    Attributes
    ----------
    user_ids
        All of them, in the model's order.
    topics
        What else they read: topic, share (of their other readings of articles with a topic),
        share_of_everybody (of everybody's); the largest share first. Empty without topics.
    timed
        Of how many it is known when they read either.
    first, median, last
        When they had read both: the later of the first times with each, in seconds since 1970;
        NaN where no time is known.
    within_a_week
        How many of the timed read the one at most seven days after the other.
    events
        How many of them did each type of event with one of the two, most first.
    """

    user_ids: tuple[str, ...]
    topics: pd.DataFrame
    timed: int
    first: float
    median: float
    last: float
    within_a_week: int
    events: dict[str, int]


def shared_readers(
    model: Model,
    a: str,
    b: str,
    *,
    tables: Tables | None = None,
    topics: Mapping[str, str] | None = None,
) -> SharedReaders:
    """Who read both.

    Parameters
    ----------
    tables
        What the model was trained on; without, nothing is known of times and events.
    topics
        The topic of each article by its id, as `recsys.topic_names` gives it.

    Raises
    ------
    UnknownItemError
        If the model does not have an article.
    """
    places = position_of(model, a), position_of(model, b)
    people = readers_of_pair(model, *places)
    ids = tuple(str(user) for user in model.user_ids[people])
    nothing: tuple[np.ndarray, dict[str, int]] = np.empty((0, 2)), {}
    times, events = nothing if tables is None else _did(tables, ids, (a, b))
    done = times.max(axis=1) if len(times) else np.array([np.nan])
    return SharedReaders(
        user_ids=ids,
        topics=_topics(model, people, places, topics or {}),
        timed=len(times),
        first=float(done.min()),
        median=float(np.median(done)),
        last=float(done.max()),
        within_a_week=int((np.abs(np.diff(times, axis=1)) <= WEEK).sum()),
        events=events,
    )


def _topics(
    model: Model, people: np.ndarray, places: tuple[int, int], topics: Mapping[str, str]
) -> pd.DataFrame:
    names = [topics.get(item, "") for item in model.items[Col.ITEM]]
    kinds = pd.Categorical(names)
    theirs = np.bincount(model.user_items[people].indices, minlength=len(names))
    theirs[list(places)] = 0
    counts = [np.bincount(kinds.codes, by, len(kinds.categories)) for by in (theirs, model.readers)]
    found = pd.DataFrame(
        {Col.TOPIC: kinds.categories, Col.SHARE: counts[0], Col.OF_EVERYBODY: counts[1]}
    )
    found = found[found[Col.TOPIC] != ""]
    for name in (Col.SHARE, Col.OF_EVERYBODY):
        found[name] = found[name] / max(found[name].sum(), 1)
    found = found[found[Col.SHARE] > 0]
    return found.sort_values(Col.SHARE, ascending=False, kind="stable", ignore_index=True)


def _did(
    tables: Tables, users: tuple[str, ...], items: tuple[str, str]
) -> tuple[np.ndarray, dict[str, int]]:
    """``(timed, 2)`` the first times of those with a time for both, and people by event."""
    events = tables.events
    items_known, users_known = (
        events[name].cat.categories.get_indexer(list(ids))
        for name, ids in ((Col.ITEM, items), (Col.USER, users))
    )
    rows = np.flatnonzero(np.isin(events[Col.ITEM].cat.codes, items_known))
    rows = rows[np.isin(events[Col.USER].cat.codes.to_numpy()[rows], users_known)]
    some = events.iloc[rows].astype({Col.USER: str, Col.ITEM: str, Col.EVENT: str})
    people = some.groupby(Col.EVENT)[Col.USER].nunique().sort_values(ascending=False, kind="stable")
    timed = some[has_time(some[Col.TIMESTAMP].to_numpy(dtype=np.float64))]
    firsts = timed.groupby([Col.USER, Col.ITEM])[Col.TIMESTAMP].min().unstack()
    firsts = firsts.reindex(columns=list(items)).dropna()
    return firsts.to_numpy(dtype=np.float64), {str(k): int(v) for k, v in people.items()}
