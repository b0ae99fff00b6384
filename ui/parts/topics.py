"""The topics of a model on the pages, which go on without them while they are looked for."""

from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from recsys.dataset import Tables
from recsys.models import Model
from recsys.topics import NO_TOPIC, Topics
from ui.beside.work import Work
from ui.frame import background, problems, waiting
from ui.frame.naming import NamedTopics
from ui.session.topic_names import UNNAMED as UNNAMED

HELP = (
    "Found in the data: articles read by the same readers, named after words in their titles. "
    "Articles that nobody has read are assigned by their words."
)


def topics_of(model: Model, tables: Tables) -> Work[NamedTopics]:
    """The search for the topics of a model; it is over already where it is quick."""
    work = background.topics_of(model, tables)
    if work.result is None and work.wait(waiting.PATIENCE):
        return background.topics_of(model, tables)  # what has come, under people's names
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


def follow_names(key: str, topics: Topics) -> None:
    """Let the field `key` and the address ask for topics by their names of now.

    To be called before the field is drawn: a link, or what was chosen, may hold an earlier name.
    """

    def now(name: str) -> str:
        old = name not in topics.names and name in topics.formerly
        return topics.names[topics.formerly[name]] if old else name

    held, linked = st.session_state.get(key), st.query_params.get_all(key)
    if held and (names := list(dict.fromkeys(map(now, held)))) != held:
        st.session_state[key] = names  # the address follows the field
    if linked and (names := list(dict.fromkeys(map(now, linked)))) != linked:
        with suppress(StreamlitAPIException):  # a field that is there writes its own address
            st.query_params[key] = names
            problems.run_unasked()  # a field that is yet to be drawn begins as the run began


def as_found(model: Model, tables: Tables, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that were found for topics, as a notebook finds them."""
    if not names:
        return ()
    found = background.found_topics(model, tables).result
    now = background.topics_of(model, tables).result
    if found is None or now is None:
        return names
    known = dict(zip(now[0].names, found[0].names, strict=True))
    return tuple(known.get(name, name) for name in names)


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
