"""What can be changed about the map."""

import streamlit as st

from ui.map import versus
from ui.map.shown import Shown

TOPICS = "topics"  # how many, in the address
SECOND = "second"  # how a second model is shown, in the address
FEWEST, MOST = 2, 100


def topic_count() -> int | None:
    """How many topics are asked for; None: as many as are found."""
    text = str(st.session_state.get(TOPICS) or st.query_params.get(TOPICS, ""))
    number = int(float(text)) if text.replace(".", "", 1).isdecimal() else 0
    return number if FEWEST <= number <= MOST else None


def field(shown: Shown) -> str:
    """The fields, behind a button; gives how a second model is shown."""
    with st.popover("Options", icon=":material/tune:", key="map-options"):
        st.number_input(
            "Number of topics", FEWEST, MOST, None, 1, key=TOPICS, bind="query-params",
            placeholder="found in the data",
            help="Empty: as many as the data has. Fewer, broader topics or more, finer ones.",
        )  # fmt: skip
        how = st.segmented_control(
            "A second model", [versus.OFF, versus.SIDE, versus.ARROWS], default=versus.OFF,
            key=SECOND, bind="query-params", required=True,
            help="Side by side: both maps, under one selection. Arrows: what moves from this "
            "model's map to the other's, further than another random start moves it.",
        )  # fmt: skip
        how = how or versus.OFF
        if how != versus.OFF:
            versus.choose(shown)
    return how
