"""Sending a view to somebody, with the words in its search field.

The words are in the link alone. The address that one works with does not hold them: what is put
there from here would be a step of the browser's way back for every letter.
"""

from collections.abc import Mapping

import streamlit as st

from ui.session import links
from ui.session.workspace import Workspace

MOST_WORDS = 300  # signs; longer words are cut, in the link and where it is opened


def link_to(here: Workspace, query: Mapping[str, str], search: str = "") -> None:
    """The whole address of a view on this page, to be copied, and who can open it.

    Parameters
    ----------
    search
        Key of the page's search field, if it has one.
    """
    words = shortened(st.session_state.get(search, "")) if search else ""
    if words:
        query = {**query, links.WORDS: words}
    with st.popover("Link to this view", icon=":material/link:"):
        _show(here, query)


def live_link_to(here: Workspace, query: Mapping[str, str], search: str, key: str) -> None:
    """The same of a view that the browser alone knows to its end.

    The page is drawn anew when it is opened, and can ask the browser: `key` in the session says so.
    """
    words = shortened(st.session_state.get(search, ""))
    box = st.popover("Link to this view", icon=":material/link:", key=key, on_change="rerun")
    with box:
        _show(here, {**query, links.WORDS: words} if words else query)


def _show(here: Workspace, query: Mapping[str, str]) -> None:
    st.code(links.address(query), language=None, wrap_lines=True)
    if here.data.origin == "private":
        st.caption(
            "Your upload is private: the link works in this session, and for whoever brings "
            "the same two files. Keep the data on the server (Data page) to share it."
        )
    else:
        st.caption("Anyone on this server sees this exact view.")


def shortened(words: str) -> str:
    """Words as a link holds them: any signs, one line, at most `MOST_WORDS` signs.

    >>> shortened(" R&D, \\n 100 % ")
    'R&D, 100 %'
    """
    return " ".join(words.split())[:MOST_WORDS].rstrip()


def take_words(key: str) -> None:
    """Begin with the words of a link in the search field `key`, which is yet to be drawn.

    Once: as soon as the field holds others, they leave the address, so that neither a reload nor
    the way back brings them again.
    """
    if links.WORDS not in st.query_params:
        return
    words, taken = shortened(st.query_params[links.WORDS]), f"{key}-of-link"
    if st.session_state.get(taken) != words:
        st.session_state[taken] = st.session_state[key] = words
    elif st.session_state.get(key) != words:
        del st.query_params[links.WORDS]
