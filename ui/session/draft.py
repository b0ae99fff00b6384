"""Strengths and parameters as the person is about to train them, kept while they look around."""

from dataclasses import asdict, dataclass, field
from typing import Any

import streamlit as st

from recsys.dataset import Tables
from recsys.models import PRESETS, ALSParams, in_full
from recsys.strengths import DEFAULT_STRENGTHS, EventWeights, default_weights
from ui.session import workspace
from ui.session.workspace import Workspace


@dataclass(kw_only=True)
class Draft:
    """What stands in the fields, right or wrong.

    Attributes
    ----------
    of
        Fingerprint of the model (or of the data) that it began from.
    strengths
        By event type; None where none is given yet.
    scaling
        The other settings of `EventWeights`, by name.
    params
        By name of the parameter.
    edition
        Grows when the fields are filled anew, so that the table is drawn anew.
    """

    of: str
    strengths: dict[str, float | None] = field(default_factory=dict)
    scaling: dict[str, Any] = field(default_factory=dict)
    params: dict[str, float | None] = field(default_factory=dict)
    edition: int = 0

    @property
    def preset(self) -> str | None:
        """The preset whose parameters stand in the fields, from whatever seed."""
        seeded = {name: value for name, value in self.params.items() if name != "seed"}
        for name, params in PRESETS.items():
            if seeded.items() <= params.as_dict().items():
                return name
        return None

    def weigh(self, weights: EventWeights, tables: Tables) -> None:
        """Put weights into the fields, with every event type of the tables."""
        known = weights.as_dict()
        counts = tables.event_counts
        standard = DEFAULT_STRENGTHS if any(name in DEFAULT_STRENGTHS for name in counts) else {}
        self.strengths = {name: known.get(name) for name in dict.fromkeys([*standard, *counts])}
        self.rescale(weights)
        self.edition += 1

    def rescale(self, weights: EventWeights) -> None:
        """Put all but the strengths of the event types into the fields."""
        self.scaling = _scaling(weights)

    def weights(self) -> EventWeights:
        """The weights in the fields.

        Raises
        ------
        SettingError
            If one is not what it should be.
        """
        return EventWeights.of(self.strengths, **self.scaling)


def current(here: Workspace) -> Draft:
    """The session's draft; it begins as the workspace's settings, and anew with another model."""
    draft = st.session_state.get("draft")
    if draft is None or draft.of != here.key:
        draft = Draft(
            of=here.key,
            params=dict(here.params.as_dict()),
            edition=0 if draft is None else draft.edition,
        )
        draft.weigh(here.weights, here.data.tables)
        st.session_state.draft = draft
    return draft


def preset(here: Workspace, params: ALSParams) -> None:
    """Put parameters into the fields; the strengths stay as they are."""
    current(here).params = dict(params.as_dict())


def reset(here: Workspace) -> None:
    """Put the strengths and parameters that the data begins with into the fields."""
    preset(here, workspace.params_for(here.data.tables))
    current(here).weigh(default_weights(here.data.tables), here.data.tables)


def changes(here: Workspace) -> list[str]:
    """What differs from the model in use: ``"VIEW 1 → 3"``."""
    draft = st.session_state.get("draft")
    if draft is None or draft.of != here.key:
        return []
    return _differences(
        {**here.weights.as_dict(), **_scaling(here.weights), **here.params.as_dict()},
        {**draft.strengths, **draft.scaling, **draft.params},
    )


def differences(before: Workspace, after: Workspace) -> list[str]:
    """What differs between two workspaces on the same data: ``"VIEW 1 → 3"``."""
    old, new = (
        {**one.weights.as_dict(), **_scaling(one.weights), **one.params.as_dict()}
        for one in (before, after)
    )
    return _differences(old, new)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [
        f"{name} {_shown(before.get(name))} → {_shown(value)}"
        for name, value in after.items()
        if value != before.get(name)
    ]


def _scaling(weights: EventWeights) -> dict[str, Any]:
    settings = asdict(weights)
    del settings["strengths"]
    return settings


def _shown(value: Any) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return in_full(value)
    return "nothing" if value is None else str(value)
