"""Where the menu of a page that a link opened leads."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from recsys.dataset.files import Files
from recsys.storage.data_store import DataStore, KeptData
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from tests.pages.driving import SMALL, bring, fine, go, press, said, settle, unescaped
from ui.beside import server
from ui.frame import menu as menu_parts, waiting
from ui.session import links

VIEWS = {"similar": "Similar articles", "people": "Readers", "map": "Map", "compare": "Compare"}


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


def opened_last(app: AppTest) -> list[str]:
    return [unescaped(b.label) for b in app.sidebar.button if b.key.startswith("menu-opened-")]


def test_the_menu_leads_back_to_the_articles_that_were_opened_last(app, sample_tables):
    assert not opened_last(fine(go(app, "data")))
    bring(app, *SMALL)
    press(app, "Use this data")
    here = app.session_state.workspace
    for item in "01234565":
        fine(go(app, "similar", **links.write(here, item)))
    # the one that is shown is not among them, none is there twice
    assert opened_last(app) == [f"**Title** {item}" for item in "64321"]
    assert opened_last(fine(go(app, "data"))) == [f"**Title** {item}" for item in "56432"]
    (way,) = [b for b in app.sidebar.button if b.key == "menu-opened-2"]
    assert unescaped(fine(way.click().run()).main.header[0].value) == "**Title** 4"
    # of other data, they would lead nowhere
    assert not opened_last(fine(go(app, "map", data=sample_tables.fingerprint)))


def test_a_data_set_kept_on_the_server_is_one_click_away_for_everybody(app, sample_tables):
    files = Files.of(*SMALL)
    tables = files.read()
    store = server.data_store()
    store.keep("*Spring* & more", tables.fingerprint, files)
    (way,) = [b for b in fine(go(app, "similar")).sidebar.button if "kept" in b.key]
    assert unescaped(way.label) == "*Spring* & more"
    settle(fine(way.click().run()))
    assert app.title[0].value == "Data" and "In use: *Spring* & more" in said(app)
    assert app.session_state.workspace.data.whole.fingerprint == tables.fingerprint
    assert not [b for b in app.sidebar.button if "kept" in b.key]  # it is the one in use


def test_the_menu_is_no_longer_for_many_kept_data_sets(app, monkeypatch):
    kept = [KeptData(fingerprint=f"{n:032x}", name=f"Set {n}") for n in range(9)]
    monkeypatch.setattr(DataStore, "names", lambda store: kept)
    fine(go(app, "data"))
    assert len([b for b in app.sidebar.button if "kept" in b.key]) == menu_parts.KEPT
    labels = [link.proto.label for link in app.sidebar.get("page_link")]
    assert f"{9 - menu_parts.KEPT} more on Data" in labels
