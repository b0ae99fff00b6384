"""What is shown when something cannot be done."""

import streamlit as st

from recsys.errors import KindredError
from ui.text import message

_HELD = "problems"  # in the session: what was refused, by where it is shown
_UNASKED = "unasked"  # in the session: whether the run to come is the page's own wish


def problem(error: KindredError) -> None:
    """Show what is wrong, where, and what to do."""
    st.error(message(error), icon=":material/error:")


def begin() -> None:
    """What somebody does ends what was said of what they did before; every page begins with this.

    A run for which nobody did anything, because work beside the page is over, ends nothing.
    """
    if not st.session_state.pop(_UNASKED, False):
        st.session_state.pop(_HELD, None)


def run_unasked() -> None:
    """Draw the page anew, though nobody has done anything."""
    st.session_state[_UNASKED] = True
    st.rerun()


def refuse(error: KindredError, place: str) -> None:
    """Note that what somebody asked for cannot be done; `show_refused` shows it."""
    st.session_state.setdefault(_HELD, {})[place] = error


def show_refused(place: str) -> None:
    """Show what was refused there, until somebody does something else."""
    if (error := st.session_state.get(_HELD, {}).get(place)) is not None:
        problem(error)
