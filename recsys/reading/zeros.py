"""A 0 in the column of numbers: not rated, read, or worth nothing."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.counting import counted, word_for
from recsys.reading.hints import Hint
from recsys.reading.number_names import named_as_count, named_as_rating
from recsys.reading.rules import Zeros

_RARE = 0.02  # of the rows: as a duration or a count may well be 0 now and then
_FIRST, _STEPS, _HIGHEST = 100_000, 22, 100  # what ratings look like at most


def settled(
    values: np.ndarray, zeros: Zeros | None, name: str, leave_out: Callable[[np.ndarray, str], None]
) -> np.ndarray:
    """The numbers of some rows as a person understands their zeros; see `CellRules.zeros`."""
    if zeros == "left out":
        leave_out(values == 0, f"{name} is 0 (not rated)")
    return np.where(values == 0, 1.0, values) if zeros == "one" else values


def hints_of(events: pd.DataFrame, name: str) -> list[Hint]:
    """What a person is asked about the zeros of a table of events.

    Nothing where it has none, or where they are rare, nobody has only zeros and the numbers are no
    ratings.
    """
    values = events[Col.VALUE].to_numpy()
    zero = values == 0
    rows, count = len(zero), int(np.count_nonzero(zero))
    if not count:
        return []
    column = events[Col.USER].cat
    rated = np.zeros(len(column.categories), dtype=bool)
    rated[column.codes.to_numpy()[~zero]] = True
    people, left = len(rated), int(np.count_nonzero(rated))
    if count <= _RARE * rows and left == people and not _ratings(values, name):
        return []
    as_read = Hint(
        text=f"If 0 means read, {counted(rows, 'rows')} of {counted(people, 'readers')} "
        f"{word_for(rows, 'counts', 'count')}.",
        label="Count zeros as read (1 each)",
        shell="--zeros one",
        rules={"zeros": "one"},
    )
    if count == rows:  # to leave all of them out would leave nothing
        text = f"{name} is 0 in every row, so no row has any effect. {as_read.text}"
        return [replace(as_read, text=text)]
    nothing_else = (
        f"{people - left:,} of {counted(people, 'readers')} "
        f"{word_for(people - left, 'has', 'have')} only zeros. "
    ) * (left < people)
    left_rows = counted(rows - count, "rows")
    return [
        Hint(
            text=f"{name} is 0 in {count:,} of {counted(rows, 'rows')}; these have no effect. "
            f"{nothing_else}If 0 means not rated, leave them out: {left_rows} of "
            f"{counted(left, 'readers')} {word_for(rows - count, 'remains', 'remain')}.",
            label="Leave zeros out (not rated)",
            shell="--zeros left-out",
            rules={"zeros": "left out"},
        ),
        as_read,
    ]


def _ratings(values: np.ndarray, name: str) -> bool:
    """Whether they may be ratings: a 0 among these is asked about however rare it is."""
    if named_as_count(name):
        return False
    steps = np.unique(values[:_FIRST])
    few = len(steps) <= _STEPS and steps[-1] <= _HIGHEST
    return named_as_rating(name) or (few and bool((steps * 2 % 1 == 0).all()))
