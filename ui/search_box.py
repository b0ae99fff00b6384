"""Searching articles as one types, with filters, which are in the address."""

from collections.abc import Callable, Collection
from datetime import date

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.model import Model
from recsys.search import Found, Index
from recsys.search_filter import SearchFilter
from recsys.tables import Tables
from recsys.topics import NO_TOPIC
from ui import cached
from ui.text import plain
from ui.widgets import article_table, problem

FOUND = 20
TOPICS_HELP = (
    "Found in the data: articles that the same people read, named by words of their titles. "
    "Articles that nobody read go by their own words."
)


def search_box(
    model: Model,
    tables: Tables,
    then: Callable[[str], None],
    *,
    key: str = "search",
    fold: bool = True,
) -> None:
    """A search field; a click on what it finds calls `then` with that article's id.

    What a filter alone finds makes room for the article that is clicked, unless `fold` is off.
    """
    index = cached.search_index(model, tables)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Search the articles",
            key=key,
            type="search",
            live=True,
            placeholder="Words of a title, in any order, or an article's id",
        )
        popover = st.popover(
            "Filter", icon=":material/filter_alt:", key=f"{key}-filter", on_change="rerun"
        )
        with popover:
            try:
                # Topics take a moment: they are looked for when somebody may ask for them.
                if popover.open or _asks_for_topic(key):
                    index = cached.topic_index(model, tables)
                else:  # so that `show_topic` reaches the address, which takes a value before it
                    st.session_state.setdefault(f"{key}-topic", [])
                chosen = _filter(index, tables, key)
            except KindredError as error:
                problem(error)
                return
    if not words.strip() and chosen == SearchFilter():
        return
    found = index.find(words, FOUND, chosen)
    folded = f"{key}-folded"
    if not words.strip() and st.session_state.get(folded) == chosen:
        st.button(
            f"Show the {found.total:,} of the filter again", key=f"{key}-unfold",
            icon=":material/filter_alt:", type="tertiary",
            on_click=st.session_state.pop, args=(folded, None),
        )  # fmt: skip
        return

    def pick(item: str) -> None:
        if fold:
            st.session_state[folded] = chosen
        then(item)

    _show_found(found, words, chosen, f"{key}-found-{model.fingerprint}-{words}-{chosen}", pick)


def _show_found(
    found: Found, words: str, chosen: SearchFilter, key: str, then: Callable[[str], None]
) -> None:
    if not len(found.table):
        st.info("Nothing is like these words. Try fewer, or other filters.")
        return
    st.caption(_how_many(found, words) + _about(chosen.topics))
    article_table(found.table, key=key, then=then, alt=f"Articles found for {words}", height=320)


def _how_many(found: Found, words: str) -> str:
    order = "best match first, then most read" if words.strip() else "most read first"
    shown = len(found.table)
    if found.total > shown:
        return f"{found.total:,} found, the first {shown} shown, {order}. Click one."
    return f"{shown} found, {order}. Click one."


def _about(topics: tuple[str, ...]) -> str:
    named = "; ".join(plain(name or "(none)", 80) for name in topics)
    return f" Of the topic{'s' * (len(topics) > 1)} {named}." if topics else ""


def _filter(index: Index, tables: Tables, key: str) -> SearchFilter:
    languages = kinds = ()
    for label, column, name in (("Languages", Col.LANGUAGE, "lang"), ("Types", Col.KIND, "kind")):
        values = sorted(tables.articles[column].unique())
        if len(values) < 2:
            continue
        picked = tuple(
            st.multiselect(
                label,
                values,
                format_func=lambda value: value or "(unknown)",
                placeholder="all",
                key=f"{key}-{name}",
                bind="query-params",
            )
        )
        languages, kinds = (picked, kinds) if name == "lang" else (languages, picked)
    topics = _topics(index, key)
    since, until = _days(index, key)
    least = st.number_input(
        "Readers, at least", 0, 1_000_000, 0, key=f"{key}-least", bind="query-params"
    )
    most = st.number_input(
        "Readers, at most", 0, 1_000_000, None, key=f"{key}-most", placeholder="any",
        bind="query-params",
    )  # fmt: skip
    return SearchFilter(
        languages=languages,
        kinds=kinds,
        topics=topics,
        since=since,
        until=until,
        min_readers=int(least),
        max_readers=None if most is None else int(most),
    )


def show_topic(name: str, key: str = "search") -> None:
    """Make the search show the articles of one topic, in the run that follows."""
    st.session_state[key] = ""
    st.session_state[f"{key}-topic"] = [name]
    st.session_state.pop(f"{key}-folded", None)


def _asks_for_topic(key: str) -> bool:
    name = f"{key}-topic"
    return bool(st.session_state.get(name)) or name in st.query_params


def _topics(index: Index, key: str) -> tuple[str, ...]:
    """Topics to choose from, the largest first; nothing where they are not looked for yet."""
    sizes = pd.Series(index.topics).value_counts()
    named = [name for name in sizes.index if name != NO_TOPIC]
    if len(named) < 2:
        return ()
    unnamed = [NO_TOPIC] if NO_TOPIC in sizes.index else []
    say_unknown_topics(f"{key}-topic", named + unnamed)
    return tuple(
        st.multiselect(
            "Topics",
            named + unnamed,
            format_func=lambda name: name or "(none)",
            placeholder="all",
            help=TOPICS_HELP,
            key=f"{key}-topic",
            bind="query-params",
        )
    )


def say_unknown_topics(key: str, known: Collection[str]) -> None:
    """Say which topics of the address this model does not have, before they are dropped from it."""
    for name in st.query_params.get_all(key):
        if name and name not in known:
            st.toast(f"The link keeps to the topic {plain(name, 80)}, which this model has not.")


def span_of(index: Index) -> tuple[date | None, date | None]:
    """The first and the last day (UTC) of the articles; None and None where none is known."""
    known = index.seconds[pd.notna(index.seconds)]
    if not len(known):
        return None, None
    first, last = (pd.Timestamp(edge, unit="s").date() for edge in (known.min(), known.max()))
    return first, last


def _days(index: Index, key: str) -> tuple[date | None, date | None]:
    first, last = span_of(index)
    if first is None or last is None or first == last:
        return None, None
    picked = st.date_input(
        "Shared (UTC)",
        (first, last),
        min_value=first,
        max_value=last,
        key=f"{key}-days",
        bind="query-params",
    )
    if not isinstance(picked, tuple) or len(picked) < 2:
        return None, None
    return (
        picked[0] if picked[0] > first else None,
        picked[1] if picked[1] < last else None,
    )
