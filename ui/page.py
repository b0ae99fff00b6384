"""What every page begins and ends with: settings, menu, workspace strip, what is under way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import pandas as pd
import streamlit as st

from recsys.errors import KindredError
from recsys.filters import Filter
from recsys.model import Model
from recsys.params import in_full
from recsys.search import find_items
from recsys.weights import default_weights
from ui import background, bound, draft, links, quality, server, waiting, workspace
from ui.links import View
from ui.text import cut, plain
from ui.widgets import problem, rows_of
from ui.work import Rank
from ui.workspace import NotReadYet, Workspace

HOME, DATA, TRAIN = "app.py", "pages/data.py", "pages/train.py"
SIMILAR, PEOPLE, MAP = "pages/similar.py", "pages/people.py", "pages/map.py"
COMPARE = "pages/compare.py"
NAME = 22  # characters of a data set's name in the strip, so that it stays one line


@contextmanager
def show(title: str) -> Iterator[Workspace]:
    """A page: settings, the menu, which leads to the session's workspace, and the bar at its end.

    A page that follows its address calls `arrive` instead.
    """
    with _page(title):
        here = workspace.current()
        _menu(here)
        yield here


@contextmanager
def _page(title: str) -> Iterator[None]:
    """What every page begins and ends with, also where it stops early."""
    st.set_page_config(
        page_title=f"{title} · Kindred", page_icon=str(server.ROOT / "ui" / "icon.png"),
        layout="wide", initial_sidebar_state=210,
    )  # fmt: skip
    bound.begin(title)
    waiting.begin()
    try:
        _adopt()
        _open_kept()
        here = workspace.current()
        server.hold(here.key)
        if here.data.origin == "sample":
            prepare(here)  # a newcomer finds it trained, whichever page comes first
        if title == "People":
            links.keep_people()
        yield
    except _PageEnds:
        waiting.end()
        st.stop()
    waiting.end()


class _PageEnds(Exception):
    """A page ends before its last line."""


def stop() -> NoReturn:
    """End the page here. After `st.stop` nothing can be drawn, the bar at the bottom neither."""
    raise _PageEnds


def _menu(here: Workspace, asked: View | None = None) -> None:
    """The menu; it leads to the same data, model, article and person on every page.

    To those that the address asks for, also while their model is being trained.
    """
    same = here.data.whole.fingerprint == workspace.current().data.whole.fingerprint
    shown = st.session_state if same else {}  # articles and people of other data say nothing here
    asked = asked or View(n=st.session_state.get("n", links.DEFAULT_N))
    item, user = asked.item or shown.get("item", ""), asked.user or shown.get("user", "")
    view = links.write(here, item, asked.n, user)
    with st.sidebar:
        st.page_link(HOME, label="Home", icon=":material/home:")
        st.page_link(DATA, label="Data", icon=":material/table:")
        st.page_link(TRAIN, label="Train", icon=":material/tune:")
        st.divider()
        st.page_link(SIMILAR, label="Similar articles", icon=":material/search:", query_params=view)
        st.page_link(
            PEOPLE,
            label="People",
            icon=":material/group:",
            query_params={**view, **links.kept_people(here)},
        )
        st.page_link(MAP, label="Map", icon=":material/scatter_plot:", query_params=view)
        st.divider()
        st.page_link(
            COMPARE,
            label="Compare",
            icon=":material/compare_arrows:",
            query_params={**view, **links.kept_against(here)},
        )


def prepare(here: Workspace) -> None:
    """Begin to read or train the workspace's model; wait for it if it is quick."""
    if not here.unknown_events:
        background.model_of(here).wait(waiting.PATIENCE)


def strip(here: Workspace | None = None) -> None:
    """The state of the workspace in one row; each part leads to the page that changes it.

    It stands below the title, also where it would fit beside it: its words change while the page
    loads, and nothing below may move.
    """
    here = here or workspace.current()
    model = background.model_here(here)
    standard = here.weights == default_weights(here.data.tables)
    shown = {
        "sample": "made up, shipped with Kindred",
        "private": "your upload, private to this session",
        "kept": "kept on this server",
    }
    part = ", a part of it" if here.data.filter != Filter() else ""
    with st.container(horizontal=True, gap="xsmall", key="strip"):
        st.page_link(
            DATA,
            label=f"Data: **{plain(here.data.name, NAME)}**{part}",
            icon=":material/table:",
            help=plain(f"{cut(here.data.name, 200)}: {shown[here.data.origin]}"),
            width="content",
        )
        strengths = ", ".join(f"{plain(k, 30)} {v:g}" for k, v in here.weights.strengths)
        st.page_link(
            TRAIN,
            label=f"Strengths: **{'standard' if standard else 'your own'}**",
            icon=":material/scale:",
            help=strengths,
            width="content",
        )
        params = ", ".join(
            f"{name} {in_full(value)}" for name, value in here.params.as_dict().items()
        )
        if model is None:
            label = "Model: **not trained yet**"
        else:
            label = f"Model: **ALS, {here.params.factors} factors, {model.seconds:.1f} s**"
            params += f"; trained {model.trained.replace('T', ' ').replace('+00:00', '')} UTC"
        st.page_link(
            TRAIN, label=label, icon=":material/model_training:", help=params, width="content"
        )
        if model is not None:
            _quality(here)
        if changed := draft.changes(here):
            st.page_link(
                TRAIN,
                label="Settings changed: **train again**",
                icon=":material/update:",
                help="Since this model was trained: " + "; ".join(map(plain, changed)),
                width="content",
            )


