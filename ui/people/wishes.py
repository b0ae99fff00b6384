"""What may be recommended to a reader, and what is traded for relevance: the options."""

from dataclasses import dataclass

import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.limits import Limits
from recsys.models import Model
from ui.beside import cached
from ui.parts import topics
from ui.parts.search_box import span_of
from ui.parts.widgets import TEXT, content_field
from ui.session import bound
from ui.text import cut, plain

RARER, VARIED = "Less popular articles", "More variety"
_LISTED = 5  # names in a sentence


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What may be recommended, and what is traded for relevance."""

    limits: Limits
    topics: tuple[str, ...] = ()
    diversity: float = 0.0
    novelty: float = 0.0
    content: float = 0.0


def wishes(model: Model, tables: Tables, excluded: tuple[str, ...]) -> Wish:
    """The fields; what is set in them is in the address."""
    popover = st.popover("Options", icon=":material/tune:", key="limits", on_change="rerun")
    with popover:
        novelty = st.number_input(
            RARER, 0.0, 1.0, 0.0, 0.05, key="novelty",
            bind="query-params",
            help="Puts articles with fewer readers higher: trades the score for −log(readers), "
            "both standardised over the best candidates.",
        )  # fmt: skip
        diversity = st.number_input(
            VARIED, 0.0, 1.0, 0.0, 0.05, key="diversity", bind="query-params",
            help="Each next article also has to differ from those above it (maximal marginal "
            "relevance).",
        )  # fmt: skip
        content = content_field(
            "articles whose title and text are similar to what was read move up, most of all "
            "those with few readers; articles that nobody has read can then appear."
        )
        read = st.toggle("Include articles already read", key="read", bind="query-params")
        values = sorted(tables.articles[Col.LANGUAGE].unique())
        languages = bound.choices("Only these languages", "language", values, "languages")
        of_topics, only = _topics(model, tables, bool(popover.open))
        span = span_of(cached.search_index(model, tables))
        since, until = (bound.day(f"Shared {edge}", edge, span) for edge in ("since", "until"))
    return Wish(
        limits=Limits(
            include_read=read,
            exclude=excluded,
            only=only,
            languages=languages,
            since=since,
            until=until,
        ),
        topics=of_topics,
        diversity=diversity,
        novelty=novelty,
        content=content,
    )


def _topics(
    model: Model, tables: Tables, open_: bool
) -> tuple[tuple[str, ...], frozenset[str] | None]:
    """Topics to keep to, and the articles that are of them; None where any may come.

    Topics take a moment: they are looked for when somebody may ask for them.
    """
    label, key = "Only these topics", "topics"
    if not open_ and not topics.asks_for_topics(key):
        return (), None
    work = topics.topics_of(model, tables)
    if work.result is None:
        asked = topics.hold_choice(label, key)
        if not asked:
            topics.say_wait(work, "limits")
        return asked, None
    found, names = work.result
    topics.follow_names(key, found)
    chosen = bound.choices(label, "topic", found.names, key, of="model", help=topics.HELP)
    return chosen, frozenset(i for i, name in names.items() if name in chosen) if chosen else None


def show_wish(wish: Wish) -> None:
    """What is set, in one line: after a link, the fields are behind a closed button."""
    limits = wish.limits
    said = [
        f"{name} {share:.2f}"
        for name, share in ((RARER, wish.novelty), (VARIED, wish.diversity), (TEXT, wish.content))
        if share
    ]
    if limits.include_read:
        said.append("including articles already read")
    for what, values in (("language", limits.languages), ("topic", wish.topics)):
        if values:
            named = ", ".join(cut(value or "(unknown)", 60) for value in values[:_LISTED])
            more = f" and {len(values) - _LISTED:,} more" if len(values) > _LISTED else ""
            said.append(f"only {what}{'s' * (len(values) > 1)} {named}{more}")
    days = (("shared since", limits.since), ("shared until", limits.until))
    said += [f"{edge} {day}" for edge, day in days if day is not None]
    if said:
        st.caption(f"**Options:** {plain('; '.join(said), 600)}.")


def show_not_kept(wish: Wish, model: Model, tables: Tables) -> None:
    """What of the wishes the list does not keep to, or not yet: parts of a link, topics."""
    bound.show_left_out("languages", "topics", "since", "until")
    if wish.topics and wish.limits.only is None:
        work = topics.topics_of(model, tables)
        topics.say_wait(work, "wish", "Until then, articles of any topic are recommended.")
