"""Work beside the page, on the page: how far it is, and ways to stop it and to begin again."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.background import Work

# Work shorter than this is waited for, so that no progress flashes by.
PATIENCE = 1.0
# What a page does not wait for can be stopped after so long; before, the way to it would flash by.
LONG = 5.0


def follow(works: Sequence[Work[Any]], text: str, key: str) -> None:
    """How far it is, with a way to stop it; the page is drawn anew when all of it is over."""

    @st.fragment(run_every=0.5)
    def show() -> None:
        share = min(sum(work.share for work in works) / len(works), 1.0)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(share, text=f"{text}: {share:.0%}")
            st.button("Stop", key=f"stop-{key}", on_click=_stop, args=(works,))
        if all(work.done for work in works):
            st.rerun()

    show()


def say_missing(works: Sequence[Work[Any]], text: str, key: str) -> None:
    """That something was stopped or could not be made, and a way to begin again."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(text, width="content")
        st.button(
            "Begin again",
            key=f"again-{key}",
            icon=":material/refresh:",
            type="tertiary",
            on_click=_again,
            args=(works,),
        )


def _stop(works: Sequence[Work[Any]]) -> None:
    for work in works:
        work.stop()


def _again(works: Sequence[Work[Any]]) -> None:
    for work in works:
        work.again()
