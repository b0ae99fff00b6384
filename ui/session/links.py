"""The address of a view: ``?data=…&item=…&n=10&strengths=VIEW=1,…&factors=64``.

What is at its default is left out, all but n. A link names data by content; it opens nothing that
the session that follows it may not see. Lists are as `ui.session.listing` writes them: a new reader
``reader=LIKE:id,VIEW:id``, what is never to be recommended ``exclude=id,id``, and articles that are
asked about together with ``item``: ``with=id,id``. ``pair`` is the neighbour that is shown beside,
``whynot`` the article that is not recommended.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from recsys.dataset import Filter
from recsys.errors import SettingError
from recsys.models import BOUNDS, ALSParams
from recsys.strengths import EventWeights, default_weights
from ui.session import workspace
from ui.session.listing import (
    MAX_LIST as MAX_LIST,
    MOST_LISTED as MOST_LISTED,
    Clicks,
    read_clicks,
    read_ids,
    too_long as too_long,
    write_clicks,
    write_ids,
)
from ui.session.workspace import Workspace

DEFAULT_N, MAX_N = 10, 100
PEOPLE_PARTS = ("reader", "exclude")
WORDS = "words"  # in the search field; see ui.session.sharing
IN_USE = ("data", "filter", "strengths", "files", *BOUNDS)  # they name a workspace
LOOKED_AT = ("item", "with", "pair", "user", "whynot", "n", WORDS, *PEOPLE_PARTS)  # what is shown
VIEW_PARTS = (*IN_USE, *LOOKED_AT)
MAX_QUERY = 2_000
MAX_FILES = 200  # signs of the names of files
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, kw_only=True)
class View:
    """What an address asks for.

    `data`, `item`, `pair` and `user` are empty where it names none; `together` are more articles
    that are asked about with `item`, and `pair` the neighbour that is looked at; `whynot` is the
    article of which Readers says why it is not recommended. `reader` is None
    where it asks for a person of the data, and empty for a new reader who has not read anything.
    """

    data: str = ""
    filter: Filter = Filter()
    item: str = ""
    together: tuple[str, ...] = ()
    pair: str = ""
    user: str = ""
    whynot: str = ""
    n: int = DEFAULT_N
    reader: Clicks | None = None
    exclude: tuple[str, ...] = ()
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
            f"{data[:40]!r} is not a data set.",
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
        together=read_ids(query.get("with", ""), "with"),
        pair=query.get("pair", "")[:MAX_QUERY],
        user=query.get("user", "")[:MAX_QUERY],
        whynot=query.get("whynot", "")[:MAX_QUERY],
        n=_n(query.get("n", str(DEFAULT_N))),
        reader=read_clicks(query["reader"]) if "reader" in query else None,
        exclude=read_ids(query.get("exclude", ""), "exclude"),
        weights=weights,
        params=params,
        files=query.get("files", "")[:MAX_FILES],
    )


def _n(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= MAX_N:
        raise SettingError(
            f"{text[:20]!r} is not allowed.",
            where="n in the address",
            todo=f"Give a whole number from 1 to {MAX_N}.",
        )
    return int(text)


def write(
    here: Workspace,
    item: str = "",
    n: int = DEFAULT_N,
    user: str = "",
    *,
    together: tuple[str, ...] = (),
    pair: str = "",
    whynot: str = "",
    reader: Clicks | None = None,
    exclude: tuple[str, ...] = (),
) -> dict[str, str]:
    """The query of an address for a view of a workspace."""
    query = {"data": here.data.whole.fingerprint}
    if here.data.filter != Filter():
        query["filter"] = here.data.filter.as_text()
    if item:
        query["item"] = item
    if together:
        query["with"] = write_ids(together)
    if pair:
        query["pair"] = pair
    if user:
        query["user"] = user
    if whynot:
        query["whynot"] = whynot
    query["n"] = str(n)
    if reader is not None:
        query["reader"] = write_clicks(reader)
    if exclude:
        query["exclude"] = write_ids(exclude)
    if here.weights != default_weights(here.data.tables):
        query["strengths"] = here.weights.as_text()
    standard = ALSParams().as_dict()
    for name, value in here.params.as_dict().items():
        if value != standard[name]:
            query[name] = repr(value)
    if here.data.origin == "private":
        query["files"] = ", ".join(here.data.files.names)[:MAX_FILES]
    return query


def go(query: Mapping[str, str], own: tuple[str, ...] = ()) -> None:
    """Show another view on this page; the page's own settings in the address stay.

    But for those of the names `own`, which belong to the view: what the query does not have of
    them is gone. It is one step of the browser's way back: each change of the address is one, and
    an empty list is not written into it, so that taking it out afterwards changes nothing.
    """
    parts = (*VIEW_PARTS, *own)
    gone = [name for name in parts if name in st.query_params and name not in query]
    st.query_params.update({**query, **{name: [] for name in gone}})
    for name in gone:
        del st.query_params[name]


def address(query: Mapping[str, str]) -> str:
    """The whole address of a view on this page, to be sent to somebody."""
    base = (st.context.url or "").split("?")[0]
    named = {*VIEW_PARTS, *query}
    settings = {k: st.query_params.get_all(k) for k in st.query_params if k not in named}
    return f"{base}?{urlencode({**query, **settings}, doseq=True)}"


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """What the address of People held last, while another page is shown."""

    data: str
    parts: Mapping[str, str]
    reader: str = ""


def keep_people() -> None:
    """Remember the new reader and the exclusions of the address; People does so on every run."""
    parts = {name: st.query_params[name] for name in PEOPLE_PARTS if name in st.query_params}
    try:
        read(parts)
    except SettingError:  # the page says so; the menu is not to lead there again
        parts = {}
    data = st.query_params.get("data") or workspace.current().data.whole.fingerprint
    before = _kept(data)
    reader = parts.get("reader", before.reader)
    st.session_state["people-kept"] = _Kept(data=data, parts=parts, reader=reader)


def kept_people(here: Workspace) -> dict[str, str]:
    """The parts of an address that lead back to People as it was left."""
    return dict(_kept(here.data.whole.fingerprint).parts)


def kept_exclude(here: Workspace) -> dict[str, str]:
    """The part of an address that leads to another person and excludes what was excluded."""
    return {name: text for name, text in kept_people(here).items() if name == "exclude"}


def kept_reader(here: Workspace) -> Clicks:
    """The new reader who was put together last in this session."""
    return read_clicks(_kept(here.data.whole.fingerprint).reader)


def keep_similar(item: str, together: tuple[str, ...], pair: str) -> None:
    """Remember what Similar articles shows with its article; it does so on every run."""
    st.session_state["similar-kept"] = item, together, pair


def kept_similar(item: str) -> dict[str, str]:
    """The parts of an address that lead back to Similar articles as it was left at this article."""
    left, together, pair = st.session_state.get("similar-kept", ("", (), ""))
    parts = {"with": write_ids(together), "pair": pair} if left == item else {}
    return {name: text for name, text in parts.items() if text}


def _kept(data: str) -> _Kept:
    kept: _Kept | None = st.session_state.get("people-kept")
    return kept if kept is not None and kept.data == data else _Kept(data=data, parts={})
