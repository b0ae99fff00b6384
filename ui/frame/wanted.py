"""Data that an address names and this session does not have, until its files are brought."""

from dataclasses import dataclass

import streamlit as st

from ui.beside import server
from ui.session import following, links, workspace
from ui.text import plain

_WANTED = "pending"  # in the session


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """An address that waits for its data, and the place of its page."""

    place: str
    query: dict[str, str]


def note(place: str) -> None:
    """Remember the address of this page: it takes effect when its data is there."""
    st.session_state[_WANTED] = _Wanted(place=place, query=st.query_params.to_dict())


def forget(place: str) -> None:
    """The page at that place shows something else now."""
    waiting: _Wanted | None = st.session_state.get(_WANTED)
    if waiting is not None and waiting.place == place:
        del st.session_state[_WANTED]


def resume(place: str) -> None:
    """Go to the address that waits, if its data is in use; every page begins with this.

    Parameters
    ----------
    place
        Of the page that begins.
    """
    waiting: _Wanted | None = st.session_state.get(_WANTED)
    if waiting is None or waiting.query["data"] != workspace.current().data.whole.fingerprint:
        return
    del st.session_state[_WANTED]
    following.forget()
    if waiting.place != place:
        st.switch_page(waiting.place, query_params=waiting.query)
    links.go(waiting.query)


def show(dismiss: bool = False) -> None:
    """Say which data an address waits for, and which files it was read from, if one waits.

    Parameters
    ----------
    dismiss
        With a way to forget it.
    """
    waiting: _Wanted | None = st.session_state.get(_WANTED)
    if waiting is None:
        return
    data, names = waiting.query["data"], waiting.query.get("files", "")[: links.MAX_FILES]
    files = " and ".join(f"*{plain(name)}*" for name in names.split(", ")) if names else ""
    if server.data_store().was_removed(data):
        what = "This link needs data that was removed from this server"
    elif files:
        what = "This link needs data you don't have"
    else:
        what = f"This link needs data you don't have (data set {data[:8]})"
    st.warning(
        f"{what}{f': {files}' if files else ''}. Bring the same files to see it. Their names do "
        "not matter: files are recognised by their content.",
        icon=":material/upload_file:",
    )
    if dismiss:
        st.button("Dismiss", on_click=st.session_state.pop, args=(_WANTED, None))
