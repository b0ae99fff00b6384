"""Strengths that spoil a model, ratings, and rows left out: said and mended where they are set."""

import pytest

from recsys.evaluation.hidden import measure
from recsys.formats.source import Source
from tests.pages.driving import bring, fine, go, press, said, settle, stop, tables, unescaped
from tests.pages.test_train_page import strip

PAIRS = [(u, (u * u + 7 * i) % 60) for u in range(40) for i in range(8)]


def file(name: str, value) -> Source:
    rows = [f"u{u},i{i},{value(u, i)}" for u, i in PAIRS]
    return Source(name=f"{name}.csv", data="\n".join([f"user,item,{name}", *rows, ""]).encode())


DURATIONS = file("duration", lambda u, i: 1_000 * (1 + (u * i) % 90))
RATINGS = file("rating", lambda u, i: 1 + (u + i) % 5)


def brought(app, source: Source):
    bring(app, source)
    press(app, "Read with these columns")
    return fine(app)


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def test_durations_are_advised_against_and_one_click_takes_the_logarithm(app):
    brought(app, DURATIONS)
    assert "often worse than a most-read list" in said(app)
    fine(press(app, "Use log2 instead"))
    assert "most read" not in said(app) and app.session_state["incoming"].scaling["scale"] == "log2"
    fine(press(app, "Use this data"))
    assert app.session_state["workspace"].weights.scale == "log2"


def test_the_effect_is_shown_when_somebody_asks_for_it(app):
    brought(app, DURATIONS)
    assert "Hidden reads" not in said(app)
    settle(fine(press(app, "Compare on this data")))
    (shown,) = [info.value for info in app.info if "Hidden reads" in info.value]
    fine(press(app, "Use log2 instead"))
    assert shown in [info.value for info in app.info]  # the figures stay beside what was chosen
    fine(press(app, "Use this data"))
    here = app.session_state["workspace"]
    found = measure(here.data.tables, here.weights, here.params)
    assert f"of {found.people:,} (one per reader)" in shown
    assert f"**{found.found:,}** with log2" in shown
    assert f"**{found.found_by_popularity:,}** with the most-read list" in shown
    assert "with the settings above" in shown and "with ranks" in shown


def test_a_comparison_can_be_stopped_and_begun_again(app, hold_up):
    go_on = hold_up("measure")
    brought(app, DURATIONS)
    fine(press(app, "Compare on this data"))
    assert "Comparing…" in said(app)
    stop(app, "effect")
    assert "The comparison was stopped." in said(app)
    go_on.set()
    settle(fine(press(app, "Start again")))
    assert "(one per reader)" in said(app)


def test_the_page_of_strengths_advises_as_well(app):
    brought(app, DURATIONS)
    fine(press(app, "Use this data"))
    fine(go(app, "train"))
    assert "often worse than a most-read list" in said(app)
    fine(press(app, "Use log2 instead"))
    assert app.selectbox(key="scaling-scale").value == "log2"
    assert "most read" not in "".join(warning.value for warning in app.warning)
    app.selectbox(key="scaling-scale").set_value("sum").run()
    app.number_input(key="param-regularization").set_value(1e6).run()
    app.selectbox(key="scaling-scale").set_value("log2").run()
    assert "random start" in said(app)


def test_where_regularization_is_to_blame_it_is_lowered(app):
    fine(go(app, "train"))
    app.number_input(key="param-regularization").set_value(1e5).run()
    assert "only noise from the random start" in said(app)
    fine(press(app, "Use regularization 0.1 instead"))
    assert app.number_input(key="param-regularization").value == 0.1
    assert "random start" not in said(app)


def test_ratings_are_asked_about_with_what_each_answer_keeps(app):
    brought(app, RATINGS)
    (question,) = [box for box in app.radio if box.label.startswith("Which ratings count")]
    everything, *_, best = question.options
    rows = sum(1 + (u + i) % 5 >= 5 for u, i in PAIRS)
    assert everything.startswith("All ratings: higher ratings count more (320 rows, 40 readers")
    assert best.startswith(f"5 and above: each counts 1 ({rows} rows")
    assert question.value == 0
    question.set_value(3).run()
    fine(press(app, "Use this data"))
    assert app.session_state["workspace"].weights.threshold == 4
    assert "Left out of the model" in said(app)  # in the report of the data in use
    fine(go(app, "train"))
    (question,) = [box for box in app.radio if box.label.startswith("Which ratings count")]
    assert question.options[question.value].startswith("4 and above")
    question.set_value(0).run()
    assert app.session_state["draft"].scaling["threshold"] is None
    (question,) = [box for box in app.radio if box.label.startswith("Which ratings count")]
    question.set_value(3).run()
    assert "Left out of the model" in said(app) and "events below the threshold" in said(app)


@pytest.mark.parametrize(
    ("label", "kept"), [("Leave zeros out (not rated)", 20), ("Count zeros as read (1 each)", 40)]
)
def test_zeros_are_asked_about_and_a_click_is_the_answer(app, label, kept):
    brought(app, file("rating", lambda u, i: 0 if u % 2 else 1 + i % 5))
    assert "20 of 40 readers have only zeros" in said(app)
    assert "20 readers" in said(app) and "with no other events" in said(app)
    bring_again = press(app, label)
    for work in bring_again.session_state["waits"]:
        assert work.wait(240)
        app.run()
    assert "with no other events" not in said(fine(app))
    fine(press(app, "Use this data"))
    tables = app.session_state["workspace"].data.tables
    assert len(tables.events["user_id"].cat.categories) == kept


def test_plays_are_not_asked_about_as_ratings(app):
    brought(app, file("plays", lambda u, i: 1 + (u + i) % 5))
    assert not [box for box in app.radio if box.label.startswith("Which ratings count")]
    assert not app.warning


def test_names_that_differ_by_blanks_can_be_told_apart(app):
    names = ["VIEW", "VIEW ", " VIEW"]
    rows = [f"u{u},i{i},{names[(u + i) % 3]}" for u, i in PAIRS]
    brought(app, Source(name="e.csv", data="\n".join(["user,item,event", *rows, ""]).encode()))
    shown = [
        set(table.value["event"])
        for table in tables(app)
        if {"event", "strength"} <= set(table.value)
    ]
    assert any({"VIEW", "VIEW␣", "␣VIEW"} <= events for events in shown)
    assert "␣ is a space" in said(app)
    fine(press(app, "Use this data"))
    assert set(app.session_state["workspace"].weights.as_dict()) >= set(names)


@pytest.mark.parametrize("lost", [True, False])
def test_the_strip_says_how_many_rows_were_left_out(app, lost):
    source = file("plays", lambda u, i: "many" if lost and (u, i) in PAIRS[:7] else 2)
    brought(app, source)
    fine(press(app, "Use this data"))
    for page in ("similar", "data"):
        fine(go(app, page))
        assert ("**7** rows left out" in strip(app)) is lost
    helps = [link.proto.help for link in app.get("page_link") if "left out" in link.proto.label]
    assert [("plays is not a number: 7" in unescaped(text)) for text in helps] == [True] * lost