def _quality(here: Workspace) -> None:
    measured = background.quality_of(here)
    waiting.wait_for(measured)
    label, meaning = quality.in_words(measured)
    st.page_link(TRAIN, label=label, icon=":material/monitoring:", help=meaning, width="content")
    if waiting.over(measured) and measured.result is None and measured.error is None:
        st.button(
            "Measure it", key="again-quality", type="tertiary",
            on_click=background.again, args=(measured,),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How the training that was asked for last ended."""

    stopped: bool
    error: KindredError | None


def _adopt() -> None:
    """When the training that the person asked for is over, its model becomes the workspace's."""
    wanted: Workspace | None = st.session_state.get("wanted")
    if wanted is None:
        return
    work = background.model_of(wanted, Rank.CLICKED)
    if not waiting.over(work):
        waiting.wait_for(work)
        return
    del st.session_state.wanted
    st.session_state.ended = Ended(stopped=waiting.stopped(work), error=work.error)
    if work.result is not None:
        here = workspace.current()
        fingerprint = wanted.data.whole.fingerprint
        workspace.use(wanted)
        # A page whose address shows the model before goes over to the new one.
        if st.query_params.get("data") == here.data.whole.fingerprint == fingerprint:
            query = links.write(wanted)
            kept = {
                name: st.query_params[name]
                for name in ("item", "user", "n", *links.PEOPLE_PARTS)
                if name in st.query_params
            }
            links.go({**query, **kept})


def _open_kept() -> None:
    """When the kept data set that the person asked for is read, it becomes the workspace's."""
    try:
        workspace.use_opened()
    except NotReadYet as reading:
        waiting.wait_for(reading.work)
        if waiting.over(reading.work):
            st.session_state.not_opened = reading


def train(here: Workspace) -> None:
    """Train what the person asked for; it becomes the workspace when it is done."""
    st.session_state.wanted = here
    st.session_state.pop("ended", None)
    background.model_of(here, Rank.CLICKED, again=True).wait(waiting.PATIENCE)


def wanted() -> Workspace | None:
    """What the person asked to train and is not there yet."""
    return st.session_state.get("wanted")


def ended() -> Ended | None:
    """How the training that was asked for last ended; None while it goes on."""
    return st.session_state.get("ended")


def need_model(here: Workspace) -> Model:
    """The workspace's model, which is read or trained if it is not there.

    Until it is there the page stops here; the bar at the bottom shows how far it is.
    """
    if here.unknown_events:
        names = ", ".join(plain(name, 40) for name in here.unknown_events[:8])
        st.warning(f"These events of the data have no strength yet: {names}.")
        st.page_link(TRAIN, label="Give them one and train", icon=":material/arrow_forward:")
        stop()
    work = background.model_of(here)
    if work.result is not None:
        return work.result
    if not waiting.over(work):
        waiting.wait_for(work)
        st.info("Training… results will appear here.", icon=":material/hourglass_empty:")
        stop()
    if work.error is not None:
        problem(work.error)
    else:
        st.info("Training was stopped before this model was ready.")
    with st.container(horizontal=True):
        st.button("Train", type="primary", on_click=background.again, args=(work,))
        st.page_link(TRAIN, label="Change strengths or parameters", icon=":material/tune:")
    stop()


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrival:
    """What a page that shows a model needs: the workspace, the model, and what is asked for."""

    here: Workspace
    model: Model
    view: View


@contextmanager
def arrive(title: str) -> Iterator[Arrival]:
    """A page that follows the address: settings, menu, title, strip, and the bar at its end.

    Once there is a model, the address's data, strengths and parameters become the workspace.
    Where the address cannot be followed, or its data is still being read, the page says so, and
    stops.
    """
    with _page(title):
        try:
            arrived: tuple[Workspace, View] | View | KindredError = links.arrive()
        except KindredError as error:
            arrived = error
        except NotReadYet as reading:
            _menu(workspace.current(), links.read(st.query_params))
            st.title(title)
            wait_for_data(reading)
        if not isinstance(arrived, tuple):
            _menu(workspace.current())
            st.title(title)
            strip()
            _not_followed(arrived)
        here, view = arrived
        _menu(here, view)
        st.title(title)
        prepare(here)
        strip(here)
        model = need_model(here)
        workspace.use(here)
        server.hold(here.key)
        yield Arrival(here=here, model=model, view=view)


def wait_for_data(reading: NotReadYet) -> NoReturn:
    """Say that a data set is being read, or could not be, and stop."""
    work = reading.work
    if not waiting.over(work):
        waiting.wait_for(work)
        st.info(
            f"Reading {plain(reading.name)}… it will appear here.",
            icon=":material/hourglass_empty:",
        )
    elif work.error is not None:
        problem(work.error)
    else:
        waiting.say_missing([work], f"Reading {plain(reading.name)} was stopped.", "reading")
    stop()


def _not_followed(arrived: View | KindredError) -> NoReturn:
    """Say what is wrong with the address, or which data it needs, and lead on."""
    if isinstance(arrived, View):
        _wanted_data(arrived)
    else:
        problem(arrived)
    st.page_link(
        SIMILAR,
        label="Go on with what is loaded here",
        icon=":material/arrow_forward:",
        query_params=links.write(workspace.current()),
    )
    stop()


def _wanted_data(view: View) -> None:
    st.session_state.pending = dict(st.query_params)
    names = f" (files named {plain(view.files)})" if view.files else ""
    st.warning(
        f"This link shows the data set **{view.data[:8]}**{names}, which this session does not "
        "have. It was a private upload, or has been removed from the server. Bring the same two "
        "files, whatever they are called: they are recognised by their content, and the link "
        "takes effect."
    )
    st.page_link(DATA, label="Bring the files", icon=":material/upload:")


def most_read(model: Model, n: int) -> pd.DataFrame:
    """The `n` articles with the most readers, as a table for `article_table`."""
    return rows_of(model, find_items(model, "", n))
