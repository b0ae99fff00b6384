"""Data: what did it read, and what did it leave out?"""

import streamlit as st

from recsys.errors import KindredError
from ui.beside import server
from ui.data import intake
from ui.data.filter_form import show_filter
from ui.data.profile import show_preview, show_profile, show_report
from ui.frame import page, problems, strip
from ui.frame.problems import problem
from ui.session import links, workspace
from ui.session.workspace import Data
from ui.text import plain

with page.show("Data") as here:
    st.title("Data")
    strip.show(here)
    intake.show_opening()
    intake.show_keeping()

    pending = st.session_state.get("pending")
    if pending:
        st.info(f"A link waits for the data set **{plain(pending.get('data', '')[:8])}**.")

    uploads = st.file_uploader(
        "Bring your own: drop the articles file and the interactions file here, in any order",
        accept_multiple_files=True,
        key="files",
        help="CSV, TSV or Parquet, plain or packed (gzip, zip), in the columns of the Deskdrop "
        "data or in others. Nobody but you sees them.",
    )
    st.caption(intake.larger())
    given = [*intake.sources(uploads), *intake.on_the_server()]
    read: Data | None = None
    if given:
        try:
            files = intake.ask(given)
            read = None if files is None else intake.read(files)
        except KindredError as error:
            problem(error)
            st.caption(f"In use, as before: {plain(here.data.name)}.")

    if read is not None and read.fingerprint != here.data.whole.fingerprint:
        with st.container(border=True):
            st.subheader("Read, and ready to use")
            show_report(read)
            incoming = intake.weighed(read)
            if st.button("Use this data", type="primary", icon=":material/check:"):
                try:
                    intake.use(read, incoming.weights())
                    st.rerun()
                except KindredError as error:
                    problems.refuse(error, "use")
            problems.show_refused("use")

    if pending and pending.get("data") == here.data.whole.fingerprint:
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
        kept = server.data_store().names()
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
            st.caption(
                "Everyone who uses this server can then open it, and links to it work for all."
            )
            name = st.text_input("Name", max_chars=60)
            if st.button("Keep"):
                try:
                    intake.keep(here.data, name)
                    st.rerun()
                except KindredError as error:
                    problems.refuse(error, "keep")
            problems.show_refused("keep")
    st.page_link(
        page.SIMILAR,
        label="Find similar articles in it",
        icon=":material/arrow_forward:",
        query_params=links.write(here),
    )
    show_filter(here)
    show_profile(here)
    st.subheader("What was read, what was left out")
    show_report(here.data)
    show_preview(here.data)
    st.caption(server.room())
