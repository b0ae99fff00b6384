"""From dropped files to a data set of the session."""

import streamlit as st

from recsys.errors import FileError, KindredError
from recsys.source import Source
from recsys.tables import kind_of, read_tables
from ui import cached, workspace
from ui.text import plain
from ui.workspace import Data

WANTED = ("articles", "interactions")


def _told_apart(sources: list[Source]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for source in sources:
        kind = kind_of(source)
        if kind in found and found[kind].digest != source.digest:
            raise FileError(
                f"is a second {kind} file, beside {found[kind].name!r}.",
                where=source.name,
                todo="Take one of them out with the × beside its name.",
            )
        found[kind] = source
    return found


def waiting(sources: list[Source]) -> str:
    """What is still missing, as Markdown; empty where nothing is, or a file is unreadable."""
    try:
        found = _told_apart(sources)
    except KindredError:
        return ""
    missing = [kind for kind in WANTED if kind not in found]
    if len(missing) != 1:
        return ""
    (source,) = found.values()
    have = next(iter(found))
    return f"{plain(source.name)} is the {have} file. Now add the {missing[0]} file."


def read(sources: list[Source]) -> Data | None:
    """The data set in the files, or None while one is missing.

    Raises
    ------
    KindredError
        If a file is not what it should be.
    """
    found = _told_apart(sources)
    if len(found) < len(WANTED):
        return None
    files = found["articles"], found["interactions"]
    digests = files[0].digest, files[1].digest
    held_digests, held = st.session_state.get("last_read", ((), None))
    if held is None or held_digests != digests:
        with st.spinner("Reading the files"):
            held = Data(
                name=f"{files[0].name} + {files[1].name}",
                origin="private",
                tables=read_tables(*files),
                files=files,
            )
        st.session_state.last_read = digests, held
    return held


def keep(data: Data, name: str) -> None:
    """Keep a private upload on the server under a name, and go on with the kept one."""
    assert data.files is not None
    kept = cached.data_store().keep(name, data.fingerprint, *data.files)
    workspace.use_data(Data(name=kept.name, origin="kept", tables=data.tables, files=data.files))


def use_kept(fingerprint: str) -> None:
    """Work on a kept data set."""
    tables = cached.kept_tables(fingerprint)
    names = {kept.fingerprint: kept.name for kept in cached.data_store().names()}
    if tables is not None and fingerprint in names:
        workspace.use_data(Data(name=names[fingerprint], origin="kept", tables=tables))
