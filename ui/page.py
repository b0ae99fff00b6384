"""What every page begins with: settings, the menu, the workspace strip, trainings under way."""

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
from ui import background, bound, cached, draft, jobs, links, quality, waiting, workspace
from ui.links import View
from ui.text import cut, plain
from ui.widgets import problem, rows_of
from ui.workspace import Workspace

HOME, DATA, TRAIN = "app.py", "pages/data.py", "pages/train.py"
SIMILAR, PEOPLE, MAP = "pages/similar.py", "pages/people.py", "pages/map.py"
COMPARE = "pages/compare.py"
NAME = 22  # characters of a data set's name in the strip, so that it stays one line


def setup_page(title: str) -> None:
    """Page settings, and the menu, which leads to the session's workspace; called first.

    A page that follows its address calls `arrive` instead.
    """
    _begin(title)
    _menu(workspace.current())


def _begin(title: str) -> None:
    st.set_page_config(
        page_title=f"{title} · Kindred", page_icon=str(cached.ROOT / "ui" / "icon.png"),
        layout="wide", initial_sidebar_state=210,
    )  # fmt: skip
    bound.begin(title)
    _adopt()
    if workspace.current().data.origin == "sample":
        prepare(workspace.current())  # a newcomer finds it trained, whichever page comes first
    if title == "People":
        links.keep_people()


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
    """Begin to train the workspace's model if there is none; wait for it if it is quick."""
    if cached.models().get(here.key) is None and not here.unknown_events and not jobs.of(here):
        jobs.start(here).wait(waiting.PATIENCE)


def strip(here: Workspace | None = None) -> None:
    """The state of the workspace in one row; each part leads to the page that changes it.

    It stands below the title, also where it would fit beside it: its words change while the page
    loads, and nothing below may move.
    """
    here = here or workspace.current()
    model = cached.models().get(here.key)
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
    if jobs.running():
        show_progress()


def _quality(here: Workspace) -> None:
    measured = background.quality_of(here)
    done = measured.done

    @st.fragment(run_every=None if done else 0.5)
    def show() -> None:
        label, meaning = quality.in_words(measured)
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            st.page_link(
                TRAIN, label=label, icon=":material/monitoring:", help=meaning, width="content"
            )
            if measured.lasts(waiting.LONG):
                st.button("Stop", key="stop-quality", type="tertiary", on_click=measured.stop)
            elif measured.stopped and st.button("Measure it", key="again-quality", type="tertiary"):
                measured.again()
                st.rerun()
        if not done and measured.done:
            st.rerun()

    show()


@st.fragment(run_every=0.5)
def show_progress() -> None:
    """Trainings under way, each with its progress and a way to stop it."""
    for job in jobs.running():
        text = plain(f"Training on {cut(job.workspace.data.name, 40)}:") + " "
        if job.losses:
            text += f"iteration {len(job.losses)} of {job.total}, loss {job.losses[-1]:.4f}"
        else:
            text += "waiting for its turn"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(len(job.losses) / job.total, text=text)
            st.button("Stop", key=f"stop-{job.key}", on_click=job.stop)
    if not jobs.running():
        st.rerun()


def _adopt() -> None:
    """When the training that the person asked for is over, its model becomes the workspace's."""
    key = st.session_state.get("wanted")
    job = jobs.mine(key) if key else None
    if job is None or job.running:
        return
    del st.session_state.wanted
    st.session_state.last_training = job
    if job.model is not None:
        here = workspace.current()
        fingerprint = job.workspace.data.whole.fingerprint
        workspace.use(job.workspace)
        # A page whose address shows the model before goes over to the new one.
        if st.query_params.get("data") == here.data.whole.fingerprint == fingerprint:
            query = links.write(job.workspace)
            kept = {
                name: st.query_params[name]
                for name in ("item", "user", "n", *links.PEOPLE_PARTS)
                if name in st.query_params
            }
            links.go({**query, **kept})


def train(here: Workspace) -> None:
    """Train what the person asked for; it becomes the workspace when it is done."""
    st.session_state.wanted = here.key
    st.session_state.pop("last_training", None)
    jobs.start(here).wait(waiting.PATIENCE)


def last_training() -> jobs.Job | None:
    """The training that was asked for last and is over."""
    return st.session_state.get("last_training")


def need_model(here: Workspace) -> Model:
    """The workspace's model, which `prepare` has begun to train if there was none.

    Until it is there the page stops here, below the strip with its progress.
    """
    model = cached.models().get(here.key)
    if model is not None:
        return model
    if here.unknown_events:
        names = ", ".join(plain(name, 40) for name in here.unknown_events[:8])
        st.warning(f"These events of the data have no strength yet: {names}.")
        st.page_link(TRAIN, label="Give them one and train", icon=":material/arrow_forward:")
        st.stop()
    job = jobs.of(here) or jobs.start(here)
    if job.running:
        st.info("The model is being trained. This page appears when it is ready.")
        st.stop()
    if job.model is not None:
        return job.model
    if job.error is not None:
        problem(job.error)
    else:
        st.info("Training was stopped before this model was ready.")
    with st.container(horizontal=True):
        st.button("Train", type="primary", on_click=jobs.forget, args=(job,))
        st.page_link(TRAIN, label="Change strengths or parameters", icon=":material/tune:")
    st.stop()


@dataclass(frozen=True, kw_only=True, eq=False)
class Arrival:
    """What a page that shows a model needs: the workspace, the model, and what is asked for."""

    here: Workspace
    model: Model
    view: View


def arrive(title: str) -> Arrival:
    """Begin a page that follows the address, which calls it first: settings, menu, title, strip.

    Once there is a model, the address's data, strengths and parameters become the workspace.
    Where the address cannot be followed, the page says why, and stops.
    """
    _begin(title)
    try:
        arrived: tuple[Workspace, View] | View | KindredError = links.arrive()
    except KindredError as error:
        arrived = error
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
    return Arrival(here=here, model=model, view=view)


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
    st.stop()


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
