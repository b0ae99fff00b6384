"""Taking the map away: a picture for slides, a page that works from disk, a table, a link."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from recsys.maps import Colouring, Label, map_picture
from recsys.writing import table_bytes
from ui.map import group, saying
from ui.map.shown import Shown
from ui.parts import downloads
from ui.session import links
from ui.session.sharing import link_to


def show(shown: Shown, colouring: Colouring, labels: Sequence[Label]) -> None:
    """The buttons below the map."""
    name = f"{downloads.file_stem(shown.here.data.name)}-map"
    title = f"{shown.here.data.name}: {len(shown.model.items):,} articles by who reads them"

    def picture(format: str) -> bytes:
        return map_picture(
            shown.places.xy,
            shown.model.readers,
            colouring,
            labels,
            title=title,
            said=saying.as_text(shown.places),
            format=format,
            dark=st.context.theme.type == "dark",
        )

    def table() -> bytes:
        rows = np.arange(len(shown.model.items))
        return table_bytes(group.table_of(shown.model, rows, shown), "csv")

    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Download", icon=":material/download:", key="map-take"):
            st.caption("The whole map with these colours and names.")
            for format in ("png", "svg"):
                downloads.button(
                    f"Picture ({format.upper()})", partial(picture, format), f"{name}.{format}",
                    key=f"map-{format}",
                )  # fmt: skip
            downloads.button("Table (CSV)", table, f"{name}.csv", key="map-csv")
        link_to(shown.here, _query(shown), "map-search")


def _query(shown: Shown) -> dict[str, str]:
    view = shown.asked.view
    return links.write(shown.here, view.item, view.n, view.user, pair=view.pair)
