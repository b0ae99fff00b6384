"""What is known of one article."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables, by_time
from recsys.errors import UnknownItemError
from recsys.models import Model
from recsys.times import has_time
from recsys.topics import NO_TOPIC
from ui.frame.problems import problem
from ui.parts import profile_figures
from ui.parts.topics import say_wait, topics_of
from ui.parts.widgets import people_table
from ui.text import counted, plain

EXCERPT = 600
ONE_LINE = 55  # signs of a title that fit into a narrow heading; a longer one may be cut there
CARING = 10
TOPIC_HELP = (
    "Found in the data: articles that the same readers read, named after words that are frequent "
    "in their titles and rare elsewhere. Closeness is the cosine of this article's factors with "
    "the topic's centre; near 0, no topic fits well."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Article:
    """One article of the tables, and whether the model knows it."""

    row: pd.Series
    position: int | None
    readers: int

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.row[Col.ITEM])

    @property
    def label(self) -> str:
        """Its title, or its id where it has none."""
        return self.row[Col.TITLE].strip() or f"(no title) {self.id}"


def find(model: Model, tables: Tables, item: str) -> Article | None:
    """The article with that id, or None. One that nobody read is not in the model."""
    position = model.positions.get(item)
    rows = tables.articles[tables.articles[Col.ITEM] == item]
    if not len(rows):
        return None
    readers = 0 if position is None else int(model.readers[position])
    return Article(row=rows.iloc[0], position=position, readers=readers)


def unknown(item: str, tables: Tables) -> None:
    """Say that the data has no such article."""
    problem(
        UnknownItemError(
            f"no article {item!r} in this data.",
            where="item",
            todo=f"It has {len(tables.articles):,} articles. Search one.",
        )
    )


def header(article: Article) -> None:
    """Its title, in one line whatever its length, with a way to the article itself."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.header(plain(article.label), wrap=False)
        if is_web(article.row[Col.URL]):
            st.link_button(
                "Read it", article.row[Col.URL], icon=":material/open_in_new:", type="tertiary"
            )


def facts(article: Article) -> str:
    """Readers, day, language, type and author in one line, as Markdown."""
    row = article.row
    facts = [counted(article.readers, "reader") if article.readers else "no readers yet"]
    seconds = np.asarray(pd.to_numeric(row[Col.TIMESTAMP], errors="coerce"), dtype=np.float64)
    if has_time(seconds):
        facts.append(f"{pd.Timestamp(int(seconds), unit='s'):%Y-%m-%d}")
    facts += [plain(row[name], 80) for name in (Col.LANGUAGE, Col.KIND) if row[name]]
    if row[Col.AUTHOR] and not _is_number(row[Col.AUTHOR]):
        facts.append(f"by {plain(row[Col.AUTHOR], 40)}")
    if row[Col.REMOVED]:
        facts.append("later removed from the platform")
    return " · ".join(facts)


def _is_number(author: str) -> bool:
    """Whether it is an id, which tells a reader nothing; it stands under *About this article*."""
    return author.removeprefix("-").isdecimal()


def is_web(url: str) -> bool:
    """Whether an address may be offered as a link: no ``javascript:``, no file."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def about(
    article: Article,
    model: Model,
    tables: Tables,
    to_person: Callable[[str], None],
    to_topic: Callable[[str], None],
    note: str = "",
) -> None:
    """The facts in one line, and behind it all that is known, computed when it is opened.

    Topic, text, readers over time, events, and its most engaged readers.
    """
    line = facts(article) + (f" · {note}" if note else "")
    if st.session_state.get("about"):
        # The facts make it another expander for each article: what is open stays open.
        st.session_state["about"] = True
    box = st.expander(
        f"**About this article** · {line}", key="about", type="compact", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        if len(article.label) > ONE_LINE:
            st.text(article.label)
        _topic(article, model, tables, to_topic)
        _author(article, model, to_person)
        text = str(article.row[Col.TEXT]).strip()
        if text:
            st.text(text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""))
        if article.position is None:
            return
        events = tables.events[tables.events[Col.ITEM] == article.id]
        events = events.assign(**{Col.EVENT: events[Col.EVENT].cat.remove_unused_categories()})
        counts = events[Col.EVENT].value_counts()
        listed = ", ".join(f"{plain(name, 30)} {n:,}" for name, n in counts.items() if n)
        st.caption(f"Events: {listed}.")
        grid = st.grid(2, min_column_width=360, gap="large")
        with grid.cell():
            picture = profile_figures.over_time(by_time(replace(tables, events=events)))
            st.plotly_chart(
                picture.figure, alt=picture.alt, key="activity", config={"displayModeBar": False}
            )
        with grid.cell():
            _most_engaged(article.position, model, to_person)


def _topic(article: Article, model: Model, tables: Tables, to_topic: Callable[[str], None]) -> None:
    work = topics_of(model, tables)
    if (found := work.result) is None:
        say_wait(work, "about")
        return
    topics, names = found
    name = names.get(article.id, NO_TOPIC)
    if name == NO_TOPIC:
        st.caption("No topic was found for it.")
        return
    place = topics.place(name)
    facts = [f"{counted(topics.sizes[place], 'article')} that the same readers read"]
    if not np.isnan(topics.covered[place]):
        facts.append(f"{topics.covered[place]:.0%} of their titles contain a word of its name")
    known = article.position is not None and topics.of[article.position] >= 0
    near = (
        f"closeness {topics.closeness[article.position]:.2f}"
        if known
        else "assigned by its words alone"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Topic: **{plain(name)}**", width="content", help=TOPIC_HELP)
        st.caption(" · ".join([*facts, near]), width="content")
        if len(topics.names) > 1:  # of one alone the search makes no filter
            st.button(
                "Show the others",
                key="topic-others",
                icon=":material/filter_alt:",
                type="tertiary",
                on_click=to_topic,
                args=(name,),
            )


def _author(article: Article, model: Model, to_person: Callable[[str], None]) -> None:
    """Who shared it, and the way to that reader, if it is one of the data."""
    author = str(article.row[Col.AUTHOR])
    if not author:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Shared by: **{plain(author, 60)}**", width="content")
        if (model.user_ids == author).any():
            st.button(
                "Open this reader",
                key="author-reads",
                icon=":material/group:",
                type="tertiary",
                on_click=to_person,
                args=(author,),
            )


def _most_engaged(position: int, model: Model, to_person: Callable[[str], None]) -> None:
    readers = model.item_users[position]
    order = (-readers.data).argsort(kind="stable")[:CARING]
    people = [str(user) for user in model.user_ids[readers.indices[order]]]
    table = pd.DataFrame({Col.USER: people, Col.STRENGTH: readers.data[order]})
    st.markdown("**Most engaged readers**")

    people_table(
        table, "most-engaged", to_person, "The readers with the highest strength on this article",
        "most-engaged",
    )  # fmt: skip
