"""What is made beside the pages, once for each model: its quality, other seeds, topics, files."""

import io
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Generic, TypeVar

import streamlit as st

from recsys.compare import Comparison, compare_models
from recsys.ensemble import Ensemble, train_ensemble
from recsys.errors import KindredError, ModelFolderError, Stopped
from recsys.evaluation.hidden import Quality, measure
from recsys.export import write_parts
from recsys.export_all import all_neighbours, all_recommendations
from recsys.model import Model
from recsys.stability import kept_by_another_seed
from recsys.tables import Tables
from recsys.topics import Topics, find_topics, topic_names
from ui import cached
from ui.workspace import Workspace

T = TypeVar("T")
Follow = Callable[[int, int], None]
NamedTopics = tuple[Topics, dict[str, str]]
NEAREST = 10  # of an article, by which a whole model is judged
_HELD = 50


class Work(Generic[T]):
    """One thing in the making: how far it is, what came of it, and a way to stop it."""

    def __init__(self, forget: Callable[[], None]) -> None:
        self.share = 0.0
        self.future: Future[T] = Future()
        self._begun = time.monotonic()
        self._stop = threading.Event()
        self._forget = forget

    def follow(self, done: int, total: int) -> None:
        """Note the progress; called by whoever does the work.

        Raises
        ------
        Stopped
            If somebody asked for it.
        """
        self.share = done / total
        if self._stop.is_set():
            raise Stopped

    def stop(self) -> None:
        """Ask it to end."""
        self._stop.set()

    def again(self) -> None:
        """Let it begin anew when it is asked for next, if it was stopped or failed."""
        if self.done and self.result is None:
            self._forget()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most until so long after it was begun; whether it is."""
        wait([self.future], max(0.0, self._begun + seconds - time.monotonic()))
        return self.done

    def lasts(self, seconds: float) -> bool:
        """Whether it goes on, and did so for that long."""
        return not self.done and time.monotonic() - self._begun > seconds

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it."""
        return self.done and isinstance(self.future.exception(), Stopped)

    @property
    def done(self) -> bool:
        """Whether it is over, well or not."""
        return self.future.done()

    @property
    def result(self) -> T | None:
        """What came of it; None while it goes on, and where it failed or was stopped."""
        return self.future.result() if self.done and self.future.exception() is None else None


class Background(Generic[T]):
    """Work by key, shared by all sessions: a key is made from the data itself."""

    def __init__(self, name: str, held: int = _HELD) -> None:
        self._most = held
        self._held: OrderedDict[str, Work[T]] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def of(self, key: str, make: Callable[[Follow], T]) -> Work[T]:
        """The work of that key, begun if there is none. See `Work.again` for what was stopped."""
        with self._lock:
            work = self._held.get(key)
            if work is None:
                work = self._held[key] = Work(partial(self._forget, key))
                self._worker.submit(_run, work, make)
            self._held.move_to_end(key)
            while len(self._held) > self._most and next(iter(self._held.values())).done:
                self._held.popitem(last=False)
            return work

    def known(self, key: str) -> Work[T] | None:
        """The work of that key, if it was begun."""
        with self._lock:
            return self._held.get(key)

    def _forget(self, key: str) -> None:
        with self._lock:
            self._held.pop(key, None)


def _run(work: Work[T], make: Callable[[Follow], T]) -> None:
    try:
        work.future.set_result(make(work.follow))
    except (KindredError, Stopped) as error:  # it is shown where the result is asked for
        work.future.set_exception(error)
    except Exception as error:
        logging.getLogger(__name__).exception("work beside the page failed")
        work.future.set_exception(error)


@st.cache_resource(max_entries=2, show_spinner=False)
def _qualities(folder: str) -> Background[Quality]:
    return Background("quality")


@st.cache_resource(max_entries=2, show_spinner=False)
def _ensembles(folder: str) -> Background[Ensemble]:
    return Background("seeds")


