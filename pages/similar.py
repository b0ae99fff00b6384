"""Similar articles: what belongs with this one, and why?"""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.picks import NO_RULES
from recsys.text import most_read
from ui.frame import background, page, places
from ui.frame.problems import problem
from ui.parts import article, downloads, focus, model_download, trust
from ui.parts.notebook import show as show_notebook
from ui.parts.search_box import search_box, show_topic
from ui.session import links, recent
from ui.session.sharing import link_to
from ui.similar import (
    doubt,
    evidence,
    limits,
    neighbours,
    notebook,
    pair,
    picks,
    rule_form,
    together,
    why_not,
)
from ui.similar.question import Question, ranking

with page.arrive("Similar articles") as arrival:
    here, model, view = arrival.here, arrival.model, arrival.view
    tables = here.data.tables
    top = most_read(model, 1)[Col.ITEM].iloc[0]
    item = view.item or top

    def go(item: str, others: tuple[str, ...] = (), pair: str = "", n: int = view.n) -> None:
        """Show another view of this page; the address holds it, so that the way back leads here."""
        links.go(links.write(here, item, n, together=others, pair=pair))

    def open_article(item: str) -> None:
        """Ask about another article."""
        st.session_state["search"] = ""
        go(item)

    def look_at(other: str) -> None:
        """Show the evidence for one article beside the list."""
        go(item, view.together, other)

    def add(other: str) -> None:
        """Ask about one more article together with these."""
        if other not in (item, *view.together):
            go(item, (*view.together, other))

    def remove(gone: str) -> None:
        """Ask about these articles without one."""
        left = [one for one in (item, *view.together) if one != gone]
        go(left[0], tuple(left[1:]))

    def open_person(user: str) -> None:
        """Go to a reader in the run that follows."""
        st.session_state.person_opened = user

    def change_n() -> None:
        """Show more or fewer neighbours."""
        wanted = st.session_state.get(n_key, view.n)
        if wanted != view.n:  # not so where the browser tells of this page when another is shown
            go(item, view.together, view.pair, wanted)

    search_box(model, tables, open_article)
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
    links.keep_similar(item, view.together, view.pair)

    others, unknown = together.find_all(model, tables, view.together)
    articles = (chosen, *(other for other in others if other.id != item))
    with st.container(gap="xxsmall"):
        if len(articles) > 1:
            together.show(articles, remove)
            focus.on_heading(" ".join(one.id for one in articles))
        else:
            article.header(chosen)
            focus.on_heading(item)
            note = "the most read" if item == top else ""
            article.about(chosen, model, tables, open_person, show_topic, note)
        together.say_unknown(unknown)
        few = st.container()  # what is said of few readers depends on a field below
    if "person_opened" in st.session_state:
        user = st.session_state.pop("person_opened")
        query = {**links.write(here, item, user=user), **links.kept_exclude(here)}
        st.switch_page(places.PEOPLE, query_params=query)

    n_key = f"n-{view.n}"
    answer = st.container(gap="xsmall")
    with answer, st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            heading = st.empty()  # how many there are is known when they are found
            wanted = limits.field(model, tables)
            choice = ranking()
            columns = evidence.field()
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
        on = st.container()
    picked = None if len(articles) > 1 else picks.picks_of(here.data, item)
    question = Question(
        articles=articles,
        model=model,
        tables=tables,
        n=view.n,
        choice=choice,
        wanted=wanted,
        rules=NO_RULES if picked is None else picked.rules,
    )
    with few:
        doubt.show_few(question)
    if model.collapsed:
        st.warning(
            "Regularization is so strong that this model's factors are nearly zero: these "
            "neighbours are noise. Train with less."
        )
    seeds = background.seeds_of(model).result if question.read else None
    try:
        found = neighbours.answer(question, seeds)
    except KindredError as error:
        problem(error)
        page.stop()
    heading.markdown(neighbours.heading(view.n if found is None else len(found.table), question))
    with on:
        limits.show(wanted, {} if found is None else found.left_out)
        if said := neighbours.how(question):
            st.caption(said)
        if found is not None and found.ruled_out:
            st.caption(rule_form.said(found.ruled_out))
    if found is None:
        trust.wait_for_seeds(model)
        page.stop()

    shown = "" if view.pair in question.ids else view.pair
    if not shown and len(found.table):
        shown = found.table[Col.ITEM].iloc[0]
    # Side by side where there is room, and below each other where there is not.
    grid = answer.grid(9, min_column_width=75)
    with grid.cell(column_span=6):
        if len(found.table):
            neighbours.show(found, question, columns, shown, look_at, picked)
            doubt.show(found, question)
            neighbours.show_repeats(found, question)
        else:
            st.info(neighbours.nothing(question))
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            together.adding(model, tables, len(articles), add)
            why_not.field(model, tables, look_at)
    with grid.cell(column_span=3):
        if shown:
            pair.show(shown, found, question, open_article)

    if picked is not None:
        picks.show(picked, chosen, model, tables, found.table, wanted.limits)

    query = links.write(here, item, view.n, together=view.together, pair=view.pair)
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(found.table):
            name = f"similar-to-{item}" if item.lstrip("-").isdecimal() else "similar"
            if question.several:
                together.copy(found.table, tables)
                downloads.table_buttons(found.table, "similar-together")
            else:
                picks.take_table(found.table, chosen, tables, name)
            downloads.whole_catalogue(model, "neighbours", view.n, question.rules)
            model_download.show(here, model)
            show_notebook(notebook.lines_of(question, here, seeds is not None), here)
        link_to(here, query, "search")
        st.page_link(
            places.MAP,
            label="Show it on the map",
            icon=":material/scatter_plot:",
            query_params=links.write(here, item, view.n),
        )
