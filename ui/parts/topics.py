"""The topics of a model on the pages, which go on without them while they are looked for."""

import streamlit as st

from recsys.dataset import Tables
from recsys.models import Model
from recsys.topics import NO_TOPIC
from ui.beside.work import Work
from ui.frame import background, waiting
from ui.frame.background import NamedTopics

HELP = (
    "Found in the data: articles read by the same readers, named after words in their titles. "
    "Articles that nobody has read are assigned by their words."
)
UNNAMED = "(none)"  # how a field shows what has no topic


def topics_of(model: Model, tables: Tables) -> Work[NamedTopics]:
    """The search for the topics of a model; it is over already where it is quick."""
    work = background.topics_of(model, tables)
    work.wait(waiting.PATIENCE)
    return work


def say_wait(work: Work[NamedTopics], key: str, without: str = "") -> None:
    """Instead of topics: how far the search is, or a way to begin it again.

    Parameters
    ----------
    without
        What is the case without topics, where the search was stopped or failed: a sentence.
    """
    if not waiting.over(work):
        waiting.wait_for(work)
        st.caption(f"Finding topics… {without}")
    elif work.result is not None:
        waiting.has_come(work)
    else:
        how = "was stopped" if waiting.stopped(work) else "failed"
        waiting.say_missing([work], f"Finding topics {how}. {without}", f"topics-{key}")


def asks_for_topics(key: str) -> bool:
    """Whether the field `key`, or a link, asks for topics."""
    return bool(st.session_state.get(key)) or key in st.query_params


def hold_choice(label: str, key: str) -> tuple[str, ...]:
    """The field `key` with what it asks for alone, so that nothing is lost until topics are there.

    There is no field where it asks for nothing.
    """
    linked = [text for text in st.query_params.get_all(key) if text]
    named = [NO_TOPIC if text == UNNAMED else text for text in linked]
    asked = dict.fromkeys([*st.session_state.get(key, []), *named])
    if not asked:
        return ()
    return tuple(
        st.multiselect(
            label, list(asked), key=key, bind="query-params", placeholder="all", help=HELP,
            format_func=lambda name: name or UNNAMED,
        )
    )  # fmt: skip
