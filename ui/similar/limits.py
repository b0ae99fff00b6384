"""Limits on the neighbours: what may come, which of them are on, and what each leaves out.

They hold from article to article, and when one comes back from another page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.limits import Limit, Limits
from recsys.models import Model
from ui.beside import cached
from ui.parts import topics
from ui.parts.search_box import span_of
from ui.session import bound
from ui.text import counted, cut, plain

LANGUAGE, KIND, TOPIC, DAYS = "near-language", "near-type", "near-topic", "near-days"
READERS, BOTH, TITLED, REMOVED = "near-readers", "near-both", "near-titled", "removed"
_KEYS = (LANGUAGE, KIND, TOPIC, DAYS, READERS, BOTH, TITLED, REMOVED)
_KEPT = "near-limits"  # in the session: the data's fingerprint, and the value of each field
LISTED = 3  # values of a limit in a sentence
_LEFT_OUT = {
    Limit.REMOVED: "removed from the platform",
    Limit.ONLY: "not on the chosen topics",
    Limit.LANGUAGE: "not in the chosen language",
    Limit.KIND: "not of the chosen type",
    Limit.DATE: "not from the chosen days",
    Limit.TITLE: "without a title",
    Limit.READERS: "with too few readers",
    Limit.BOTH: "with too few readers of both",
}
_FIELD_OF = {
    Limit.REMOVED: REMOVED,
    Limit.ONLY: TOPIC,
    Limit.LANGUAGE: LANGUAGE,
    Limit.KIND: KIND,
    Limit.DATE: DAYS,
    Limit.TITLE: TITLED,
    Limit.READERS: READERS,
    Limit.BOTH: BOTH,
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The limits that are on.

    Attributes
    ----------
    topics
        The topics that are kept to; `limits.only` holds their articles once they are known.
    none
        What the fields hold when none is on, by key.
    """

    limits: Limits
    topics: tuple[str, ...]
    none: Mapping[str, Any]

    @property
    def said(self) -> dict[str, str]:
        """Each limit that is on, in words, by the key of its field."""
        limits = self.limits
        days = [
            f"{edge} {day}" for edge, day in (("from", limits.since), ("to", limits.until)) if day
        ]
        found = {
            LANGUAGE: _named("Language", limits.languages),
            KIND: _named("Type", limits.kinds),
            TOPIC: _named("Topic", self.topics),
            DAYS: " ".join(["Shared", *days]) if days else "",
            READERS: f"At least {counted(limits.least_readers, 'reader')}",
            BOTH: f"At least {counted(limits.least_both, 'reader')} of both",
            TITLED: "With a title",
            REMOVED: "Include removed articles",
        }
        off = {
            READERS: not limits.least_readers,
            BOTH: not limits.least_both,
            TITLED: not limits.titled,
            REMOVED: not limits.include_removed,
        }
        return {key: words for key, words in found.items() if words and not off.get(key)}


def _named(what: str, values: tuple[str, ...]) -> str:
    if not values:
        return ""
    named = ", ".join(cut(value or "(unknown)", 40) for value in values[:LISTED])
    return f"{what}: {named}" + (f" +{len(values) - LISTED}" if len(values) > LISTED else "")


def field(model: Model, tables: Tables) -> Wanted:
    """The fields, behind a button; what is set in them is in the address."""
    _restore(tables)
    span = span_of(cached.search_index(model, tables))
    popover = st.popover("Limits", icon=":material/block:", key="near-limit", on_change="rerun")
    with popover:
        st.caption("Which articles may be in the list. The search above is not affected.")
        left, right = st.columns(2)
        with left:
            both = bound.count("Readers of both, at least", "reader count", BOTH, 0) or 0
            languages = _values("Languages", "language", tables, Col.LANGUAGE, LANGUAGE)
            of_topics, only = _topics(model, tables, bool(popover.open))
            titled = st.toggle("Only with a title", key=TITLED, bind="query-params")
        with right:
            readers = bound.count("Readers, at least", "reader count", READERS, 0) or 0
            kinds = _values("Types", "type", tables, Col.KIND, KIND)
            since, until = bound.day_range("Shared (UTC)", DAYS, span)
            removed = st.toggle(
                "Include removed articles", key=REMOVED, bind="query-params",
                help="Articles that were removed from the platform are left out otherwise.",
            )  # fmt: skip
    _keep(tables)
    none = {
        LANGUAGE: [], KIND: [], TOPIC: [], DAYS: span, READERS: 0.0, BOTH: 0.0, TITLED: False,
        REMOVED: False,
    }  # fmt: skip
    return Wanted(
        limits=Limits(
            include_removed=removed,
            only=only,
            languages=languages,
            kinds=kinds,
            since=since,
            until=until,
            titled=titled,
            least_readers=readers,
            least_both=both,
        ),
        topics=of_topics,
        none=none,
    )


