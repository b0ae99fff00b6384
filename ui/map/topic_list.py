"""The topics of the map: all of them in a table, and what the articles of one share."""

from collections.abc import Callable
from hashlib import blake2b

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.text import most_read
from recsys.topics import FinerTopics, Topics, topic_details
from ui.beside import server
from ui.frame import background
from ui.map import asked as asking, options
from ui.map.shown import Shown
from ui.parts import downloads
from ui.parts.table import Column, choice_table
from ui.parts.topics import HELP, say_wait
from ui.parts.widgets import article_table
from ui.text import counted, plain

MOST, MOST_READ = 200, 10
_LISTS = (Col.WORDS, Col.MOST_READ, Col.MOST_READ_IDS)
_TRAITS = (
    (Col.LANGUAGE, Col.LANGUAGE_SHARE, Col.LANGUAGE_OF_ALL, "in"),
    (Col.KIND, Col.KIND_SHARE, Col.KIND_OF_ALL, "of type"),
    (Col.AUTHOR, Col.AUTHOR_SHARE, Col.AUTHOR_OF_ALL, "by"),
)


def details(shown: Shown, topics: Topics) -> pd.DataFrame:
    """See `recsys.topics.topic_details`."""
    broader = shown.topics if isinstance(topics, FinerTopics) else None
    told = blake2b("\n".join(topics.names).encode(), digest_size=8).hexdigest()
    return server.shelf().get_or_make(
        f"topic details {shown.model.fingerprint} {told}",
        lambda: topic_details(topics, shown.model, broader=broader),
    )


def show(shown: Shown, open_article: Callable[[str], None]) -> None:
    """All topics, the largest first; the most-read articles where there is none."""
    topics = shown.topics
    if topics is None or not topics.names:
        _without(shown, open_article)
        return
    table = details(shown, topics)
    st.markdown(
        f"**{counted(len(table), 'topic')}.** Choose one, click an article on the map, or draw "
        "around some.",
        help=HELP,
    )
    choice_table(
        table[[Col.TOPIC, Col.ITEMS, Col.READERS]].head(MOST),
        table[Col.TOPIC].head(MOST).tolist(),
        f"topics-{shown.model.fingerprint}-{len(table)}",
        lambda name: asking.show_topic(shown.here, shown.asked, name),
        "The topics of the map, the largest first",
        {
            Col.TOPIC: Column(label="Topic", kind="title", width=0),
            Col.ITEMS: Column(label="Articles", width=70),
            Col.READERS: Column(
                label="Readers", width=70, help="People who read at least one of its articles."
            ),
        },
        height=420,
    )
    listed = {name: table[name].map("; ".join) for name in _LISTS}
    downloads.offer(table.assign(**listed), "topics", "map-topics")


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
    row = details(shown, topics).iloc[place]
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
