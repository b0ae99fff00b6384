"""The address of a view: ``?data=…&item=…&n=10&strengths=VIEW=1,…&factors=64``.

What is at its default is left out. A link names data by content; it opens nothing that the
session that follows it may not see.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st

from recsys.errors import SettingError
from recsys.filters import Filter
from recsys.params import BOUNDS, ALSParams
from recsys.weights import EventWeights, default_weights
from ui import workspace
from ui.workspace import Workspace

DEFAULT_N, MAX_N = 10, 100
VIEW_PARTS = ("data", "filter", "item", "user", "n", "strengths", "files", *BOUNDS)
MAX_QUERY = 2_000
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, kw_only=True)
class View:
    """What an address asks for. `data`, `item` and `user` are empty where it names none."""

    data: str = ""
    filter: Filter = Filter()
    item: str = ""
    user: str = ""
    n: int = DEFAULT_N
    weights: EventWeights | None = None
    params: ALSParams | None = None
    files: str = ""


def read(query: Mapping[str, str]) -> View:
    """The view that an address names.

    Raises
    ------
    SettingError
        If a part of it is not what it should be.
    """
    data = query.get("data", "")
    if data and not _FINGERPRINT.fullmatch(data):
        raise SettingError(
            f"{data[:40]!r} is no data set.",
            where="data in the address",
            todo="A data set is named by 32 hexadecimal digits. Copy the whole link again.",
        )
    named = {name: query[name] for name in BOUNDS if name in query}
    try:
        weights = EventWeights.parse(query["strengths"]) if "strengths" in query else None
        params = ALSParams(**named) if named else None  # type: ignore[arg-type]
        chosen = Filter.parse(query.get("filter", ""))
    except SettingError as error:
        raise SettingError(
            error.what, where=f"{error.where} in the address", todo=error.todo
        ) from None
    if data:
        params = params or ALSParams()
    return View(
        data=data,
        filter=chosen,
        item=query.get("item", "")[:MAX_QUERY],
        user=query.get("user", "")[:MAX_QUERY],
        n=_n(query.get("n", str(DEFAULT_N))),
        weights=weights,
        params=params,
        files=query.get("files", "")[:200],
    )


def _n(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_N:
        raise SettingError(
            f"{text[:20]!r} is not allowed.",
            where="n in the address",
            todo=f"Give a whole number from 1 to {MAX_N}.",
        )
    return int(text)


def write(here: Workspace, item: str = "", n: int = DEFAULT_N, user: str = "") -> dict[str, str]:
    """The query of an address for a view of a workspace."""
    query = {"data": here.data.whole.fingerprint}
    if here.data.filter != Filter():
        query["filter"] = here.data.filter.as_text()
    if item:
        query["item"] = item
    if user:
        query["user"] = user
    query["n"] = str(n)
    if here.weights != default_weights(here.data.tables):
        query["strengths"] = here.weights.as_text()
    standard = ALSParams().as_dict()
    for name, value in here.params.as_dict().items():
        if value != standard[name]:
            query[name] = repr(value)
    if here.data.origin == "private":
        query["files"] = ", ".join(here.data.files.names)[:200]
    return query


def go(query: Mapping[str, str]) -> None:
    """Show another view on this page; the page's own settings in the address stay."""
    for name in VIEW_PARTS:
        if name in st.query_params and name not in query:
            del st.query_params[name]
    st.query_params.update(query)


def address(query: Mapping[str, str]) -> str:
    """The whole address of a view on this page, to be sent to somebody."""
    base = (st.context.url or "").split("?")[0]
    settings = {k: v for k, v in st.query_params.to_dict().items() if k not in VIEW_PARTS}
    return f"{base}?{urlencode({**query, **settings})}"


def arrive() -> tuple[Workspace, View] | View:
    """The workspace and view that the address asks for.

    Without a data set in the address, it is the session's workspace. A `View` alone comes back
    where the address names data that this session does not have.
    """
    view = read(st.query_params)
    here = workspace.current()
    if view.data:
        data = workspace.find_data(view.data, view.filter)
        if data is None:
            return view
        here = replace(here, data=data, weights=default_weights(data.tables))
    here = replace(here, weights=view.weights or here.weights, params=view.params or here.params)
    return here, view
