"""A real server and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from recsys.sample.sample import generate, write_tables
from tests.conftest import ROOT

TIMEOUT = 90_000  # ms; a cold server on a busy machine takes its time
expect.set_options(timeout=TIMEOUT)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if (path := shutil.which(name)) is not None:
            return path
    message = "no Chromium or Chrome on the PATH"
    if os.environ.get("KINDRED_NEEDS_BROWSER"):
        pytest.fail(message)
    pytest.skip(message)


class Server:
    """The app, started as a person starts it, with a store of its own and a log beside it."""

    program: Sequence[str] = ("-m", "streamlit")

    def __init__(self, store: Path) -> None:
        self.store, self.log = store, store.with_suffix(".log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = f"run app.py --server.headless true --server.port {self.port}".split()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, *command],
                cwd=ROOT,
                env={**os.environ, "KINDRED_STORE": str(self.store)},
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + TIMEOUT / 1000
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.process.kill()
        raise RuntimeError(f"the app did not start: {self.log.read_text()}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(TIMEOUT / 1000)
        finally:
            self.process.kill()  # where it did not end by itself

    def restart(self) -> None:
        self.stop()
        self.start()


def shown(found: Locator) -> Locator:
    """The one that a person sees.

    While a page is drawn, what was there before may stand beside what replaces it, and a control
    with a tooltip has a hidden copy: each would be one too many for Playwright.
    """
    return found.filter(visible=True).first


def see(found: Locator, timeout: float = TIMEOUT) -> None:
    """Wait until a person sees it, for so many milliseconds at most."""
    expect(shown(found)).to_be_visible(timeout=timeout)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def common_server(
    browser: Browser, trained: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One for all tests of a worker; the models of the sample are there."""
    running = Server(shutil.copytree(trained, tmp_path_factory.mktemp("common") / "store"))
    yield running
    running.stop()


@pytest.fixture
def server(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """The common server; one of the test's own, with an empty store, where the test asks for it."""
    if request.node.get_closest_marker("own_server") is None:
        yield request.getfixturevalue("common_server")
        return
    running = Server(tmp_path / "server")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What the windows of a worker share: a browser that has been to the app before."""
    shared = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    shared.set_default_timeout(TIMEOUT)
    yield shared
    shared.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A window of a browser that remembers the app's scripts, and nothing of other tests."""
    page = context.new_page()
    yield page
    try:
        for opened in context.pages:
            assert not opened.get_by_test_id("stException").count(), "the page shows an exception"
    finally:
        for opened in context.pages:
            if opened.url.startswith("http"):
                opened.evaluate("localStorage.clear(); sessionStorage.clear()")
            opened.close()
        context.clear_cookies()


@pytest.fixture(scope="session")
def other_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two files in exactly the real columns, with other content than the sample's."""
    return write_tables(generate(seed=7), tmp_path_factory.mktemp("files"))
