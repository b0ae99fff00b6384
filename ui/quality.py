"""How good the models are: measured beside the pages, once for each model."""

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

import streamlit as st

from recsys.errors import KindredError
from recsys.evaluation.hidden import TOP, Quality, measure
from recsys.store import ModelStore
from ui import cached
from ui.workspace import Workspace

_HELD = 200


class Measurements:
    """Qualities by model, shared by all sessions: a key is made from the data itself."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store
        self._held: OrderedDict[str, Future[Quality]] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="quality")

    def of(self, here: Workspace) -> "Future[Quality]":
        """The measurement of the workspace's model, begun if there is none."""
        with self._lock:
            if here.key not in self._held:
                self._held[here.key] = self._worker.submit(self._measure, here)
            while len(self._held) > _HELD and next(iter(self._held.values())).done():
                self._held.popitem(last=False)
            return self._held[here.key]

    def _measure(self, here: Workspace) -> Quality:
        quality = self._store.quality(here.key)
        if quality is None:
            quality = measure(here.data.tables, here.weights, here.params)
            self._store.put_quality(here.key, quality)
        return quality


@st.cache_resource(max_entries=2, show_spinner=False)
def _measurements(folder: str) -> Measurements:
    return Measurements(cached.model_store())


def of(here: Workspace) -> "Future[Quality]":
    """The measurement of the workspace's model, which goes on beside the page."""
    return _measurements(str(cached.store_folder())).of(here)


def in_words(measured: "Future[Quality]") -> tuple[str, str]:
    """The quality for the strip (Markdown), and what it means."""
    if not measured.done():
        return "Quality: **being measured**", ABOUT
    error = measured.exception()
    if error is not None:
        why = str(error) if isinstance(error, KindredError) else f"It failed: {error!r}."
        return "Quality: **not measured**", why
    found = measured.result()
    low, high = found.interval
    return f"Finds **{found.recall:.0%}** of hidden readings", (
        f"{ABOUT} It was there for {found.found:,} of {found.people:,} people ({found.recall:.1%}; "
        f"95 % interval {low:.0%} to {high:.0%}). A list of the most-read articles finds "
        f"{found.recall_by_popularity:.1%}."
    )


ABOUT = (
    f"Recall@{TOP}: one article of each person, drawn at random, is hidden from the training; is "
    f"it among the {TOP} best of the whole catalogue that the person has not read? It tells how "
    "well tastes are known, not how well the future is."
)
