"""The articles that this session looked at last, those of one data set at a time."""

from dataclasses import dataclass

import streamlit as st

from ui.session.workspace import Workspace

HELD = 6  # articles: the one that is shown, and five before it
_KEY = "recent-articles"  # in the session: titles by id, the latest last, and whose they are


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An article that was looked at."""

    item: str
    title: str


def note(here: Workspace, item: str, title: str) -> None:
    """An article is looked at."""
    data, titles = st.session_state.get(_KEY, ("", {}))
    if data != here.data.whole.fingerprint:
        titles = {}
    kept = {**{one: words for one, words in titles.items() if one != item}, item: title}
    latest = dict(list(kept.items())[-HELD:])
    st.session_state[_KEY] = here.data.whole.fingerprint, latest


def articles(here: Workspace) -> list[Opened]:
    """The articles of the workspace's data that were looked at, the latest first."""
    data, titles = st.session_state.get(_KEY, ("", {}))
    if data != here.data.whole.fingerprint:
        return []
    return [Opened(item=item, title=title) for item, title in reversed(titles.items())]
