"""The model that Compare sets beside the one in use, and its text in the address."""

from dataclasses import replace

import streamlit as st

from recsys.errors import SettingError
from recsys.models import ALSParams
from recsys.strengths import EventWeights
from ui.beside import server
from ui.session import workspace
from ui.session.workspace import Workspace

AGAINST = "against"  # in the address
_KEPT = "against-kept"  # in the session: a model in use, and the one that was chosen beside it


def before(here: Workspace) -> Workspace | None:
    """The model that this session used last on the same data, before this one, if it is there."""
    for one in workspace.recent():
        same_data = one.data.fingerprint == here.data.fingerprint
        if same_data and one.key != here.key and _is_there(one):
            return one
    return None


def keep(here: Workspace, text: str) -> None:
    """Remember what was chosen beside the model in use; no text, that nothing was."""
    st.session_state[_KEPT] = here.key, text


def kept(here: Workspace) -> dict[str, str]:
    """The part of an address that leads to Compare as it was left, or to the model before."""
    key, text = st.session_state.get(_KEPT, ("", ""))
    if key == here.key and text:
        return {AGAINST: text}
    other = before(here)
    return {} if other is None else {AGAINST: text_of(other)}


def text_of(one: Workspace) -> str:
    """A model by its parameters and strengths, for an address."""
    params = ",".join(f"{name}={value!r}" for name, value in one.params.as_dict().items())
    return f"{params}|{one.weights.as_text()}"


def parsed(text: str, here: Workspace) -> Workspace:
    """The workspace that a text in the address names, on the data in use.

    Raises
    ------
    SettingError
        If it is not what it should be.
    """
    params, sign, weights = text.partition("|")
    pairs = [part.partition("=") for part in params.split(",")]
    if not sign or not all(equals for _, equals, _ in pairs):
        raise _no_model(text)
    try:
        named = {name: value for name, _, value in pairs}
        return replace(
            here,
            params=ALSParams(**named),  # type: ignore[arg-type]
            weights=EventWeights.parse(weights),
        )
    except SettingError as error:
        where = f"{error.where} of {AGAINST} in the address"
        raise SettingError(error.what, where=where, todo=error.todo) from None
    except TypeError:
        raise _no_model(text) from None


def _no_model(text: str) -> SettingError:
    return SettingError(
        f"{text[:40]!r} is not a model.",
        where=f"{AGAINST} in the address",
        todo="Remove this part, or copy the whole link again.",
    )


def _is_there(one: Workspace) -> bool:
    made = server.workers().known(f"model {one.key}")
    return (made is not None and made.result is not None) or server.model_store().has(one.key)
