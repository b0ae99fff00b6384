"""What the colours on the map say: a field for it, and the colouring that it asks for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from recsys.columns import Col
from recsys.errors import UnknownUserError
from recsys.maps import Colouring
from recsys.maps.colours import colour_by
from recsys.recommendations import taste_of
from ui.beside import cached, server
from ui.frame import mapping, waiting
from ui.map.shown import Shown

KEY = "colour"  # of the field, and in the address
TOPIC, READERS, DATE, LANGUAGE, TYPE = "Topic", "Readers", "Date", "Language", "Type"
EVENTS, SHARED, SCORE = "Events", "Shared readers", "Reader's score"
SERVED = "Hidden reads found"
HELP = {
    TOPIC: "Articles that the same readers read, named after their titles.",
    SHARED: "How many readers an article shares with the chosen one.",
    SCORE: "How much the model expects the chosen reader to read it.",
    SERVED: "One read of each reader is hidden, and a model trained without it. Of how many of an "
    "article's readers is it found? It shows for whose readers the model works.",
}


def field(shown: Shown) -> str:
    """What the articles are coloured by; it is in the address."""
    articles = shown.model.items
    names = [TOPIC, READERS, DATE, LANGUAGE, TYPE, EVENTS, SHARED, SCORE, SERVED]
    for name, column in ((LANGUAGE, Col.LANGUAGE), (TYPE, Col.KIND)):
        if articles[column].nunique() < 2:
            names.remove(name)
    if len(shown.tables.event_counts) < 2:
        names.remove(EVENTS)
    st.markdown("Colour by", width="content", help=HELP.get(st.session_state.get(KEY, TOPIC)))
    return st.selectbox(
        "Colour by", names, key=KEY, bind="query-params", width=165, label_visibility="collapsed"
    ) or TOPIC  # fmt: skip


def colouring(name: str, shown: Shown) -> tuple[Colouring, str]:
    """The colours, and what is to be said of them: empty, or why they are others."""
    model, view = shown.model, shown.asked.view
    makers: dict[str, Callable[[], Colouring]] = {
        READERS: partial(colour_by.by_readers, model),
        DATE: partial(colour_by.by_recency, model),
        LANGUAGE: partial(colour_by.by_language, model),
        TYPE: partial(colour_by.by_type, model),
        EVENTS: lambda: colour_by.by_events(*colour_by.event_counts(model, shown.tables)),
    }
    if name in makers:
        return _once(shown, name, makers[name]), ""
    if name == SHARED:
        if view.item in model.positions:
            return colour_by.by_shared_readers(model, view.item), ""
        return _topics(shown), "Choose an article to see with which others it shares readers."
    if name == SCORE:
        return _score(shown)
    if name == SERVED:
        return _served(shown)
    return _topics(shown), ""


def _once(shown: Shown, name: str, make: Callable[[], Colouring]) -> Colouring:
    key = f"colour {shown.model.fingerprint}-{shown.tables.fingerprint} {name}"
    return server.shelf().get_or_make(key, make)


def _topics(shown: Shown) -> Colouring:
    if shown.topics is None:  # until they are found
        return _once(shown, READERS, lambda: colour_by.by_readers(shown.model))
    return colour_by.by_topic(shown.topics, shown.places.xy)


def _score(shown: Shown) -> tuple[Colouring, str]:
    user = shown.asked.view.user
    if user:
        solver = cached.solver(shown.model)
        try:
            return colour_by.by_score(solver.scores(taste_of(solver, user)), "Score"), ""
        except UnknownUserError:
            pass  # the panel says so
    return _topics(shown), "Choose a reader to see how the model scores the articles for them."


def _served(shown: Shown) -> tuple[Colouring, str]:
    work = mapping.served_of(shown.here, shown.model)
    if work.result is not None:
        return colour_by.by_quality(shown.model, work.result), ""
    if waiting.over(work):
        waiting.say_missing([work], "Testing each reader was stopped.", "served")
        return _topics(shown), ""
    waiting.wait_for(work)
    return _topics(shown), "Testing each reader… the colours will appear here."
