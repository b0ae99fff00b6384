"""Where files come from: dropped, picked from the server's folder, or in use already."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from recsys.columns import Csv
from recsys.formats import Source
from recsys.sample import EXAMPLE_NAMES, example_csv
from ui.files import told
from ui.parts import downloads
from ui.parts.widgets import data_table
from ui.session.workspace import Data

PREVIEW = 5  # rows of an example
_SHOWN = (
    [Csv.ITEM, Csv.TITLE, Csv.LANGUAGE, Csv.URL, Csv.TIMESTAMP, Csv.EVENT],
    [Csv.USER, Csv.ITEM, Csv.EVENT, Csv.TIMESTAMP],
)
_TURN = "brought"  # in the session: how often files were taken up or put away
_AGAIN = "again"  # in the session: files in use that are to be read otherwise


def given(here: Data) -> list[Source]:
    """The place for files, open or one line, and the files that lie there.

    It is one line where the person has brought files already, until they open it.
    """
    turn = st.session_state.setdefault(_TURN, 0)
    label = "Bring your files" if here.origin == "sample" else "Bring other files"
    open_first = here.origin == "sample" and not looked_at_again()
    with st.expander(label, open_first, key=f"bring-{turn}", icon=":material/upload_file:"):
        uploads = st.file_uploader(
            "Drop the interactions file here, and the articles file if you have one",
            accept_multiple_files=True,
            key=f"files-{turn}",
            help="CSV, Excel, JSON lines or Parquet; plain, gzip or zip; any column names. "
            "Only you can see these files.",
        )
        if not uploads:
            _examples()
            st.caption(_larger())
        return [*looked_at_again(), *_sources(uploads), *_on_the_server(turn)]


def put_away() -> None:
    """The files that lie there are done with: the place for them becomes one line."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.pop(_AGAIN, None)


def take_up(data: Data) -> None:
    """Look at the files of data in use once more, as they were read."""
    put_away()
    files = [file for file in (data.files.articles, data.files.interactions) if file is not None]
    for file in files:
        told.take_over(file)
    st.session_state[_AGAIN] = [file.source for file in files]


def looked_at_again() -> list[Source]:
    """The files of data in use that are looked at once more; none where others are."""
    return list(st.session_state.get(_AGAIN, []))


def _larger() -> str:
    """What to do with a file that is too large for the browser, as Markdown."""
    return (
        f"More than {st.get_option('server.maxUploadSize'):,} MB? Compress the file (gzip, zip), "
        "save it as Parquet, or load it from the server's folder or the command line: see the "
        "README."
    )


def _examples() -> None:
    """Two small files to take away, and their first rows."""
    box = st.popover("Example files", icon=":material/help:", key="examples", on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown(
            "Two small example files. Other column names are fine, and only reader and article "
            "ids are required: you choose the columns after dropping the files."
        )
        for name, data, columns in zip(EXAMPLE_NAMES, example_csv(), _SHOWN, strict=True):
            downloads.button(f"Download {name}", data, name, key=f"example-{name}")
            data_table(
                pd.read_csv(io.BytesIO(data), dtype=str, nrows=PREVIEW)[columns],
                f"rows-{name}", f"First rows of the example {name}", name=None,
            )  # fmt: skip


def _on_the_server(turn: int) -> list[Source]:
    """The files that the person picks from the folder `KINDRED_FILES`, if there is one."""
    folder = os.environ.get("KINDRED_FILES")
    if not folder:
        return []
    paths = {path.name: path for path in sorted(Path(folder).glob("*")) if path.is_file()}
    chosen = st.multiselect(
        "Or choose files on the server", list(paths), placeholder="choose",
        key=f"server-{turn}",
    )  # fmt: skip
    held: dict[tuple[str, int], Source] = st.session_state.setdefault("server_files", {})
    found = []
    for name in chosen:
        path = paths[name]
        key = name, path.stat().st_mtime_ns
        found.append(held.setdefault(key, Source(name=name, path=path)))
    return found


def _sources(files: Sequence[Any]) -> list[Source]:
    """The uploaded files, each copied out of the uploader once."""
    held: dict[str, Source] = st.session_state.setdefault("sources", {})
    now = {file.file_id: file for file in files}
    for gone in held.keys() - now.keys():
        del held[gone]
    for key, file in now.items():
        if key not in held:
            held[key] = Source(name=file.name, data=file.getvalue())
    return [held[key] for key in now]
