"""The fields in which a person says what a file's columns are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from recsys.dataset import ArticlesFile, EventsFile
from recsys.errors import KindredError
from recsys.formats import Source
from recsys.reading import ArticleMapping, EventMapping, Look
from ui.files import told
from ui.files.option_form import option_fields, without_names
from ui.files.rule_form import rule_fields
from ui.frame.problems import problem
from ui.parts.widgets import data_table, fill
from ui.text import plain

Kind = Literal["interactions", "articles"]
KINDS: tuple[Kind, ...] = ("interactions", "articles")
EVENT_PARTS = {
    "user": ("Readers", "The column with reader ids. Required."),
    "item": ("Articles", "The column with article ids. Required."),
    "event": ("Event", "What happened: view, like, … Without it, all rows are the same type."),
    "value": ("Number", "How much a row counts: a rating, a count, a number of hours."),
    "timestamp": ("Time", "Dates, or numbers such as seconds since 1970."),
    "title": ("Title", "The article's title. Only used without an articles file."),
}
ARTICLE_PARTS = {
    "item": ("Articles", "The column with article ids. Required."),
    "title": ("Title", "Without it, ids are shown instead of titles."),
    "url": ("Link", "The article's web address."),
    "language": ("Language", "For example en or pt."),
    "kind": ("Type", "For example HTML or VIDEO."),
    "author": ("Author", "A name or an id."),
    "text": ("Text", "The article's text. Needed to match articles that nobody has read yet."),
    "timestamp": ("Time", "When it was shared. If an article has several rows, the latest counts."),
    "event": ("Event", "A column with the values CONTENT SHARED and CONTENT REMOVED."),
}


@dataclass(kw_only=True)
class Choice:
    """What the person says of one file; it begins as what the file seems to be."""

    kind: Kind
    parts: dict[str, str | None] = field(default_factory=dict)
    features: list[str] = field(default_factory=list)
    wide: bool = False


def file_fields(
    source: Source, found: Look, sources: Sequence[Source]
) -> EventsFile | ArticlesFile | None:
    """One file's fields; None where a needed column is not named yet, which is said.

    Parameters
    ----------
    sources
        All files that are looked at.
    """
    st.markdown(f"**{plain(source.name)}**: {_described(found)}")
    if not found.kind and found.layout.header and told.options(source).header is None:
        without_names(source, "No column name was recognised. Is the first line data?")
    choice = _choice(source, found)
    key = f"column-{source.key}"

    def note_kind() -> None:
        kind = st.session_state[f"{key}-holds"]
        st.session_state["choices"][_choice_key(source, found)] = _begun(found, kind)

    fill(f"{key}-holds", choice.kind)
    st.radio(
        "This file contains", KINDS, key=f"{key}-holds", horizontal=True, on_change=note_kind,
    )  # fmt: skip
    _column_fields(choice, found, key)
    with st.popover("Format and ids", icon=":material/settings:"):
        option_fields(source, found)
        rule_fields(source, choice.kind, sources)
    data_table(
        found.preview.head(5),
        f"{key}-preview",
        f"First rows of {source.name}",
        name="first-rows",
        height=215,
    )
    needed = ("user", "item") if choice.kind == "interactions" else ("item",)
    if not all(choice.parts[part] for part in needed):
        st.info(
            "Choose the reader and article columns above."
            if choice.kind == "interactions"
            else "Choose the article column above."
        )
        return None
    try:
        return _made(source, choice)
    except KindredError as error:
        problem(error)
        return None


def _described(found: Look) -> str:
    words = found.layout.as_dict()
    packed = "" if words["packing"] == "none" else f"{words['packing']}, "
    parts = [words["format"], words.get("delimiter", ""), words.get("encoding", "")]
    return packed + ", ".join(plain(part) for part in parts if part)


def _choice_key(source: Source, found: Look) -> tuple[str, tuple[str, ...]]:
    return source.key, found.layout.columns


def _choice(source: Source, found: Look) -> Choice:
    """What was chosen for these columns, however else the file is read by now."""
    choices = st.session_state.setdefault("choices", {})
    key = _choice_key(source, found)
    if key not in choices:
        kind: Kind = "articles" if found.kind == "articles" else "interactions"
        choices[key] = _as_before(source, found) or _begun(found, kind)
    return choices[key]


def _as_before(source: Source, found: Look) -> Choice | None:
    """The columns as they were when the file was read before, if it was."""
    file = told.before(source)
    if file is None or file.mapping is None:
        return None
    if not set(file.mapping.columns) <= set(found.layout.columns):
        return None
    kind: Kind = "articles" if isinstance(file, ArticlesFile) else "interactions"
    chosen, given = _begun(found, kind), file.mapping.as_dict()
    chosen.parts = {name: given.get(name) for name in chosen.parts}
    chosen.wide = "features" in given
    chosen.features = given.get("features", chosen.features)
    return chosen


def _begun(found: Look, kind: Kind) -> Choice:
    events = kind == "interactions"
    guessed = found.guess.event_parts if events else found.guess.article_parts
    names = EVENT_PARTS if events else ARTICLE_PARTS
    return Choice(
        kind=kind,
        parts={name: guessed.get(name) for name in names},
        features=list(found.guess.features) if kind == "interactions" else [],
    )


def _column_fields(choice: Choice, found: Look, key: str) -> None:
    columns = list(dict.fromkeys(found.layout.columns))

    def note(part: str) -> None:
        choice.parts[part] = st.session_state[f"{key}-{part}"]

    parts = EVENT_PARTS if choice.kind == "interactions" else ARTICLE_PARTS
    grid = st.grid(5, min_column_width=130, gap="small")
    for part, (label, meaning) in parts.items():
        if choice.wide and part in ("event", "value"):
            continue
        fill(f"{key}-{part}", choice.parts[part])
        grid.selectbox(
            label,
            [None, *columns],
            placeholder="(none)",
            key=f"{key}-{part}",
            help=meaning,
            on_change=note,
            args=(part,),
        )
    if choice.kind == "interactions" and found.guess.features:
        _wide_fields(choice, columns, key)


def _wide_fields(choice: Choice, columns: list[str], key: str) -> None:
    def note_wide() -> None:
        choice.wide = st.session_state[f"{key}-wide"]

    def note_features() -> None:
        choice.features = list(st.session_state[f"{key}-features"])

    fill(f"{key}-wide", choice.wide)
    st.toggle(
        "Wide table: each row is one reader and one article, each column counts one event type",
        key=f"{key}-wide",
        on_change=note_wide,
    )
    if choice.wide:
        fill(f"{key}-features", choice.features)
        st.multiselect(
            "Columns with counts", columns, key=f"{key}-features", on_change=note_features
        )


def _made(source: Source, choice: Choice) -> EventsFile | ArticlesFile:
    options, rules = told.options(source), told.rules(source)
    parts: dict[str, Any] = {name: column for name, column in choice.parts.items() if column}
    if choice.kind == "articles":
        details = ArticleMapping.from_dict(parts)
        return ArticlesFile(source=source, mapping=details, options=options, rules=rules)
    if choice.wide:
        parts = {k: v for k, v in parts.items() if k not in ("event", "value")}
        parts["features"] = choice.features
    mapping = EventMapping.from_dict(parts)
    return EventsFile(source=source, mapping=mapping, options=options, rules=rules)
