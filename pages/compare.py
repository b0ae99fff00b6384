"""Compare: what did the change change, and is it more than random variation?"""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.recommendations import people
from recsys.text import most_read
from ui.compare import comparison, notebook, other_model
from ui.frame import page, places
from ui.frame.problems import problem
from ui.parts import article
from ui.parts.notebook import show as show_notebook
from ui.parts.search_box import search_box
from ui.session import links
from ui.session.sharing import link_to
from ui.text import plain

A_WIDTH = 270  # pixels: what A is stands beside the choice of B, in two lines

with page.arrive("Compare") as arrival:
    here, model, view = arrival.here, arrival.model, arrival.view

    def open_article(item: str) -> None:
        """Compare the neighbours of an article; the address holds it."""
        st.session_state["compare-search"] = ""
        links.go(links.write(here, item, view.n))

    def open_from_person(item: str) -> None:
        """Go over from a person to an article that is recommended."""
        st.session_state["compare-what"] = "One article"
        open_article(item)

    if st.query_params.get("compare-what") == "One person":  # as older links say it
        st.query_params["compare-what"] = "One reader"
    row = st.container(horizontal=True, vertical_alignment="center")
    kind = row.radio(
        "What to compare",
        ["All articles", "One article", "One reader"],
        key="compare-what",
        bind="query-params",
        horizontal=True,
        label_visibility="collapsed",
        width="content",
    )
    row.caption(
        f"**A** is the model in use: {plain(other_model.described(here))}. Against **B**:",
        width=A_WIDTH,
    )
    try:
        with row:
            other = other_model.choose(here)
    except KindredError as error:
        problem(error)
        st.button(
            "Ignore this part of the link", on_click=st.query_params.__delitem__, args=("against",)
        )
        page.stop()
    page.prepare(other)
    second = page.need_model(other)

    lines: list[str] = []
    try:
        names = other_model.described(here), other_model.described(other)
        pair = comparison.pair_of(model, second, names)
        if kind == "All articles":
            comparison.show_catalogue(pair, view.n, open_article)
        if kind != "One reader":
            item = view.item or most_read(model, 1)[Col.ITEM].iloc[0]
            found = article.find(model, here.data.tables, item)
            with st.container(gap="xxsmall"):
                search_box(model, here.data.tables, open_article, key="compare-search")
                st.header(plain(found.label if found else item), wrap=False)
            st.session_state.item = one = item
            if found is not None and found.position is None:
                st.info(
                    "Nobody has read this article, so neither model knows it. Choose another one "
                    "above."
                )
            else:
                comparison.show_item(pair, item, view.n, open_article)
        else:
            one = user = view.user or str(people(model, 1)[Col.USER].iloc[0])
            st.header(plain(f"Reader {user}"), wrap=False)
            comparison.show_person(pair, user, view.n, open_from_person)
            st.page_link(
                places.PEOPLE,
                label="Choose another reader",
                icon=":material/group:",
                query_params={
                    **links.write(here, "", view.n, user),
                    **links.kept_exclude(here),
                },
            )
        lines = notebook.lines_of(here, other, kind, one, view.n, pair.seeds is not None)
    except KindredError as error:
        problem(error)
    with st.container(horizontal=True):
        link_to(here, links.write(here, view.item, view.n, view.user), "compare-search")
        if lines:
            show_notebook(lines, here)
