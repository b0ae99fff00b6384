"""A 0 in the column of numbers: not rated, read, or worth nothing."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.reading.hints import Hint
from recsys.reading.rules import Zeros


def settled(
    values: np.ndarray, zeros: Zeros | None, name: str, leave_out: Callable[[np.ndarray, str], None]
) -> np.ndarray:
    """The numbers of some rows as a person understands their zeros; see `CellRules.zeros`."""
    if zeros == "left out":
        leave_out(values == 0, f"{name} is 0 (not rated)")
    return np.where(values == 0, 1.0, values) if zeros == "one" else values


def hints_of(events: pd.DataFrame, name: str) -> list[Hint]:
    """What a person is asked about the zeros of a table of events; nothing where it has none."""
    zero = events[Col.VALUE].to_numpy() == 0
    rows, count = len(zero), int(np.count_nonzero(zero))
    if not count:
        return []
    column = events[Col.USER].cat
    rated = np.zeros(len(column.categories), dtype=bool)
    rated[column.codes.to_numpy()[~zero]] = True
    people, left = len(rated), int(np.count_nonzero(rated))
    nothing_else = f"{people - left:,} of {people:,} people have nothing else. " * (left < people)
    return [
        Hint(
            text=f"{name} is 0 in {count:,} of {rows:,} rows. {nothing_else}As it is, such rows "
            f"are worth nothing. Left out, {rows - count:,} rows of {left:,} people stay.",
            label="Leave zeros out (not rated)",
            shell="--zeros left-out",
            rules={"zeros": "left out"},
        ),
        Hint(
            text=f"If a 0 in {name} means that it was read, {rows:,} rows of {people:,} people "
            "count.",
            label="Count zeros as read (1 each)",
            shell="--zeros one",
            rules={"zeros": "one"},
        ),
    ]
