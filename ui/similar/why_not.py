"""Why an article is not in the list, and what would bring it in."""

from functools import partial

import streamlit as st

from recsys.dataset import Tables
from recsys.models import Model
from recsys.neighbours import WhyNot, why_not
from ui.frame import background, waiting
from ui.parts.article import Article
from ui.session.links import MAX_N
from ui.similar import limits
from ui.similar.neighbours import Answer
from ui.similar.question import SHARE, Chosen, Question, use_text
from ui.similar.together import small_search


def field(model: Model, tables: Tables, then: Chosen) -> None:
    """Which article is missed; `then` shows it beside the list."""
    with st.popover("Why is an article not in the list?", icon=":material/help:", key="why-not"):
        st.caption("Search for the missing article.")
        small_search(model, tables, "missed", then)


def show(other: Article, found: Answer, question: Question) -> None:
    """The answer for one article, and a button for each thing that would change it."""
    texts = background.contents_of(question.tables)
    waiting.wait_for(texts)
    known = why_not(
        question.model,
        found.found,
        other.id,
        question.n,
        question.wanted.limits,
        contents=texts.result,
        ensemble=found.seeds,
    )
    removed = limits.removers(known.removed_by, question.wanted)
    st.markdown(
        "**Not in the list.** " + " ".join(reasons(known, [words for words, _, _ in removed]))
    )
    with st.container(horizontal=True, gap="small"):
        for place, (_, label, act) in enumerate(removed):
            st.button(label, key=f"why-lift-{place}", on_click=act)
        rank = known.rank_within
        if not removed and rank is not None and question.n < rank <= MAX_N:
            st.button(f"Show {rank} articles", key="why-more", on_click=partial(_show_more, rank))
        if not removed and not question.choice.content and (not known.in_model or not known.both):
            st.button("Also use the text", key="why-text", on_click=use_text, args=(SHARE,))


def reasons(known: WhyNot, removed: list[str]) -> list[str]:
    """The answer in sentences, as Markdown."""
    said = [f"It is {' and '.join(removed)}: a limit leaves it out." if removed else ""]
    if known.rank is None:
        said.append(
            "Nobody has read it yet, so readers say nothing about it."
            if not known.in_model
            else "It cannot be ranked: nothing is known of it."
        )
    elif known.score is not None:
        place = f"Without limits it is number {known.rank:,} of {known.rankable:,}"
        if known.rank_within is not None:
            place = f"It is number {known.rank_within:,}"
        last = "" if known.last is None else f"; the last in the list has {known.last:.2f}"
        said.append(f"{place}, similarity {known.score:.2f}{last}.")
        if known.seed_ranks:
            low, high = min(known.seed_ranks), max(known.seed_ranks)
            span = f"number {low:,}" if low == high else f"number {low:,} to {high:,}"
            said.append(f"In models from other random starts it is {span}.")
    if known.in_model and not known.both:
        said.append("No reader read both.")
    if known.rank_by_text is not None:
        said.append(f"By title and text alone it is number {known.rank_by_text:,}.")
    return [words for words in said if words]


def _show_more(n: int) -> None:
    st.query_params["n"] = str(n)
