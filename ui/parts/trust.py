"""How much of a list repeats: in how many models from other random starts each entry stands."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.models import Model
from recsys.training import SIZE, Ensemble
from ui.frame import background, problems, waiting
from ui.text import counted

STEADY = 0.8  # of the nearest; a consensus of five keeps about as much where one model keeps half


def seen_by(table: pd.DataFrame) -> list[str]:
    """For each entry in how many of the models it is, in words; one model alone is marked."""
    return [
        f"{'only ' if alone else ''}{seen} of {SIZE}"
        for seen, alone in zip(table[Col.SEEN_BY], table[Col.ONE_SEED], strict=True)
    ]


def sentence(table: pd.DataFrame, among: str, more: str = "", help: str | None = None) -> None:
    """How much of the list other models repeat; then `more`."""
    doubtful = int(table[Col.ONE_SEED].sum())
    words = (
        f"**Repeats:** on average, each of {SIZE} models trained from different random starts has "
        f"{table[Col.STABILITY].mean():.0%} of these articles among its {len(table)} {among}"
    )
    if doubtful:
        words += f"; {counted(doubtful, 'article')} in one model only may be random"
    st.caption(f"{words}.{more}", help=help)


def of_all_articles(model: Model, seeds: Ensemble, agreed: bool) -> str:
    """What another start keeps of the nearest of all articles; nothing until it is counted.

    Parameters
    ----------
    agreed
        Whether the list is the consensus already; if not, and little is kept, it leads there.
    """
    work = background.kept_of(model, seeds)
    work.wait(waiting.PATIENCE)
    waiting.wait_for(work)
    if work.result is None:
        return ""
    kept = f" Over all articles, another start keeps {work.result:.0%} of the most similar ones"
    if agreed or work.result >= STEADY:
        return f"{kept}."
    return f"{kept}; the mean of {SIZE} models, under *Ranking*, varies less."


def wait_for_seeds(model: Model) -> None:
    """Say that the check of stability is under way; the page is drawn anew when it is over."""
    work = background.seeds_of(model)
    if not waiting.over(work):
        st.caption(f"Checking with {SIZE - 1} more models how much of this list repeats…")
    elif work.result is None:
        why = "this was stopped" if waiting.stopped(work) else "the other models were not trained"
        waiting.say_missing([work], f"How much of this list repeats is not known: {why}.", "seeds")
        return
    else:  # it was over after the page had asked for it
        problems.run_unasked()
    waiting.wait_for(work)
