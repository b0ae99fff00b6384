"""What a colour on the map can say: topic, readers, date, language, type, events, a reader's score.

Each function gives a `Colouring`, from a model, tables or arrays in the order of its articles.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import SettingError, UnknownItemError
from recsys.maps.colours.colouring import Colouring, categories, categories_on_map, scale
from recsys.maps.labels import topic_labels
from recsys.models import Model
from recsys.times import has_time
from recsys.topics import Topics

_UNUSUAL = 2.0  # standard deviations beyond the catalogue's share
_LEAST_TESTED = 3  # readers of an article


def by_topic(topics: Topics, xy: np.ndarray | None = None) -> Colouring:
    """Each article by its topic.

    Parameters
    ----------
    xy
        ``(n_items, 2)`` places: each topic then has a colour that no topic near it has. Without,
        the ten largest have one.
    """
    if xy is None:
        of = topics.of
        return categories("Topic", topics.names, of, others="other topics", unknown="No topic")
    at = np.full((len(topics.names), 2), np.nan)
    for label in topic_labels(topics.names, topics.of, xy):
        at[topics.names.index(label.text)] = label.x, label.y
    return categories_on_map("Topic", topics.names, topics.of, at, unknown="No topic")


def by_readers(model: Model) -> Colouring:
    """How many people read each article; logarithmic."""
    return scale("Readers", model.readers, bend="log", tick=lambda amount: f"{amount:,.0f}")


def by_recency(model: Model) -> Colouring:
    """When each article came, in UTC; each colour has as many articles."""
    seconds = pd.to_numeric(model.items[Col.TIMESTAMP], errors="coerce").to_numpy(np.float64)
    seconds = np.where(has_time(seconds), seconds, np.nan)
    return scale("Date", seconds, bend="rank", tick=_month, unknown="No date")


def _month(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%b %Y")


def by_language(model: Model) -> Colouring:
    """The language of each article, as the articles file has it."""
    return _by_text("Language", model.items[Col.LANGUAGE], "other languages")


def by_type(model: Model) -> Colouring:
    """The content type of each article, as the articles file has it."""
    return _by_text("Content type", model.items[Col.KIND], "other types")


def _by_text(title: str, texts: pd.Series, others: str) -> Colouring:
    of, names = pd.factorize(texts.where(texts != "", None))
    return categories(title, [str(name) for name in names], of, others=others)


def by_events(names: Sequence[str], counts: np.ndarray) -> Colouring:
    """The type of event that an article has more of than is usual.

    That is the one whose count is furthest above what the shares of all articles would give it,
    in standard deviations (Pearson's residual, at least 2); otherwise the article is as usual.

    Parameters
    ----------
    names
        Of the types of event.
    counts
        ``(n, types)`` events of each article; see `event_counts`.
    """
    counts = np.asarray(counts, dtype=np.float64)
    events = counts.sum(axis=1)
    expected = events[:, None] * (counts.sum(axis=0) / max(events.sum(), 1.0))
    residual = (counts - expected) / np.sqrt(np.maximum(expected, 1e-12))
    best = residual.argmax(axis=1) if len(names) else np.zeros(len(counts), dtype=np.int64)
    unusual = (residual.max(axis=1, initial=0.0) >= _UNUSUAL) & (events > 0)
    labels = [f"More {name}" for name in names]
    return categories(
        "Events", labels, np.where(unusual, best, -1), others="other types", unknown="As usual"
    )


def by_event_share(name: str, names: Sequence[str], counts: np.ndarray) -> Colouring:
    """The share of one type among an article's events; see `by_events`.

    Raises
    ------
    SettingError
        If there is no such type.
    """
    if name not in names:
        known = ", ".join(names) or "none"
        raise SettingError(f"no event is of type {name[:80]!r}.", todo=f"Known: {known}.")
    events = counts.sum(axis=1)
    share = np.where(events > 0, counts[:, list(names).index(name)] / np.maximum(events, 1), np.nan)
    return scale(f"Share of {name}", share, tick=_percent, unknown="No events")


def event_counts(model: Model, tables: Tables) -> tuple[tuple[str, ...], np.ndarray]:
    """The types of event, most frequent first, and ``(n, types)`` events of each article."""
    names = tuple(tables.event_counts)
    events = tables.events
    row_of = np.array(
        [model.positions.get(str(one), -1) for one in events[Col.ITEM].cat.categories]
    )
    column_of = pd.Index(names).get_indexer(events[Col.EVENT].cat.categories)
    rows = row_of[events[Col.ITEM].cat.codes.to_numpy()]
    columns = column_of[events[Col.EVENT].cat.codes.to_numpy()]
    there = rows >= 0
    cells = rows[there].astype(np.int64) * len(names) + columns[there]
    counts = np.bincount(cells, minlength=len(model.items) * len(names))
    return names, counts.reshape(len(model.items), len(names))


def by_shared_readers(model: Model, item: str) -> Colouring:
    """How many readers each article shares with a chosen one; logarithmic, grey for none.

    Raises
    ------
    UnknownItemError
        If the model does not know it.
    """
    if item not in model.positions:
        raise UnknownItemError(f"the model has no article {item[:80]!r}.", where="item")
    theirs = model.item_users[model.positions[item]]
    chosen = np.zeros(len(model.user_ids), dtype=np.int64)
    chosen[theirs.indices] = 1
    shared = _read(model) @ chosen
    return scale(
        "Shared readers",
        np.where(shared > 0, shared, np.nan),
        bend="log",
        tick=lambda amount: f"{amount:,.0f}",
        unknown="None shared",
    )


def by_score(scores: np.ndarray, title: str = "Score") -> Colouring:
    """The score of each article for a chosen person, ``(n,)``; NaN where there is none."""
    return scale(title, scores, unknown="No score")


def by_quality(model: Model, found: np.ndarray) -> Colouring:
    """How well the model does for the readers of each article.

    The share of an article's tested readers whose hidden article was found. An article with fewer
    than 3 of them is grey. With few readers the share is mostly chance.

    Parameters
    ----------
    found
        ``(n_users,)`` 1 for a reader of the model whose hidden article was found, 0 where it was
        not, NaN for one who was not tested: see `recsys.evaluation.found_by_reader`.
    """
    tested = np.isfinite(found)
    read = _read(model)
    readers = read @ tested.astype(np.float64)
    total = read @ np.where(tested, found, 0.0)
    share = np.where(readers >= _LEAST_TESTED, total / np.maximum(readers, 1), np.nan)
    return scale("Hidden reads found", share, tick=_percent, unknown="Too few tested readers")


def _read(model: Model) -> csr_matrix:
    """``(n_items, n_users)``, 1 where the person read the article."""
    matrix = model.item_users
    ones = np.ones(len(matrix.data))
    return csr_matrix((ones, matrix.indices, matrix.indptr), shape=matrix.shape)


def _percent(share: float) -> str:
    return f"{share:.0%}"
