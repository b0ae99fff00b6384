"""Remarks on the events of a file as a whole."""

import pandas as pd

from recsys.reading.account import Account
from recsys.reading.hints import Hint

_SHOWN = 3  # groups in a sentence


def say_alike(account: Account, groups: list[list[str]]) -> None:
    """Offer to count kinds of events as one that differ by case or white space."""
    if not groups:
        return
    shown = "; ".join(", ".join(map(repr, sorted(group))) for group in groups[:_SHOWN])
    account.hint(
        Hint(
            text=f"Kinds of events that differ only by case or white space: {shown}.",
            label="Count them as one",
            shell="--same-events",
            rules={"same_events": True},
        )
    )


def say_what_is_twice(account: Account, events: pd.DataFrame) -> None:
    """Where files were joined, an export may be there more than once."""
    if count := int(events.duplicated().sum()):
        account.note(
            f"The names of the columns come again, as where exports were joined, and {count:,} "
            "events are there more than once, the same in everything. They count as often as they "
            "are there."
        )
