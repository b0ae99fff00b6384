"""Reading, keeping and opening go on beside the page, and are done once for all visitors."""

import gc
import threading

import pytest
from streamlit.testing.v1 import AppTest

from recsys.dataset.files import Files
from recsys.storage.data_store import DataStore
from tests.conftest import ROOT
from tests.pages.driving import SMALL, bring, fine, go, press, said, settle, stop, tables
from ui.beside import server
from ui.frame import waiting
from ui.session import workspace


@pytest.fixture
def readings(monkeypatch):
    """What was read, by the names of the files; a reading waits while `go_on` is not set."""
    whole, names, go_on = Files.read, [], threading.Event()
    go_on.set()

    def read(self, on_progress=None):
        if on_progress is None:  # the sample data
            return whole(self)
        names.append(self.names)
        while not go_on.wait(0.02):
            on_progress(1, 4)
        return whole(self, on_progress)

    monkeypatch.setattr(Files, "read", read)
    return names, go_on


@pytest.fixture
def impatient(monkeypatch):
    """No page waits for a data set."""
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    monkeypatch.setattr(workspace, "PATIENCE", 0.0)


def another() -> AppTest:
    """The app as another visitor has it."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def upload(app: AppTest) -> AppTest:
    fine(go(app, "data"))
    files = [(source.name, source.data, "text/csv") for source in SMALL]
    app.file_uploader[0].set_value(files)
    return fine(app.run())


def after_a_restart(fingerprint: str, go_on: threading.Event) -> AppTest:
    """Another session on a server that begins, where reading is held up, files kept from before
    without their tables."""
    for path in (server.store_folder() / "data" / fingerprint).iterdir():
        if path.name.startswith("tables"):
            path.unlink()
    server._server.clear()
    go_on.clear()
    return another()


def test_while_files_are_read_the_page_says_so_and_the_reading_can_be_stopped(
    app, readings, impatient
):
    names, go_on = readings
    go_on.clear()
    upload(app)
    assert [title.value for title in app.title] == ["Data"]
    assert "Reading a.csv + i.csv… the report will appear here." in said(app)
    assert "Still in use: Sample data" in said(app)
    assert "Reading the files was stopped." in said(stop(app, "tables"))
    go_on.set()
    fine(press(app, "Start again"))
    settle(app)
    assert "Ready to use" in said(app) and len(names) == 2


def test_the_same_files_are_read_once_for_all_who_bring_them(app, readings):
    names, _ = readings
    fine(bring(app, *SMALL))
    other = another()
    fine(bring(other, *SMALL))
    assert "Ready to use" in said(other)
    assert names == [["a.csv", "i.csv"]]


def test_files_on_the_server_are_read_once_until_they_change(app, readings, tmp_path, monkeypatch):
    names, _ = readings
    monkeypatch.setenv("KINDRED_FILES", str(tmp_path))
    for source in SMALL:
        (tmp_path / source.name).write_bytes(source.data)

    def choose(one: AppTest) -> AppTest:
        fine(go(one, "data"))
        (box,) = [box for box in one.multiselect if "on the server" in box.label]
        return settle(fine(box.set_value(["a.csv", "i.csv"]).run()))

    assert "Ready to use" in said(choose(app))
    assert "Ready to use" in said(choose(another()))
    assert len(names) == 1
    (tmp_path / "i.csv").write_bytes(SMALL[1].data + b"1,VIEW,1,new\n")
    assert "Ready to use" in said(choose(another()))
    assert len(names) == 2


def kept(app: AppTest) -> str:
    """Keep the small data on the server; its fingerprint."""
    fine(press(bring(app, *SMALL), "Use this data"))
    app.text_input[0].set_value("Small").run()
    settle(fine(press(app, "Keep")))
    assert app.session_state.workspace.data.origin == "kept"
    return app.session_state.workspace.data.whole.fingerprint


def test_what_is_kept_is_not_read_again(app, readings):
    names, _ = readings
    kept(app)
    assert len(names) == 1


def test_keeping_can_be_stopped_and_nothing_is_kept(app, monkeypatch, impatient):
    fine(press(bring(app, *SMALL), "Use this data"))
    begun = threading.Event()

    def keep(self, name, fingerprint, files, on_progress=None):
        begun.set()
        while True:
            on_progress(1, 4)

    monkeypatch.setattr(DataStore, "keep", keep)
    app.text_input[0].set_value("Small").run()
    fine(press(app, "Keep"))
    assert "Keeping Small…" in said(app) and begun.wait(20)
    assert "Stopped. The data was not kept." in said(stop(app, "keep"))
    assert app.session_state.workspace.data.origin == "private"


def test_a_link_to_kept_data_shows_the_title_while_it_is_read(app, readings, impatient):
    names, go_on = readings
    fingerprint = kept(app)
    other = after_a_restart(fingerprint, go_on)
    fine(go(other, "similar", data=fingerprint, strengths="VIEW=1,CLAP=1"))
    assert [title.value for title in other.title] == ["Similar articles"]
    assert "Reading Small… it will appear here." in said(other)
    assert other.session_state.workspace.data.origin == "sample"
    assert "Reading Small was stopped." in said(stop(other, "kept"))
    go_on.set()
    fine(press(other, "Start again"))
    settle(other)
    assert other.session_state.workspace.data.name == "Small"
    assert "rank" in tables(other)[0].value


def test_kept_data_is_opened_beside_the_page_from_any_page(app, readings, impatient):
    _, go_on = readings
    fingerprint = kept(app)
    other = after_a_restart(fingerprint, go_on)
    fine(go(other, "data"))
    fine(other.button(key=f"kept-{fingerprint}").click().run())
    assert "Loading the data set" in said(other)
    fine(go(other, "similar"))  # the person looks around meanwhile
    assert other.session_state.workspace.data.origin == "sample"
    go_on.set()
    settle(other)
    assert other.session_state.workspace.data.name == "Small"


def test_a_model_is_in_use_as_long_as_a_session_works_with_it(app):
    fine(app.run())
    key = app.session_state.workspace.key
    assert key in server.in_use()
    del app.session_state["in-use"]
    gc.collect()
    assert key not in server.in_use()


@pytest.mark.nothing_trained
@pytest.mark.parametrize("page", ["train", "data"])
def test_a_page_that_shows_a_model_in_the_making_is_drawn_anew_when_it_is_there(
    app, hold_up, monkeypatch, page
):
    go_on = hold_up("train")
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    fine(go(app, page))
    labels = [link.proto.label for link in app.get("page_link")]
    assert "Model: **being trained**" in labels
    assert ("Training… results will appear here." in said(app)) == (page == "train")
    go_on.set()
    settle(app)
    assert any("trained in" in link.proto.label for link in app.get("page_link"))
