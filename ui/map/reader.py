"""A reader on the map: what they read in order of time, where they are, and what comes next."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.errors import UnknownUserError
from recsys.maps import path_of, where_is
from recsys.recommendations import people, recommend, taste_of
from ui.beside import cached
from ui.frame import places
from ui.frame.problems import problem
from ui.map import asked as asking
from ui.map.shown import Shown
from ui.parts.widgets import article_table, people_table
from ui.session import links
from ui.text import counted, plain

LISTED = 12
MOST_STEPS = 200  # articles of the way through the map, the last ones


@dataclass(frozen=True, kw_only=True, eq=False)
class Way:
    """One reader.

    Attributes
    ----------
    path
        Rows of what they read, in order of time.
    here
        Where they are; None where that is nowhere.
    suggested
        What they would be recommended.
    """

    path: np.ndarray
    here: tuple[float, float] | None
    suggested: pd.DataFrame


def way_of(shown: Shown) -> Way | None:
    """The reader of the address; None where it names none, or one that the model does not have."""
    user = shown.asked.view.user
    if not user:
        return None
    solver = cached.solver(shown.model)
    try:
        taste = taste_of(solver, user)
    except UnknownUserError:
        return None
    return Way(
        path=path_of(shown.model, shown.tables, user),
        here=where_is(shown.model, taste.factors, shown.places.xy),
        suggested=recommend(solver, taste, shown.asked.view.n),
    )


def field(shown: Shown) -> None:
    """A way to choose a reader, behind a button."""
    user = shown.asked.view.user
    label = f"Reader: {plain(user, 12)}" if user else "Reader"

    def choose(user: str) -> None:
        st.session_state["map-reader"] = ""
        asking.show_reader(shown.here, shown.asked, user)

    popover = st.popover(label, icon=":material/person:", key="map-reader-box", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.caption("Shows what a reader read, in order, and what the model recommends next.")
        begins = st.text_input(
            "Find a reader", key="map-reader", type="search", live=True,
            placeholder="The beginning of a reader's id", label_visibility="collapsed",
        )  # fmt: skip
        found = people(shown.model, LISTED, begins_with=begins.strip())
        if len(found):
            people_table(
                found[[Col.USER, Col.ITEMS]], f"map-people-{begins}", choose, "Readers to choose",
                None,
            )  # fmt: skip
        else:
            st.info("No reader's id begins with this.")
        with st.container(horizontal=True):
            st.button(
                "A typical reader", icon=":material/shuffle:", on_click=choose,
                args=(cached.first_reader(shown.model),),
            )  # fmt: skip
            if user:
                st.button("No reader", icon=":material/close:", on_click=choose, args=("",))


def show(shown: Shown, open_article: Callable[[str], None]) -> None:
    """The reader in the panel."""
    user, way = shown.asked.view.user, way_of(shown)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.header(f"Reader {plain(user)}", wrap=False)
        st.button(
            "Clear", key="no-reader", icon=":material/close:", type="tertiary",
            on_click=asking.show_reader, args=(shown.here, shown.asked, ""),
        )  # fmt: skip
    if way is None:
        problem(
            UnknownUserError(
                f"no reader {user[:60]!r} in this model.",
                where="user in the address",
                todo="Choose one under Reader.",
            )
        )
        return
    st.session_state.user = user
    late = "" if len(way.path) <= MOST_STEPS else f" The line shows the last {MOST_STEPS}."
    st.caption(
        f"Read {counted(len(way.path), 'article')}: the line joins them in order of time.{late} "
        "The cross is the middle of the ten articles closest to their taste. Diamonds are "
        "recommended next."
    )
    article_table(
        way.suggested[[Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE]],
        f"map-next-{shown.model.fingerprint}-{user}",
        open_article,
        "What this reader would be recommended",
        name="recommended",
        height=240,
        score_help="How much the model expects this reader to read it. It is not a probability.",
    )
    box = st.expander("What they read, in order", key="map-path", on_change="rerun")
    if box.open:
        with box:
            items = shown.model.items.iloc[way.path]
            article_table(
                pd.DataFrame(
                    {
                        Col.RANK: np.arange(1, len(items) + 1),
                        Col.ITEM: items[Col.ITEM].to_numpy(),
                        Col.TITLE: items[Col.TITLE].to_numpy(),
                    }
                ),
                f"map-path-{shown.model.fingerprint}-{user}",
                open_article,
                "What this reader read, in order of time",
                name="read",
                height=280,
            )
    st.page_link(
        places.PEOPLE, label="Open in Readers", icon=":material/group:",
        query_params=links.write(shown.here, user=user),
    )  # fmt: skip
