"""Home: what this is, what is loaded, and one real answer as proof."""

import streamlit as st

from recsys.columns import Col
from recsys.neighbours import similar_items
from recsys.text import find_items
from ui.frame import page, places, strip
from ui.parts.widgets import article_table
from ui.session import links
from ui.text import plain

with page.show("Home") as here:
    st.title("Kindred")
    st.markdown("Find the articles that belong together, from what people read.")
    page.prepare(here)
    strip.show(here)
    model = page.need_model(here)

    users, items = model.user_items.shape
    st.caption(
        f"{users:,} people, {items:,} articles, {model.user_items.nnz:,} pairs of a person and an "
        "article that they read. Articles are alike when the same people care about them."
    )

    query = int(find_items(model, "", 1)[0])
    item = model.items[Col.ITEM].iloc[query]
    st.subheader(f"Read by most: {plain(model.labels[query])}")
    st.markdown("The five articles nearest to it. Click one to see what belongs with it.")

    def open_article(chosen: str) -> None:
        """Go to the clicked article (the page changes in the run that follows)."""
        st.session_state.opened = chosen

    article_table(
        similar_items(model, item, 5),
        key=f"home-{model.fingerprint}",
        then=open_article,
        alt="The five articles nearest to the most-read one",
        name="nearest-to-the-most-read",
    )
    if "opened" in st.session_state:
        chosen = st.session_state.pop("opened")
        st.switch_page(places.SIMILAR, query_params=links.write(here, chosen))

    doors = (
        (
            places.SIMILAR,
            "Find an article",
            ":material/search:",
            "Search by the words of its title.",
        ),
        (places.DATA, "Bring your data", ":material/upload:", "Two CSV files, in any order."),
        (places.TRAIN, "Try other strengths", ":material/tune:", "Say what each event is worth."),
    )
    grid = st.grid(3, min_column_width=220)
    for target, label, icon, words in doors:
        with grid.cell(), st.container(border=True):
            st.page_link(target, label=f"**{label}**", icon=icon)
            st.caption(words)
