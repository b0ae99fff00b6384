"""Beside the map: what one looks at, with the figures behind it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.limits import NO_LIMITS
from recsys.training import Ensemble
from ui.frame import background, places
from ui.map import asked as asking, group, naming_form, reader, topic_list
from ui.map.shown import Shown
from ui.parts import article, focus
from ui.session import links
from ui.similar import doubt, neighbours, pair
from ui.similar.limits import Wanted
from ui.similar.neighbours import Answer
from ui.similar.question import Choice, Question
from ui.text import counted, plain

MOST_TOPICS, MOST_READ = 200, 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Beside:
    """What the panel shows, that the map marks.

    Attributes
    ----------
    question, found
        The article that is looked at and its neighbours.
    rows
        The articles of what is drawn around, or of a topic.
    next_reads
        What is recommended for these, if that is asked for.
    """

    question: Question | None = None
    found: Answer | None = None
    rows: np.ndarray | None = None
    next_reads: pd.DataFrame | None = None


def find(shown: Shown, rows: np.ndarray | None) -> Beside:
    """What there is to show; said where it is not there."""
    asked = shown.asked
    if rows is not None and len(rows):
        ahead = None
        if st.session_state.get(group.NEXT):
            ahead = group.next_reads(shown, rows, asked.view.n)
        return Beside(rows=rows, next_reads=ahead)
    if not asked.view.item:
        return Beside()
    chosen = article.find(shown.model, shown.tables, asked.view.item)
    if chosen is None:
        return Beside()
    st.session_state.item = chosen.id
    question = Question(
        articles=(chosen,),
        model=shown.model,
        tables=shown.tables,
        n=asked.view.n,
        choice=Choice(),
        wanted=Wanted(limits=NO_LIMITS, topics=(), none={}),
    )
    return Beside(question=question, found=neighbours.answer(question, _seeds(shown, chosen)))


def _seeds(shown: Shown, chosen: article.Article) -> Ensemble | None:
    return background.seeds_of(shown.model).result if chosen.position is not None else None


def show(shown: Shown, beside: Beside, rows: np.ndarray | None) -> None:
    """The panel."""
    asked = shown.asked

    def open_article(item: str) -> None:
        """Look at another article."""
        st.session_state["map-search"] = ""
        asking.show_article(shown.here, asked, item)

    if asked.view.user:
        reader.show(shown, open_article)
    if beside.rows is not None:
        _show_group(shown, beside, open_article)
    elif beside.question is not None and beside.found is not None:
        _show_article(shown, beside.question, beside.found, open_article)
    elif asked.area and asked.on_second and rows is None:
        st.info("This was drawn on a second model's map. Show one under *Options*.")
        _let_go("Clear", lambda: asking.show_area(shown.here, asked, None))
    elif asked.area:
        st.info("No article lies in what you drew around. Draw around some points.")
        _let_go("Clear", lambda: asking.show_area(shown.here, asked, None))
    elif asked.topic and shown.topics is not None:
        st.info(f"This model has no topic {plain(asked.topic)}.")
        _let_go("Show all topics", lambda: asking.show_topic(shown.here, asked, ""))
    elif asked.view.item:
        article.unknown(asked.view.item, shown.tables)
        _let_go("Show all topics", lambda: asking.show_topic(shown.here, asked, ""))
    elif not asked.view.user:
        topic_list.show(shown, open_article)


def _let_go(label: str, then: Callable[[], None]) -> None:
    st.button(label, key="let-go", icon=":material/close:", type="tertiary", on_click=then)


def _show_article(
    shown: Shown, question: Question, found: Answer, open_article: Callable[[str], None]
) -> None:
    chosen, asked = question.articles[0], shown.asked

    def look_at(other: str) -> None:
        """Show the evidence for one of the neighbours."""
        asking.show_pair(shown.here, asked, other)

    st.header(plain(chosen.label, 120))
    focus.on_heading(chosen.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(article.facts(chosen), width="content")
        _let_go("Clear", lambda: asking.show_topic(shown.here, asked, ""))
    if chosen.position is None:
        st.caption("Nobody has read it yet, so it has no place on the map. Similar by its text:")
    else:
        doubt.show_few(question)
    table = found.table
    if table.empty:
        st.info(neighbours.nothing(question))
    else:
        neighbours.show(found, question, [Col.BOTH], asked.view.pair, look_at)
        doubt.show(found, question)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            places.SIMILAR, label="Open in Similar articles", icon=":material/search:",
            query_params=links.write(shown.here, chosen.id, asked.view.n),
        )  # fmt: skip
    if asked.view.pair and asked.view.pair != chosen.id:
        pair.show(asked.view.pair, found, question, open_article)


def _show_group(shown: Shown, beside: Beside, open_article: Callable[[str], None]) -> None:
    asked, rows = shown.asked, beside.rows
    assert rows is not None
    title = asked.topic if not asked.area else f"Selection: {counted(len(rows), 'article')}"
    st.header(plain(title, 80))
    focus.on_heading(title)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(group.facts(shown, rows), width="content")
        naming_form.form(shown, rows)
        _let_go("Clear", lambda: asking.show_topic(shown.here, asked, ""))
    if asked.area:
        st.markdown(group.about(shown, rows))
    elif (topic := shown.found(asked.topic)) is not None:
        st.caption("\n".join(f"- {line}" for line in topic_list.shared(shown, *topic)))
    if beside.next_reads is not None:
        group.show_next(shown, rows, beside.next_reads, open_article)
    group.show(shown, rows, open_article, "selection" if asked.area else "topic")
