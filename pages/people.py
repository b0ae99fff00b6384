"""People: what would this person read next, and why?"""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.people import people
from ui import cached, downloads, links, page, reader, suggestions
from ui.text import plain
from ui.widgets import problem

page.setup_page("People")
st.title("People")
arrival = page.arrive()
here, model, view = arrival.here, arrival.model, arrival.view
tables, solver = here.data.tables, cached.solver(model)


def open_person(user: str) -> None:
    """Look at a person; the address holds it."""
    st.session_state["person-search"] = ""
    st.session_state["whom"] = reader.KNOWN
    links.go(links.write(here, "", view.n, user))


def explain(item: str) -> None:
    """Show why an article is recommended; the address holds it."""
    links.go(links.write(here, item, view.n, view.user))


def open_article(item: str) -> None:
    """Go to an article in the run that follows."""
    st.session_state.opened = item


def change_n() -> None:
    """Recommend more or fewer."""
    links.go(links.write(here, view.item, st.session_state[f"n-{view.n}"], view.user))


if "opened" in st.session_state:
    item = st.session_state.pop("opened")
    st.switch_page(page.SIMILAR, query_params=links.write(here, item, view.n, view.user))

st.session_state.setdefault("whom", reader.KNOWN)
st.segmented_control(
    "Whom to look at",
    [reader.KNOWN, reader.NEW],
    key="whom",
    required=True,
    label_visibility="collapsed",
)
someone = None
try:
    if st.session_state.whom == reader.NEW:
        someone = reader.new_reader(solver, tables)
    else:
        reader.pick_person(model, open_person)
        user = view.user or str(people(model, 1)[Col.USER].iloc[0])
        someone = reader.known_reader(solver, user)
        st.session_state.user = user
except KindredError as error:
    problem(error)
    st.page_link(
        page.PEOPLE,
        label="Show the liveliest person",
        icon=":material/arrow_forward:",
        query_params=links.write(here),
    )
if someone is None:
    st.stop()

st.subheader(plain(someone.label))
excluded: list[str] = st.session_state.setdefault("excluded", [])
with st.container(horizontal=True, vertical_alignment="bottom"):
    try:
        wish = suggestions.wishes(solver, tables, tuple(excluded))
        table = suggestions.recommended(solver, someone, view.n, wish)
    except KindredError as error:
        problem(error)
        st.stop()
    st.number_input(
        "How many", 1, links.MAX_N, view.n, key=f"n-{view.n}", on_change=change_n, width=130
    )
    downloads.table_buttons(table, "recommendations")
    downloads.whole_catalogue(model, "recommendations", view.n)
grid = st.grid(2, min_column_width=420, gap="large")
with grid.cell():
    suggestions.show_recommended(table, solver, someone, wish, explain)
    if not len(table):
        st.info("Nothing is left under these limits. Loosen one.")
with grid.cell():
    suggestions.show_history(solver, someone, open_article)

if len(table):
    ids = table[Col.ITEM].tolist()
    asked = view.item if view.item in ids else ids[0]
    suggestions.show_reasons(solver, someone, asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Never recommend it",
            icon=":material/block:",
            on_click=excluded.append,
            args=(asked,),
        )
        if excluded:
            st.button(
                f"Allow the {len(excluded):,} excluded again",
                icon=":material/undo:",
                on_click=excluded.clear,
            )
        st.page_link(
            page.SIMILAR,
            label="Open this article",
            icon=":material/search:",
            query_params=links.write(here, asked),
        )
reader.show_similar(model, someone, open_person)
