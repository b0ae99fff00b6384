"""Data sets that are kept on the server: who renames and removes them, and links to them."""

import pytest
from streamlit.testing.v1 import AppTest

from recsys.formats.source import Source
from tests.conftest import ROOT
from tests.pages.driving import SMALL, bring, fine, go, press, said, settle, unescaped
from ui.beside import server


def another() -> AppTest:
    """The app as another visitor has it."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def kept(app: AppTest, name: str = "Spring") -> str:
    """Keep the small data on the server; its fingerprint."""
    fine(press(bring(app, *SMALL), "Use this data"))
    (field,) = [field for field in app.text_input if field.label == "Name"]
    field.set_value(name).run()
    settle(fine(press(app, "Keep")))
    assert app.session_state.workspace.data.name == name
    return app.session_state.workspace.data.whole.fingerprint


def labels(app):
    return [unescaped(button.label) for button in app.button]


def rename(app: AppTest, name: str) -> AppTest:
    press(app, "Rename or remove")
    (field,) = [field for field in app.text_input if field.label == "New name"]
    field.set_value(name).run()
    return press(app, "Rename")


def test_whoever_kept_it_renames_it(app):
    fingerprint = kept(app)
    fine(rename(app, " *Autumn*  2026 "))
    assert app.session_state.workspace.data.name == "*Autumn* 2026"
    assert "In use: *Autumn* 2026" in said(app) and "*Autumn* 2026" in labels(app)
    assert "New name" not in [field.label for field in app.text_input]
    other = another()
    fine(go(other, "similar", data=fingerprint, strengths="VIEW=1,CLAP=1"))
    assert other.session_state.workspace.data.name == "*Autumn* 2026"


def test_a_name_that_cannot_be_is_refused(app):
    fingerprint = kept(app)
    server.data_store().keep("Taken", "0" * 32, app.session_state.workspace.data.files)
    app.run()
    app.button(key=f"change-{fingerprint}").click().run()
    for name, words in (("taken", "is taken"), (" ", "1 to 60 characters")):
        (field,) = [field for field in app.text_input if field.label == "New name"]
        field.set_value(name).run()
        press(app, "Rename")
        assert words in said(app)
    assert {one.name for one in server.data_store().names()} == {"Spring", "Taken"}


def test_removing_asks_once_more_and_says_what_goes(app):
    fingerprint = kept(app)
    press(app, "Rename or remove")
    press(app, "Remove…")
    assert "removes Spring and its files from the server for everyone" in said(app)
    press(app, "Keep it")
    assert [one.name for one in server.data_store().names()] == ["Spring"]
    press(app, "Remove…")
    fine(press(app, "Remove it from the server"))
    assert server.data_store().names() == []
    # The session goes on with the files that it brought.
    here = app.session_state.workspace.data
    assert (here.origin, here.whole.fingerprint) == ("private", fingerprint)
    assert "Keep" in labels(app)


def test_a_link_to_removed_data_says_that_it_is_gone(app):
    fingerprint = kept(app)
    reader = another()
    fine(go(reader, "similar", data=fingerprint, strengths="VIEW=1,CLAP=1"))
    server.data_store().remove(fingerprint)
    late = another()
    go(late, "similar", data=fingerprint)
    assert "needs data that was removed from this server" in said(late) and not late.exception
    # Who has it open works on.
    fine(go(reader, "similar", data=fingerprint, item="3", strengths="VIEW=1,CLAP=1"))
    assert "**Title** 3" in said(reader)
    assert "was removed from the server. You can use it" in said(fine(go(reader, "data")))
    # Who brings the files again follows the link.
    go(late, "similar", data=fingerprint, item="3", strengths="VIEW=1,CLAP=1")
    fine(press(bring(late, *SMALL), "Use this data"))
    assert late.session_state.workspace.data.whole.fingerprint == fingerprint


def test_kept_data_is_read_otherwise_as_long_as_its_files_are_there(app):
    zeros = b"visitor,track,plays\n" + b"".join(
        b"%d,%d,%d\n" % (u, i, (u + i) % 3) for u in range(6) for i in range(5)
    )
    bring(app, Source(name="plays.csv", data=zeros))
    press(app, "Read with these columns")
    fine(press(app, "Use this data"))
    settle(fine(press(app, "Keep")))
    fingerprint = app.session_state.workspace.data.whole.fingerprint
    others = another(), another()
    for other in others:
        fine(go(other, "similar", data=fingerprint))
        fine(go(other, "data"))
        assert other.session_state.workspace.data.origin == "kept"
    press(others[0], "Leave zeros out (not rated)")
    settle(fine(others[0]))
    fine(press(others[0], "Use this data"))
    data = others[0].session_state.workspace.data
    assert (data.origin, data.name, len(data.tables.events)) == ("private", "plays", 20)
    server.data_store().remove(fingerprint)
    press(others[1], "Leave zeros out (not rated)")  # the button was drawn before
    assert "was removed from the server" in said(fine(others[1]))
    assert "Change how the files are read" not in labels(others[1])
    assert "Leave zeros out (not rated)" not in labels(others[1])


def test_others_may_not(app):
    kept(app)
    other = another()
    fine(go(other, "data"))
    assert "Spring" in labels(other) and "Rename or remove" not in labels(other)
    # Nor by keeping the same data under another name.
    fine(press(bring(other, *SMALL), "Use this data"))
    press(other, "Keep")
    assert "is already kept, as 'Spring'" in said(other)
    assert [one.name for one in server.data_store().names()] == ["Spring"]


@pytest.mark.parametrize(("value", "may"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_all_may_where_the_servers_owner_says_so(app, monkeypatch, value, may):
    kept(app)
    monkeypatch.setenv("KINDRED_MAY_REMOVE", value)
    other = another()
    fine(go(other, "data"))
    assert ("Rename or remove" in labels(other)) == may
    if may:
        fine(rename(other, "Theirs"))
        assert [one.name for one in server.data_store().names()] == ["Theirs"]


def test_what_is_removed_meanwhile_cannot_be_renamed(app):
    fingerprint = kept(app)
    press(app, "Rename or remove")
    server.data_store().remove(fingerprint)
    (field,) = [field for field in app.text_input if field.label == "New name"]
    field.set_value("Late").run()
    assert "New name" not in [field.label for field in app.text_input] and not app.exception
    assert "was removed from the server" in said(app)
