"""Map: the chosen article and its neighbours, also where it has no place there."""

import json

import pytest

from recsys.neighbours.similarity import similar_items
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, press, said, tables


def traces(app):
    """What is drawn on the map: kind and number of points of each layer."""
    (chart,) = app.get("plotly_chart")
    return json.loads(chart.proto.spec)["data"]


def beside(app):
    """Titles in the table beside the map."""
    (table,) = [frame.value for frame in tables(app) if "title" in frame.value]
    return table["title"].tolist()


def test_the_chosen_article_and_its_neighbours_are_marked(app, sample_tables, sample_model):
    item = sample_model.items["item_id"].iloc[12]
    fine(go(app, "map", data=sample_tables.fingerprint, item=item, n="7"))
    assert beside(app) == similar_items(sample_model, item, 7)["title"].tolist()
    assert [trace["mode"] for trace in traces(app)] == ["markers", "lines", "markers", "markers"]


@pytest.fixture
def with_unread(app):
    """Two articles that nobody read: one is like those that were read, one says nothing."""
    rows = SMALL[0].data.decode().splitlines()[1:]
    views = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    new = "1,CONTENT SHARED,new,HTML,,Title anew,en", "1,CONTENT SHARED,mute,HTML,,,en"
    bring(app, articles_csv(*rows, *new), events_csv(*views))
    fine(press(app, "Use this data"))
    return app


@pytest.mark.parametrize(
    ("item", "words", "marked"),
    [
        ("new", "not on the map; its 10 most similar articles by content", True),
        ("mute", "no title or text to find similar articles by", False),
    ],
)
def test_an_article_that_nobody_read_has_no_place_but_neighbours(with_unread, item, words, marked):
    data = with_unread.session_state.workspace.data.fingerprint
    app = fine(go(with_unread, "map", data=data, item=item))
    assert words in said(app)
    assert [trace["mode"] for trace in traces(app)] == ["markers"] * (1 + marked)
    if marked:
        app.toggle(key="close").set_value(True)
        fine(app.run())


def test_an_article_that_is_not_there_is_said(app, sample_tables):
    go(app, "map", data=sample_tables.fingerprint, item="nowhere")
    assert not app.exception and "no article 'nowhere' in this data" in said(app)
    assert len(beside(app)) == 10  # the most read
