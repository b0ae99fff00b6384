"""Asking about several articles together: which they are, and adding and removing one."""

from functools import partial

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.models import Model
from recsys.text import SearchFilter
from ui.beside import cached
from ui.parts import article
from ui.parts.article import Article
from ui.parts.copying import copy_links
from ui.parts.widgets import article_table
from ui.similar.picks import links_of
from ui.similar.question import Chosen
from ui.text import counted, cut, plain

MOST = 20  # articles that are asked about together
OFFERED = 6  # articles that the small search field shows
FORMULA = (
    "Each article is a direction: its factors, divided by their length. The list is ranked by the "
    "cosine with the mean of these directions: v = mean(V[i] / |V[i]|), score = v · V[j] / "
    "(|v| |V[j]|). An article ranks high if it is similar to all of them; each counts the same, "
    "however many readers it has."
)


def find_all(
    model: Model, tables: Tables, ids: tuple[str, ...]
) -> tuple[tuple[Article, ...], list[str]]:
    """The articles of these ids, and the ids that the data does not have."""
    found = {item: article.find(model, tables, item) for item in ids[:MOST]}
    articles = tuple(one for one in found.values() if one is not None)
    return articles, [item for item, one in found.items() if one is None]


def show(articles: tuple[Article, ...], remove: Chosen) -> None:
    """What is asked about together, each with its number of readers and a way to remove it."""
    st.header(f"{len(articles)} articles together", help=FORMULA)
    with st.container(horizontal=True, gap="xsmall", key="together"):
        for one in articles:
            st.button(
                plain(f"{cut(one.label, 50)} · {counted(one.readers, 'reader')}", 120),
                key=f"without-{one.id}", icon=":material/close:", help="Remove this article",
                on_click=partial(remove, one.id),
            )  # fmt: skip


def say_unknown(unknown: list[str]) -> None:
    """That a link asks about articles which the data does not have."""
    if unknown:
        named = ", ".join(plain(item, 60) for item in unknown[:5])
        st.info(
            f"The link also asks about {named}, which this data does not have.",
            icon=":material/link_off:",
        )


def adding(model: Model, tables: Tables, count: int, then: Chosen) -> None:
    """A way to add an article to those that are asked about."""
    with st.popover("Search with several articles", icon=":material/add:", key="add-article"):
        if count >= MOST:
            st.caption(f"Up to {MOST} articles.")
            return
        st.caption("Add an article: the list shows what is similar to all of them together.")
        small_search(model, tables, "add-search", then)


def copy(table: pd.DataFrame, tables: Tables) -> None:
    """The list as links, to be copied."""
    with st.popover("Copy as links", icon=":material/content_copy:", key="together-copy"):
        copy_links(links_of(tables, list(table[Col.ITEM])), "together")


def small_search(model: Model, tables: Tables, key: str, then: Chosen) -> None:
    """A search field whose few best hits stand below it; choosing one empties it."""
    words = st.text_input(
        "Search the articles", key=key, type="search", live=True, label_visibility="collapsed",
        placeholder="Words of a title, or an id",
    )  # fmt: skip
    if not words.strip():
        return
    found = cached.search_index(model, tables).find(words, OFFERED, SearchFilter()).table
    if not len(found):
        st.caption("No article found. Try fewer words.")
        return

    def choose(item: str) -> None:
        st.session_state[key] = ""
        then(item)

    article_table(
        found[[Col.ITEM, Col.TITLE, Col.READERS]],
        key=f"{key}-found-{model.fingerprint}-{words}",
        then=choose,
        alt=f"Articles found for {words}",
        name=None,
    )
