"""Map: how does the whole catalogue lie?"""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.similarity import position_of, similar_items
from ui import cached, figures, links, page
from ui.sharing import link_to
from ui.text import plain
from ui.widgets import article_table, problem

arrival = page.arrive("Map")
here, model, view = arrival.here, arrival.model, arrival.view
chart_key = f"map-{model.fingerprint}-{view.item}"


def open_article(item: str) -> None:
    """Choose an article; the address holds it."""
    links.go(links.write(here, item, view.n))


def point_clicked() -> None:
    """A click on a point chooses the article whose row the point carries."""
    points = st.session_state[chart_key]["selection"]["points"]
    if points:
        row = points[0]["customdata"]
        row = row[0] if isinstance(row, list | tuple) else row
        open_article(str(model.items[Col.ITEM].iloc[int(row)]))


places, kept = cached.article_map(model)
chosen = neighbours = None
if view.item:
    try:
        chosen = position_of(model, view.item)
        neighbours = similar_items(model, view.item, view.n)
        st.session_state.item = view.item
    except KindredError as error:
        problem(error)
grid = st.grid(5, min_column_width=145, gap="medium")
close = False
with grid.cell(column_span=3):
    st.markdown(f"**{len(places):,} articles.** Near each other: read by the same people.")
    if chosen is not None:
        close = st.toggle("Only the part around the chosen article", key="close")
    st.plotly_chart(
        figures.article_map(
            places[Col.X].to_numpy(),
            places[Col.Y].to_numpy(),
            model.readers,
            model.labels,
            chosen,
            None if neighbours is None else neighbours[Col.ITEM].map(model.positions).to_numpy(),
            close=close,
            dark=st.context.theme.type == "dark",
        ),
        key=chart_key,
        on_select=point_clicked,
        selection_mode="points",
        alt="Every article as a point; the table beside it lists the chosen one's neighbours.",
        config={"scrollZoom": True, "displaylogo": False},
    )
    st.caption(
        f"The two principal components of the {model.params.factors} factors keep {kept:.0%} of "
        "what tells articles apart. True neighbours, as listed, can lie apart here."
    )
with grid.cell(column_span=2):
    if chosen is None or neighbours is None:
        st.markdown("**Click a point** to see the article and its neighbours. The most read:")
        top = page.most_read(model, 10)
        article_table(
            top,
            f"top-{model.fingerprint}",
            open_article,
            "The most-read articles",
            title_width=176,
        )
    else:
        st.subheader(plain(model.labels[chosen]))
        st.caption(f"{model.readers[chosen]:,} readers · its {len(neighbours)} nearest:")
        article_table(
            neighbours.drop(columns=[Col.READERS]),
            f"near-map-{model.fingerprint}-{view.item}-{view.n}",
            open_article,
            "The chosen article's neighbours",
            name="neighbours",
            title_width=176,  # as wide as a projector leaves it beside the map
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            query = links.write(here, view.item, view.n)
            link_to(here, query)
            st.page_link(
                page.SIMILAR,
                label="Open in Similar articles",
                icon=":material/search:",
                query_params=query,
            )
