"""The model B that the one in use is compared with: its choice, its name, its text in links."""

from dataclasses import replace

import streamlit as st

from recsys.errors import SettingError
from recsys.models import BOUNDS, PRESETS, ALSParams, in_full
from recsys.strengths import default_weights
from ui.session import against, workspace
from ui.session.against import AGAINST
from ui.session.workspace import Workspace

NAMED = 8  # event types in a sentence


def others(here: Workspace) -> dict[str, Workspace]:
    """What the model in use can be compared with, by a text for the address.

    The models that this session has used on the same data, the presets with the strengths in use,
    and the model in use from another seed.
    """
    found = [one for one in workspace.recent() if one.data.fingerprint == here.data.fingerprint]
    found += [replace(here, params=params) for params in PRESETS.values()]
    another = (here.params.seed + 1) % int(BOUNDS["seed"].high)
    found.append(replace(here, params=replace(here.params, seed=another)))
    asked = st.query_params.get(AGAINST)
    if asked:
        found.append(against.parsed(asked, here))
    return {against.text_of(one): one for one in found if one.key != here.key}


def choose(here: Workspace) -> Workspace:
    """The other model; the address holds it.

    Raises
    ------
    SettingError
        If the address names no model, or one that has no strength for events of this data.
    """
    asked = st.query_params.get(AGAINST)
    known = others(here)
    against.keep(here, asked or "")
    before = against.before(here)
    latest = "" if before is None else against.text_of(before)
    key = f"against-{here.key}-{asked}"

    def note() -> None:
        st.query_params[AGAINST] = st.session_state[key]
        against.keep(here, st.session_state[key])

    def said(text: str) -> str:
        return described(known[text]) + (" (the model before)" if text == latest else "")

    first = _first(here, known)
    names = list(known)
    chosen = st.selectbox(
        "Against",
        names,
        label_visibility="collapsed",
        index=names.index(first),
        format_func=said,
        key=key,
        on_change=note,
    )
    return _weighed(known[chosen])


def chosen(here: Workspace) -> Workspace:
    """The other model that the address names, or with which `choose` begins.

    Raises
    ------
    SettingError
        As of `choose`.
    """
    known = others(here)
    return _weighed(known[_first(here, known)])


def _first(here: Workspace, known: dict[str, Workspace]) -> str:
    """The text of the model that the address names; without one, of the model before."""
    asked = st.query_params.get(AGAINST)
    first = against.text_of(against.parsed(asked, here)) if asked else ""
    if first in known:
        return first
    before = against.before(here)
    first = _default(here) if before is None else against.text_of(before)
    return first if first in known else next(iter(known))


def _weighed(other: Workspace) -> Workspace:
    """The other model, unless events of the data have no strength in it: that cannot be trained."""
    missing = other.unknown_events
    if missing:
        named = ", ".join(missing[:NAMED])
        more = f" and {len(missing) - NAMED:,} more" if len(missing) > NAMED else ""
        raise SettingError(
            f"Model B ({described(other)}) has no strength for these events of the data: "
            f"{named}{more}.",
            where=f"{AGAINST} in the address",
            todo="Choose another model above, or remove this part of the link.",
        )
    return other


def _default(here: Workspace) -> str:
    """The tutorial's model; for the tutorial's own, the stable one."""
    tutorial = replace(here, params=ALSParams(), weights=default_weights(here.data.tables))
    stable = replace(here, params=PRESETS["Stable"])
    return against.text_of(stable if tutorial.key == here.key else tutorial)


def described(one: Workspace) -> str:
    """A model by what sets it apart: its preset or parameters, and its strengths."""
    seed, standard = one.params.seed, ALSParams()
    unseeded = replace(one.params, seed=standard.seed)
    differs = [
        f"{name} {in_full(value)}"
        for name, value in unseeded.as_dict().items()
        if value != getattr(standard, name)
    ]
    names = [name for name, params in PRESETS.items() if params == unseeded]
    words = f"{names[0]} ({', '.join(differs)})" if names and differs else ", ".join(differs)
    words = words or "Tutorial"
    if seed != standard.seed:
        words += f", seed {seed}"
    base = default_weights(one.data.tables)
    if one.weights != base:
        before = base.as_dict()
        own = [f"{k} {v:g}" for k, v in one.weights.strengths if v != before.get(k)]
        if one.weights.scale != base.scale:
            own.append(one.weights.scale)
        words += f"; {', '.join(own) or 'other strengths'}"
    return words
