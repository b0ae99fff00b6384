"""Similar articles: what belongs with this one?"""

import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.export import to_csv
from recsys.search import find_items
from recsys.similarity import position_of, similar_items
from ui import links, page
from ui.cached import search_index
from ui.text import plain
from ui.widgets import article_table, problem, rows_of

page.setup_page("Similar articles")
st.title("Similar articles")
arrival = page.arrive()
here, model, view = arrival.here, arrival.model, arrival.view


def open_article(item: str) -> None:
    """Make an article the query; the address holds it, so that the back button returns."""
    st.session_state["search"] = ""
    st.query_params.from_dict(links.write(here, item, view.n))


def change_n() -> None:
    """Show more or fewer neighbours."""
    st.query_params.from_dict(links.write(here, item, st.session_state[n_key]))


words = st.text_input(
    "Search the titles",
    key="search",
    type="search",
    live=True,
    placeholder="Words of a title, in any order, or an article's id",
)
if words.strip():
    found = search_index(model).find(words, 20)
    if found.total:
        st.caption(f"{found.total:,} found, best first. Click one.")
        article_table(
            rows_of(model, found.positions),
            key=f"found-{model.fingerprint}-{words}",
            then=open_article,
            alt=f"Articles found for {words}",
            height=min(38 * (len(found.table) + 1), 320),
        )
    else:
        st.info(
            "No title has any of these words, or words like them. Try others, or parts of them."
        )

item = view.item or str(model.items[Col.ITEM].iloc[int(find_items(model, "", 1)[0])])
try:
    position = position_of(model, item)
except KindredError as error:
    problem(error)
    st.page_link(
        page.SIMILAR,
        label="Show the most-read article",
        icon=":material/arrow_forward:",
        query_params=links.write(here),
    )
    st.stop()
st.session_state.item, st.session_state.n = item, view.n

st.subheader(plain(model.labels[position]))
row = model.items.iloc[position]
facts = [f"{model.readers[position]:,} readers"]
facts += [plain(row[name], 80) for name in (Col.LANGUAGE, Col.KIND) if row[name]]
if row[Col.REMOVED]:
    facts.append("removed from the platform since")
elif not view.item:
    facts.append("the most read")
st.caption(" · ".join(facts))

n_key = f"n-{view.n}"
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.markdown(
        f"**The {view.n} articles nearest to it.** Click one to make it the question.",
        width="content",
    )
    st.number_input(
        "How many",
        min_value=1,
        max_value=links.MAX_N,
        value=view.n,
        key=n_key,
        on_change=change_n,
        width=140,
    )
if model.collapsed:
    st.warning(
        "Regularization has pressed all factors of this model to nearly nothing: these neighbours "
        "are noise. Train with less."
    )
neighbours = similar_items(model, item, view.n)
article_table(
    neighbours,
    key=f"near-{model.fingerprint}-{item}-{view.n}",
    then=open_article,
    alt=f"The {len(neighbours)} articles nearest to {model.labels[position]}",
)
with st.container(horizontal=True, vertical_alignment="center"):
    st.download_button(
        "Download as CSV",
        to_csv(neighbours),
        file_name=f"similar-to-{item}.csv" if item.lstrip("-").isdecimal() else "similar.csv",
        mime="text/csv",
        icon=":material/download:",
    )
    query = links.write(here, item, view.n)
    with st.popover("Link to this view", icon=":material/link:"):
        st.code(links.address(query), language=None, wrap_lines=True)
        if here.data.origin == "private":
            st.caption(
                "Your upload is private: the link works in this session, and for whoever brings "
                "the same two files. Keep the data on the server (Data page) to share it."
            )
        else:
            st.caption("Whoever uses this server sees exactly this view.")
    st.page_link(
        page.MAP, label="Show it on the map", icon=":material/scatter_plot:", query_params=query
    )
