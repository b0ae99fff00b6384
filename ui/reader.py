"""Whom the People page is about: a person of the data, or a new reader who is put together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.explain import Solver, Taste, fold_in, taste_of
from recsys.model import Model
from recsys.people import people, similar_people
from recsys.recommend import strengths_of
from recsys.tables import Tables
from ui.search_box import search_box
from ui.text import plain

PICKED = 10
KNOWN, NEW = "A person of the data", "A new reader"


@dataclass(frozen=True, kw_only=True, eq=False)
class Reader:
    """Who is looked at: what they read, and what to call them."""

    taste: Taste
    label: str
    user: str = ""


def pick_person(model: Model, then: Callable[[str], None]) -> None:
    """Find a person by the beginning of the id, among the most active, or by chance."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        begins = st.text_input(
            "Find a person",
            key="person-search",
            type="search",
            live=True,
            placeholder="The beginning of a person's id",
        )
        with st.popover("Most active", icon=":material/leaderboard:"):
            _people_table(people(model, PICKED), "most-active", then)
        st.button(
            "Anybody",
            icon=":material/shuffle:",
            on_click=lambda: then(_anybody(model)),
            help="A person drawn by chance",
        )
    if begins.strip():
        found = people(model, PICKED, begins_with=begins.strip())
        if len(found):
            _people_table(found, f"found-{begins}", then)
        else:
            st.info("Nobody's id begins like this.")


def _anybody(model: Model) -> str:
    return str(model.user_ids[np.random.default_rng().integers(len(model.user_ids))])


def _people_table(table: pd.DataFrame, key: str, then: Callable[[str], None]) -> None:
    ids = [str(user) for user in table[Col.USER]]

    def clicked() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells:
            then(ids[cells[0][0]])

    number = st.column_config.NumberColumn
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        on_select=clicked,
        selection_mode="single-cell",
        alt="People to choose from",
        column_config={
            Col.RANK: number("#", width=40, pinned=True),
            Col.USER: st.column_config.TextColumn("Person", width=170),
            Col.ITEMS: number("Articles read", format="localized", width=90),
            Col.STRENGTH: number("Strength", format="%g", width=80),
            Col.SCORE: st.column_config.ProgressColumn(
                "Similarity", format="%.3f", min_value=min(0.0, float(table[Col.SCORE].min())),
                max_value=1.0, width=80, help="Cosine similarity of the two people's factors.",
            ) if Col.SCORE in table and len(table) else None,
            Col.ITEMS_OF_BOTH: number("Read by both", format="localized", width=80),
        },
    )  # fmt: skip


def known_reader(solver: Solver, user: str) -> Reader:
    """A person of the data.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    """
    return Reader(taste=taste_of(solver, user), label=f"Person {user}", user=user)


def new_reader(solver: Solver, tables: Tables) -> Reader | None:
    """Articles are clicked together; None while there is none.

    Raises
    ------
    SettingError
        If none of them counts.
    """
    model = solver.model
    read: dict[str, str] = st.session_state.setdefault("new-reader", {})
    for gone in [item for item in read if item not in model.positions]:
        del read[gone]
    worth = sorted((strength, name) for name, strength in model.weights.strengths if strength > 0)
    types = [name for _, name in worth]
    if not read:
        st.caption("Search articles and click them: recommendations follow at once.")
    event = st.segmented_control(
        "What this reader does with an article that is clicked", types, default=types[0],
        key="new-event", required=True,
    )  # fmt: skip

    def add(item: str) -> None:
        if item in model.positions:
            read[item] = event or types[0]
        st.session_state["new-search"] = ""

    search_box(model, tables, add, key="new-search")
    for item, kind in list(read.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plain(kind)}: {plain(model.labels[model.positions[item]], 90)}")
            st.button(
                "Remove",
                key=f"drop-{item}",
                icon=":material/close:",
                type="tertiary",
                on_click=read.__delitem__,
                args=(item,),
            )
    if not read:
        return None
    strengths = strengths_of(model, [(item, kind, 1.0) for item, kind in read.items()])
    return Reader(taste=fold_in(solver, strengths), label="This new reader")


def show_similar(model: Model, reader: Reader, then: Callable[[str], None]) -> None:
    """The people whose taste is nearest; computed when opened."""
    box = st.expander("Similar people", key="similar-people", on_change="rerun")
    if box.open:
        with box:
            table = similar_people(model, reader.user or reader.taste, PICKED)
            _people_table(table, f"similar-people-{reader.user}", then)
