"""What one browser session works on: which data, which strengths, which parameters."""

from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from recsys.params import ALSParams
from recsys.pipeline import key_of
from recsys.source import Source
from recsys.tables import Tables
from recsys.weights import EventWeights
from ui import cached

SAMPLE_NAME = "Sample data"
UPLOADS_HELD = 3
Origin = Literal["sample", "private", "kept"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Data:
    """A data set that this session may see."""

    name: str
    origin: Origin
    tables: Tables
    files: tuple[Source, Source] | None = None

    @property
    def fingerprint(self) -> str:
        """Stands for the content of both files."""
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
    return Data(name=SAMPLE_NAME, origin="sample", tables=cached.sample_tables())


def current() -> Workspace:
    """The session's workspace; a new session has the sample data and the defaults."""
    if "workspace" not in st.session_state:
        st.session_state.workspace = Workspace(
            data=sample(), weights=EventWeights.default(), params=ALSParams()
        )
    return st.session_state.workspace


def use(workspace: Workspace) -> None:
    """Make this the session's workspace."""
    st.session_state.workspace = workspace


def use_data(data: Data) -> None:
    """Work on other data, with the strengths and parameters as they are."""
    use(replace(current(), data=data))


def remember_upload(data: Data) -> None:
    """Hold a private upload for the session, so that its links work; the oldest goes first."""
    uploads = st.session_state.setdefault("uploads", {})
    uploads.pop(data.fingerprint, None)
    uploads[data.fingerprint] = data
    while len(uploads) > UPLOADS_HELD:
        uploads.pop(next(iter(uploads)))


def upload(fingerprint: str) -> Data | None:
    """A private upload of this session, or None."""
    return st.session_state.get("uploads", {}).get(fingerprint)


def find_data(fingerprint: str) -> Data | None:
    """The data set with that fingerprint, if this session may see it."""
    here = current().data
    if here.fingerprint == fingerprint:
        return here
    if (mine := upload(fingerprint)) is not None:
        return mine
    if cached.sample_tables().fingerprint == fingerprint:
        return sample()
    for kept in cached.data_store().names():
        if kept.fingerprint == fingerprint:
            tables = cached.kept_tables(fingerprint)
            if tables is not None:
                return Data(name=kept.name, origin="kept", tables=tables)
    return None
