"""What the person has said of how each file is read, and the marks by which it is seen and undone.

Held in the session by the file's key: `ReadOptions` and `CellRules`. Begin with `tell`.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import streamlit as st

from recsys.dataset import ArticlesFile, EventsFile
from recsys.formats import DELIMITERS, ReadOptions, Source
from recsys.reading import BETWEEN, SAME, CellRules, Hint
from ui.text import cut, plain

_BOTH = ("same_ids",)  # rules that hold for all files or for none
_OPTIONS: dict[str, dict[Any, str]] = {
    "delimiter": DELIMITERS,
    "header": {True: "First line: column names", False: "First line: data"},
    "quoting": {
        True: "Quotation marks: enclose cells",
        False: "Quotation marks: ordinary characters",
    },
}
_RULES: dict[str, dict[Any, str]] = {
    "dates": {"day first": "Dates: day first", "month first": "Dates: month first"},
    "zeros": {"left out": "Zeros: left out", "one": "Zeros: count 1"},
    "several": {
        name: f"Several articles per cell, separated by {between}"
        for name, between in BETWEEN.items()
    },
    "same_events": {True: "In event types, ignore case and spaces"},
}


def options(source: Source) -> ReadOptions:
    """The options that were set for a file."""
    return _held("options").get(source.key, ReadOptions())


def rules(source: Source) -> CellRules:
    """The rules that were set for a file."""
    return _held("rules").get(source.key, CellRules())


def tell(source: Source, options_: dict[str, Any], rules_: dict[str, Any]) -> None:
    """Set parts of a file's options and rules; the others stay.

    Raises
    ------
    SettingError
        If a value is not what it should be.
    """
    _held("options")[source.key] = replace(options(source), **options_)
    _held("rules")[source.key] = replace(rules(source), **rules_)


def tell_all(sources: Sequence[Source], part: str, value: Any) -> None:
    """Set a rule for every file."""
    for source in sources:
        tell(source, {}, {part: value})


def follow(hint: Hint, source: Source, sources: Sequence[Source]) -> None:
    """Do what a hint says: for its file, or for all of them; lists grow by what it names."""
    for one in sources if hint.both else [source]:
        known = rules(one)
        grown = {
            name: (*getattr(known, name), *value) if isinstance(value, list | tuple) else value
            for name, value in hint.rules.items()
        }
        tell(one, hint.options, grown)


def take_over(file: EventsFile | ArticlesFile) -> None:
    """Begin with what was said of a file when it was read before."""
    _held("options")[file.source.key] = file.options
    _held("rules")[file.source.key] = file.rules
    _held("before")[file.source.key] = file


def before(source: Source) -> EventsFile | ArticlesFile | None:
    """How the file was read before; see `take_over`."""
    return _held("before").get(source.key)


def show_marks(sources: Sequence[Source]) -> None:
    """What was set for these files, one button each: a click undoes it."""
    found: dict[tuple[str, str], tuple[Source, str, Any]] = {}
    for source in sources:
        for label, part, value in [*_option_marks(options(source)), *_rule_marks(rules(source))]:
            whose = "" if part in _BOTH or len(sources) == 1 else f"{cut(source.name, 30)}: "
            found.setdefault((whose, label), (source, part, value))
    if not found:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for (whose, label), (source, part, value) in found.items():
            st.button(
                plain(whose + label, 120),
                key=f"told-{source.key}-{label}",
                icon=":material/close:",
                icon_position="right",
                help="Undo this",
                on_click=_undo,
                args=(source, sources, part, value),
            )


def _held(name: str) -> dict[str, Any]:
    return st.session_state.setdefault(name, {})


def _option_marks(given: ReadOptions) -> list[tuple[str, str, Any]]:
    marks = []
    for part in fields(given):
        value = getattr(given, part.name)
        if value is not None:
            words = _OPTIONS.get(part.name, {}).get(value, value)
            said = f"{part.name.capitalize()}: {words}"
            marks.append((words if part.name in ("header", "quoting") else said, part.name, None))
    return marks


def _rule_marks(given: CellRules) -> list[tuple[str, str, Any]]:
    marks: list[tuple[str, str, Any]] = []
    for part, words in _RULES.items():
        if (value := getattr(given, part)) in words:
            marks.append((words[value], part, None if part != "same_events" else False))
    for kind in given.same_ids:
        rest = tuple(other for other in given.same_ids if other != kind)
        marks.append((f"In ids, ignore {SAME[kind]}", "same_ids", rest))
    for word in given.no_ids:
        rest = tuple(other for other in given.no_ids if other != word)
        marks.append((f"Not an id: {word}", "no_ids", rest))
    return marks


def _undo(source: Source, sources: Sequence[Source], part: str, value: Any) -> None:
    if part in _BOTH:
        tell_all(sources, part, value)
    elif part in {one.name for one in fields(ReadOptions)}:
        tell(source, {part: value}, {})
    else:
        tell(source, {}, {part: value})
