"""The menu of all pages, at the left."""

import streamlit as st

from ui.frame.places import COMPARE, DATA, HOME, MAP, PEOPLE, SIMILAR, TRAIN
from ui.session import links, workspace
from ui.session.links import View
from ui.session.workspace import Workspace


def show(here: Workspace, asked: View | None = None) -> None:
    """The menu; it leads to the same data, model, article and person on every page.

    To those that the address asks for, also while their model is being trained.
    """
    same = here.data.whole.fingerprint == workspace.current().data.whole.fingerprint
    shown = st.session_state if same else {}  # articles and people of other data say nothing here
    asked = asked or View(n=st.session_state.get("n", links.DEFAULT_N))
    item, user = asked.item or shown.get("item", ""), asked.user or shown.get("user", "")
    view = links.write(here, item, asked.n, user)
    with st.sidebar:
        st.page_link(HOME, label="Home", icon=":material/home:")
        st.page_link(DATA, label="Data", icon=":material/table:")
        st.page_link(TRAIN, label="Train", icon=":material/tune:")
        st.divider()
        st.page_link(
            SIMILAR,
            label="Similar articles",
            icon=":material/search:",
            query_params={**view, **links.kept_similar(item)},
        )
        st.page_link(
            PEOPLE,
            label="People",
            icon=":material/group:",
            query_params={**view, **links.kept_people(here)},
        )
        st.page_link(MAP, label="Map", icon=":material/scatter_plot:", query_params=view)
        st.divider()
        st.page_link(
            COMPARE,
            label="Compare",
            icon=":material/compare_arrows:",
            query_params={**view, **links.kept_against(here)},
        )
