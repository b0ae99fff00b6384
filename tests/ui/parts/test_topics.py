"""How pages go on without topics."""

import streamlit as st

from ui.beside.work import Rank, State, Work
from ui.parts import topics


def test_topics_that_came_while_the_page_was_drawn_draw_it_anew():
    work = Work("topics", "Finding topics", None, Rank.SHOWN)
    work.result, work.state = object(), State.OVER
    st.session_state.pop("waits", None)
    topics.say_wait(work, "search")
    assert st.session_state.pop("waits") == [work]
