"""What is in use stands in the address of every page, and a page that is loaded anew follows it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from recsys.models.params import ALSParams
from recsys.strengths.weights import EventWeights
from tests.conftest import ROOT, events_csv
from tests.pages.driving import SMALL, bring, fine, go, press, said, settle
from ui.session import links

OWN = EventWeights.of({**EventWeights.default().as_dict(), "LIKE": 9.5})
FEW = replace(ALSParams(), factors=8, iterations=5)


def opened(app: AppTest, page: str) -> AppTest:
    """A page without anything in its address."""
    return fine(app.run() if page == "home" else go(app, page))


def query(app: AppTest) -> dict[str, str]:
    held = app.query_params.items()
    return {name: value if isinstance(value, str) else value[-1] for name, value in held}


def loaded_anew(app: AppTest, page: str) -> AppTest:
    """The page as a browser shows it after F5: a session that has nothing but the address."""
    asked = query(app)
    anew = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if page != "home":
        return go(anew, page, **asked)
    for name, value in asked.items():
        anew.query_params[name] = value
    return anew.run()


def use_small(app: AppTest) -> AppTest:
    plain = events_csv(*(row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row))
    bring(app, SMALL[0], plain)
    return fine(press(app, "Use this data"))


@pytest.mark.parametrize("page", ["home", "data", "train", "people"])
def test_a_page_loaded_anew_keeps_strengths_and_parameters(app, page):
    here = opened(app, page).session_state.workspace
    app.session_state["workspace"] = replace(here, weights=OWN, params=FEW)
    fine(app.run())
    anew = fine(loaded_anew(app, page)).session_state.workspace
    assert (anew.weights, anew.params) == (OWN, FEW)
    assert anew.key == app.session_state.workspace.key


@pytest.mark.parametrize("page", ["train", "similar"])
def test_a_page_loaded_anew_opens_kept_data_again(app, page):
    use_small(app)
    fine(press(app, "Keep"))
    here = opened(app, page).session_state.workspace
    assert here.data.origin == "kept"
    anew = fine(loaded_anew(app, page)).session_state.workspace
    assert anew.data.origin == "kept" and anew.data.fingerprint == here.data.fingerprint


@pytest.mark.parametrize("page", ["home", "data", "compare"])
def test_a_page_loaded_anew_says_which_files_a_private_upload_was_read_from(app, page):
    use_small(app)
    here = opened(app, page).session_state.workspace
    anew = loaded_anew(app, page)
    assert not anew.exception
    assert "needs data you don't have: *a.csv* and *i.csv*" in said(anew)
    assert anew.session_state.workspace.data.origin == "sample"
    assert query(anew) == query(app)  # loaded once more, it asks for the same

    use_small(anew)
    assert anew.session_state.workspace.data.fingerprint == here.data.fingerprint
    assert "you don't have" not in said(anew)
    if page != "data":
        assert query(anew)["data"] == here.data.whole.fingerprint


def test_the_files_that_a_link_waits_for_bring_back_its_strengths(app):
    use_small(app)
    here = app.session_state.workspace
    weights = EventWeights.of({"VIEW": 3.0})
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    go(other, "data", **links.write(replace(here, weights=weights, params=FEW)))
    assert "you don't have" in said(other)
    files = [here.data.files.articles.source, here.data.files.interactions.source]
    other.file_uploader[0].set_value([(one.name, one.data, "text/csv") for one in files])
    settle(other.run())
    fine(press(other, "Use this data"))
    workspace = other.session_state.workspace
    assert (workspace.weights, workspace.params) == (weights, FEW)


def test_what_a_link_waits_for_is_forgotten_where_somebody_says_so(app):
    go(app, "map", data="0" * 32)
    assert "This link needs data you don't have (data set 00000000)" in said(app)
    fine(go(app, "data"))
    assert "This link needs data" in said(app)
    fine(press(app, "Dismiss"))
    assert "This link needs data" not in said(app)


def test_the_address_goes_over_to_other_data_and_drops_the_article(app, sample_tables):
    fine(go(app, "data", data=sample_tables.fingerprint, item="7", user="8", n="4"))
    sample = app.session_state.workspace
    use_small(app)
    small = app.session_state.workspace
    fine(go(app, "data", **links.write(small, "3", 4, "5")))
    app.session_state["workspace"] = sample
    fine(app.run())
    assert query(app) == links.write(sample, n=4)


def test_a_filter_goes_into_the_address_and_the_article_stays(app, sample_tables):
    fine(go(app, "data", data=sample_tables.fingerprint, item="7"))
    here = app.session_state.workspace
    filtered = replace(here.data, filter=links.Filter.parse("language=en"))
    app.session_state["workspace"] = replace(here, data=filtered)
    fine(app.run())
    assert (query(app)["filter"], query(app)["item"]) == ("language=en", "7")


def test_the_way_back_leads_to_what_was_in_use_then(app):
    fine(go(app, "data"))
    before, address = app.session_state.workspace, query(app)
    use_small(app)
    assert query(app) != address
    fine(go(app, "data", **address))
    assert app.session_state.workspace.key == before.key


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [("home", "factors", "-3"), ("data", "data", "x"), ("train", "n", "many")],
)
def test_a_bad_address_is_said_on_every_page_and_what_is_in_use_stays(app, page, name, value):
    before = opened(app, page).session_state.workspace
    app.query_params.clear()
    app.query_params[name] = value
    app.run()
    assert not app.exception
    assert f"{name} in the address" in said(app)
    assert app.session_state.workspace is before
