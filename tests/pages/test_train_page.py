"""The Train page: settings, training, and how good the model is, on the strip of every page."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from recsys.errors import DataError
from recsys.evaluation.hidden import measure
from recsys.models.params import PRESETS
from tests.conftest import events_csv
from tests.pages.driving import SMALL, bring, fine, go, made, press, said, settle, stop
from ui.beside import server
from ui.frame import background


def test_a_parameter_out_of_range_is_refused_and_the_form_kept(app):
    go(app, "train")
    app.number_input(key="param-factors").set_value(100_000)
    press(app, "Train")
    assert "100,000 is outside" in said(app)
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
