"""The training that a person asked for, until its model is the workspace's."""

from dataclasses import dataclass, replace

import streamlit as st

from recsys.errors import KindredError
from recsys.models import ALSParams
from ui.beside import server
from ui.beside.work import Rank
from ui.frame import background, problems, waiting
from ui.session import draft, workspace
from ui.session.workspace import Workspace

_PRESSED = "train-pressed"  # in the session


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How the training that was asked for last ended.

    Attributes
    ----------
    key
        Fingerprint of its model.
    before
        What was in use until then, if its model was there.
    """

    key: str
    stopped: bool
    error: KindredError | None
    before: Workspace | None


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
    here, asked = workspace.current(), st.query_params.get("data")
    st.session_state.ended = Ended(
        key=wanted.key,
        stopped=waiting.stopped(work),
        error=work.error,
        before=here if background.model_here(here) is not None else None,
    )
    if work.result is None:
        return
    elsewhere = asked not in (None, wanted.data.whole.fingerprint)
    if elsewhere or here.data.fingerprint != wanted.data.fingerprint:
        workspace.remember(wanted)  # the person has gone on to other data
    else:
        workspace.use(wanted)  # and the address of the page follows


def press() -> None:
    """Somebody presses Train; `begin_pressed` follows, when all fields have told what they hold."""
    st.session_state[_PRESSED] = True


def begin_pressed() -> None:
    """Train what stands in the fields, if somebody pressed Train; every page begins with this.

    Also where another page was opened before the one with the button was drawn again.
    """
    if not st.session_state.pop(_PRESSED, False):
        return
    here = workspace.current()
    fields = draft.current(here)
    try:
        params = ALSParams(**fields.params)  # type: ignore[arg-type]
        begin(replace(here, weights=fields.weights(), params=params))
    except KindredError as error:
        problems.refuse(error, "train")


def begin(here: Workspace) -> None:
    """Train what the person asked for; it becomes the workspace when it is done."""
    before = background.training(workspace.current())
    if before is not None and workspace.current().key != here.key:
        server.workers().stop(before, server.visitor())  # of two, the one that is asked for
    st.session_state.wanted = here
    st.session_state.pop("ended", None)
    background.model_of(here, Rank.CLICKED, again=True).wait(waiting.PATIENCE)


def wanted() -> Workspace | None:
    """What the person asked to train and is not there yet."""
    return st.session_state.get("wanted")


def goes_first(here: Workspace) -> bool:
    """Whether a training that was asked for is waited for, and none begun for this model.

    So where nobody asked for this one: where the menu leads to what is in use meanwhile.
    """
    wanted: Workspace | None = st.session_state.get("wanted")
    return (
        wanted is not None
        and here.key == workspace.current().key != wanted.key
        and here.data.fingerprint == wanted.data.fingerprint
    )


def ended() -> Ended | None:
    """How the training that was asked for last ended; None while it goes on."""
    return st.session_state.get("ended")
