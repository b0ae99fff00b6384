"""How far to trust a list: in how many models from other random starts each entry stands."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.ensemble import SIZE
from recsys.model import Model
from ui import background, waiting


def seen_by(table: pd.DataFrame) -> list[str]:
    """For each entry in how many of the models it is, in words; one model alone is marked."""
    return [
        f"{'only ' if alone else ''}{seen} of {SIZE}"
        for seen, alone in zip(table[Col.SEEN_BY], table[Col.ONE_SEED], strict=True)
    ]


def sentence(table: pd.DataFrame, among: str, help: str | None = None) -> None:
    """What the column says, and how much of this list is sure."""
    doubtful = int(table[Col.ONE_SEED].sum())
    words = (
        f"**Stable** counts in how many of {SIZE} models, trained from different random starts, an "
        f"article is among the {len(table)} {among}. Here it is {table[Col.STABILITY].mean():.0%} "
        "on average"
    )
    if doubtful:
        words += (
            f"; {doubtful} {'is' if doubtful == 1 else 'are'} seen by one model alone and may be "
            "chance"
        )
    st.caption(f"{words}.", help=help)


def wait_for_seeds(model: Model) -> None:
    """How far the check of stability is; the page is drawn anew when it is over."""
    work = background.seeds_of(model)
    if not work.done:
        waiting.follow(
            [work], f"Checking how stable these are with {SIZE - 1} more models", "seeds"
        )
    elif work.result is None:
        why = "this was stopped" if work.stopped else "the other models could not be trained"
        waiting.say_missing([work], f"How stable these are is not known: {why}.", "seeds")
    else:  # it was over after the page had asked for it
        st.rerun()
