"""The workspace strip: which data, strengths and model are in use, and how good the model is."""

import streamlit as st

from recsys.dataset import Filter
from recsys.evaluation import Quality
from recsys.models import in_full
from recsys.reading import in_brief, rows_lost
from recsys.strengths import default_weights
from ui.frame import background, quality, training, waiting
from ui.frame.menu import ORIGIN
from ui.frame.places import DATA, TRAIN
from ui.session import draft, links, workspace
from ui.session.workspace import Workspace
from ui.text import cut, plain, visible

NAME = 22  # characters of a data set's name in the strip, so that it stays one line


def show(here: Workspace | None = None) -> None:
    """The state of the workspace in one row; each part leads to the page that changes it.

    It stands below the title, also where it would fit beside it: its words change while the page
    loads, and nothing below may move.
    """
    here = here or workspace.current()
    model = background.model_here(here)
    work = background.training(here)
    under_way = training.wanted() is not None or (work is not None and not waiting.over(work))
    if work is not None:
        waiting.wait_for(work)
    standard = here.weights == default_weights(here.data.tables)
    query = links.write(here)
    part = ", a part of it" if here.data.filter != Filter() else ""
    with st.container(horizontal=True, gap="xsmall", key="strip"):
        st.page_link(
            DATA,
            label=f"Data: **{plain(here.data.name, NAME)}**{part}",
            icon=":material/table:",
            help=plain(f"{cut(here.data.name, 200)}: {ORIGIN[here.data.origin]}"),
            width="content",
            query_params=query,
        )
        _left_out(here)
        strengths = ", ".join(f"{plain(visible(k), 30)} {v:g}" for k, v in here.weights.strengths)
        st.page_link(
            TRAIN,
            label=f"Strengths: **{'standard' if standard else 'your own'}**",
            icon=":material/scale:",
            help=f"How much one event counts: {strengths}",
            width="content",
            query_params=query,
        )
        params = ", ".join(
            f"{name} {in_full(value)}" for name, value in here.params.as_dict().items()
        )
        if model is None:
            label = f"Model: **{'being trained' if under_way else 'not trained yet'}**"
        else:
            label = f"Model: **trained in {model.seconds:.1f} s**"
            when = model.trained.replace("T", " ").replace("+00:00", "")
            params = f"ALS: {params}; trained {when} UTC"
        st.page_link(
            TRAIN, label=label, icon=":material/model_training:", help=params, width="content",
            query_params=query,
        )  # fmt: skip
        measured = None if model is None else _quality(here)
        if changed := draft.changes(here):
            st.page_link(
                TRAIN,
                label="Settings changed: **train again**",
                icon=":material/update:",
                help="Since this model was trained: " + "; ".join(map(plain, changed)),
                width="content",
                query_params=query,
            )
    if measured is not None and (doubt := quality.doubt(measured)):
        st.warning(doubt, icon=":material/warning:")


def _left_out(here: Workspace) -> None:
    """How many rows of the files do not count, if any; why they do not is on Data."""
    report = here.data.whole.report
    reports = (report.articles, report.events)[here.data.files.articles is None :]
    if lost := rows_lost(reports):
        st.page_link(
            DATA,
            label=f"**{lost:,}** rows left out" if lost > 1 else "**1** row left out",
            icon=":material/filter_alt_off:",
            help=plain(in_brief(reports)),
            width="content",
            query_params=links.write(here),
        )


def _quality(here: Workspace) -> Quality | None:
    """How good the model is; None until that is known."""
    measured = background.quality_of(here)
    waiting.wait_for(measured)
    label, meaning = quality.in_words(measured)
    st.page_link(
        TRAIN, label=label, icon=":material/monitoring:", help=meaning, width="content",
        query_params=links.write(here),
    )  # fmt: skip
    if waiting.over(measured) and measured.result is None and measured.error is None:
        st.button(
            "Measure it", key="again-quality", type="tertiary",
            on_click=background.again, args=(measured,),
        )  # fmt: skip
    return measured.result
