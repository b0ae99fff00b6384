"""The lines of Python that give what a page shows, for a notebook."""

from dataclasses import fields
from pathlib import PureWindowsPath
from typing import Any

import streamlit as st

from recsys.dataset import ArticlesFile, EventsFile, Filter
from recsys.limits import Limits
from recsys.models import ALSParams
from recsys.strengths import EventWeights
from ui.session.workspace import Data, Workspace
from ui.text import plain

WIDTH = 88  # signs of a line, beyond which a call takes one for each argument


class _Code(str):
    """Python that stands in a call as it is."""

    __repr__ = str.__str__


def call(name: str, *arguments: str, **named: Any) -> str:
    """A call with these arguments, which are Python already, and the values of those named.

    >>> call("similar_items", "model", "'7'", n=10)
    "recsys.similar_items(model, '7', n=10)"
    """
    parts = [*arguments, *(f"{key}={value!r}" for key, value in named.items())]
    line = f"recsys.{name}({', '.join(parts)})"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"recsys.{name}(", *(f"    {part}," for part in parts), ")"])


def of_model(here: Workspace) -> list[str]:
    """From nothing to ``tables`` and ``model``."""
    return [
        "import recsys",
        "",
        *_of_data(here.data),
        *of_training(here.weights, here.params, "model"),
    ]


def of_training(weights: EventWeights, params: ALSParams, name: str) -> list[str]:
    """From ``tables`` to a model of that name."""
    return [
        f"weights = {call('EventWeights.parse', repr(weights.as_text()))}",
        f"params = {call('ALSParams', **params.as_dict())}",
        f"{name} = recsys.train(tables, weights, params)",
    ]


def of_limits(limits: Limits, topics: tuple[str, ...], contents: bool) -> list[str]:
    """From ``tables`` and ``model`` to ``limits``, and to ``contents`` where it is needed.

    Parameters
    ----------
    topics
        The topics that are kept to.
    contents
        Whether the lines that follow need ``contents``.
    """
    lines = []
    if topics or contents:
        lines.append("contents = recsys.ContentIndex.of(tables)")
    if topics:
        lines += [
            f"names = {call('topic_names', 'recsys.find_topics(model)', 'model', 'contents')}",
            f"topics = {topics!r}",
            "only = frozenset(item for item, name in names.items() if name in topics)",
        ]
    given = {
        one.name: getattr(limits, one.name)
        for one in fields(limits)
        if one.name not in ("only", "since", "until") and getattr(limits, one.name) != one.default
    }
    days = [
        f"{name}=date({day.year}, {day.month}, {day.day})"
        for name, day in (("since", limits.since), ("until", limits.until))
        if day is not None
    ]
    named = [*(["only=only"] if topics else []), *days]
    imported = ["from datetime import date", ""] if days else []
    return [*lines, *imported, f"limits = {call('Limits', *named, **given)}"]


def show(lines: list[str], here: Workspace) -> None:
    """The lines behind a button, to be copied."""
    with st.popover("Use this in a notebook", icon=":material/code:", key="notebook"):
        where = ""
        if here.data.origin != "sample":
            names = " and ".join(plain(file_name(name), 60) for name in here.data.files.names)
            where = f" Put {names} in the notebook's folder."
        st.caption(
            "Python code for what this page shows. Install Kindred as a library first: run "
            f"`pip install .` in its folder.{where}"
        )
        st.code("\n".join(lines), language="python", wrap_lines=True)


def file_name(name: str) -> str:
    """The last part of a name that a file came under: it is looked for beside the notebook.

    >>> file_name("../of mine/a.csv"), file_name("C:\\\\a.csv")
    ('a.csv', 'a.csv')
    """
    return PureWindowsPath(name).name or "file"


def _of_data(data: Data) -> list[str]:
    if data.origin == "sample":
        lines = ["tables = recsys.sample_tables()"]
    else:
        articles, events = data.files.articles, data.files.interactions
        names = [_quoted(articles), _quoted(events)]
        told = {**_told(events), **{f"article_{k}": v for k, v in _told(articles).items()}}
        lines = [f"tables = {call('read_files', *names, **told)}"]
    if data.filter != Filter():
        chosen = call("Filter.parse", repr(data.filter.as_text()))
        lines.append(f"tables = recsys.apply_filter(tables, {chosen})")
    return lines


def _quoted(file: EventsFile | ArticlesFile | None) -> str:
    return "None" if file is None else repr(file_name(file.source.name))


def _told(file: EventsFile | ArticlesFile | None) -> dict[str, Any]:
    """What was set about a file, as `recsys.read_files` takes it of the interactions."""
    if file is None:
        return {}
    options, rules = file.options, file.rules.as_dict()
    found = {
        "columns": None if file.mapping is None else file.mapping.as_dict(),
        "delimiter": options.delimiter,
        "encoding": options.encoding,
        "header": options.header,
        "quoting": options.quoting,
        "rules": _Code(call("CellRules", **rules)) if rules else None,
    }
    return {name: value for name, value in found.items() if value is not None}
