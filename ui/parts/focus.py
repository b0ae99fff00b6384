"""Where the keyboard's focus goes: to what is found, and to the heading of what is opened."""

import re
from collections.abc import Callable
from pathlib import Path

import streamlit as st

_SCRIPTS = Path(__file__).parent / "table"
_focus = st.components.v2.component(
    "kindred_focus", js=(_SCRIPTS / "focus.js").read_text(encoding="utf-8")
)
_search_keys = st.components.v2.component(
    "kindred_search_keys", js=(_SCRIPTS / "search_keys.js").read_text(encoding="utf-8")
)


def on_heading(view: str) -> None:
    """Let the heading just above have the focus once another view was opened by keyboard.

    Without it the focus falls to the page's beginning: the row that was chosen is gone.

    Parameters
    ----------
    view
        Tells the views of the page apart, such as an article's id.
    """
    _focus(key="focus-on-heading", data={"view": view}, width="content")


def search_keys(field: str, first: Callable[[str], None]) -> None:
    """Let Enter in the text field of that key call `first` with the words that stand in it.

    The arrow down goes from there to the table that follows the field.
    """
    key = f"keys-{field}"

    def entered() -> None:
        words = st.session_state[key].get("first")
        if isinstance(words, str):
            first(words)

    name = re.sub(r"[^\w-]", "-", field)  # as Streamlit's class of an element with that key
    _search_keys(key=key, data={"name": name}, width="content", on_first_change=entered)
