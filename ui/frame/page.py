"""What every page begins and ends with: settings, the menu, the model, the bar at the bottom."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from recsys.errors import KindredError
from recsys.models import Model
from ui.beside import server
from ui.frame import background, menu, places, problems, strip, training, waiting, wanted
from ui.frame.places import DATA, PEOPLE, TRAIN
from ui.frame.problems import problem
from ui.session import bound, following, links, workspace
from ui.session.links import View
from ui.session.workspace import NotReadYet, Workspace
from ui.text import plain, visible


@contextmanager
def show(title: str) -> Iterator[Workspace]:
    """A page on what is in use: settings, the menu, and the bar at its end.

    What its address names comes into use. Where that cannot be, the page says so and stops; on
    Data, where files are brought, the page itself says it, and goes on.
    """
    with _page(title):
        arrived = _follow(title)
        if isinstance(arrived, tuple):
            here, view = arrived
            if here.key != workspace.current().key:
                workspace.use(here)
            menu.show(here, view)
            if here.data.origin == "sample":
                prepare(here)  # a newcomer finds it trained, whichever page comes first
        else:
            here = workspace.current()
            menu.show(here)
            if places.named(title) != DATA:
                st.title(title)
                strip.show(here)
                _not_followed(arrived, title)
            if isinstance(arrived, KindredError):
                problems.refuse(arrived, "address")
        server.hold(here.key)
        yield here


@contextmanager
def _page(title: str) -> Iterator[None]:
    """What every page begins and ends with, also where it stops early."""
    st.set_page_config(
        page_title=f"{title} · Kindred", page_icon=str(server.ROOT / "ui" / "icon.png"),
        layout="wide", initial_sidebar_state=menu.WIDTH,
    )  # fmt: skip
    bound.begin(title)
    problems.begin()
    waiting.begin()
    try:
        training.begin_pressed()
        training.adopt()
        _open_kept()
        wanted.resume(places.named(title))
        if places.named(title) == PEOPLE:
            links.keep_people()
        yield
    except _PageEnds:
        waiting.end()
        st.stop()
    waiting.end()


def _follow(title: str) -> tuple[Workspace, View] | View | KindredError:
    """What the address asks for; where its data is still being read, the page says so and stops."""
    try:
        arrived = following.follow()
    except KindredError as error:
        return error
    except NotReadYet as reading:
        menu.show(workspace.current(), links.read(st.query_params))
        st.title(title)
        wait_for_data(reading)
    if isinstance(arrived, View):
        wanted.note(places.named(title))
    else:
        wanted.forget(places.named(title))
    return arrived


class _PageEnds(Exception):
    """A page ends before its last line."""


def stop() -> NoReturn:
    """End the page here. After `st.stop` nothing can be drawn, the bar at the bottom neither."""
    raise _PageEnds


def prepare(here: Workspace) -> None:
    """Begin to read or train the workspace's model; wait for it if it is quick."""
    if not here.unknown_events and not training.goes_first(here):
        background.model_of(here).wait(waiting.PATIENCE)


def _open_kept() -> None:
    """When the kept data set that the person asked for is read, it becomes the workspace's."""
    try:
        workspace.use_opened()
    except NotReadYet as reading:
        waiting.wait_for(reading.work)
        if waiting.over(reading.work):
            st.session_state.not_opened = reading


def need_model(here: Workspace) -> Model:
    """The workspace's model, which is read or trained if it is not there.

    Until it is there the page stops here; the bar at the bottom shows how far it is.
    """
    if here.unknown_events:
        names = ", ".join(plain(visible(name), 40) for name in here.unknown_events[:8])
        st.warning(f"These event types have no strength yet: {names}.")
        st.page_link(
            TRAIN, label="Set their strengths and train", icon=":material/arrow_forward:",
            query_params=links.write(here),
        )  # fmt: skip
        stop()
    if training.goes_first(here) and background.model_here(here) is None:
        st.info("Training… results will appear here.", icon=":material/hourglass_empty:")
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
        st.page_link(
            TRAIN, label="Change strengths or training settings", icon=":material/tune:",
            query_params=links.write(here),
        )  # fmt: skip
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
        arrived = _follow(title)
        if not isinstance(arrived, tuple):
            menu.show(workspace.current())
            st.title(title)
            strip.show()
            _not_followed(arrived, title)
        here, view = arrived
        menu.show(here, view)
        st.title(title)
        prepare(here)
        strip.show(here)
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


def _not_followed(arrived: View | KindredError, title: str) -> NoReturn:
    """Say what is wrong with the address, or which data it needs, and lead on."""
    if isinstance(arrived, View):
        wanted.show()
        st.page_link(
            DATA, label="Bring the files", icon=":material/upload:",
            query_params=links.write(workspace.current()),
        )  # fmt: skip
    else:
        problem(arrived)
    st.page_link(
        places.named(title),
        label="Use the current data instead",
        icon=":material/arrow_forward:",
        query_params=links.write(workspace.current()),
    )
    stop()
