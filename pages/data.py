"""Data: what did it read, and what did it leave out?"""

import streamlit as st

from recsys.errors import KindredError
from recsys.source import Source
from ui import cached, intake, links, page, workspace
from ui.profile import show_profile, show_report
from ui.text import plain
from ui.widgets import problem
from ui.workspace import Data

page.setup_page("Data")
st.title("Data")
here = workspace.current()
page.strip(here)

pending = st.session_state.get("pending")
if pending:
    st.info(f"A link waits for the data set **{plain(pending.get('data', '')[:8])}**.")

files = st.file_uploader(
    "Bring your own: drop the articles file and the interactions file here, in any order",
    accept_multiple_files=True,
    key="files",
    help="CSV with the columns of the Deskdrop data. The two files are told apart by their "
    "columns. Nobody but you sees them.",
)
read: Data | None = None
if files:
    try:
        read = intake.read([Source(name=file.name, data=file.getvalue()) for file in files])
    except KindredError as error:
        problem(error)
        st.caption(f"In use, as before: {plain(here.data.name)}.")
    waiting = intake.waiting([Source(name=file.name, data=file.getvalue()) for file in files])
    if waiting:
        st.info(waiting)


def use_it() -> None:
    """Work on what was read; it stays private to this session."""
    assert read is not None
    workspace.remember_upload(read)
    workspace.use_data(read)


if read is not None and read.fingerprint != here.data.fingerprint:
    with st.container(border=True):
        st.subheader("Read, and ready to use")
        show_report(read.tables)
        st.button("Use this data", type="primary", icon=":material/check:", on_click=use_it)

if pending and pending.get("data") == here.data.fingerprint:
    del st.session_state.pending
    st.switch_page(page.SIMILAR, query_params=pending)

left, right = st.columns([3, 2], vertical_alignment="bottom")
left.subheader(f"In use: {plain(here.data.name)}")
with right.container(horizontal=True, horizontal_alignment="right"):
    if here.data.origin != "sample":
        st.button(
            "Back to the sample data",
            icon=":material/undo:",
            on_click=lambda: workspace.use_data(workspace.sample()),
        )
    kept = cached.data_store().names()
    if kept:
        with st.popover("Kept on this server", icon=":material/folder:"):
            for data_set in kept:
                st.button(
                    plain(data_set.name),
                    key=f"kept-{data_set.fingerprint}",
                    on_click=intake.use_kept,
                    args=(data_set.fingerprint,),
                )
if here.data.origin == "private":
    with st.popover("Keep it on the server", icon=":material/save:"):
        st.caption("Everyone who uses this server can then open it, and links to it work for all.")
        name = st.text_input("Name", max_chars=60)
        if st.button("Keep"):
            try:
                intake.keep(here.data, name)
                st.rerun()
            except KindredError as error:
                problem(error)
st.page_link(
    page.SIMILAR,
    label="Find similar articles in it",
    icon=":material/arrow_forward:",
    query_params=links.write(here),
)
show_profile(here)
