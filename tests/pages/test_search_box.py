"""Searching articles on a page: what is found, and the filters."""

from datetime import date

import pytest

from recsys.topics.topics import topic_names
from tests.conftest import articles_csv
from tests.pages.driving import (
    SMALL,
    bring,
    choose,
    enter,
    fine,
    go,
    press,
    said,
    tables,
    tell,
)
from ui.beside import cached


def test_what_a_filter_alone_finds_has_no_reason_beside_it(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint, **{"search-most": "0"}))
    assert list(tables(app)[0].value) == ["title", "readers"]


def test_the_filters_of_the_search_are_in_the_address(app, sample_tables):
    query = {"search-lang": "pt", "search-least": "2", "search-most": "30"}
    fine(go(app, "similar", data=sample_tables.fingerprint, **query))
    app.text_input(key="search").set_value("historia").run()
    table = tables(app)[0].value
    languages = sample_tables.articles.set_index("title")["language"]
    assert len(table) and (languages[table["title"]] == "pt").all()
    assert table["readers"].between(2, 30).all()


@pytest.mark.parametrize("strange", ["-90000000000", "1500000000000"])
def test_a_time_outside_of_the_calendar_is_an_unknown_one(app, strange):
    rows = [f"{1_500_000_000 + day * 86_400},CONTENT SHARED,{day},HTML,,Day {day},en"
            for day in range(10)]  # fmt: skip
    bring(app, articles_csv(*rows, f"{strange},CONTENT SHARED,x,HTML,,Strange,en"), SMALL[1])
    press(app, "Use this data")
    data = app.session_state.workspace.data.fingerprint
    fine(go(app, "similar", data=data, item="x", strengths="VIEW=1,CLAP=2"))
    days = app.date_input(key="search-days")
    assert (days.min, days.max) == (date(2017, 7, 14), date(2017, 7, 23))
    assert "Strange" in said(app)


def test_topics_are_looked_for_when_they_are_asked_for_and_filter_the_search(
    app, sample_tables, sample_model, sample_topics
):
    topics = sample_topics
    fine(go(app, "similar", data=sample_tables.fingerprint))
    assert not [box for box in app.multiselect if box.label == "Topics"]
    fine(go(app, "similar", data=sample_tables.fingerprint, **{"search-topic": topics.names[2]}))
    (box,) = [box for box in app.multiselect if box.label == "Topics"]
    assert box.value == [topics.names[2]]
    assert set(box.options) == set(topics.names)
    shown = tables(app)[0].value["title"]
    titles = sample_tables.articles.set_index("item_id")["title"]
    named = topic_names(topics, sample_model, cached.content(sample_tables))
    members = {titles[item] for item, name in named.items() if name == topics.names[2]}
    assert len(shown) == 20 and set(shown) <= members
    assert topics.names[2] in said(app)


def test_the_titles_of_what_is_found_have_most_of_the_room(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint))
    app.text_input(key="search").set_value("history").run()
    widths = {column["name"]: column["width"] for column in tables(app)[0].spec["columns"]}
    assert widths.pop("title") == 0  # it takes what the others leave
    assert 0 < sum(widths.values()) <= 200


def test_search_forgives_and_says_when_nothing_is_found(app):
    go(app, "similar")
    for words in ("exoplanets", "EXOPLANET", "exoplanest"):
        app.text_input(key="search").set_value(words).run()
        assert "xoplanet" in tables(fine(app))[0].value["title"].iloc[0]
    app.text_input(key="search").set_value("qqqqqqqq").run()
    assert "No article matches these words" in said(app)


def test_enter_opens_the_first_that_is_found_for_what_stands_in_the_field(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint))
    app.text_input(key="search").set_value("history").run()
    (table,) = [one for one in tables(app) if "match" in one.value]
    first = table.spec["rows"][0][0]
    fine(enter(app, "search", "history"))
    assert app.query_params["item"] == first and app.text_input(key="search").value == ""
    fine(enter(app, "search", "telescopes"))  # typed, and not drawn yet
    opened = app.query_params["item"]
    assert opened != first
    for words in ("qqqqqqqq", "", " "):
        fine(enter(app, "search", words))
        assert app.query_params["item"] == opened


def test_a_row_that_the_table_does_not_have_is_not_opened(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint))
    before = dict(app.query_params)
    for value in ("no such id", 3, None, ["x"], {"a": 1}):
        fine(tell(app, tables(app)[0].id, "chosen", value))
    assert app.query_params == before
    item = tables(app)[0].spec["rows"][2][0]
    fine(choose(app, item))
    assert item in dict(app.query_params).values()


def test_the_button_of_the_filter_counts_what_is_set(app, sample_tables):
    def labels():
        return [box.proto.popover.label for box in fine(app).get("popover")]

    query = {"search-lang": "pt", "search-least": "2"}
    go(app, "similar", data=sample_tables.fingerprint, **query)
    assert "Filter (2)" in labels()
    app.number_input(key="search-least").set_value(0).run()
    assert "Filter (1)" in labels()
    app.multiselect(key="search-lang").set_value([]).run()
    assert "Filter" in labels()
