"""Readers: what would this reader read next, and why?"""

from typing import Any

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from ui.beside import cached
from ui.frame import background, page, places
from ui.frame.problems import problem
from ui.parts import article, downloads, focus, trust
from ui.parts.notebook import show as show_notebook
from ui.parts.widgets import fill
from ui.people import new_reader, notebook, reader, reasons, suggestions, why_not, wishes
from ui.session import links
from ui.session.sharing import link_to
from ui.text import plain

with page.arrive("Readers") as arrival:
    here, model, view = arrival.here, arrival.model, arrival.view
    tables, solver = here.data.tables, cached.solver(model)

    def query_of(**changes: Any) -> dict[str, str]:
        """The address of this view, or of one that differs from it."""
        shown = {"item": view.item, "n": view.n, "user": view.user, "whynot": view.whynot}
        shown |= {"reader": view.reader, "exclude": view.exclude}
        return links.write(here, **{**shown, **changes})

    def show(**changes: Any) -> None:
        """Show a view that differs from this one; the address holds it."""
        links.go(query_of(**changes))

    def open_person(user: str) -> None:
        """Look at a reader of the data."""
        st.session_state["person-search"] = ""
        show(user=user, item="", whynot="", reader=None)

    def open_article(item: str) -> None:
        """Go to an article in the run that follows."""
        st.session_state.opened = item

    def exclude(item: str) -> None:
        """Never recommend an article."""
        excluded = (*view.exclude, item)
        if links.too_long(links.write_ids(excluded)):
            st.toast("The list is full. Allow some articles again first.")
        else:
            show(exclude=excluded)

    def change_n() -> None:
        """Show more or fewer recommendations."""
        wanted = st.session_state.get(n_key, view.n)
        if wanted != view.n:  # not so where the browser tells of this page when another is shown
            show(n=wanted)

    def change_whom() -> None:
        """Look at a new reader, the last one of this session, or at a reader of the data."""
        shown = reader.KNOWN if view.reader is None else reader.NEW
        wanted = st.session_state.get("whom", shown)
        if wanted != shown:
            clicks = links.kept_reader(here) if wanted == reader.NEW else None
            show(reader=clicks, whynot="")

    def change_past(item: str, event: str) -> None:
        """What would bring an article in: done for a new reader, looked at for another."""
        if view.reader is None:
            open_article(item)
        elif event:
            new_reader.add_click(view.reader, event, item, lambda clicks: show(reader=clicks))
        else:
            show(reader=tuple(click for click in view.reader if click[1] != item))

    def allow(item: str) -> None:
        """Recommend an article again."""
        show(exclude=tuple(other for other in view.exclude if other != item))

    if "opened" in st.session_state:
        item = st.session_state.pop("opened")
        st.switch_page(places.SIMILAR, query_params=links.write(here, item, view.n, view.user))

    whom = st.container(horizontal=True, vertical_alignment="center")
    whom.radio(
        "Which reader",
        [reader.KNOWN, reader.NEW],
        key=fill("whom", reader.KNOWN if view.reader is None else reader.NEW),
        on_change=change_whom,
        horizontal=True,
        label_visibility="collapsed",
        width="content",
    )
    someone = None
    try:
        if view.reader is None:
            reader.pick_person(model, open_person, whom)
            user = view.user or cached.first_reader(model)
            someone = reader.known_reader(solver, user)
            st.session_state.user = user
    except KindredError as error:
        problem(error)
        st.page_link(
            places.PEOPLE,
            label="Show another reader",
            icon=":material/arrow_forward:",
            query_params=query_of(item="", user="", whynot="", reader=None),
        )
        page.stop()

    head = st.container(horizontal=True, vertical_alignment="center")
    said = st.container()
    grid = st.grid(5, min_column_width=145, gap="medium")
    if view.reader is not None:
        with grid.cell(column_span=2):
            someone = new_reader.put_together(
                solver, tables, view.reader, lambda clicks: show(reader=clicks)
            )
    if someone is None:
        head.header("New reader", wrap=False)
        with grid.cell(column_span=3):
            st.info("Click one article or more: recommendations appear here at once.")
        page.stop()

    with head:
        st.header(plain(someone.label), wrap=False)
        focus.on_heading(someone.user or "new")
        try:
            suggested = suggestions.Suggestions(
                model=model,
                tables=tables,
                reader=someone,
                wish=wishes.wishes(model, tables, view.exclude),
            )
            seeds = background.seeds_of(model).result if suggested.by_model_alone else None
            table = suggested.with_stability(suggested.table(view.n), seeds)
        except KindredError as error:
            problem(error)
            page.stop()
        n_key = f"n-{view.n}"
        st.number_input(
            "How many", 1, links.MAX_N, view.n, key=n_key, width=150, on_change=change_n,
            label_visibility="collapsed", icon=":material/format_list_numbered:",
        )  # fmt: skip
    with said:
        wishes.show_wish(suggested.wish)
        wishes.show_not_kept(suggested.wish, model, tables)
        suggestions.show_excluded(view.exclude, model, tables, lambda: show(exclude=()))
    ids = table[Col.ITEM].tolist()
    asked = view.item if view.item in ids else next(iter(ids), "")

    def show_why() -> None:
        """The reasons for the recommendation that is chosen, and what can be done with it."""
        if not asked:
            return
        chosen = article.find(model, tables, asked)
        reasons.show_reasons(suggested, asked, chosen.label if chosen else asked)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                places.SIMILAR,
                label="Open this article",
                icon=":material/search:",
                query_params=links.write(here, asked),
            )
            st.button(
                "Don't recommend this",
                icon=":material/block:",
                on_click=exclude,
                args=(asked,),
            )
            reasons.offer_table(suggested, asked)

    with grid.cell(column_span=3):
        if ids:
            suggestions.show_recommended(table, suggested, asked, lambda item: show(item=item))
            if suggested.by_model_alone and seeds is None:
                trust.wait_for_seeds(model)
        else:
            st.info("The options leave no article. Change them under *Options*.")
        if view.reader is not None:
            show_why()
        why_not.ask(model, tables, lambda item: show(whynot=item))
        if view.whynot:
            why_not.show(
                suggested,
                view.whynot,
                view.n,
                ids,
                change_past,
                allow=lambda: allow(view.whynot),
                close=lambda: show(whynot=""),
            )
    if view.reader is None:
        with grid.cell(column_span=2):
            show_why()
            reader.show_history(solver, someone, open_article)
    with st.container(horizontal=True):
        downloads.whole_catalogue(model, "recommendations", view.n)
        show_notebook(notebook.lines_of(suggested, here, view.n, seeds is not None), here)
        link_to(here, query_of(user="" if view.reader is not None else someone.user), "new-search")
        if view.reader is None:
            st.page_link(
                places.MAP,
                label="Show on the map",
                icon=":material/scatter_plot:",
                query_params=links.write(here, user=someone.user),
            )
    reader.show_similar(model, someone, open_person)
