"""The Train page: settings, training, and how good the model is, on the strip of every page."""

import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from recsys.errors import DataError
from recsys.evaluation.hidden import measure
from recsys.models.params import PRESETS
from tests.conftest import events_csv
from tests.pages.driving import SMALL, bring, fine, go, made, press, said, settle, stop
from ui.beside import server
from ui.frame import background, waiting
from ui.session import against, links


def test_a_parameter_out_of_range_is_refused_and_the_form_kept(app):
    go(app, "train")
    app.number_input(key="param-factors").set_value(100_000)
    press(app, "Train")
    assert "100,000 is out of range" in said(app)
    assert app.number_input(key="param-factors").value == 100_000
    assert app.session_state.workspace.params == PRESETS["Stable"]


def test_training_changes_the_workspace_and_a_preset_fills_the_form(app):
    go(app, "train")
    app.number_input(key="param-iterations").set_value(4)
    fine(press(app, "Train"))
    assert app.session_state.workspace.params == replace(PRESETS["Stable"], iterations=4)
    assert "4 of 4 iterations" in app.get("plotly_chart")[0].proto.spec
    press(app, "Reset")
    assert app.number_input(key="param-iterations").value == PRESETS["Stable"].iterations


@pytest.mark.nothing_trained
def test_a_page_opened_during_a_training_waits_for_that_one_alone(app, hold_up, monkeypatch):
    bring(app, SMALL[0], events_csv(*(f"1,VIEW,{i},{u}" for u in range(9) for i in range(u, 10))))
    fine(press(app, "Use this data"))
    before = app.session_state.workspace
    fine(go(app, "train"))
    go_on = hold_up("train")
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    app.number_input(key="param-factors").set_value(3).run()
    fine(press(app, "Train"))
    wanted = app.session_state["wanted"]
    assert "Training: 3 factors, 50 iterations" in said(app)
    for page in ("similar", "map", "compare", "train"):
        fine(go(app, page, **links.write(before)))
        assert [work.key for work in app.session_state["waits"]] == [f"model {wanted.key}"]
        assert "Training" in said(app)
    assert background.training(before) is None
    go_on.set()
    settle(app)
    assert app.session_state.workspace.key == wanted.key
    assert app.query_params["factors"] in ("3", ["3"])
    assert "Trained in " in "".join(success.value for success in app.success)
    assert not server.model_store().has(before.key)


@pytest.mark.nothing_trained
def test_what_was_begun_and_nobody_asked_for_makes_room_for_what_is(app, hold_up, monkeypatch):
    fine(go(app, "train"))
    before = app.session_state.workspace
    go_on = hold_up("train")
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    app.session_state["workspace"] = replace(before, params=replace(before.params, seed=5))
    fine(go(app, "similar"))  # which begins to train that
    begun = background.training(app.session_state.workspace)
    fine(go(app, "train"))
    app.number_input(key="param-factors").set_value(3).run()
    fine(press(app, "Train"))
    assert begun.stopping or begun.over
    fine(press(app, "Stop training"))
    go_on.set()
    settle(app)
    assert "Training was stopped." in said(app)
    assert app.session_state.workspace.params.factors == before.params.factors


def test_after_a_training_the_page_says_what_changed(app):
    fine(go(app, "train"))
    before = app.session_state.workspace
    app.number_input(key="param-factors").set_value(16).run()
    fine(press(app, "Train"))
    settle(app)
    assert "What changed against the model before" in said(app)
    assert "Settings: factors 64 → 16" in said(app)
    assert "most similar articles," in said(app)
    assert "being measured" not in said(app) and "Hidden reads recovered: " in said(app)
    [link] = [one.proto for one in app.get("page_link") if "two models" in one.proto.label]
    assert dict(parse_qsl(link.query_string))["against"] == against.text_of(before)
    fine(press(app, "Train"))
    assert "Nothing has changed since" in "".join(success.value for success in app.success)


def strip(app: AppTest) -> str:
    return "\n".join(link.proto.label for link in app.get("page_link"))


def test_settings_that_are_not_trained_yet_are_said_on_every_page_and_kept(app):
    fine(go(app, "train"))
    assert "train again" not in strip(app)
    app.number_input(key="param-factors").set_value(24).run()
    assert "train again" in strip(app)
    assert "factors 64 → 24" in said(app)
    for name in ("similar", "map", "data"):
        assert "train again" in strip(fine(go(app, name)))
    fine(go(app, "train"))
    assert app.number_input(key="param-factors").value == 24
    fine(press(app, "Train"))
    assert "train again" not in strip(app)
    assert app.session_state.workspace.params.factors == 24


def test_a_preset_leaves_the_strengths_alone(app):
    go(app, "train")
    app.session_state.draft.strengths["VIEW"] = 7.0
    assert app.radio(key="preset").value == "Stable"
    app.radio(key="preset").set_value("Tutorial").run()
    assert app.number_input(key="param-factors").value == 20
    app.number_input(key="param-factors").set_value(21).run()
    assert app.radio(key="preset").value is None
    app.number_input(key="param-factors").set_value(20).run()
    assert app.radio(key="preset").value == "Tutorial"
    fine(press(app, "Train"))
    weights = app.session_state.workspace.weights.as_dict()
    assert weights["VIEW"] == 7.0
    press(app, "Reset")
    assert app.session_state.draft.strengths["VIEW"] == 1.0
    assert app.number_input(key="param-factors").value == 64


@pytest.mark.nothing_trained
def test_the_strip_says_how_good_the_model_is_once_measured(app, own_store, sample_tables):
    fine(app.run())
    here = app.session_state.workspace
    expected = made(background.quality_of(here))
    assert expected == measure(sample_tables, here.weights, here.params)
    fine(app.run())
    assert f"Recovers **{expected.recall:.0%}** of hidden reads" in strip(app)
    kept = (own_store / "models" / here.key / "quality.json").read_text()
    assert json.loads(kept)["found"] == expected.found


@pytest.mark.nothing_trained
def test_measuring_the_quality_can_be_stopped_and_begun_again(app, own_store, hold_up):
    go_on = hold_up("measure")
    fine(app.run())
    assert "Quality: **being measured**" in strip(app)
    assert "Quality: **not measured**" in strip(stop(app, "quality"))
    go_on.set()
    fine(app.button(key="again-quality").click().run())
    settle(app)
    key = app.session_state["workspace"].key
    found = server.model_store().quality(key)
    assert f"Recovers **{found.recall:.0%}** of hidden reads" in strip(app)


def test_parameters_follow_the_size_of_the_data_until_somebody_chooses_some(app):
    fine(app.run())
    assert app.session_state.workspace.params == PRESETS["Stable"]
    bring(app, *SMALL)
    press(app, "Use this data")
    assert app.session_state.workspace.params == PRESETS["Tutorial"]
    fine(go(app, "train"))
    app.number_input(key="param-factors").set_value(7).run()
    fine(press(app, "Train"))
    fine(go(app, "data"))
    press(app, "Back to the sample data")
    assert app.session_state.workspace.params.factors == 7


def test_data_too_thin_to_measure_says_why(app):
    thin = events_csv(*(f"1,VIEW,{i},{u}" for u in range(6) for i in range(3)))
    bring(app, SMALL[0], thin)
    press(app, "Use this data")
    fine(go(app, "similar"))
    with pytest.raises(DataError, match="nobody read 5"):
        made(background.quality_of(app.session_state.workspace))
    assert "Quality: **not measured**" in strip(fine(app.run()))
