"""Similar articles: what belongs with this one, and why?"""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.text import most_read
from ui.frame import background, page, places
from ui.frame.problems import problem
from ui.parts import article, downloads, focus, trust
from ui.parts.notebook import show as show_notebook
from ui.parts.search_box import search_box, show_topic
from ui.session import links, recent
from ui.session.sharing import link_to
from ui.similar import neighbours, notebook, picks

with page.arrive("Similar articles") as arrival:
    here, model, view = arrival.here, arrival.model, arrival.view
    tables = here.data.tables

    def open_article(item: str) -> None:
        """Make an article the query; the address holds it, so that the back button returns."""
        st.session_state["search"] = ""
        links.go(links.write(here, item, view.n))

    def open_person(user: str) -> None:
        """Go to a person in the run that follows."""
        st.session_state.person_opened = user

    def change_n() -> None:
        """Show more or fewer neighbours."""
        wanted = st.session_state.get(n_key, view.n)
        if wanted != view.n:  # not so where the browser tells of this page when another is shown
            links.go(links.write(here, item, wanted))

    search_box(model, tables, open_article)
    top = most_read(model, 1)[Col.ITEM].iloc[0]
    item = view.item or top
    chosen = article.find(model, tables, item)
    if chosen is None:
        article.unknown(item, tables)
        st.page_link(
            places.SIMILAR,
            label="Show the most-read article",
            icon=":material/arrow_forward:",
            query_params=links.write(here),
        )
        page.stop()
    st.session_state.item, st.session_state.n = item, view.n
    recent.note(here, item, chosen.label)

    with st.container(gap="xxsmall"):
        article.header(chosen)
        focus.on_heading(item)
        note = "the most read" if item == top else ""
        article.about(chosen, model, tables, open_person, show_topic, note)
    if "person_opened" in st.session_state:
        user = st.session_state.pop("person_opened")
        query = {**links.write(here, item, user=user), **links.kept_exclude(here)}
        st.switch_page(places.PEOPLE, query_params=query)

    n_key = f"n-{view.n}"
    with st.container(horizontal=True, vertical_alignment="center"):
        heading = st.empty()  # how many there are is known when they are found
        choice = neighbours.settings()
        st.number_input(
            "How many",
            min_value=1,
            max_value=links.MAX_N,
            value=view.n,
            key=n_key,
            on_change=change_n,
            width=150,
            label_visibility="collapsed",
            icon=":material/format_list_numbered:",
        )
    if model.collapsed:
        st.warning(
            "Regularization has pressed all factors of this model to nearly nothing: these "
            "neighbours are noise. Train with less."
        )
    seeds = background.seeds_of(model).result if chosen.position is not None else None
    try:
        found, said = neighbours.neighbours_of(chosen, model, tables, view.n, choice, seeds)
    except KindredError as error:
        problem(error)
        page.stop()
    heading.markdown(neighbours.heading(view.n if found is None else len(found)))
    if said:
        st.info(said) if chosen.position is None else st.caption(said)
    if found is None:
        trust.wait_for_seeds(model)
        page.stop()
    if found.empty:
        link_to(here, links.write(here, item, view.n), "search")
        page.stop()
    found = neighbours.show(found, chosen, model, tables, choice, seeds, open_article)

    picked = picks.picks_of(here.data, item)
    picks.show(picked, chosen, model, tables, found)

    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"similar-to-{item}" if item.lstrip("-").isdecimal() else "similar"
        picks.take_table(found, chosen, tables, name)
        downloads.whole_catalogue(model, "neighbours", view.n)
        lines = notebook.lines_of(chosen, here, view.n, choice, seeds is not None)
        show_notebook(lines, here)
        query = links.write(here, item, view.n)
        link_to(here, query, "search")
        st.page_link(
            places.MAP,
            label="Show it on the map",
            icon=":material/scatter_plot:",
            query_params=query,
        )
