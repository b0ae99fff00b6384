"""Where to go from Home: on where one was, or through one of three doors."""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.models import Model
from ui.frame import places
from ui.session import links, recent
from ui.session.workspace import Workspace
from ui.text import plain

NAME = 60  # characters of a title


def show_way_back(here: Workspace, model: Model) -> None:
    """The article and the reader that were looked at last, in this session or by the address."""
    item, user = _last(here, model)
    if not item and not user:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Continue where you were:**", width="content")
        if item:
            title = model.labels[model.positions[item]]
            st.page_link(
                places.SIMILAR,
                label=plain(title, NAME),
                icon=":material/search:",
                query_params=links.write(here, item),
                help=f"Similar to {plain(title)}",
                width="content",
            )
        if user:
            st.page_link(
                places.PEOPLE,
                label=f"Reader {plain(user, 24)}",
                icon=":material/group:",
                query_params=links.write(here, user=user),
                help=f"What reader {plain(user)} would read next",
                width="content",
            )


def _last(here: Workspace, model: Model) -> tuple[str, str]:
    """Ids of the article and the reader, as far as the model knows them."""
    try:
        asked = links.read(st.query_params)
    except KindredError:
        asked = links.View()
    opened = [one.item for one in recent.articles(here)]
    items = [item for item in (*opened[:1], asked.item) if item in model.positions]
    users = [st.session_state.get("user", ""), asked.user]
    known = [user for user in users if user and (model.user_ids == user).any()]
    return next(iter(items), ""), next(iter(known), "")


def show_doors(here: Workspace) -> None:
    """Three ways on."""
    doors: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
        (
            places.SIMILAR,
            "Find an article",
            ":material/search:",
            "Search by words in its title.",
            links.write(here),
        ),
        (
            places.DATA,
            "Bring your data",
            ":material/upload:",
            "Two files: your articles, and who read what.",
            {},
        ),
        (
            places.TRAIN,
            "Try other strengths",
            ":material/tune:",
            "Set how much each event counts.",
            {},
        ),
    )
    grid = st.grid(3, min_column_width=220)
    for target, label, icon, words, query in doors:
        with grid.cell(), st.container(border=True, gap="xxsmall"):
            st.page_link(target, label=f"**{label}**", icon=icon, query_params=query or None)
            st.caption(words)


def figures(here: Workspace, model: Model) -> str:
    """How much there is, in one line."""
    articles, read = len(here.data.tables.articles), len(model.items[Col.ITEM])
    counted = f"{articles:,} articles" + (f", {read:,} of them read" if read < articles else "")
    return f"{len(model.user_ids):,} readers · {counted} · {model.user_items.nnz:,} reads"
