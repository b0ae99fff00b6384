"""Map: how does the whole catalogue lie?"""

import streamlit as st

from recsys.columns import Col
from recsys.text import most_read
from ui.beside import cached
from ui.frame import page, places
from ui.parts import article, figures, focus
from ui.parts.widgets import article_table
from ui.session import links
from ui.session.sharing import link_to
from ui.similar.neighbours import nearest
from ui.text import counted, plain

with page.arrive("Map") as arrival:
    here, model, view = arrival.here, arrival.model, arrival.view
    tables = here.data.tables
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

    shown, kept = cached.article_map(model)
    chosen = article.find(model, tables, view.item) if view.item else None
    neighbours = None
    if chosen is not None:
        neighbours = nearest(chosen, model, tables, view.n)
        st.session_state.item = view.item
    elif view.item:
        article.unknown(view.item, tables)
    # An article that nobody has read has no place on the map, and may be near others without one.
    near = [] if neighbours is None else neighbours[Col.ITEM]
    marked = [model.positions[one] for one in near if one in model.positions]
    grid = st.grid(5, min_column_width=145, gap="medium")
    close = False
    with grid.cell(column_span=3):
        st.markdown(
            f"**{counted(len(shown), 'article')} with readers.** Articles close together have the "
            "same readers."
        )
        if marked:
            close = st.toggle("Zoom to the chosen article", key="close")
        st.plotly_chart(
            figures.article_map(
                shown[Col.X].to_numpy(),
                shown[Col.Y].to_numpy(),
                model.readers,
                model.labels,
                None if chosen is None else chosen.position,
                marked,
                close=close,
                dark=st.context.theme.type == "dark",
            ),
            key=chart_key,
            on_select=point_clicked,
            selection_mode="points",
            alt="Every article as a point; the table lists the articles similar to the chosen one.",
            config={"scrollZoom": True, "displaylogo": False},
        )
        st.caption(
            f"The map keeps {kept:.0%} of the differences between articles: similar ones can lie "
            "apart.",
            help=f"It shows the two principal components of the {model.params.factors} factors; "
            f"they explain {kept:.0%} of the variance.",
        )
    with grid.cell(column_span=2):
        if chosen is None or neighbours is None:
            st.markdown("**Click a point** to see the article and those similar to it. Most read:")
            top = most_read(model, 10)
            article_table(
                top,
                f"top-{model.fingerprint}",
                open_article,
                "The most-read articles",
            )
        else:
            st.header(plain(chosen.label))
            focus.on_heading(view.item)
            listed = f"its {len(neighbours)} most similar articles"
            if chosen.position is not None:
                st.caption(f"{counted(chosen.readers, 'reader')} · {listed}:")
            elif len(neighbours):
                st.caption(f"No readers yet, so it is not on the map; {listed} by content:")
            else:
                st.caption("No readers yet, and no title or text to find similar articles by.")
            article_table(
                neighbours.drop(columns=[Col.READERS, Col.CONTENT], errors="ignore"),
                f"near-map-{model.fingerprint}-{view.item}-{view.n}",
                open_article,
                "The articles most similar to the chosen one",
                name="neighbours",
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                query = links.write(here, view.item, view.n)
                link_to(here, query)
                st.page_link(
                    places.SIMILAR,
                    label="Open in Similar articles",
                    icon=":material/search:",
                    query_params=query,
                )
