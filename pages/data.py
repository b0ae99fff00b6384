"""Data: what did it read, and what did it leave out?"""

import streamlit as st

from recsys.dataset import Files
from recsys.errors import KindredError
from ui.beside import server
from ui.data import keeping
from ui.data.filter_form import show_filter
from ui.data.profile import show_preview, show_profile
from ui.files import bringing, intake, report
from ui.frame import page, places, problems, strip, wanted
from ui.parts.advising import show_idle
from ui.session import links, workspace
from ui.session.workspace import Data
from ui.text import plain

with page.show("Data") as here:
    st.title("Data")
    strip.show(here)
    keeping.show_opening()
    keeping.show_keeping()

    problems.show_refused("address")
    wanted.show(dismiss=True)

    given = bringing.given(here.data)
    files: Files | None = None
    read: Data | None = None
    if given:
        try:
            files = intake.ask(given)
            read = None if files is None else intake.read(files)
        except KindredError as error:
            report.show_refused(error, files, intake.follower(given))

    new = read is not None and read.fingerprint != here.data.whole.fingerprint
    if read is not None and new:
        with st.container(border=True):
            st.header("Ready to use")
            row = st.container(horizontal=True, vertical_alignment="bottom")
            refused = st.container()
            report.show_hints(read, intake.follower(given))
            incoming = intake.weighed(read)
            with row:
                name = intake.name_field(read, here.data)
                pressed = st.button("Use this data", type="primary", icon=":material/check:")
                intake.put_away_button()
            if pressed:
                try:
                    intake.use(read, incoming.weights(), name)
                    st.rerun()
                except KindredError as error:
                    problems.refuse(error, "use")
            with refused:
                problems.show_refused("use")
            report.show_report(read)
    elif read is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("This data is already in use.", width="content")
            intake.put_away_button("Close these files")

    if given and (read is None or new):  # what is in use is out of the way
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Still in use: {plain(here.data.name)}.", width="content")
            if read is None:
                intake.put_away_button()
        page.stop()

    st.header(f"In use: {plain(here.data.name)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Next:", width="content")
        st.page_link(
            places.SIMILAR,
            label="Find similar articles",
            icon=":material/search:",
            query_params=links.write(here),
            help="If there is no model yet, it is trained first.",
        )
        st.page_link(
            places.TRAIN,
            label="Set strengths and train",
            icon=":material/tune:",
            query_params=links.write(here),
        )
    with st.container(horizontal=True):
        if here.data.origin == "private":
            keeping.show_keep(here.data)
        keeping.show_kept()
        if intake.can_be_read_again(here.data):
            st.button(
                "Change how the files are read",
                icon=":material/view_column:",
                on_click=intake.read_again,
                args=(here.data,),
            )
        if here.data.origin != "sample":
            st.button(
                "Back to the sample data",
                icon=":material/undo:",
                on_click=lambda: workspace.use_data(workspace.sample()),
            )
    keeping.show_changing()
    keeping.show_removed(here.data)
    show_filter(here)
    show_profile(here)
    st.header("What was read and what was left out")
    report.show_hints(here.data, intake.follower_in_use(here.data))
    report.show_report(here.data)
    show_idle(here)
    show_preview(here.data)
    st.caption(server.room())
    intake.go_to_top()
