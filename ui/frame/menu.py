"""The menu of all pages, at the left: the pages, the data in use, and what was opened last."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.beside import server
from ui.frame.places import COMPARE, DATA, HOME, MAP, PACK, PEOPLE, SIMILAR, TRAIN
from ui.session import against, links, recent, workspace
from ui.session.links import View
from ui.session.workspace import Workspace
from ui.text import cut, plain

WIDTH = 232  # pixels, so that no name of a page breaks
# Characters of a data set's name, and of a title, that stand on one line; what is cut is whole on
# hover.
NAME, TITLE = 22, 18
RECENT = 5
KEPT = 5
ORIGIN = {
    "sample": "Made-up data, included with Kindred",
    "private": "Your upload, visible only to you",
    "kept": "Kept on this server",
}


def show(here: Workspace, asked: View | None = None) -> None:
    """The menu; it leads to the same data, model, article and reader on every page.

    To those that the address asks for, also while their model is being trained.
    """
    same = here.data.whole.fingerprint == workspace.current().data.whole.fingerprint
    shown = st.session_state if same else {}  # articles and readers of other data say nothing here
    asked = asked or View(n=st.session_state.get("n", links.DEFAULT_N))
    item, user = asked.item or shown.get("item", ""), asked.user or shown.get("user", "")
    view = links.write(here, item, asked.n, user)
    with st.sidebar:
        with _group("Set up"):
            _page(HOME, "Home", ":material/home:", view)
            _page(DATA, "Data", ":material/table:", view)
            _page(TRAIN, "Strengths & training", ":material/tune:", view)
        with _group("Explore"):
            similar = {**view, **links.kept_similar(item)}
            _page(SIMILAR, "Similar articles", ":material/search:", similar)
            _page(PEOPLE, "Readers", ":material/group:", {**view, **links.kept_people(here)})
            _page(MAP, "Map", ":material/scatter_plot:", view)
            _page(PACK, "Read next", ":material/playlist_add_check:", view)
        with _group("Check"):
            compared = {**view, **against.kept(here)}
            _page(COMPARE, "Compare", ":material/compare_arrows:", compared)
        _data(here)
        _recent(here, asked)


def _group(heading: str) -> DeltaGenerator:
    """Room for what belongs together, below its heading."""
    group = st.container(gap="xxsmall")
    group.header(heading, anchor=False)
    return group


def _page(place: str, label: str, icon: str, query: dict[str, str]) -> None:
    st.page_link(place, label=label, icon=icon, query_params=query)


def _data(here: Workspace) -> None:
    """The data in use, and those kept on the server, to change over to."""
    data, query = here.data, links.write(here)
    with _group("Data in use"):
        st.page_link(
            DATA,
            label=plain(data.name, NAME),
            icon=":material/database:",
            help=plain(f"{cut(data.name, 200)}: {ORIGIN[data.origin]}"),
            query_params=query,
        )
        others = [
            kept
            for kept in server.data_store().names()
            if kept.fingerprint != data.whole.fingerprint
        ]
        for kept in others[:KEPT]:
            if st.button(
                plain(kept.name, NAME),
                key=f"menu-kept-{kept.fingerprint}",
                icon=":material/swap_horiz:",
                help=plain(f"Switch to {kept.name}, kept on this server"),
                type="tertiary",
            ):
                workspace.open_kept(kept.fingerprint)
                st.switch_page(DATA)
        if len(others) > KEPT:
            st.page_link(
                DATA, label=f"{len(others) - KEPT:,} more on Data", icon=":material/more_horiz:",
                query_params=query,
            )  # fmt: skip


def _recent(here: Workspace, asked: View) -> None:
    """What was opened last, each a way back to it."""
    opened = [one for one in recent.articles(here) if one.item != asked.item][:RECENT]
    if not opened:
        return
    with _group("Recent"):
        for place, one in enumerate(opened):
            # No link: on Similar articles all of them would be marked as the page that is shown.
            if st.button(
                plain(one.title, TITLE), key=f"menu-opened-{place}", icon=":material/article:",
                help=plain(one.title), type="tertiary",
            ):  # fmt: skip
                st.switch_page(SIMILAR, query_params=links.write(here, one.item, asked.n))
