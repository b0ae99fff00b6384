"""Numbers that are ratings: a low one says that somebody did not like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from recsys.columns import Col
from recsys.reading import named_as_count, named_as_rating

if TYPE_CHECKING:  # whoever loads a model reads no files
    from recsys.dataset import Tables

_FIRST = 100_000  # rows by which most columns are told to be none
_MOST_STEPS = 11
_LIKED = 0.7  # of the highest rating: 4 of 5, 7 of 10


@dataclass(frozen=True, kw_only=True)
class RatingStep:
    """A rating from which on somebody is taken to have liked it, and what is left then.

    Attributes
    ----------
    threshold
        As in `EventWeights`; None where every rating above 0 counts as much as its number.
    rows, people, articles
        How many rows count, and of how many people and articles they are.
    """

    threshold: float | None
    rows: int
    people: int
    articles: int


def rating_steps(tables: Tables) -> tuple[RatingStep, ...]:
    """What there is to choose from where the values are ratings, else nothing.

    The first step has no threshold, the others are the ratings that occur, ascending, without the
    lowest; where more than 11 occur, whole numbers or tens. Values are ratings where the column
    is called so (``rating``, ``stars``, ``score``), or where they are whole or half numbers up to 5
    or 10, mostly in the upper half. They are none in a column that is called after a count
    (``pageviews``, ``rating_count``).
    """
    if Col.VALUE not in tables.events:
        return ()
    values = tables.events[Col.VALUE].to_numpy()
    steps = _thresholds(values, _named(tables))
    if not len(steps):
        return ()
    highest_of = [_highest(tables, name, values) for name in (Col.USER, Col.ITEM)]
    people, articles = (int(np.count_nonzero(highest > 0)) for highest in highest_of)
    found = [
        RatingStep(
            threshold=None,
            rows=int(np.count_nonzero(values > 0)),
            people=people,
            articles=articles,
        )
    ]
    for step in steps.tolist():
        people, articles = (int(np.count_nonzero(highest >= step)) for highest in highest_of)
        rows = int(np.count_nonzero(values >= step))
        found.append(RatingStep(threshold=step, rows=rows, people=people, articles=articles))
    return tuple(found)


def liked(steps: tuple[RatingStep, ...]) -> RatingStep:
    """The step that most people would mean by liking: 4 of 5, 7 of 10."""
    highest = steps[-1].threshold or 0.0
    return next(step for step in steps[1:] if (step.threshold or 0.0) >= _LIKED * highest)


def _named(tables: Tables) -> str:
    mapping = tables.report.events.mapping
    types = list(tables.event_counts)
    return str(mapping.get("value") or (types[0] if len(types) == 1 else ""))


def _thresholds(values: np.ndarray, name: str) -> np.ndarray:
    """The ratings to choose from; none where the values are no ratings."""
    called = named_as_rating(name)
    nothing = np.empty(0)
    few = len(np.unique(values[:_FIRST])) <= 2 * _MOST_STEPS
    if not len(values) or named_as_count(name) or not (called or few):
        return nothing
    low, high = values.min(), values.max()
    if not 2 <= high <= 100 or high - low < 2:
        return nothing
    occur = np.unique(values) if few else nothing
    if not called and not _on_a_scale(occur, values):
        return nothing
    if not 0 < len(occur) <= _MOST_STEPS:
        width = 1 if high <= 10 else 10
        occur = np.arange(np.floor(max(low, 0) / width), np.floor(high / width) + 1) * width
    return occur[(occur > low) & (occur > 0)]


def _on_a_scale(occur: np.ndarray, values: np.ndarray) -> bool:
    """Whether they look like points on a scale: people mostly rate what they like."""
    high = occur[-1] if len(occur) else 0
    stepped = high in (5, 10) and occur[0] >= 0 and bool((occur * 2 % 1 == 0).all())
    return stepped and len(occur) >= 3 and float(values.mean()) > high / 2


def _highest(tables: Tables, name: str, values: np.ndarray) -> np.ndarray:
    """The highest value of each person or article."""
    column = tables.events[name].cat
    highest = np.full(len(column.categories), -np.inf)
    np.maximum.at(highest, column.codes.to_numpy(), values)
    return highest
