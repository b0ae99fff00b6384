"""Training beside the page: one worker thread for the server, a `Job` for each training."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import streamlit as st

from recsys.errors import KindredError, Stopped
from recsys.model import Model
from recsys.pipeline import train
from ui import cached
from ui.cached import Models
from ui.workspace import Workspace


class Job:
    """One training: who waits for it can see how far it is, and stop it.

    The worker never touches Streamlit; a page reads these attributes.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.key = workspace.key
        self.total = workspace.params.iterations
        self.losses: list[float] = []
        self.model: Model | None = None
        self.error: KindredError | None = None
        self.stopped = False
        self._stop = threading.Event()
        self._over = threading.Event()

    @property
    def running(self) -> bool:
        """Whether it is waiting its turn or being fitted."""
        return not self._over.is_set()

    def stop(self) -> None:
        """Ask it to end after the iteration that it is in."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; whether it is."""
        return self._over.wait(seconds)

    def run(self, models: Models) -> None:
        """Fit, unless the model is there already. Runs in the worker."""
        try:
            self._between()
            self.model = models.get(self.key)
            if self.model is None:
                here = self.workspace
                self.model = train(here.data.tables, here.weights, here.params, self._follow)
                models.put(self.model)
        except Stopped:
            self.stopped = True
        except KindredError as error:
            self.error = error
        except Exception as error:
            logging.getLogger(__name__).exception("training failed")
            self.error = KindredError(
                f"training failed unexpectedly ({type(error).__name__}).",
                todo="The server's log says more. Other parameters may work.",
            )
        finally:
            self._over.set()

    def _follow(self, _iteration: int, loss: float) -> None:
        self.losses.append(loss)
        self._between()

    def _between(self) -> None:
        if self._stop.is_set():
            raise Stopped


@st.cache_resource(show_spinner=False, max_entries=1)
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="training")


def _mine() -> dict[str, Job]:
    return st.session_state.setdefault("jobs", {})


def start(workspace: Workspace) -> Job:
    """Begin to train, or join this session's training of the same model."""
    job = _mine().get(workspace.key)
    if job is None or not job.running:
        job = Job(workspace)
        _mine()[job.key] = job
        _worker().submit(job.run, cached.models())
    return job


def of(workspace: Workspace) -> Job | None:
    """This session's training of the workspace's model, over or not."""
    return mine(workspace.key)


def mine(key: str) -> Job | None:
    """This session's training of the model with that fingerprint, over or not."""
    return _mine().get(key)


def running() -> list[Job]:
    """This session's trainings that are not over."""
    return [job for job in _mine().values() if job.running]


def forget(job: Job) -> None:
    """Drop a training that is over."""
    _mine().pop(job.key, None)
