"""One real answer, as proof: an article whose neighbours share many of its readers."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours import evidence, example_item, similar_items, stability
from recsys.training import SIZE
from ui.beside import server
from ui.frame import background, waiting
from ui.parts.widgets import article_table
from ui.text import counted, plain

COUNT = 5
_SHOWN = [Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE, Col.BOTH, Col.READERS]


def show(model: Model, then: Callable[[str], None]) -> None:
    """An article, its most similar ones, and what speaks for them; `then` gets a chosen one."""
    item = server.shelf().get_or_make(
        f"example {model.fingerprint}", lambda: example_item(model, COUNT)
    )
    place = model.positions[item]
    title, readers = model.labels[place], int(model.readers[place])
    table = evidence(model, item, similar_items(model, item, COUNT))
    st.header(f"Similar to “{plain(title)}”")
    if table.empty:
        st.info("This data has no other article to compare it with.")
        return
    st.markdown(
        f"{evidence_in_words(table, readers)}{_stability(model, item, table)}",
        help=f"{SIZE} models are trained from different random starts. What only some of them "
        "list may be random.",
    )
    article_table(
        table[_SHOWN],
        key=f"home-{model.fingerprint}",
        then=then,
        alt=f"The {counted(len(table), 'article')} most similar to {title}",
        name="example",
    )


def evidence_in_words(table: pd.DataFrame, readers: int) -> str:
    """What the readers say of an article's neighbours.

    Parameters
    ----------
    table
        With readers_of_both and lift; see `recsys.neighbours.evidence`.
    readers
        Of the article itself.
    """
    both, lift = int(table[Col.BOTH].iloc[0]), float(table[Col.LIFT].iloc[0])
    words = f"{both:,} of its {counted(readers, 'reader')} also read the first"
    if lift > 1:  # not so where it is missing
        words += f", {lift:.{0 if lift >= 10 else 1}f} times as many as by chance"
    least = int(table[Col.BOTH].min())
    if len(table) > 1 and least:
        words += f"; all {len(table)} share at least {counted(least, 'reader')} with it"
    return f"{words}."


def _stability(model: Model, item: str, table: pd.DataFrame) -> str:
    """In how many models from other random starts they are neighbours, once that is known."""
    work = background.seeds_of(model)
    waiting.wait_for(work)
    if work.result is None:
        return ""
    seen = int(stability(work.result, model, item, table)[Col.SEEN_BY].min())
    if seen <= SIZE // 2:
        return ""
    if seen == SIZE:
        return f" All {SIZE} models agree."
    return f" At least {seen} of {SIZE} models list each."
