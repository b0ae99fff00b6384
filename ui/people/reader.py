"""Whom the People page is about: a person of the data, or a new reader who is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recsys.dataset import Tables
from recsys.models import Model
from recsys.recommendations import (
    Solver,
    Taste,
    fold_in,
    people,
    similar_people,
    strengths_of,
    taste_of,
)
from ui.parts import downloads
from ui.parts.article import find
from ui.parts.search_box import search_box
from ui.parts.widgets import people_table
from ui.session import links
from ui.session.links import Clicks
from ui.text import cut, plain

PICKED = 10
KNOWN, NEW = "A person of the data", "A new reader"


@dataclass(frozen=True, kw_only=True, eq=False)
class Reader:
    """Who is looked at: what they read, and what to call them.

    `user` is empty for a new reader, and `clicks` for a person of the data.
    """

    taste: Taste
    label: str
    user: str = ""
    clicks: Clicks = ()

    @property
    def key(self) -> str:
        """Tells any two readers of a model apart; an id can hold any sign, and look like clicks."""
        return f"person-{self.user}" if self.user else f"new-{links.write_clicks(self.clicks)}"


def pick_person(model: Model, then: Callable[[str], None], row: DeltaGenerator) -> None:
    """Find a person by the beginning of the id, among the most active, or by chance.

    The fields stand in `row`, a container; what is found stands below.
    """
    with row:
        begins = st.text_input(
            "Find a person",
            label_visibility="collapsed",
            key="person-search",
            type="search",
            live=True,
            placeholder="Search: the beginning of a person's id",
        )
        with st.popover("Most active", icon=":material/leaderboard:"):
            liveliest = people(model, PICKED)
            people_table(liveliest, "most-active", then, "The most active readers", None)
            with st.container(horizontal=True):
                downloads.table_buttons(liveliest, "most-active", "most-active")
        st.button(
            "Anybody",
            icon=":material/shuffle:",
            on_click=lambda: then(_anybody(model)),
            help="A person drawn by chance",
        )
    if begins.strip():
        found = people(model, PICKED, begins_with=begins.strip())
        if len(found):
            people_table(found, f"found-{begins}", then, f"Readers found for {begins}", "readers")
        else:
            st.info("Nobody's id begins like this.")


def _anybody(model: Model) -> str:
    return str(model.user_ids[np.random.default_rng().integers(len(model.user_ids))])


def known_reader(solver: Solver, user: str) -> Reader:
    """A person of the data.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    """
    return Reader(taste=taste_of(solver, user), label=f"Person {user}", user=user)


def new_reader(
    solver: Solver, tables: Tables, clicks: Clicks, then: Callable[[Clicks], None]
) -> Reader | None:
    """Articles are clicked together; `then` gets the changed list. None while none counts."""
    model = solver.model
    worth = sorted((strength, name) for name, strength in model.weights.strengths if strength > 0)
    types = [name for _, name in worth]
    if not clicks:
        st.caption("Search articles and click them: recommendations follow at once.")
    event = st.radio(
        "What this reader does with an article that is clicked", types, key="new-event",
        horizontal=True, format_func=partial(plain, limit=40),
    )  # fmt: skip

    def add(item: str) -> None:
        st.session_state["new-search"] = ""
        others = tuple(click for click in clicks if click[1] != item)
        added = (*others, (event or types[0], item))
        if links.too_long(links.write_clicks(added)):
            st.toast("This list is as long as an address takes. Remove one first.")
        else:
            then(added)

    search_box(model, tables, add, key="new-search", fold=False)
    with st.container(gap="xxsmall"):  # the recommendations stay in sight
        for click in clicks:
            others = tuple(other for other in clicks if other != click)
            _show_click(click, model, tables, partial(then, others))
    counted = [(item, kind, None) for kind, item in clicks if _counts(kind, item, model)]
    if not counted:
        return None
    taste = fold_in(solver, strengths_of(model, counted))
    return Reader(taste=taste, label="This new reader", clicks=clicks)


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
        st.markdown(plain(f"{cut(kind, 40)}: {cut(name, 90)}"))
        st.button(
            "Remove", key=f"drop-{item}", icon=":material/close:", type="tertiary",
            on_click=remove,
        )  # fmt: skip
    if found is None:
        st.warning(f"There is no article {plain(repr(item), 90)} in this data: it does not count.")
    elif found.position is None:
        st.info("Nobody has read it yet, so it says nothing about taste.")
    elif not _counts(kind, item, model):
        known = ", ".join(plain(name, 40) for name, worth in model.weights.strengths if worth > 0)
        st.warning(
            f"{plain(repr(kind), 60)} has no strength, so it does not count. Known: {known}."
        )


def show_similar(model: Model, reader: Reader, then: Callable[[str], None]) -> None:
    """The people whose taste is nearest; computed when opened."""
    box = st.expander("Similar people", key="similar-people", on_change="rerun")
    if box.open:
        with box:
            table = similar_people(model, reader.user or reader.taste, PICKED)
            people_table(table, f"similar-people-{reader.key}", then, "Similar readers", "readers")
