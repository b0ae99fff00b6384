"""Whom the Readers page is about: finding a reader of the data, and what that one read."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recsys.columns import Col
from recsys.models import Model
from recsys.recommendations import Solver, Taste, history, people, similar_people, taste_of
from ui.parts import downloads
from ui.parts.widgets import article_table, people_table
from ui.session import links
from ui.session.listing import Clicks
from ui.text import counted

PICKED = 10
KNOWN, NEW = "Reader in the data", "New reader"


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
    """Find a reader by the beginning of the id, among the most active, or by chance.

    The fields stand in `row`, a container; what is found stands below.
    """
    with row:
        begins = st.text_input(
            "Find a reader",
            label_visibility="collapsed",
            key="person-search",
            type="search",
            live=True,
            placeholder="Search: the beginning of a reader's id",
        )
        with st.popover("Most active", icon=":material/leaderboard:"):
            liveliest = people(model, PICKED)
            people_table(liveliest, "most-active", then, "The most active readers", None)
            with st.container(horizontal=True):
                downloads.table_buttons(liveliest, "most-active", "most-active")
        st.button(
            "Random reader",
            icon=":material/shuffle:",
            on_click=lambda: then(_anybody(model)),
            help="Show a reader chosen at random",
        )
    if begins.strip():
        found = people(model, PICKED, begins_with=begins.strip())
        if len(found):
            people_table(found, f"found-{begins}", then, f"Readers found for {begins}", "readers")
        else:
            st.info("No reader's id begins with this.")


def _anybody(model: Model) -> str:
    return str(model.user_ids[np.random.default_rng().integers(len(model.user_ids))])


def known_reader(solver: Solver, user: str) -> Reader:
    """A reader of the data.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    """
    return Reader(taste=taste_of(solver, user), label=f"Reader {user}", user=user)


def show_history(solver: Solver, reader: Reader, then: Callable[[str], None]) -> None:
    """What the reader read, strongest first."""
    table = history(solver, reader.taste)
    st.markdown(f"**Read so far: {counted(len(table), 'article')}**")
    article_table(
        table[[Col.ITEM, Col.TITLE, Col.STRENGTH]],
        key=f"history-{solver.model.fingerprint}-{reader.key}",
        then=then,
        alt="What was read, strongest first",
        name="history",
        height=280,
    )


def show_similar(model: Model, reader: Reader, then: Callable[[str], None]) -> None:
    """The readers with the most similar taste; computed when opened."""
    box = st.expander("Similar readers", key="similar-people", on_change="rerun")
    if box.open:
        with box:
            table = similar_people(model, reader.user or reader.taste, PICKED)
            people_table(table, f"similar-people-{reader.key}", then, "Similar readers", "readers")
