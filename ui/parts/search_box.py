"""Searching articles as one types, with filters. These are in the address, the words in links."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import KindredError
from recsys.models import Model
from recsys.text import Found, Index, SearchFilter
from recsys.topics import NO_TOPIC
from ui.beside import cached
from ui.beside.work import Work
from ui.frame.naming import NamedTopics
from ui.frame.problems import problem
from ui.parts import topics
from ui.parts.focus import search_keys
from ui.parts.widgets import article_table
from ui.session import bound
from ui.session.sharing import take_words
from ui.text import plain

FOUND = 20
_FIELDS = ("lang", "kind", "topic", "days", "least", "most")  # of the filter


def search_box(
    model: Model,
    tables: Tables,
    then: Callable[[str], None],
    *,
    key: str = "search",
    fold: bool = True,
) -> None:
    """A search field; a click on what it finds calls `then` with that article's id.

    It begins with the words of a link, if there are any. What a filter alone finds makes room for
    the article that is clicked, unless `fold` is off.
    """
    index = cached.search_index(model, tables)
    take_words(key)
    box = st.container(gap=None)
    with box, st.container(horizontal=True):
        words = st.text_input(
            "Search the articles",
            label_visibility="collapsed",
            key=key,
            type="search",
            live=True,
            placeholder="Words of a title, or an id",
        )
        on = st.session_state.get(f"{key}-filters-on", 0)
        popover = st.popover(
            f"Filter ({on})" if on else "Filter",
            icon=":material/filter_alt:",
            key=f"{key}-filter",
            on_change="rerun",
        )
    work = named = None
    # Topics take a moment: they are looked for when somebody may ask for them.
    if popover.open or topics.asks_for_topics(f"{key}-topic"):
        work = topics.topics_of(model, tables)
        named = work.result
    else:  # so that `show_topic` reaches the address, which takes a value before it
        st.session_state.setdefault(f"{key}-topic", [])
    if named is not None:
        index = cached.topic_index(model, tables, *named)
        topics.follow_names(f"{key}-topic", named[0])
    try:
        with popover:
            chosen = _filter(index, tables, key, None if named else work)
    except KindredError as error:  # said beside the popover: after a link it is closed
        problem(error)
        return
    finally:
        bound.show_left_out(*(f"{key}-{field}" for field in _FIELDS))
    # Another label is another popover, which is shut: while it is open, it stays as it was.
    if not popover.open and on != _fields_set(chosen):
        st.session_state[f"{key}-filters-on"] = _fields_set(chosen)
        st.rerun()
    if chosen.topics and work is not None and named is None:
        topics.say_wait(work, key, "Articles of any topic can be found.")
        chosen = replace(chosen, topics=())
    folded = f"{key}-folded"

    def pick(item: str) -> None:
        if fold:
            st.session_state[folded] = chosen
        then(item)

    def pick_first(typed: str) -> None:
        """Enter opens the best for the words that stand in the field, drawn already or not."""
        if typed.strip() or chosen != SearchFilter():
            for item in index.find(typed, 1, chosen).table[Col.ITEM]:
                pick(item)

    with box:
        search_keys(key, pick_first)
    if not words.strip() and chosen == SearchFilter():
        return
    found = index.find(words, FOUND, chosen)
    if not words.strip() and st.session_state.get(folded) == chosen:
        st.button(
            f"Show the {found.total:,} that match the filter", key=f"{key}-unfold",
            icon=":material/filter_alt:", type="tertiary",
            on_click=st.session_state.pop, args=(folded, None),
        )  # fmt: skip
        return
    _show_found(found, words, chosen, f"{key}-found-{model.fingerprint}-{words}-{chosen}", pick)


def _show_found(
    found: Found, words: str, chosen: SearchFilter, key: str, then: Callable[[str], None]
) -> None:
    if not len(found.table):
        st.info("No article matches these words. Try fewer words, or other filters.")
        return
    st.caption(_how_many(found, words) + _about(chosen.topics))
    # Without words each is found for its readers, which stand beside it.
    table = found.table if words.strip() else found.table.drop(columns=Col.MATCH)
    article_table(
        table, key=key, then=then, alt=f"Articles found for {words}", height=320,
        name="found",
    )  # fmt: skip


def _how_many(found: Found, words: str) -> str:
    order = "best match first, then most read" if words.strip() else "most read first"
    shown = len(found.table)
    keys = "Click one, or press Enter for the first and ↓ for the list."
    if found.total > shown:
        return f"{found.total:,} found, the first {shown} shown, {order}. {keys}"
    return f"{shown} found, {order}. {keys}"


def _fields_set(chosen: SearchFilter) -> int:
    """How many fields of the filter are set."""
    several = (chosen.languages, chosen.kinds, chosen.topics)
    days = chosen.since is not None or chosen.until is not None
    return (
        sum(map(bool, several)) + days + (chosen.min_readers > 0) + (chosen.max_readers is not None)
    )


def _about(names: tuple[str, ...]) -> str:
    named = "; ".join(plain(name or topics.UNNAMED, 80) for name in names)
    return f" Of the topic{'s' * (len(names) > 1)} {named}." if names else ""


def _filter(
    index: Index, tables: Tables, key: str, wanted: Work[NamedTopics] | None
) -> SearchFilter:
    """The fields; `wanted` is the search for topics as long as they are not there."""
    articles = tables.articles
    languages = bound.choices(
        "Languages", "language", sorted(articles[Col.LANGUAGE].unique()), f"{key}-lang"
    )
    kinds = bound.choices("Types", "type", sorted(articles[Col.KIND].unique()), f"{key}-kind")
    of_topics = _topics(index, key) if wanted is None else _held_topics(wanted, key)
    since, until = bound.day_range("Shared (UTC)", f"{key}-days", span_of(index))
    least = bound.count("Readers, at least", "reader count", f"{key}-least", 0)
    most = bound.count("Readers, at most", "reader count", f"{key}-most", None)
    return SearchFilter(
        languages=languages,
        kinds=kinds,
        topics=of_topics,
        since=since,
        until=until,
        min_readers=least or 0,
        max_readers=most,
    )


def show_topic(name: str, key: str = "search") -> None:
    """Make the search show the articles of one topic, in the run that follows."""
    st.session_state[key] = ""
    st.session_state[f"{key}-topic"] = [name]
    st.session_state.pop(f"{key}-folded", None)


def _topics(index: Index, key: str) -> tuple[str, ...]:
    """Topics to choose from, the largest first; nothing where they are not looked for yet."""
    sizes = pd.Series(index.topics).value_counts()
    named = [name for name in sizes.index if name != NO_TOPIC]
    unnamed = [NO_TOPIC] if NO_TOPIC in sizes.index and len(named) > 1 else []
    return bound.choices(
        "Topics", "topic", named + unnamed, f"{key}-topic", unknown=topics.UNNAMED, of="model",
        help=topics.HELP,
    )  # fmt: skip


def _held_topics(wanted: Work[NamedTopics], key: str) -> tuple[str, ...]:
    """The topics that are asked for while none are there; `search_box` says so where it is seen."""
    asked = topics.hold_choice("Topics", f"{key}-topic")
    if not asked:
        topics.say_wait(wanted, key)
    return asked


def span_of(index: Index) -> tuple[date | None, date | None]:
    """The first and the last day (UTC) of the articles; None and None where none is known."""
    known = index.seconds[pd.notna(index.seconds)]
    if not len(known):
        return None, None
    first, last = (pd.Timestamp(edge, unit="s").date() for edge in (known.min(), known.max()))
    return first, last
