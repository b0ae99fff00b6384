"""Where the menu of a page that a link opened leads."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from tests.pages.driving import SMALL, bring, fine, go, press, said
from ui.frame import waiting
from ui.session import links

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
