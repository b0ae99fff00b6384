"""The fields for what a person can say about a file's cells: dates, ids, zeros, kinds of events."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from recsys.formats import Source
from recsys.reading import BETWEEN, SAME
from ui.files import told
from ui.parts.widgets import fill

ZEROS = {
    None: "count as 0",
    "left out": "not rated: leave the rows out",
    "one": "read: count as 1",
}
SEVERAL = {None: "one"} | {
    name: f"several, separated by {between}" for name, between in BETWEEN.items()
}
DATES = {
    None: "detected automatically",
    "day first": "day first: 31/12",
    "month first": "month first",
}


def rule_fields(
    source: Source, kind: Literal["interactions", "articles"], sources: Sequence[Source]
) -> None:
    """The rules of one file; ids are the same by one rule in all of them."""
    key, given = f"rule-{source.key}", told.rules(source)

    def note(part: str, of: Sequence[Source], made: Callable[[Any], Any] = lambda x: x) -> None:
        told.tell_all(of, part, made(st.session_state[f"{key}-{part}"]))

    st.multiselect(
        "Treat ids as equal if they differ only in",
        list(SAME),
        format_func=SAME.__getitem__,
        placeholder="nothing",
        key=fill(f"{key}-same_ids", list(given.same_ids)),
        on_change=note,
        args=("same_ids", sources, tuple),
        help="Applies to both files.",
    )
    st.multiselect(
        "Words that are not ids",
        list(dict.fromkeys([*given.no_ids, "NULL", "null", "nan", "None", r"\N", "(not set)"])),
        accept_new_options=True,
        placeholder="none",
        key=fill(f"{key}-no_ids", list(given.no_ids)),
        on_change=note,
        args=("no_ids", [source], tuple),
        help="Rows with one of these as an id are left out, and counted. You can type others.",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choice("Dates such as 03/04/2021", "dates", DATES, key, given.dates, note, source)
        if kind == "interactions":
            _choice("Zeros in the number column", "zeros", ZEROS, key, given.zeros, note, source)
            _choice("Articles per cell", "several", SEVERAL, key, given.several, note, source)
    if kind == "interactions":
        st.toggle(
            "Treat event types as equal if they differ only in case or spaces",
            key=fill(f"{key}-same_events", given.same_events),
            on_change=note,
            args=("same_events", [source]),
        )


def _choice(
    label: str,
    part: str,
    words: dict[Any, str],
    key: str,
    value: Any,
    note: Callable[..., None],
    source: Source,
) -> None:
    st.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        placeholder=words[None],
        key=fill(f"{key}-{part}", value),
        on_change=note,
        args=(part, [source]),
        width=210,
    )
