"""A new reader, who is put together by clicking articles."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.models import Model
from recsys.recommendations import Solver, fold_in, starters, strengths_of
from ui.frame import waiting
from ui.parts import topics
from ui.parts.article import find
from ui.parts.search_box import search_box
from ui.parts.widgets import article_table
from ui.people.reader import Reader
from ui.session import links
from ui.session.listing import Clicks
from ui.text import counted, cut, plain

STARTERS = 20


def put_together(
    solver: Solver, tables: Tables, clicks: Clicks, then: Callable[[Clicks], None]
) -> Reader | None:
    """Articles are clicked together; `then` gets the changed list. None while none counts."""
    model = solver.model
    counts = [(item, kind, None) for kind, item in clicks if _counts(kind, item, model)]
    worth = sorted((strength, name) for name, strength in model.weights.strengths if strength > 0)
    types = [name for _, name in worth]
    if counts:
        st.markdown(f"**Read so far: {counted(len(counts), 'article')}**")
    for click in clicks:
        others = tuple(other for other in clicks if other != click)
        _show_click(click, model, tables, partial(then, others))
    st.markdown("**Click articles that this reader has read.**")
    event = types[0]
    if len(types) > 1:
        event = st.selectbox(
            "A click counts as", types, key="new-event", format_func=partial(plain, limit=40)
        )

    def add(item: str) -> None:
        st.session_state["new-search"] = ""
        add_click(clicks, event or types[0], item, then)

    search_box(model, tables, add, key="new-search", fold=False)
    _show_starters(model, tables, {item for _, item in clicks}, add)
    if not counts:
        return None
    taste = fold_in(solver, strengths_of(model, counts))
    return Reader(taste=taste, label="New reader", clicks=clicks)


def add_click(clicks: Clicks, event: str, item: str, then: Callable[[Clicks], None]) -> None:
    """Add a click, in place of an earlier one on the same article; `then` gets the list."""
    added = (*(click for click in clicks if click[1] != item), (event, item))
    if links.too_long(links.write_clicks(added)):
        st.toast("The list is full. Remove an article first.")
    else:
        then(added)


def _show_starters(
    model: Model, tables: Tables, clicked: set[str], then: Callable[[str], None]
) -> None:
    """Popular articles of all topics, so that nobody has to search."""
    work = topics.topics_of(model, tables)
    if work.result is None and not waiting.over(work):
        topics.say_wait(work, "starters")
        return
    names = work.result[1] if work.result is not None else {}  # without topics: the most read
    table = starters(model, names, STARTERS)
    table = table[~table[Col.ITEM].isin(clicked)]
    if not len(table):
        return
    of = "of each topic " if names else ""
    st.caption(f"Popular articles {of}to begin with:")
    article_table(
        table[[Col.ITEM, Col.TITLE, Col.READERS]],
        key=f"starters-{model.fingerprint}-{bool(names)}",  # the focus stays in it
        then=then,
        alt="Popular articles to click",
        name=None,
        height=400,
    )


def _counts(kind: str, item: str, model: Model) -> bool:
    return item in model.positions and model.weights.as_dict().get(kind, 0.0) > 0


def _show_click(
    click: tuple[str, str], model: Model, tables: Tables, remove: Callable[[], None]
) -> None:
    """One article of the new reader, why it does not count where it does not, and a way out."""
    kind, item = click
    found = find(model, tables, item)
    name = found.label if found is not None else item
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(f"{cut(kind, 40)}: {cut(name, 70)}"))
        st.button(
            "Remove", key=f"drop-{item}", icon=":material/close:", type="tertiary",
            on_click=remove,
        )  # fmt: skip
    if found is None:
        st.warning(f"This data has no article {plain(repr(item), 90)}: it does not count.")
    elif found.position is None:
        st.info("Nobody has read this article yet, so it does not count.")
    elif not _counts(kind, item, model):
        known = ", ".join(plain(name, 40) for name, worth in model.weights.strengths if worth > 0)
        st.warning(
            f"{plain(repr(kind), 60)} has no strength, so it does not count. Known: {known}."
        )
