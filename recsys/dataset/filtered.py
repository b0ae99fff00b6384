"""What a filter leaves of a data set, and how much that would be, before it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.counting import counted
from recsys.dataset.filters import Filter
from recsys.dataset.graph import NEVER, codes_of, core, distinct_pairs
from recsys.dataset.tables import Tables
from recsys.errors import DataError
from recsys.times import DAY, has_time, midnight


@dataclass(frozen=True, kw_only=True)
class Size:
    """Articles (read or not), users and items with events, events, distinct pairs."""

    articles: int
    users: int
    items: int
    events: int
    pairs: int


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a filter leaves: ``before.events == after.events + sum of removed``.

    Attributes
    ----------
    before, after
        Sizes without and with the filter.
    removed
        ``(condition, events)`` in the order in which the conditions are taken: an event that
        fails several counts for the first. Conditions that are not set are not listed.
    rounds
        How often people and articles were left out in turn until all had enough; 0 where all
        had from the start.
    """

    before: Size
    after: Size
    removed: tuple[tuple[str, int], ...]
    rounds: int

    def table(self) -> pd.DataFrame:
        """One row a condition: condition, events (that it removes), share (of all events)."""
        table = pd.DataFrame(self.removed, columns=[Col.CONDITION, Col.EVENTS])
        table[Col.SHARE] = table[Col.EVENTS] / max(self.before.events, 1)
        return table


def effect(tables: Tables, chosen: Filter) -> Effect:
    """Say what `chosen` would leave of `tables`, without making the tables."""
    kept, removed, rounds = _select(tables, chosen)
    articles = _article_mask(tables.articles, chosen)
    before = _size(tables, np.ones(len(kept), dtype=bool), len(articles))
    same = kept.all() and articles.all()  # spares a second pass for what changes nothing
    return Effect(
        before=before,
        after=before if same else _size(tables, kept, int(articles.sum())),
        removed=tuple(removed),
        rounds=rounds,
    )


def apply_filter(tables: Tables, chosen: Filter) -> Tables:
    """The tables with the events that meet all conditions.

    Articles of other languages and content types go; those that have only lost their readers
    stay, without events. The report stays that of the files: `effect` accounts for the filter.

    Raises
    ------
    DataError
        If no event is left.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> liked = recsys.apply_filter(tables, recsys.Filter(events=("LIKE",)))
    >>> liked.event_counts
    {'LIKE': 3200}
    """
    if chosen == Filter():
        return tables
    kept, removed, _ = _select(tables, chosen)
    if not kept.any():
        listed = "; ".join(f"{condition}: {count:,}" for condition, count in removed if count)
        raise DataError(
            f"the filter leaves none of the {len(kept):,} events ({listed}).",
            where="filter",
            todo="Relax the condition that leaves out most.",
        )
    events = tables.events[kept].reset_index(drop=True)
    for name in (Col.USER, Col.ITEM, Col.EVENT):
        events[name] = _trimmed(events[name])
    text = f"{tables.fingerprint}:filter:{chosen.as_text()}"
    return replace(
        tables,
        articles=tables.articles[_article_mask(tables.articles, chosen)].reset_index(drop=True),
        events=events,
        fingerprint=hashlib.blake2b(text.encode(), digest_size=16).hexdigest(),
    )


def _trimmed(column: pd.Series) -> pd.Categorical:
    """The column without the categories that do not occur; the others keep their order."""
    codes, categories = column.cat.codes.to_numpy(), column.cat.categories
    used = np.bincount(codes, minlength=len(categories)) > 0
    places = (np.cumsum(used) - 1).astype(codes.dtype)
    return pd.Categorical.from_codes(places[codes], categories=categories[used])


def _size(tables: Tables, kept: np.ndarray, articles: int) -> Size:
    users, _ = codes_of(tables, Col.USER)
    items, n_items = codes_of(tables, Col.ITEM)
    pairs = distinct_pairs(users[kept], items[kept], n_items)
    return Size(
        articles=articles,
        users=int(np.count_nonzero(np.bincount(pairs // n_items))),
        items=int(np.count_nonzero(np.bincount(pairs % n_items))),
        events=int(kept.sum()),
        pairs=len(pairs),
    )


def _article_mask(articles: pd.DataFrame, chosen: Filter) -> np.ndarray:
    mask = np.ones(len(articles), dtype=bool)
    for column, names in ((Col.LANGUAGE, chosen.languages), (Col.KIND, chosen.kinds)):
        if names:
            mask &= articles[column].isin(names).to_numpy()
    return mask


def _select(tables: Tables, chosen: Filter) -> tuple[np.ndarray, list[tuple[str, int]], int]:
    """Mask of the events left, ``(condition, events removed)`` in order, and the rounds."""
    kept = np.ones(len(tables.events), dtype=bool)
    removed = []
    for condition, passes in _conditions(tables, chosen):
        removed.append((condition, int((kept & ~passes).sum())))
        kept &= passes
    if not (chosen.min_user or chosen.min_item):
        return kept, removed, 0
    users, n_users = codes_of(tables, Col.USER)
    items, n_items = codes_of(tables, Col.ITEM)
    pairs = distinct_pairs(users[kept], items[kept], n_items)
    user_gone, item_gone = core(pairs, n_users, n_items, chosen.min_user, chosen.min_item)
    by_user, by_item = user_gone[users], item_gone[items]
    lost = kept & ((by_user < NEVER) | (by_item < NEVER))
    for least, gone, whom, of in (
        (chosen.min_user, by_user < by_item, "readers", "articles"),
        (chosen.min_item, by_item < by_user, "articles", "readers"),
    ):
        if least:
            condition = f"{whom} with fewer than {counted(least, of)}"
            removed.append((condition, int((lost & gone).sum())))
    rounds = [array[array < NEVER].max(initial=-1) // 2 + 1 for array in (user_gone, item_gone)]
    return kept & ~lost, removed, int(max(rounds))


def _conditions(tables: Tables, chosen: Filter) -> Iterable[tuple[str, np.ndarray]]:
    seconds = tables.events[Col.TIMESTAMP].to_numpy()
    if chosen.since or chosen.until:
        yield "no time", has_time(seconds)
    if chosen.since:
        yield f"before {chosen.since}", seconds >= midnight(chosen.since)
    if chosen.until:
        yield f"after {chosen.until}", seconds < midnight(chosen.until) + DAY
    if chosen.events:
        types, _ = codes_of(tables, Col.EVENT)
        names = tables.events[Col.EVENT].cat.categories
        yield "other event types", names.isin(chosen.events)[types]
    items, _ = codes_of(tables, Col.ITEM)
    for field in ("languages", "kinds"):
        if getattr(chosen, field):
            alone = Filter(**{field: getattr(chosen, field)})
            ids = tables.articles[Col.ITEM][_article_mask(tables.articles, alone)]
            other = "other languages" if field == "languages" else "other content types"
            yield other, tables.events[Col.ITEM].cat.categories.isin(ids)[items]
