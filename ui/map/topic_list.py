"""The topics of the map: all of them in a table, and what the articles of one share."""

from collections.abc import Callable
from hashlib import blake2b

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.text import most_read
from recsys.topics import FinerTopics, Topics, topic_details, topic_table
from ui.beside import server
from ui.beside.work import Rank
from ui.frame import background, waiting
from ui.map import asked as asking, options
from ui.map.shown import Shown
from ui.parts import downloads
from ui.parts.table import Column, choice_table
from ui.parts.topics import HELP, say_wait
from ui.parts.widgets import article_table
from ui.text import counted, plain

AT_ONCE = 20_000  # articles, up to which a page waits for what topics share
MOST, MOST_READ = 200, 10
_LISTS = (Col.WORDS, Col.MOST_READ, Col.MOST_READ_IDS)
_TRAITS = (
    (Col.LANGUAGE, Col.LANGUAGE_SHARE, Col.LANGUAGE_OF_ALL, "in"),
    (Col.KIND, Col.KIND_SHARE, Col.KIND_OF_ALL, "of type"),
    (Col.AUTHOR, Col.AUTHOR_SHARE, Col.AUTHOR_OF_ALL, "by"),
)


def details(shown: Shown, topics: Topics) -> pd.DataFrame | None:
    """See `recsys.topics.topic_details`; None while it is made beside the page."""
    broader = shown.topics if isinstance(topics, FinerTopics) else None
    told = blake2b("\n".join(topics.names).encode(), digest_size=8).hexdigest()
    key = f"topic details {shown.model.fingerprint} {told}"

    def make() -> pd.DataFrame:
        return topic_details(topics, shown.model, broader=broader)

    if len(shown.model.items) <= AT_ONCE:
        return server.shelf().get_or_make(key, make)
    work = server.work(key, "Looking into the topics", lambda work: make(), Rank.ASIDE)
    waiting.wait_for(work)
    return work.result


def show(shown: Shown, open_article: Callable[[str], None]) -> None:
    """All topics, the largest first; the most-read articles where there is none."""
    topics = shown.topics
    if topics is None or not topics.names:
        _without(shown, open_article)
        return
    known = details(shown, topics)
    table = topic_table(topics, shown.model) if known is None else known
    number = Col.PAIRS if known is None else Col.READERS
    st.markdown(
        f"**{counted(len(table), 'topic')}.** Choose one, click an article on the map, or draw "
        "around some.",
        help=HELP,
    )
    choice_table(
        table[[Col.TOPIC, Col.ITEMS, number]].head(MOST),
        table[Col.TOPIC].head(MOST).tolist(),
        f"topics-{shown.model.fingerprint}-{len(table)}",
        lambda name: asking.show_topic(shown.here, shown.asked, name),
        "The topics of the map, the largest first",
        {
            Col.TOPIC: Column(label="Topic", kind="title", width=0),
            Col.ITEMS: Column(label="Articles", width=70),
            Col.PAIRS: Column(label="Reads", width=70),
            Col.READERS: Column(
                label="Readers", width=70, help="Readers of at least one of its articles."
            ),
        },
        height=420,
    )
    if known is not None:
        listed = {name: known[name].map("; ".join) for name in _LISTS}
        downloads.offer(known.assign(**listed), "topics", "map-topics")


def _without(shown: Shown, open_article: Callable[[str], None]) -> None:
    if shown.topics is None:
        count = options.topic_count()
        say_wait(background.found_topics(shown.model, shown.tables, count), "map")
    else:
        st.caption("No topics were found in this model.")
    st.markdown("**Most read.** Choose one, or click an article on the map.")
    article_table(
        most_read(shown.model, MOST_READ), f"top-{shown.model.fingerprint}", open_article,
        "The most-read articles", name="most-read",
    )  # fmt: skip


def shared(shown: Shown, topics: Topics, place: int) -> list[str]:
    """What the articles of a topic share, a sentence each, as Markdown."""
    known = details(shown, topics)
    if known is None:
        return []
    row = known.iloc[place]
    said = [f"{row[Col.RETURNING]:.0%} of its readers read two of its articles or more"]
    if row[Col.WORDS]:
        said.append(f"Also in its titles: {plain(', '.join(row[Col.WORDS]), 120)}")
    for trait, share, of_all, how in _TRAITS:
        if row[trait]:
            said.append(
                f"{row[share]:.0%} {how} {plain(row[trait], 40)} (all articles: {row[of_all]:.0%})"
            )
    if Col.WITHIN in row.index and row[Col.WITHIN]:
        said.append(f"Part of {plain(row[Col.WITHIN], 80)}")
    return said
