"""The model B that the one in use is compared with: its choice, its name, its text in links."""

from dataclasses import replace

import streamlit as st

from recsys.errors import SettingError
from recsys.models import BOUNDS, PRESETS, ALSParams, in_full
from recsys.strengths import EventWeights, default_weights
from ui.session import links, workspace
from ui.session.links import AGAINST
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
        found.append(_parsed(asked, here))
    return {_text(one): one for one in found if one.key != here.key}


def choose(here: Workspace) -> Workspace:
    """The other model; the address holds it.

    Raises
    ------
    SettingError
        If the address names no model, or one that has no strength for events of this data.
    """
    known = others(here)
    asked = st.query_params.get(AGAINST)
    first = _text(_parsed(asked, here)) if asked else _default(here)
    links.keep_against(here, asked or "")
    key = f"against-{here.key}-{asked}"

    def note() -> None:
        st.query_params[AGAINST] = st.session_state[key]
        links.keep_against(here, st.session_state[key])

    names = list(known)
    chosen = st.selectbox(
        "Against",
        names,
        label_visibility="collapsed",
        index=names.index(first) if first in names else 0,
        format_func=lambda text: described(known[text]),
        key=key,
        on_change=note,
    )
    return _weighed(known[chosen])


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
            todo="Choose another model above, or forget this part of the link.",
        )
    return other


def _default(here: Workspace) -> str:
    """The tutorial's model; for the tutorial's own, the stable one."""
    tutorial = replace(here, params=ALSParams(), weights=default_weights(here.data.tables))
    stable = replace(here, params=PRESETS["Stable"])
    return _text(stable if tutorial.key == here.key else tutorial)


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


def _text(one: Workspace) -> str:
    params = ",".join(f"{name}={value!r}" for name, value in one.params.as_dict().items())
    return f"{params}|{one.weights.as_text()}"


def _parsed(text: str, here: Workspace) -> Workspace:
    """The workspace that a text in the address names, on the data in use.

    Raises
    ------
    SettingError
        If it is not what it should be.
    """
    params, sign, weights = text.partition("|")
    pairs = [part.partition("=") for part in params.split(",")]
    if not sign or not all(equals for _, equals, _ in pairs):
        raise SettingError(
            f"{text[:40]!r} is no model.",
            where=f"{AGAINST} in the address",
            todo="Forget this part, or copy the whole link again.",
        )
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
        raise SettingError(
            f"{text[:40]!r} is no model.",
            where=f"{AGAINST} in the address",
            todo="Forget this part, or copy the whole link again.",
        ) from None
