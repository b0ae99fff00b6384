"""What a page waits for: one heartbeat for all of it, in a bar at the bottom of the window.

Nothing else on a page polls. The heartbeat is the last thing that a run draws, at the first place
of a part of the window that the page's own elements never move, and has a name of its own in each
run. Where something that the page waits for is over, the beat asks for one new run of the page.

Why so: in Streamlit 1.67 a fragment that polls can make a page go white for good, in two ways.

- Its timer starts before its own elements are sent. Where the script gets no processor just then,
  the first beat is asked for while the run goes on. It is answered when the run ends, and begins by
  dropping what the run has sent of the fragment and the server has not handed on
  (`ForwardMsgQueue.clear`). What was drawn after the fragment then arrives at a place that does not
  exist yet: "Bad delta path index". So nothing is drawn after the heartbeat.
- A beat that is asked for at the moment at which a run ends starts a new script runner, and all
  that the one before has sent and the server has not handed on is dropped
  (`AppSession.request_rerun`). So a beat is asked for only when the whole page has been sent, and
  what a run before still asks for is not answered, because its heartbeat has another name.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.beside import server
from ui.beside.work import State, Work
from ui.frame import background, problems
from ui.text import plain

# Work shorter than this is waited for, so that no progress flashes by.
PATIENCE = 1.0
BEAT = 0.5  # seconds
_WAITS = "waits"  # in the session: what the run under way waits for
_RUN = "run"  # in the session: how many runs had a heartbeat


def begin() -> None:
    """Nothing is waited for yet; every page begins with this."""
    st.session_state[_WAITS] = []


def wait_for(*works: Work[Any]) -> None:
    """The page is drawn anew when one of these is over; until then the bar shows how far it is."""
    waits: list[Work[Any]] = st.session_state.setdefault(_WAITS, [])
    waits.extend(work for work in works if not over(work) and work not in waits)


def has_come(work: Work[Any]) -> None:
    """What the page went on without is there since: it is drawn anew at its end."""
    st.session_state.setdefault(_WAITS, []).append(work)


def over(work: Work[Any]) -> bool:
    """Whether this session has nothing to wait for: it is over, or was stopped here."""
    return work.over_for(server.visitor())


def stopped(work: Work[Any]) -> bool:
    """Whether it was stopped here."""
    return work.stopped_for(server.visitor())


def end() -> None:
    """Draw the bar; every page ends with this."""
    works: list[Work[Any]] = st.session_state.get(_WAITS, [])
    if any(map(over, works)):  # since the page asked for it
        problems.run_unasked()
    if not works:
        return
    st.session_state[_RUN] = st.session_state.get(_RUN, 0) + 1
    with st.bottom:
        bar, stop = st.columns([9, 2], vertical_alignment="center")
        with stop:
            _stop_button(works)
        with bar:
            _heartbeat(works, server.visitor(), st.session_state[_RUN])


def say_missing(works: list[Work[Any]], text: str, key: str) -> None:
    """That something was stopped or could not be made, and a way to begin again."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(text, width="content")
        st.button(
            "Start again",
            key=f"again-{key}",
            icon=":material/refresh:",
            type="tertiary",
            on_click=background.again,
            args=works,
        )


def in_words(works: Sequence[Work[Any]]) -> tuple[float, str]:
    """How far the first that runs is, 0 to 1, and what is under way, as text."""
    ahead = sorted(works, key=lambda work: (work.state is not State.RUNNING, work.stopping))
    first, rest = ahead[0], ahead[1:]
    if first.stopping:
        text = f"{first.name}: stopping…"
    elif first.state is State.RUNNING:
        parts = [f"{first.share:.0%}", first.said, left_in_words(first.pace.left())]
        text = f"{first.name}: {', '.join(filter(None, parts))}"
    elif first.state is State.PAUSED:
        text = f"{first.name}: paused for something more urgent"
    else:
        text = f"{first.name}: waiting for its turn"
    if rest:
        text += f" · next: {', '.join(work.name for work in rest)}"
    return first.share, text


def left_in_words(seconds: float | None) -> str:
    """How long something will take yet, as roughly as it is known.

    >>> left_in_words(17.2), left_in_words(171), left_in_words(None)
    ('about 20 s left', 'about 3 min left', '')
    """
    if seconds is None:
        return ""
    if seconds < 3:
        return "a few seconds left"
    if seconds < 90:
        return f"about {5 * max(1, round(seconds / 5))} s left"
    return f"about {round(seconds / 60)} min left"


def _heartbeat(works: list[Work[Any]], visitor: str, run: int) -> None:
    def beat() -> None:
        server.workers().look(visitor, works)
        if any(map(over, works)):
            problems.run_unasked()
        share, text = in_words(works)
        st.progress(share, text=plain(text))

    beat.__qualname__ = f"beat-{run}"  # by which Streamlit tells fragments apart
    st.fragment(beat, run_every=BEAT)()


def _stop_button(works: list[Work[Any]]) -> None:
    going = [work for work in works if not work.stopping]
    if len(going) == 1:
        [work] = going
        _stop("Stop training" if background.is_training(work) else "Stop", work)
    elif going:
        with st.popover("Stop…", icon=":material/stop_circle:"):
            for work in going:
                _stop(f"Stop: {plain(work.name)}", work)


def _stop(label: str, work: Work[Any]) -> None:
    st.button(
        label,
        key=f"stop-{work.key}",
        icon=":material/stop_circle:",
        help=plain(work.name),
        on_click=server.workers().stop,
        args=(work, server.visitor()),
    )
