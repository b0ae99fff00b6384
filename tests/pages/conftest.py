"""Pages without a browser, each test with caches of its own."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from recsys.maps import neighbour_places, pca_places
from recsys.recommendations.explain import Solver
from recsys.text.content import ContentIndex
from tests.conftest import ROOT
from ui.beside import cached, server
from ui.frame import background, finer, mapping, waiting


@pytest.fixture(autouse=True)
def own_store(own_store: Path, trained: Path, request: pytest.FixtureRequest) -> Path:
    """Each test has a store of its own; the models are there, unless it is about their making."""
    if request.node.get_closest_marker("nothing_trained") is None:
        shutil.copytree(trained, own_store)
    return own_store


@pytest.fixture(autouse=True)
def fresh_caches(monkeypatch):
    monkeypatch.setattr(waiting, "PATIENCE", 60.0)  # pages wait for their model here
    st.cache_resource.clear()
    yield
    server.workers().end()  # nothing goes on beside the tests that follow
    st.cache_resource.clear()


_MADE: dict[tuple[str, ...], Any] = {}  # by what makes it and of what; for all tests
_SHARED = "train", "train_ensemble", "measure", "find_topics"  # of `ui.frame.background`


def _shared(name: str, make: Callable[..., Any]) -> Callable[..., Any]:
    """Makes the same of the same only once; the functions it is given do not count."""

    def made(*args, **kwargs):
        of = [one for one in (*args, *kwargs.values()) if one is not None and not callable(one)]
        key = name, *(getattr(one, "fingerprint", None) or repr(one) for one in of)
        if key not in _MADE:
            _MADE[key] = make(*args, **kwargs)
        return _MADE[key]

    return made


@pytest.fixture(autouse=True)
def shared_work(
    monkeypatch, sample_tables, sample_model, start_model, sample_topics, start_topics,
    request: pytest.FixtureRequest,
):  # fmt: skip
    """What long work makes is made once for all tests, unless a test is about the making."""
    _MADE["find_topics", sample_model.fingerprint] = sample_topics
    _MADE["find_topics", start_model.fingerprint] = start_topics
    monkeypatch.setattr(cached, "sample_tables", lambda: sample_tables)
    # Each run of an AppTest looks through all installed packages for elements: 0.5 s.
    scan = _shared("elements", manifest_scanner.scan_component_manifests)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", scan)
    # A map takes seconds: tests about something else have one at once.
    places = _shared("places", neighbour_places)
    if "map" not in request.module.__name__:
        places = _overview
    monkeypatch.setattr(mapping, "neighbour_places", lambda model, *, before=None, **how: (
        places(model, **how) if before is None else neighbour_places(model, before=before, **how)
    ))  # fmt: skip
    if request.node.get_closest_marker("nothing_trained") is None:
        monkeypatch.setattr(ContentIndex, "of", staticmethod(_shared("texts", ContentIndex.of)))
        for name in _SHARED:
            monkeypatch.setattr(background, name, _shared(name, getattr(background, name)))
        monkeypatch.setattr(mapping, "AT_ONCE", 60.0)
        monkeypatch.setattr(finer, "finer_topics", _shared("finer", finer.finer_topics))


def _overview(model, **_):
    return pca_places(model)


@pytest.fixture
def hold_up(monkeypatch):
    """Hold up a function that `ui.frame.background` calls, by its name, until the event is set."""

    def hold(name: str) -> threading.Event:
        go_on, whole = threading.Event(), getattr(background, name)

        def later(*args, on_progress=None, check=None, **kwargs):
            hear = {"on_progress": on_progress} if on_progress else {}
            hear |= {"check": check} if check else {}
            while not go_on.wait(0.02):
                check() if check else on_progress(0, 1)
            return whole(*args, **hear, **kwargs)

        monkeypatch.setattr(background, name, later)
        return go_on

    return hold


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


@pytest.fixture
def solver(sample_model):
    """Of the model that an address without parameters names."""
    return Solver(sample_model)


@pytest.fixture
def start(start_model):
    """Of the model that the app begins with."""
    return Solver(start_model)
