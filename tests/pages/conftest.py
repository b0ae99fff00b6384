"""Pages without a browser, each test with caches of its own."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from recsys.recommendations.explain import Solver
from recsys.text.content import ContentIndex
from recsys.topics.topics import find_topics
from tests.conftest import ROOT
from ui.beside import cached
from ui.frame import background, waiting


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
    st.cache_resource.clear()


_MADE: dict[tuple[str, str], Any] = {}  # by what and of what; for all tests


@pytest.fixture(autouse=True)
def shared_work(monkeypatch, sample_tables):
    """The sample is read, topics are found and texts are read once for all tests."""
    of, found = ContentIndex.of, find_topics

    def contents(tables, on_progress=None):
        key = "contents", tables.fingerprint
        if key not in _MADE:
            _MADE[key] = of(tables, on_progress)
        return _MADE[key]

    def topics(model, *args, **kwargs):
        key = "topics", model.fingerprint
        if args or kwargs.keys() - {"on_progress"}:
            return found(model, *args, **kwargs)
        if key not in _MADE:
            _MADE[key] = found(model, **kwargs)
        return _MADE[key]

    monkeypatch.setattr(ContentIndex, "of", staticmethod(contents))
    monkeypatch.setattr(background, "find_topics", topics)
    monkeypatch.setattr(cached, "sample_tables", lambda: sample_tables)


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
