"""Remarks on the events of a file as a whole."""

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.counting import word_for
from recsys.reading.account import Account
from recsys.reading.hints import Hint

_SHOWN = 3  # groups in a sentence
_MANY = 500_000  # events of which each is looked for
_OFTEN = 0.2  # of the events are there more than once, where that is said
_LEAST, _ENOUGH, _ENOUGH_OF_FEW, _PEOPLE, _TRIED = 20, 200, 10, 5, 50


def say_alike(account: Account, groups: list[list[str]]) -> None:
    """Offer to count kinds of events as one that differ by case or white space."""
    if not groups:
        return
    shown = "; ".join(", ".join(map(repr, sorted(group))) for group in groups[:_SHOWN])
    account.hint(
        Hint(
            text=f"Event types that differ only in case or spaces: {shown}.",
            label="Count them as one",
            shell="--same-events",
            rules={"same_events": True},
        )
    )


def say_what_is_twice(account: Account, events: pd.DataFrame, *, joined: bool) -> None:
    """Say where an export is in the file more than once.

    Parameters
    ----------
    joined
        Whether the names of the columns come again.
    """
    again = 0 if joined else repeats_from(events)
    count = 0
    if joined or again or (len(events) <= _MANY and events[Col.TIMESTAMP].notna().any()):
        count = int(events.duplicated().sum())
    if not joined and not again and count < _OFTEN * len(events):
        return
    begins = f"From event {again + 1:,} on, the first events are repeated. "
    said = "The header line is repeated, probably because exports were joined. " if joined else ""
    if count:
        account.note(
            f"{said or begins * bool(again)}{count:,} of {len(events):,} events "
            f"{word_for(count, 'is an exact repeat of another', 'are exact repeats of others')}. "
            "All of them count."
        )


def repeats_from(events: pd.DataFrame) -> int:
    """Where the events begin anew with the first ones; 0 where they do not.

    As many as `_ENOUGH` of them must be the same, or all of one of the two, of some people.
    """
    if len(events) < _LEAST:
        return 0
    columns = [
        column.cat.codes.to_numpy()
        if isinstance(column.dtype, pd.CategoricalDtype)
        else column.to_numpy()
        for _, column in events.items()
    ]
    like_first = np.flatnonzero(columns[0] == columns[0][0])
    for column in columns[1:]:
        like_first = like_first[_same(column[like_first], column[:1])]
    for place in like_first[1:_TRIED].tolist():
        length = min(place, len(events) - place, _ENOUGH)
        again = [_same(column[:length], column[place : place + length]) for column in columns]
        whole = length in (_ENOUGH, place, len(events) - place)
        some = len(set(columns[0][:length])) >= _PEOPLE
        if whole and some and length >= _ENOUGH_OF_FEW and np.all(again):
            return place
    return 0


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where two columns say the same; an unknown time is like another."""
    if one.dtype != np.float64:
        return one == other
    return (one == other) | (np.isnan(one) & np.isnan(other))
