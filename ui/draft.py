"""Strengths and parameters as the person is about to train them, kept while they look around."""

from dataclasses import dataclass, field

import streamlit as st

from recsys.params import ALSParams
from recsys.weights import DEFAULT_STRENGTHS, EventWeights
from ui.workspace import Workspace


@dataclass(kw_only=True)
class Draft:
    """What stands in the fields of the Train page, right or wrong.

    Attributes
    ----------
    of
        Fingerprint of the model that it began from.
    strengths
        By event type; None where none is given yet.
    params
        By name of the parameter.
    edition
        Grows when the fields are filled anew, so that the table is drawn anew.
    """

    of: str
    strengths: dict[str, float | None]
    params: dict[str, float | None] = field(default_factory=dict)
    edition: int = 0


def current(here: Workspace) -> Draft:
    """The session's draft; it begins as the workspace's settings, and anew with another model."""
    draft = st.session_state.get("draft")
    if draft is None or draft.of != here.key:
        edition = 0 if draft is None else draft.edition + 1
        draft = Draft(of=here.key, strengths={}, edition=edition)
        _fill(draft, here, here.weights, here.params)
        st.session_state.draft = draft
    return draft


def fill(here: Workspace, weights: EventWeights | None, params: ALSParams) -> None:
    """Put settings into the fields; without weights, the strengths stay as they are."""
    draft = current(here)
    draft.edition += 1
    _fill(draft, here, weights, params)


def _fill(draft: Draft, here: Workspace, weights: EventWeights | None, params: ALSParams) -> None:
    draft.params = dict(params.as_dict())
    if weights is not None:
        known = weights.as_dict()
        types = dict.fromkeys([*DEFAULT_STRENGTHS, *known, *here.data.tables.event_counts])
        draft.strengths = {name: known.get(name) for name in types}


def changes(here: Workspace) -> list[str]:
    """What differs from the model in use: ``"VIEW 1 → 3"``."""
    draft = st.session_state.get("draft")
    if draft is None or draft.of != here.key:
        return []
    before = {**here.weights.as_dict(), **here.params.as_dict()}
    after = {**draft.strengths, **draft.params}
    return [
        f"{name} {_number(before.get(name))} → {_number(value)}"
        for name, value in after.items()
        if value != before.get(name)
    ]


def _number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"
