"""Read next: orphans, the lists, rules with what they did, files."""

import json

import pytest

from recsys.neighbours import candidates
from recsys.picks.decisions import Decision
from recsys.picks.rules import Rules
from recsys.text import most_read
from tests.pages.driving import choose, fine, go, made, press, said, settle
from ui.pack import making
from ui.session import decisions


@pytest.fixture
def ids(sample_model):
    return sample_model.items["item_id"].tolist()


def opened(app, sample_tables, **query):
    return settle(fine(go(app, "pack", data=sample_tables.fingerprint, **query)))


def with_rules(app, sample_tables, *entries):
    """The page, with these decisions of the session."""
    opened(app, sample_tables)
    app.session_state[decisions._HELD] = {sample_tables.fingerprint: Rules().add(*entries)}
    return settle(fine(app.run()))


def test_the_page_counts_orphans_and_shows_what_stands_below(app, sample_tables, sample_model):
    opened(app, sample_tables)
    assert "230 orphans" in said(app) and "links below 1,475 articles" in said(app)
    assert "None yet" in said(app)
    top = most_read(sample_model, 1)["item_id"][0]
    fine(choose(app, top, 1))
    assert app.query_params["item"] in (top, [top]) and "Below “" in said(app)
    assert any("<ul>" in box.value for box in app.code)


def test_rules_say_who_when_why_and_what_they_did_and_are_undone(
    app, sample_tables, sample_model, ids
):
    near = candidates(sample_model, ids[12]).table(6)
    far = candidates(sample_model, ids[12]).table(300)["item_id"].iloc[-1]
    entries = (
        Decision(kind="never", item=ids[12], others=(near["item_id"][0],), who="A *b*", why="dup"),
        Decision(kind="pin", item=ids[12], others=(far,), when="2026-01-02T03:04:05+00:00"),
        Decision(kind="picks", item=ids[30], others=(ids[31],)),
    )
    with_rules(app, sample_tables, *entries)
    words = said(app)
    assert "A *b*" in words and "dup" in words and "2026-01-02 03:04 UTC" in words
    assert "Always first" in words and "Never together" in words and "1 article picked" in words
    assert f"replaces {near['score'][0]:.2f} with" in words
    app.button(key=f"pack-undo-{entries[0].key}").click()
    settle(fine(app.run()))
    assert "Never together" not in said(app) and "Always first" in said(app)
    press(app, "Measure what they cost")
    here = app.session_state.workspace
    choice = making.Choice()
    rules = app.session_state[decisions._HELD][sample_tables.fingerprint]
    cost = made(making.cost_if_begun(here, rules, choice))
    fine(app.run())
    assert f"{cost.with_rules:.2%}" in said(app)


def test_a_file_of_rules_is_brought_and_a_bad_one_refused(app, sample_tables, ids):
    opened(app, sample_tables)
    rules = Rules().add(Decision(kind="picks", item=ids[3], others=(ids[4],), who="Ann"))
    app.file_uploader(key="rules-file").set_value([("rules.json", rules.as_json().encode(), "")])
    fine(app.run())
    app.button(key="add-rules").click()
    settle(fine(app.run()))
    assert "1 article picked" in said(app) and "Ann" in said(app)
    app.file_uploader(key="rules-file").set_value([("rules.json", b"[]", "")])
    app.run()
    app.button(key="add-rules").click().run()
    assert "contains no rules" in said(app) and not app.exception
    held = app.session_state[decisions._HELD][sample_tables.fingerprint]
    assert json.loads(held.as_json())["entries"] == json.loads(rules.as_json())["entries"]
