"""A page with nothing but a map, as the pages of the app draw one: for the tests of the browser."""

from typing import Any

import numpy as np
import streamlit as st

from recsys.maps.drawing import Colours, Scene
from ui.parts.map_view import hold_scene, map_view

SIDE = 6
ROWS = np.arange(SIDE * SIDE)
SHADES = ["#1f5f8b", "#b4501e", "#3d7a4a", "#7a4a8c", "#8a6d1b", "#5b6470"]


@st.fragment
def draw() -> None:
    """The map, what was chosen on it, and two colourings."""
    state = st.session_state
    by = st.radio("Colour", ["Column", "Row"])
    index = ROWS % SIDE if by == "Column" else ROWS // SIDE
    entries = [(one, f"{by} {one}", SIDE) for one in range(SIDE)]
    colours = Colours(
        title=by, kind="categories", index=index, light=SHADES, dark=SHADES, entries=entries
    )
    chosen = state.get("chosen", -1)
    shown: dict[str, Any] = {
        "scene": "small",
        "colour": colours.state(),
        "chosen": chosen,
        "near": [] if chosen < 0 else [(chosen + 1) % len(ROWS)],
        "inside": state.get("inside"),
        "labels": [{"text": "A name", "x": 2.5, "y": 2.5, "level": 0, "weight": 1, "id": "7"}],
        "height": 400,
        "alt": "A small map",
    }
    map_view(
        shown,
        key="map",
        clicked=lambda row: state.update(chosen=row),
        area=lambda points: state.update(inside=points),
        topic=lambda name: state.update(topic=name),
    )
    corners = len(state.get("inside") or [])
    st.text(f"chosen {chosen}, corners {corners}, topic {state.get('topic')}")


def main() -> None:
    """The page."""
    places = np.column_stack([ROWS % SIDE, ROWS // SIDE]).astype("f4")
    titles = [f"Article number {row}" for row in ROWS]
    hold_scene("small", Scene(xy=places, titles=titles, readers=ROWS + 1).packed())
    draw()


if __name__ == "__main__":
    main()
