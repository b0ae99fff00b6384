"""Sending a view to somebody."""

from collections.abc import Mapping

import streamlit as st

from ui import links
from ui.workspace import Workspace


def link_to(here: Workspace, query: Mapping[str, str]) -> None:
    """The whole address of a view on this page, to be copied, and who can open it."""
    with st.popover("Link to this view", icon=":material/link:"):
        st.code(links.address(query), language=None, wrap_lines=True)
        if here.data.origin == "private":
            st.caption(
                "Your upload is private: the link works in this session, and for whoever brings "
                "the same two files. Keep the data on the server (Data page) to share it."
            )
        else:
            st.caption("Whoever uses this server sees exactly this view.")
