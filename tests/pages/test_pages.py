"""Each page as a person meets it, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import ROOT, articles_csv, events_csv
from tests.pages.driving import SMALL, bring, downloads, fine, go, press, said, tables

PAGES = ["data", "train", "similar", "people", "map", "compare"]


@pytest.mark.nothing_trained
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opened_first_answers_on_arrival(app, page):
    fine(go(app, page))
    assert app.title[0].value
    assert len(tables(app)) > 0


@pytest.mark.parametrize("page", ["home", *PAGES])
def test_every_table_can_be_taken_away(app, page):
    for opened in ("about", "similar-people", "preview", "stages"):
        app.session_state[opened] = True
    app.session_state["person-search"] = "-"
    app.session_state["search"] = app.session_state["compare-search"] = "running"
    fine(app.run() if page == "home" else go(app, page))
    for kind in ("CSV", "Parquet"):
        ways = [button for button in downloads(app) if button.label == kind]
        assert len(ways) == len(tables(app)) > 0


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
    assert tables(app)[0].value["title"].tolist() == expected["title"].tolist()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"item": "nobody"}, "no article 'nobody'"),
        ({"n": "0"}, "n in the address"),
        ({"n": "many"}, "n in the address"),
        ({"factors": "-3"}, "factors in the address"),
        ({"strengths": "VIEW=-1"}, "is negative"),
        ({"data": "xyz"}, "is not a data set"),
        (
            {"data": "0" * 32, "files": "a.csv, b.csv"},
            "you don't have: *a.csv* and *b.csv*",
        ),
    ],
)
@pytest.mark.parametrize("page", ["similar", "map"])
def test_a_bad_link_says_so_and_leads_on(app, page, query, words):
    go(app, page, **query)
    assert not app.exception
    assert words in said(app)


def test_files_one_after_the_other_in_any_order(app):
    bring(app, SMALL[1])
    assert "i.csv is the interactions file. Now add the articles file" in said(app)
    bring(app, SMALL[1], SMALL[0])
    assert "Ready to use" in said(app)
    press(app, "Use this data")
    assert "In use: i" in said(fine(app))
    press(app, "Back to the sample data")
    assert "In use: Sample data" in said(app)


def test_an_unknown_event_type_gets_a_strength_in_place(app):
    bring(app, *SMALL)
    assert "Check how much each event should count" in said(app)
    app.session_state.incoming.strengths["CLAP"] = 2.5
    press(app, "Use this data")
    assert app.session_state.workspace.weights.as_dict()["CLAP"] == 2.5
    fine(go(app, "similar"))
    go(app, "train")
    app.session_state.draft.strengths["CLAP"] = None
    press(app, "Train")
    assert "strength of 'CLAP'" in said(app) and "nothing is given" in said(app)
    app.session_state["unasked"] = True  # as when work beside the page is over
    assert "strength of 'CLAP'" in said(app.run())
    assert "strength of 'CLAP'" not in said(app.run())  # somebody did something else


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((Path("x.csv"), b""), "is empty"),
        ((Path("x.csv"), b"\x00\x01"), "not a text file"),
        ((Path("x.csv"), b"a,b\n1,2\n"), "Choose the reader and article columns"),
    ],
)
def test_a_bad_file_is_refused_and_the_workspace_kept(app, files, words):
    go(app, "data")
    app.file_uploader[0].set_value([(files[0].name, files[1], "text/csv")])
    app.run()
    assert not app.exception
    assert words in said(app) and "Still in use: Sample data" in said(app)


def test_files_that_do_not_overlap(app):
    bring(app, articles_csv("1,CONTENT SHARED,zz,,,A,en"), SMALL[1])
    assert "is about the only article" in said(app) and "Still in use: Sample data" in said(app)


def test_a_link_to_a_private_upload_waits_for_the_same_files(app):
    plain = events_csv(*(row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row))
    bring(app, SMALL[0], plain)
    press(app, "Use this data")
    fingerprint = app.session_state.workspace.data.fingerprint

    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    go(other, "similar", data=fingerprint, item="3", n="4")
    assert "This link needs data you don't have" in said(other)
    assert "Title" not in said(other)
    bring(other, SMALL[0], plain)
    press(other, "Use this data")
    assert other.session_state.workspace.data.fingerprint == fingerprint
    fine(go(other, "similar", data=fingerprint, item="3", n="4"))
    assert "**Title** 3" in said(other) and len(tables(other)[0].value) == 4


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


@pytest.mark.nothing_trained
def test_models_are_kept_on_disk_by_content(app, own_store):
    fine(app.run())
    (folder,) = (own_store / "models").iterdir()
    assert folder.name == app.session_state.workspace.key


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_an_article_and_a_person(app, sample_tables, sample_model, page):
    item, user = sample_model.items["item_id"].iloc[3], str(sample_model.user_ids[2])
    fine(go(app, page, data=sample_tables.fingerprint, item=item, user=user))
    fine(go(app, page))


@pytest.mark.parametrize(("before", "after"), [("similar", "people"), ("people", "similar")])
def test_what_the_browser_tells_late_of_a_page_does_not_change_the_next(
    app, sample_tables, before, after
):
    fine(go(app, before, data=sample_tables.fingerprint))
    late = app._tree.get_widget_states()
    told = [state for state in late.widgets if state.WhichOneof("value") != "trigger_value"]
    del late.widgets[:]  # a button that was not clicked is not told of
    late.widgets.extend(told)
    fine(go(app, after, data=sample_tables.fingerprint))
    fine(app._run(late))
    assert dict(app.query_params) == {"data": sample_tables.fingerprint}
