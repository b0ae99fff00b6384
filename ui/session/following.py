"""Each page follows its address, and the address follows what is in use.

A page that is loaded anew has nothing but its address: what is in use stands there on every page.
Where the address is new to the session (a link, the browser's way back, a reload), the session goes
over to what it names. Where something else has come into use since (other data, a filter, a model
that was trained), the address goes over to that.
"""

from dataclasses import dataclass, replace

import streamlit as st

from recsys.strengths import default_weights
from ui.session import links, workspace
from ui.session.links import View
from ui.session.workspace import NotReadYet, Workspace

_SEEN = "address-seen"  # in the session: what the address held when a page was drawn last


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """The parts of an address that name a workspace, and what they stood for.

    `keys` are of the workspace that they name and of the session's then, which may still be another
    while the model of the first is trained.
    """

    parts: dict[str, str]
    keys: frozenset[str]


def follow() -> tuple[Workspace, View] | View:
    """The workspace and the view to show; the address holds both.

    A `View` alone comes back where the address names data that this session does not have: the
    address stays, until something else comes into use.

    Raises
    ------
    SettingError
        If a part of the address is not what it should be.
    NotReadYet
        If its data is kept on the server and still being read.
    """
    view, used, parts = links.read(st.query_params), workspace.current(), _parts()
    seen: _Seen | None = st.session_state.get(_SEEN)
    moved_on = seen is not None and seen.parts == parts and used.key not in seen.keys
    if not view.data or moved_on:
        here, view = _write(used, view)
        _note(here, used)
        return here, view
    try:
        found = _named(view)
    except NotReadYet:
        _note(used)
        raise
    if found is None:
        _note(used)
        return view
    _note(found, used)
    return found, view


def forget() -> None:
    """Follow the address anew, also where this session has seen it."""
    st.session_state.pop(_SEEN, None)


def _named(view: View) -> Workspace | None:
    """The workspace that an address names, if this session may see its data."""
    here = workspace.current()
    data = workspace.find_data(view.data, view.filter)
    if data is None:
        return None
    weights = view.weights or default_weights(data.tables)
    return replace(here, data=data, weights=weights, params=view.params or here.params)


def _write(used: Workspace, view: View) -> tuple[Workspace, View]:
    """Put what is in use into the address; without data there, what else it names counts."""
    kept = {name: st.query_params[name] for name in links.LOOKED_AT if name in st.query_params}
    if not view.data:
        weights, params = view.weights or used.weights, view.params or used.params
        used = replace(used, weights=weights, params=params)
    elif view.data != used.data.whole.fingerprint:
        kept = {"n": str(view.n)}  # articles and readers of other data say nothing here
    query = {**links.write(used, n=view.n), **kept}
    links.go(query)
    return used, links.read(query)


def _note(*workspaces: Workspace) -> None:
    keys = frozenset(one.key for one in workspaces)
    st.session_state[_SEEN] = _Seen(parts=_parts(), keys=keys)


def _parts() -> dict[str, str]:
    return {name: st.query_params[name] for name in links.IN_USE if name in st.query_params}
