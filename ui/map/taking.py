"""Taking the map away: a picture for slides, a page that works from disk, a table, a link."""

from functools import partial

import streamlit as st

from recsys.maps import Chart, Colouring, colourings
from recsys.writing import table_bytes
from ui.beside import server
from ui.beside.work import Rank, Work
from ui.frame import waiting
from ui.map import asked as asking
from ui.map.shown import Shown
from ui.parts import downloads
from ui.session.sharing import live_link_to

LINK = "map-link"  # the key of the link's button
AT_ONCE = 5_000  # articles, up to which a page is made as it is clicked
MOST_IN_PAGE = 200_000  # articles, beyond which a page would be larger than browsers open


def show(shown: Shown, colouring: Colouring, camera: tuple[float, float, float] | None) -> None:
    """The buttons below the map.

    Parameters
    ----------
    camera
        Centre and zoom, as the browser told them last.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        if shown.topics is not None:
            _files(shown, colouring)
        query = asking.as_link(shown.here, shown.asked, camera)
        live_link_to(shown.here, query, "map-search", LINK)


def _files(shown: Shown, colouring: Colouring) -> None:
    assert shown.topics is not None
    name = f"{downloads.file_stem(shown.here.data.name)}-map"
    count = len(shown.model.items)
    chart = Chart(
        model=shown.model,
        places=shown.places,
        topics=shown.topics,
        finer=shown.finer,
        title=f"{shown.here.data.name}: {count:,} articles by who reads them",
    )
    dark = st.context.theme.type == "dark"
    popover = st.popover("Download", icon=":material/download:", key="map-take", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.caption("The whole map: with these colours, the other colours are in the page as well.")
        for format in ("png", "svg"):
            downloads.button(
                f"Picture for slides ({format.upper()})",
                partial(chart.picture, colouring, format, dark=dark), f"{name}.{format}",
                key=f"map-{format}",
            )  # fmt: skip
        _page(shown, chart, colouring, f"{name}.html")
        downloads.button(
            "Table (CSV)", lambda: table_bytes(chart.table(), "csv"), f"{name}.csv", key="map-csv"
        )


def _page(shown: Shown, chart: Chart, colouring: Colouring, name: str) -> None:
    """The page: made at once where that is quick, and beside the page where not."""
    count = len(shown.model.items)

    def make() -> bytes:
        others = [one for one in colourings(chart) if one.title != colouring.title]
        return chart.page([colouring, *others])

    label = "Interactive page (HTML)"
    about = "One file that works without a network: search, topics, similar articles, selection."
    if count > MOST_IN_PAGE:
        st.caption(
            f"An interactive page holds up to {MOST_IN_PAGE:,} articles; this map has {count:,}. "
            "Filter the data for one."
        )
        return
    if count <= AT_ONCE:
        downloads.button(label, make, name, key="map-html", help_text=about)
        return
    key = f"map page {shown.scene} {colouring.title} {len(chart.topics.names)}"
    work: Work[bytes] | None = server.workers().known(key)
    if work is not None and work.result is not None:
        downloads.button(label, work.result, name, key="map-html", help_text=about)
    elif work is None or waiting.over(work):
        if st.button(f"Make the {label.lower()}", key="map-html-make", help=about):
            server.work(key, "Making the page", lambda work: make(), Rank.CLICKED, again=True)
            st.rerun()
    else:
        waiting.wait_for(work)
        st.caption("The page is being made…")