def _values(label: str, what: str, tables: Tables, name: str, key: str) -> tuple[str, ...]:
    """Values of a column of the articles to keep to."""
    return bound.choices(label, what, sorted(tables.articles[name].unique()), key)


def _topics(
    model: Model, tables: Tables, open_: bool
) -> tuple[tuple[str, ...], frozenset[str] | None]:
    """Topics to keep to, and the articles that are of them; None where any may come.

    Topics take a moment: they are looked for when somebody may ask for them.
    """
    if not open_ and not topics.asks_for_topics(TOPIC):
        return (), None
    work = topics.topics_of(model, tables)
    if work.result is None:
        asked = topics.hold_choice("Topics", TOPIC)
        topics.say_wait(work, "near", "The list may contain any topic." if asked else "")
        return asked, None
    found, names = work.result
    topics.follow_names(TOPIC, found)
    chosen = bound.choices("Topics", "topic", found.names, TOPIC, of="model", help=topics.HELP)
    return chosen, frozenset(i for i, name in names.items() if name in chosen) if chosen else None


def show(wanted: Wanted, left_out: Mapping[Limit, int]) -> None:
    """The limits that are on, what they leave out, and a way to lift each or all."""
    bound.show_left_out(*_KEYS)
    said = wanted.said
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="near-on"):
        st.caption(_counted(left_out, wanted), width="content")
        for key, words in said.items():
            st.button(
                plain(words, 120), key=f"lift-{key}", icon=":material/close:", type="tertiary",
                help="Remove this limit", on_click=lift, args=(wanted, key),
            )  # fmt: skip
        if len(said) > 1:
            st.button(
                "Remove all", key="lift-all", icon=":material/clear_all:", type="tertiary",
                on_click=partial(lift, wanted, *said),
            )  # fmt: skip


def _counted(left_out: Mapping[Limit, int], wanted: Wanted) -> str:
    """How many each limit leaves out, as Markdown.

    >>> limits = Wanted(limits=Limits(titled=True), topics=(), none={})
    >>> _counted({Limit.TITLE: 3}, limits), _counted({}, limits)
    ('**3 left out:** without a title.', '**None left out.**')
    """
    parts = {limit: n for limit, n in left_out.items() if _FIELD_OF.get(limit) in wanted.said}
    if not parts:
        return "**None left out.**"
    alone = len(parts) == 1
    listed = ", ".join(
        _LEFT_OUT[limit] if alone else f"{n:,} {_LEFT_OUT[limit]}" for limit, n in parts.items()
    )
    return f"**{sum(parts.values()):,} left out:** {listed}."


def lift(wanted: Wanted, *keys: str) -> None:
    """Lift the limits of these fields, in the run that follows."""
    for key in keys:
        st.session_state[key] = wanted.none[key]


def removers(
    limits: tuple[Limit, ...], wanted: Wanted
) -> list[tuple[str, str, Callable[[], None]]]:
    """What removes an article, in words, with the label of a button and what lifts that limit."""
    found: list[tuple[str, str, Callable[[], None]]] = []
    for limit in limits:
        key = _FIELD_OF[limit]
        if limit is Limit.REMOVED:
            label, act = "Show removed articles too", partial(st.session_state.update, {key: True})
        else:
            label, act = f"Remove “{wanted.said[key]}”", partial(lift, wanted, key)
        found.append((_LEFT_OUT[limit], label, act))
    return found


def _restore(tables: Tables) -> None:
    """Bring back what was set when this page was left, unless its address says otherwise."""
    data, kept = st.session_state.get(_KEPT, ("", {}))
    if data != tables.fingerprint or any(key in st.query_params for key in _KEYS):
        return
    for key, value in kept.items():
        if key not in st.session_state:
            st.session_state[key] = value


def _keep(tables: Tables) -> None:
    held = {key: st.session_state[key] for key in _KEYS if key in st.session_state}
    st.session_state[_KEPT] = tables.fingerprint, held
