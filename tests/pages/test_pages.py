"""Each page as a person meets it, without a browser."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from recsys.errors import DataError
from recsys.evaluation.hidden import measure
from recsys.models.params import PRESETS, ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from recsys.training.pipeline import train
from tests.conftest import ROOT, articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, made, press, said, settle, stop
from ui.beside import server
from ui.frame import background, waiting
from ui.session import links

PAGES = ["data", "train", "similar", "people", "map", "compare"]


@pytest.mark.nothing_trained
def test_home_shows_a_real_answer(app, start_model):
    fine(app.run())
    expected = similar_items(
        start_model, start_model.items["item_id"].iloc[start_model.readers.argmax()], 5
    )
    assert app.dataframe[0].value["title"].tolist() == expected["title"].tolist()


@pytest.mark.nothing_trained
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opened_first_answers_on_arrival(app, page):
    fine(go(app, page))
    assert app.title[0].value
    assert len(app.dataframe) > 0


@pytest.mark.parametrize("page", ["home", *PAGES])
def test_every_table_can_be_taken_away(app, page):
    for opened in ("about", "similar-people", "preview", "stages"):
        app.session_state[opened] = True
    app.session_state["person-search"] = "-"
    app.session_state["search"] = app.session_state["compare-search"] = "running"
    fine(app.run() if page == "home" else go(app, page))
    for kind in ("CSV", "Parquet"):
        ways = [button for button in app.get("download_button") if button.proto.label == kind]
        assert len(ways) == len(app.dataframe) > 0


def test_a_link_holds_article_number_strengths_and_parameters(app, sample_tables):
    weights = EventWeights.of({**EventWeights.default().as_dict(), "LIKE": 9.5})
    params = ALSParams(factors=8, iterations=5)
    model = train(sample_tables, weights, params)
    item = model.items["item_id"].iloc[40]
    query = {
        "data": sample_tables.fingerprint, "item": item, "n": "7",
        "strengths": weights.as_text(), "factors": "8", "iterations": "5",
    }  # fmt: skip
    fine(go(app, "similar", **query))
    assert model.labels[40] in said(app)
    expected = similar_items(model, item, 7)
    assert app.dataframe[0].value["title"].tolist() == expected["title"].tolist()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"item": "nobody"}, "no article 'nobody'"),
        ({"n": "0"}, "n in the address"),
        ({"n": "many"}, "n in the address"),
        ({"factors": "-3"}, "factors in the address"),
        ({"strengths": "VIEW=-1"}, "is negative"),
        ({"data": "xyz"}, "is no data set"),
        ({"data": "0" * 32, "files": "a.csv, b.csv"}, "which this session does not have"),
    ],
)
@pytest.mark.parametrize("page", ["similar", "map"])
def test_a_bad_link_says_so_and_leads_on(app, page, query, words):
    go(app, page, **query)
    assert not app.exception
    assert words in said(app)


def test_search_forgives_and_says_when_nothing_is_found(app):
    go(app, "similar")
    for words in ("exoplanets", "EXOPLANET", "exoplanest"):
        app.text_input(key="search").set_value(words).run()
        assert "xoplanet" in fine(app).dataframe[0].value["title"].iloc[0]
    app.text_input(key="search").set_value("qqqqqqqq").run()
    assert "Nothing is like these words" in said(app)


def test_files_one_after_the_other_in_any_order(app):
    bring(app, SMALL[1])
    assert "i.csv is the interactions file. Now add the articles file" in said(app)
    bring(app, SMALL[1], SMALL[0])
    assert "Read, and ready to use" in said(app)
    press(app, "Use this data")
    assert "In use: a.csv + i.csv" in said(fine(app))
    press(app, "Back to the sample data")
    assert "In use: Sample data" in said(app)


def test_an_unknown_event_type_gets_a_strength_in_place(app):
    bring(app, *SMALL)
    assert "Some of these have no strength yet" in said(app)
    app.session_state.incoming.strengths["CLAP"] = 2.5
    press(app, "Use this data")
    assert app.session_state.workspace.weights.as_dict()["CLAP"] == 2.5
    fine(go(app, "similar"))
    go(app, "train")
    app.session_state.draft.strengths["CLAP"] = None
    press(app, "Train")
    assert "strength of 'CLAP'" in said(app) and "nothing is given" in said(app)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((Path("x.csv"), b""), "is empty"),
        ((Path("x.csv"), b"\x00\x01"), "not a text file"),
        ((Path("x.csv"), b"a,b\n1,2\n"), "Say above which column"),
    ],
)
def test_a_bad_file_is_refused_and_the_workspace_kept(app, files, words):
    go(app, "data")
    app.file_uploader(key="files").set_value([(files[0].name, files[1], "text/csv")])
    app.run()
    assert not app.exception
    assert words in said(app) and "In use: Sample data" in said(app)


def test_files_that_do_not_overlap(app):
    bring(app, articles_csv("1,CONTENT SHARED,zz,,,A,en"), SMALL[1])
    assert "is about one of the 1 articles" in said(app) and "In use: Sample data" in said(app)


def test_a_link_to_a_private_upload_waits_for_the_same_files(app):
    plain = events_csv(*(row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row))
    bring(app, SMALL[0], plain)
    press(app, "Use this data")
    fingerprint = app.session_state.workspace.data.fingerprint

    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    go(other, "similar", data=fingerprint, item="3", n="4")
    assert "which this session does not have" in said(other)
    assert "Title" not in said(other)
    bring(other, SMALL[0], plain)
    press(other, "Use this data")
    assert other.session_state.workspace.data.fingerprint == fingerprint
    fine(go(other, "similar", data=fingerprint, item="3", n="4"))
    assert "**Title** 3" in said(other) and len(other.dataframe[0].value) == 4


def test_what_is_kept_under_a_name_opens_for_all(app):
    plain = events_csv(*(row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row))
    bring(app, SMALL[0], plain)
    press(app, "Use this data")
    [field] = [field for field in app.text_input if field.label == "Name"]
    field.set_value("Spring").run()
    press(app, "Keep")
    fingerprint = app.session_state.workspace.data.fingerprint
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    fine(go(other, "similar", data=fingerprint, item="3"))
    assert other.session_state.workspace.data.name == "Spring"


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


@pytest.mark.nothing_trained
def test_models_are_kept_on_disk_by_content(app, own_store):
    fine(app.run())
    (folder,) = (own_store / "models").iterdir()
    assert folder.name == app.session_state.workspace.key


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
    assert app.pills(key="preset").value == "Stable"
    app.pills(key="preset").set_value("Tutorial").run()
    assert app.number_input(key="param-factors").value == 20
    app.number_input(key="param-factors").set_value(21).run()
    assert app.pills(key="preset").value is None
    app.number_input(key="param-factors").set_value(20).run()
    assert app.pills(key="preset").value == "Tutorial"
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
    assert f"Finds **{expected.recall:.0%}** of hidden readings" in strip(app)
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
    assert f"Finds **{found.recall:.0%}** of hidden readings" in strip(app)


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


VIEWS = {"similar": "Similar articles", "people": "People", "map": "Map", "compare": "Compare"}


def menu(app: AppTest) -> dict[str, dict[str, str]]:
    """What each page that follows an address is led to by the menu."""
    led = {link.proto.label: link.proto.query_string for link in app.sidebar.get("page_link")}
    return {label: dict(parse_qsl(led[label])) for label in VIEWS.values()}


@pytest.mark.parametrize("page", VIEWS)
def test_the_menu_of_a_page_that_a_link_opened_stays_with_the_link(app, sample_tables, page):
    query = {"data": sample_tables.fingerprint, "factors": "7", "iterations": "3"}
    fine(go(app, page, **query))
    for led in menu(app).values():
        assert query.items() <= led.items()


@pytest.fixture
def never_trained(hold_up, monkeypatch):
    """Trainings begin and do not end."""
    hold_up("train")
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)


@pytest.mark.parametrize("page", VIEWS)
def test_the_menu_leads_to_what_a_link_asks_for_while_that_is_trained(
    app, sample_tables, never_trained, page
):
    query = {
        "data": sample_tables.fingerprint, "filter": "language=en", "item": "a&b", "user": "u,1",
        "n": "4", "factors": "128", "iterations": "100",
        "strengths": EventWeights.of({**DEFAULT_STRENGTHS, "VIEW": 2.5}).as_text(),
    }  # fmt: skip
    before = fine(go(app, "data")).session_state.workspace
    fine(go(app, page, **query))
    assert "Training… results will appear here." in said(app)
    assert {label: led for label, led in menu(app).items() if led != query} == {}
    assert app.session_state.workspace is before
    assert {led["factors"] for led in menu(fine(go(app, "train"))).values()} == {"64"}


@pytest.mark.parametrize("query", [{"data": "0" * 32}, {"data": "x"}, {"factors": "x"}])
def test_the_menu_of_a_link_that_cannot_be_followed_leads_to_what_is_in_use(app, query):
    here = fine(go(app, "data")).session_state.workspace
    go(app, "similar", **query)
    assert all(led == links.write(here) for led in menu(app).values())


@pytest.mark.nothing_trained
def test_the_menu_does_not_lead_to_an_article_of_other_data(app, sample_tables, never_trained):
    bring(app, *SMALL)
    press(app, "Use this data")
    app.session_state["item"], app.session_state["user"] = "3", "4"
    here = app.session_state.workspace
    assert all(led["item"] == "3" for led in menu(fine(go(app, "data"))).values())
    fine(go(app, "map", data=sample_tables.fingerprint))
    assert not any({"item", "user"} & set(led) for led in menu(app).values())
    assert app.session_state.workspace is here


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_an_article_and_a_person(app, sample_tables, sample_model, page):
    item, user = sample_model.items["item_id"].iloc[3], str(sample_model.user_ids[2])
    fine(go(app, page, data=sample_tables.fingerprint, item=item, user=user))
    fine(go(app, page))
