"""A first look at a file, and the fields in which a person says what format it has."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from recsys.errors import KindredError
from recsys.formats import DELIMITERS, ENCODINGS, ReadOptions, Source, readings_of
from recsys.reading import Look, look
from ui.files import told
from ui.frame.problems import problem
from ui.parts.widgets import fill
from ui.text import plain

FIRST_LINE = {True: "column names", False: "data"}
QUOTING = {True: "enclose cells", False: "are ordinary characters"}
_SETTABLE: dict[str, tuple[str, ...]] = {
    "CSV": ("delimiter", "encoding", "header", "quoting"),
    "JSON lines": ("encoding",),
    "workbook": ("header",),
    "Parquet": (),
}
"""What can be set about a file of each format."""


def looked_at(source: Source) -> Look | None:
    """A first look under the options that the person has set; a problem is shown."""
    looks: dict[tuple[str, ReadOptions], Look] = st.session_state.setdefault("looks", {})
    key = source.key, told.options(source)
    try:
        if key not in looks:
            looks[key] = look(source, key[1])
        return looks[key]
    except KindredError as error:
        problem(error)
        if error.shell.endswith("no-header"):
            without_names(source)
        with st.expander(f"How {plain(source.name, 60)} is read", expanded=True):
            option_fields(source)
        return None


def without_names(source: Source, words: str = "") -> None:
    """The button that says that a file has no line of names."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if words:
            st.caption(words, width="content")
        st.button(
            "Read the first line as data",
            key=f"no-header-{source.key}",
            on_click=told.tell,
            args=(source, {"header": False}, {}),
        )


def option_fields(source: Source, found: Look | None = None) -> None:
    """Delimiter, encoding, header and quoting: what was found, until the person says otherwise."""
    layout = None if found is None else found.layout
    if layout is not None and not _SETTABLE[layout.format]:
        st.caption(f"{layout.format}: no settings.")
        return
    # Fields of another name stand where the file cannot be read: a browser gives a field that moves
    # the value back that it had.
    key = f"option-{source.key}" + ("-unread" if found is None else "")

    def note(part: str) -> None:
        told.tell(source, {part: st.session_state[f"{key}-{part}"]}, {})

    def said(part: str) -> str:
        words = {} if layout is None else layout.as_dict()
        if "header" in words and layout is not None:
            words["header"] = FIRST_LINE[layout.header]
        return f"detected: {words[part]}" if part in words else "detected automatically"

    options = told.options(source)
    encodings = _encodings(source)
    if options.encoding is not None:  # one that is not listed was given in the shell
        encodings.setdefault(options.encoding, options.encoding)
    fields: list[tuple[str, str, list[Any], Callable[[Any], str]]] = [
        ("delimiter", "Delimiter", list(DELIMITERS), DELIMITERS.__getitem__),
        ("encoding", "Encoding", list(encodings), encodings.__getitem__),
        ("header", "First line", [True, False], lambda on: FIRST_LINE[on]),
        ("quoting", "Quotation marks", [True, False], lambda on: QUOTING[on]),
    ]
    if layout is not None:
        fields = [field for field in fields if field[0] in _SETTABLE[layout.format]]
    with st.container(horizontal=True):
        for part, label, values, words in fields:
            fill(f"{key}-{part}", getattr(options, part))
            shown = {None: said(part)} | {value: words(value) for value in values}
            st.selectbox(
                label,
                list(shown),
                format_func=shown.__getitem__,
                placeholder=shown[None],
                key=f"{key}-{part}",
                on_change=note,
                args=(part,),
                width=210,
            )


def _encodings(source: Source) -> dict[str, str]:
    """The encodings to choose from, each with the first words that would read otherwise."""
    known: dict[str, dict[str, str]] = st.session_state.setdefault("readings", {})
    if source.key not in known:
        try:
            known[source.key] = readings_of(source)
        except KindredError:  # `looked_at` shows it
            return {name: name for name in ENCODINGS}
    words = known[source.key]
    return {name: f"{name}: {words[name]}" if words[name] else name for name in ENCODINGS}
