"""The training that a person asked for, until its model is the workspace's."""

from dataclasses import dataclass

import streamlit as st

from recsys.errors import KindredError
from ui.beside.work import Rank
from ui.frame import background, waiting
from ui.session import links, workspace
from ui.session.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How the training that was asked for last ended."""

    stopped: bool
    error: KindredError | None


def adopt() -> None:
    """When the training that the person asked for is over, its model becomes the workspace's."""
    wanted: Workspace | None = st.session_state.get("wanted")
    if wanted is None:
        return
    work = background.model_of(wanted, Rank.CLICKED)
    if not waiting.over(work):
        waiting.wait_for(work)
        return
    del st.session_state.wanted
    st.session_state.ended = Ended(stopped=waiting.stopped(work), error=work.error)
    if work.result is not None:
        here = workspace.current()
        fingerprint = wanted.data.whole.fingerprint
        workspace.use(wanted)
        # A page whose address shows the model before goes over to the new one.
        if st.query_params.get("data") == here.data.whole.fingerprint == fingerprint:
            query = links.write(wanted)
            kept = {
                name: st.query_params[name]
                for name in ("item", "user", "n", *links.PEOPLE_PARTS)
                if name in st.query_params
            }
            links.go({**query, **kept})


def begin(here: Workspace) -> None:
    """Train what the person asked for; it becomes the workspace when it is done."""
    st.session_state.wanted = here
    st.session_state.pop("ended", None)
    background.model_of(here, Rank.CLICKED, again=True).wait(waiting.PATIENCE)


def wanted() -> Workspace | None:
    """What the person asked to train and is not there yet."""
    return st.session_state.get("wanted")


def ended() -> Ended | None:
    """How the training that was asked for last ended; None while it goes on."""
    return st.session_state.get("ended")
