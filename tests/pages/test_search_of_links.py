"""What a link asks of the search: filters that are not there, words that are typed."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.pages.driving import SMALL, bring, fine, go, left_out, press, said, tables

COUNT = "but only whole numbers from 0 to 1,000,000 are allowed. It is"
SPAN = "but the articles here are from 2025-01-01 to 2025-12-11"


@pytest.mark.parametrize(
    ("query", "words", "left"),
    [
        ({"search-lang": ["xx", "pt"]}, ["language xx, which this data does not have. It is"],
         {"search-lang": "pt"}),
        ({"search-lang": "**x**"}, ["language **x**, which this data does not have. It is"], {}),
        ({"search-kind": ["PDF", "?"]}, ["types PDF, ?, which this data does not have. They"], {}),
        ({"search-topic": ["(none)", "x"]}, ["topics (none), x, which this model does not"], {}),
        ({"search-days": ["1990-01-01", "2025-06-01"]}, [f"days 1990-01-01, 2025-06-01, {SPAN}"],
         {}),
        ({"search-days": ["2025-06-01", "x"]}, [f"days 2025-06-01, x, {SPAN}"], {}),
        ({"search-least": "-5"}, [f"reader count -5, {COUNT}"], {}),
        ({"search-most": "inf"}, [f"reader count inf, {COUNT}"], {}),
        ({"search-least": "x", "search-lang": "xx"}, ["language xx,", "reader count x,"], {}),
        ({"search-lang": "pt", "search-days": ["2025-03-01", "2025-06-01"]}, [], None),
        ({"search-lang": "", "search-least": "2", "search-most": "1e3"}, [], None),
    ],
)  # fmt: skip
def test_what_a_link_asks_that_a_filter_does_not_take_is_said_and_stays(
    app, sample_tables, query, words, left
):
    fine(go(app, "similar", data=sample_tables.fingerprint, **query))
    found = left_out(app)
    assert len(found) == len(words)
    assert all(part in line for part, line in zip(words, found, strict=True))
    if left is not None:
        assert {name: app.query_params[name] for name in query if name in app.query_params} == left
        assert left_out(fine(app.run())) == found


def test_what_was_left_out_goes_with_the_field_or_the_page(app, sample_tables):
    query = {"data": sample_tables.fingerprint, "search-lang": "xx", "search-least": "-5"}
    fine(go(app, "similar", **query))
    assert len(left_out(app)) == 2
    app.number_input(key="search-least").set_value(3).run()
    (line,) = left_out(fine(app))
    assert "language xx" in line
    fine(go(app, "people"))
    assert not left_out(app)
    assert not left_out(fine(go(app, "similar")))


def test_a_filter_that_the_data_has_no_field_for_is_said_and_leaves_the_address(app):
    bring(app, *SMALL)  # one language, one type, one day
    press(app, "Use this data")
    query = {"data": app.session_state.workspace.data.fingerprint, "search-lang": "pt"}
    query |= {"search-kind": "HTML", "search-days": "1990-01-01", "strengths": "VIEW=1,CLAP=2"}
    fine(go(app, "similar", **query))
    assert [line.split(",")[0] for line in left_out(app)] == [
        "The link asks for the language pt", "The link asks for the day 1990-01-01",
    ]  # fmt: skip
    assert not [name for name in app.query_params if name.startswith("search-")]
    assert len(left_out(fine(app.run()))) == 2


def test_one_day_alone_is_the_first_of_the_search(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint, **{"search-days": "2025-12-01"}))
    shared = sample_tables.articles.set_index("title")["timestamp"].astype(float)
    shown = tables(app)[0].value["title"]
    assert len(shown) and (shared[shown] >= 1_764_547_200).all()  # midnight of that day, UTC


def test_days_in_the_wrong_order_are_said_beside_the_closed_filter(app, sample_tables):
    days = ["2025-08-01", "2025-06-01"]
    go(app, "similar", data=sample_tables.fingerprint, **{"search-days": days})
    assert not app.exception and "2025-08-01 is after 2025-06-01" in said(app)
    popovers = app.get("popover")
    assert popovers and not any(block.get("error") for block in popovers)


def linked(app):
    """The query of *Link to this view*."""
    (link,) = [code.value for code in app.code if "data=" in code.value]
    return dict(parse_qsl(urlsplit(link).query))


STRANGE = ["exoplanets", "\"R&D\" #1, 100 % + 1 = 'é' مقالات 🙂 <b>**x**</b>?", "x" * 300]


@pytest.mark.parametrize("words", STRANGE)
def test_a_link_holds_the_words_that_are_searched_and_the_address_does_not(
    app, sample_tables, words
):
    fine(go(app, "similar", data=sample_tables.fingerprint))
    assert "words" not in linked(app)
    app.text_input(key="search").set_value(words).run()
    assert "words" not in fine(app).query_params
    link = linked(app)
    assert link["words"] == words

    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    fine(go(other, "similar", **link))
    assert other.text_input(key="search").value == words
    assert [frame.value["title"].tolist() for frame in tables(other)] == [
        frame.value["title"].tolist() for frame in tables(app)
    ]
    assert "best match first" in said(other) or words != "exoplanets"
    assert linked(other) == link


def test_words_on_several_lines_or_too_many_are_cut(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint, words=" a\n\tb " + "c" * 500))
    assert app.text_input(key="search").value == "a b " + "c" * 296
    assert linked(app)["words"] == "a b " + "c" * 296


def test_the_words_of_a_link_do_not_come_back_after_others_are_typed(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint, words="exoplanets"))
    fine(app.run())
    assert app.text_input(key="search").value == "exoplanets"
    for typed in ("bread", ""):
        app.text_input(key="search").set_value(typed).run()
        assert "words" not in fine(app).query_params
        assert linked(app).get("words", "") == typed
        app.query_params["words"] = "exoplanets"  # the browser's way back
        fine(app.run())
        assert app.text_input(key="search").value == typed
        assert "words" not in app.query_params


@pytest.mark.parametrize(
    ("page", "key", "query"),
    [
        ("similar", "search", {}),
        ("people", "new-search", {"reader": ""}),
        ("compare", "compare-search", {}),
    ],
)
def test_every_search_begins_with_the_words_of_a_link(app, sample_tables, page, key, query):
    query = {**query, "data": sample_tables.fingerprint, "words": "exoplanets"}
    fine(go(app, page, **query))
    assert app.text_input(key=key).value == "exoplanets"
    (found,) = [frame.value for frame in tables(app) if "match" in frame.value]
    assert found["title"].str.contains("xoplanet").any()
    if page == "people":  # there is no view to be sent before something is clicked
        item = sample_tables.articles["item_id"].iloc[3]
        app.query_params["reader"] = f"VIEW:{item}"
        fine(app.run())
    assert linked(app)["words"] == "exoplanets"
