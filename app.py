"""Home: what this is, what is loaded, and one real answer as proof."""

import streamlit as st

from ui.frame import page, places, strip
from ui.home import answer, doors
from ui.session import links

ABOUT = (
    "A read is one reader and one article, however often it was opened. Articles are similar when "
    "the same readers read them; how much each event counts is set under Strengths & training."
)

with page.show("Home") as here:
    st.title("Kindred")
    st.markdown(
        "See which articles belong together and what each reader would read next, based on who "
        "read what."
    )
    page.prepare(here)
    strip.show(here)
    model = page.need_model(here)
    st.caption(doors.figures(here, model), help=ABOUT)
    doors.show_way_back(here, model)

    def open_article(chosen: str) -> None:
        """Go to the chosen article (the page changes in the run that follows)."""
        st.session_state.opened = chosen

    answer.show(model, open_article)
    if "opened" in st.session_state:
        chosen = st.session_state.pop("opened")
        st.switch_page(places.SIMILAR, query_params=links.write(here, chosen))
    doors.show_doors(here)
