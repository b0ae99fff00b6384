"""What all visitors of this server share: what it holds in memory, who works, what is on disk.

Everything is keyed by content. Sharing is safe: a key can only be made from data that a session
already has, so nobody reaches a model whose data they were not given.
"""

import gc
import logging
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import streamlit as st

from recsys.machine import nbytes
from recsys.storage import DataStore, ModelStore, NameStore, RuleStore
from ui.beside.shelf import Shelf
from ui.beside.work import Rank, Work
from ui.beside.workers import Workers

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
GIB = 1 << 30


def store_folder() -> Path:
    """Where models and kept data sets live: ``KINDRED_STORE``, or ``.kindred`` in the project."""
    return Path(os.environ.get("KINDRED_STORE") or ROOT / ".kindred")


def model_store() -> ModelStore:
    """The models on this server's disk, up to ``KINDRED_STORE_GIB`` (1)."""
    return ModelStore(folder=store_folder() / "models", max_bytes=_gib("KINDRED_STORE_GIB", 1.0))


def data_store() -> DataStore:
    """The data sets that their owners keep on this server."""
    return DataStore(folder=store_folder() / "data")


def rule_store() -> RuleStore:
    """What editors decided about these data sets."""
    return RuleStore(folder=data_store().folder)


def name_store() -> NameStore:
    """What people called the topics of these data sets."""
    return NameStore(folder=data_store().folder)


def shelf() -> Shelf:
    """What is held in memory, up to ``KINDRED_MEMORY_GIB`` (a quarter of the machine's)."""
    return _server(str(store_folder())).shelf


def workers() -> Workers:
    """Who makes what takes long."""
    return _server(str(store_folder())).workers


def visitor() -> str:
    """Stands for this session."""
    return st.session_state.setdefault("visitor", uuid4().hex)


def work(
    key: str,
    name: str,
    make: Callable[[Work[T]], T],
    rank: Rank = Rank.SHOWN,
    again: bool = False,
) -> Work[T]:
    """The work of that key, begun if there is none; this session waits for it. See `Workers.of`."""
    return workers().of(key, name, make, visitor=visitor(), rank=rank, again=again)


def hold(fingerprint: str) -> None:
    """This session works with that model: the store does not remove it while the session lasts."""
    held: _InUse | None = st.session_state.get("in-use")
    if held is None or held.fingerprint != fingerprint:
        st.session_state["in-use"] = held = _InUse(fingerprint)
    _server(str(store_folder())).holders.add(held)
    model_store().touch(fingerprint)


def in_use() -> frozenset[str]:
    """The fingerprints of the models that sessions work with."""
    return frozenset(one.fingerprint for one in list(_server(str(store_folder())).holders))


def room() -> str:
    """What this server holds and its bounds, in words."""
    held, models = shelf(), model_store()
    return (
        f"This server uses {held.bytes / GIB:.1f} of {held.most_bytes / GIB:.1f} GiB of data and "
        f"models in memory, and {models.size / GIB:.1f} of {models.max_bytes / GIB:.1f} GiB of "
        "models on disk. What was used longest ago goes first; a model in use stays on disk."
    )


class _InUse:
    """Held by a session's state, and gone with it."""

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint


class _Server:
    def __init__(self) -> None:
        # Streamlit collects garbage after each run of a page, each beat of the heartbeat too. What
        # was imported is no garbage, and takes most of that time.
        if not gc.get_freeze_count():
            gc.collect()
            gc.freeze()
        self.shelf = Shelf(_gib("KINDRED_MEMORY_GIB", max(1.0, _memory() / 4 / GIB)))
        self.workers = Workers(keep=self._keep, find=self._find)
        self.holders: weakref.WeakSet[_InUse] = weakref.WeakSet()

    def _keep(self, work: Work[Any]) -> None:
        self.shelf.put(f"work {work.key}", work, nbytes(work.result, but=work.shares))
        work.shares = ()

    def _find(self, key: str) -> Work[Any] | None:
        return self.shelf.get(f"work {key}")


@st.cache_resource(max_entries=2, show_spinner=False)
def _server(folder: str) -> _Server:
    return _Server()


def _memory() -> int:
    """Bytes of the machine's memory; 4 GiB where it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # as on Windows
        return 4 * GIB


def _gib(name: str, otherwise: float) -> int:
    """Bytes that a setting gives in GiB."""
    text = os.environ.get(name, "")
    try:
        gib = float(text) if text else otherwise
        if not 0 < gib < 1e6:
            raise ValueError
    except ValueError:
        logging.getLogger(__name__).warning(
            "%s is %r, which is not a size in GiB; %g is used.", name, text, otherwise
        )
        gib = otherwise
    return int(gib * GIB)