def quality_of(here: Workspace) -> Work[Quality]:
    """How good the workspace's model is; measured beside the page and kept with the model."""
    key, store = here.key, cached.model_store()

    def make(follow: Follow) -> Quality:
        found = store.quality(key)
        if found is None:
            total = here.params.iterations
            found = measure(
                here.data.tables, here.weights, here.params, lambda done, _: follow(done, total)
            )
            store.put_quality(key, found)
        return found

    return _qualities(str(cached.store_folder())).of(key, make)


def seeds_of(model: Model) -> Work[Ensemble]:
    """The same model from other seeds; trained beside the page and kept with the model."""
    store = cached.model_store()

    def make(follow: Follow) -> Ensemble:
        found = store.ensemble(model)
        if found is None:
            found = train_ensemble(model, on_progress=follow)
            try:
                store.put_ensemble(found)
            except ModelFolderError:
                pass  # the disk refuses it: it is kept in memory alone
        return found

    return _ensembles(str(cached.store_folder())).of(model.fingerprint, make)


@st.cache_resource(max_entries=2, show_spinner=False)
def _kept(folder: str) -> Background[float]:
    return Background("kept")


def kept_of(model: Model, seeds: Ensemble) -> Work[float]:
    """What another seed keeps of the nearest of all articles; counted beside the page."""

    def make(follow: Follow) -> float:
        return kept_by_another_seed(seeds, model, NEAREST)

    return _kept(str(cached.store_folder())).of(model.fingerprint, make)


@st.cache_resource(max_entries=2, show_spinner=False)
def _comparisons(folder: str) -> Background[Comparison]:
    return Background("compare", held=8)


def comparison_of(
    a: Model, b: Model, n: int, seeds: tuple[Ensemble, Ensemble] | None
) -> Work[Comparison]:
    """Two models on all articles, see `recsys.compare.compare_models`; made beside the page."""
    key = f"{a.fingerprint}-{b.fingerprint}-{n}-{'alone' if seeds is None else 'seeds'}"
    of_a, of_b = seeds or (None, None)

    def make(follow: Follow) -> Comparison:
        return compare_models(a, b, n=n, ensemble_a=of_a, ensemble_b=of_b, on_progress=follow)

    return _comparisons(str(cached.store_folder())).of(key, make)


@st.cache_resource(max_entries=2, show_spinner=False)
def _topics(folder: str) -> Background[NamedTopics]:
    return Background("topics", held=cached.MODELS_IN_MEMORY)


def topics_of(model: Model, tables: Tables) -> Work[NamedTopics]:
    """The topics of a model, and the name of each article's, of unread ones by their content."""
    parts = 3 if len(tables.articles) > len(model.items) else 1

    def make(follow: Follow) -> NamedTopics:
        def part(place: int) -> Follow:
            return lambda done, total: follow(place * total + done, parts * total)

        found = find_topics(model, on_progress=part(0))
        index = cached.content_beside(tables, part(1)) if parts > 1 else None
        return found, topic_names(found, model, index, part(2))

    key = f"{model.fingerprint}-{tables.fingerprint}"
    return _topics(str(cached.store_folder())).of(key, make)


@st.cache_resource(max_entries=2, show_spinner=False)
def _exports(folder: str) -> Background[bytes]:
    return Background("export", held=4)


def _export_key(model: Model, what: str, n: int, ending: str) -> str:
    return f"{model.fingerprint}-{what}-{n}-{ending}"


def export_if_begun(model: Model, what: str, n: int, ending: str) -> Work[bytes] | None:
    """The file of the whole catalogue, if somebody asked for it."""
    return _exports(str(cached.store_folder())).known(_export_key(model, what, n, ending))


def export_of(model: Model, what: str, n: int, ending: str) -> Work[bytes]:
    """A file of all neighbours, or of all recommendations; made beside the page."""

    def make(follow: Follow) -> bytes:
        rows = (all_neighbours if what == "neighbours" else all_recommendations)(
            model, n, on_progress=follow
        )
        stream = io.BytesIO()
        write_parts(rows, stream, ending)
        return stream.getvalue()

    return _exports(str(cached.store_folder())).of(_export_key(model, what, n, ending), make)
