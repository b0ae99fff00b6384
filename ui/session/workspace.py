"""What one browser session works on: which data, which strengths, which parameters."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import streamlit as st

from recsys.columns import Col
from recsys.dataset import Files, Filter, Tables
from recsys.models import ALSParams, start_params
from recsys.strengths import EventWeights, default_weights
from recsys.training import key_of
from ui.beside import cached, server
from ui.session import reading
from ui.session.reading import NotReadYet

SAMPLE_NAME = "Sample data"
PATIENCE = 1.0  # seconds; a data set that is read sooner is waited for
UPLOADS_HELD = 3
RECENT_HELD = 12
Origin = Literal["sample", "private", "kept"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Data:
    """A data set that this session may see, or the part of it that a filter leaves.

    Attributes
    ----------
    whole
        All that was read.
    tables
        What the filter leaves of it; the same where there is none.
    files
        What it was read from.
    """

    name: str
    origin: Origin
    whole: Tables
    files: Files
    filter: Filter = Filter()

    @cached_property
    def tables(self) -> Tables:
        """What the filter leaves."""
        return cached.filtered(self.whole, self.filter)

    @property
    def fingerprint(self) -> str:
        """Stands for the tables that are worked on."""
        return self.tables.fingerprint


@dataclass(frozen=True, kw_only=True, eq=False)
class Workspace:
    """Data, strengths and parameters; together they name one model."""

    data: Data
    weights: EventWeights
    params: ALSParams

    @property
    def key(self) -> str:
        """Fingerprint of the model."""
        return key_of(self.data.fingerprint, self.weights, self.params)

    @property
    def unknown_events(self) -> list[str]:
        """Event types of the data that have no strength yet."""
        return self.weights.missing(self.data.tables.event_counts)


def sample() -> Data:
    """The data set that everybody begins with."""
    return Data(
        name=SAMPLE_NAME,
        origin="sample",
        whole=cached.sample_tables(),
        files=cached.sample_files(),
    )


def current() -> Workspace:
    """The session's workspace; a new session has the sample data and the defaults."""
    if "workspace" not in st.session_state:
        data = sample()
        st.session_state.workspace = Workspace(
            data=data, weights=EventWeights.default(), params=params_for(data.tables)
        )
    return st.session_state.workspace


def use(workspace: Workspace) -> None:
    """Make this the session's workspace; the ones before can be compared with it."""
    if (before := st.session_state.get("workspace")) is not None and before.key != workspace.key:
        remember(before)
    st.session_state.workspace = workspace
    remember(workspace)


def remember(workspace: Workspace) -> None:
    """Keep a workspace among those that what is in use can be compared with."""
    recent = st.session_state.setdefault("recent", {})
    recent.pop(workspace.key, None)
    recent[workspace.key] = workspace
    while len(recent) > RECENT_HELD:
        recent.pop(next(iter(recent)))


def recent() -> list[Workspace]:
    """The session's workspaces, the latest first."""
    return list(st.session_state.get("recent", {}).values())[::-1]


def use_data(data: Data, weights: EventWeights | None = None) -> None:
    """Work on other data.

    With the weights given; otherwise the present ones stay where they fit the data, and what the
    data begins with comes where they do not. Parameters that somebody chose stay.
    """
    here, params = current(), params_then(data.tables)
    weights = weights or (
        here.weights if fits(here.weights, data.tables) else default_weights(data.tables)
    )
    use(replace(here, data=data, weights=weights, params=params))


def params_then(tables: Tables) -> ALSParams:
    """The parameters with which these tables would be worked on; those that somebody chose stay."""
    here = current()
    untouched = here.params == params_for(here.data.tables)
    return params_for(tables) if untouched else here.params


def params_for(tables: Tables) -> ALSParams:
    """The parameters to begin with on these tables."""
    return start_params(len(tables.events[Col.USER].cat.categories))


def fits(weights: EventWeights, tables: Tables) -> bool:
    """Whether weights know every event type, and do not speak of values that there are not."""
    speaks_of_values = weights.normalise or weights.threshold is not None
    has_values = Col.VALUE in tables.events
    return not weights.missing(tables.event_counts) and (has_values or not speaks_of_values)


def use_filter(chosen: Filter) -> None:
    """Work on the part of the data that a filter leaves."""
    use(replace(current(), data=replace(current().data, filter=chosen)))


def remember_upload(data: Data) -> None:
    """Hold a private upload for the session, so that its links work; the oldest goes first."""
    uploads = st.session_state.setdefault("uploads", {})
    uploads.pop(data.whole.fingerprint, None)
    uploads[data.whole.fingerprint] = data
    while len(uploads) > UPLOADS_HELD:
        uploads.pop(next(iter(uploads)))


def upload(fingerprint: str) -> Data | None:
    """A private upload of this session, or None."""
    return st.session_state.get("uploads", {}).get(fingerprint)


def kept(fingerprint: str) -> Data | None:
    """A data set that is kept on the server, or None.

    Raises
    ------
    NotReadYet
        If it is not in memory yet; it is being read then.
    """
    known = {entry.fingerprint: entry for entry in server.data_store().names()}
    files = server.data_store().files(fingerprint)
    if fingerprint not in known or files is None:
        return None
    entry = known[fingerprint]
    work = reading.kept_tables(entry, files)
    work.wait(PATIENCE)
    if work.result is None:
        raise NotReadYet(entry.name, work)
    return Data(name=entry.name, origin="kept", whole=work.result, files=files)


def open_kept(fingerprint: str, chosen: Filter | None = None) -> None:
    """Work on a kept data set, or the part of it that a filter leaves, as soon as it is read."""
    st.session_state.opening = fingerprint, chosen or Filter()
    st.session_state.pop("not_opened", None)


def use_opened() -> None:
    """Go over to the kept data set that was asked for, if it is read.

    Raises
    ------
    NotReadYet
        If it is not there yet.
    """
    if "opening" not in st.session_state:
        return
    fingerprint, chosen = st.session_state.opening
    try:
        data = kept(fingerprint)
    except NotReadYet as not_yet:
        if not_yet.work.over_for(server.visitor()):
            del st.session_state.opening
        raise
    del st.session_state.opening
    if data is not None:
        use_data(replace(data, filter=chosen))


def find_data(fingerprint: str, chosen: Filter) -> Data | None:
    """The part of the data set with that fingerprint, if this session may see it.

    Raises
    ------
    NotReadYet
        If it is kept on the server and not in memory yet.
    """
    here = current().data
    if here.whole.fingerprint == fingerprint:
        found: Data | None = here
    elif (found := upload(fingerprint)) is None:
        sampled = cached.sample_tables().fingerprint == fingerprint
        found = sample() if sampled else kept(fingerprint)
    if found is None or found.filter == chosen:
        return found
    return replace(found, filter=chosen)
