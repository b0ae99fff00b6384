"""Map: what is looked at, what the map marks, and what stands beside it."""

import numpy as np
import pytest

from recsys.maps import as_text, inside
from recsys.neighbours.similarity import similar_items
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import (
    SMALL,
    bring,
    choose,
    fine,
    go,
    map_state,
    press,
    said,
    settle,
    tables,
    tell,
)
from ui.frame import mapping


@pytest.fixture
def places(sample_model):
    return mapping.neighbour_places(sample_model)


def opened(app, sample_tables, **query):
    """The map of the sample, drawn to its end."""
    return settle(fine(go(app, "map", data=sample_tables.fingerprint, **query)))


def beside(app):
    """Titles in the first table beside the map that has them."""
    return next(t.value["title"].tolist() for t in tables(app) if "title" in t.value)


def asked(app, name):
    value = app.query_params.get(name, "")
    return value if isinstance(value, str) else value[0]


def around(places, rows, margin=0.01):
    """A rectangle about some articles, as an address holds it."""
    (left, low), (right, high) = places.xy[rows].min(axis=0), places.xy[rows].max(axis=0)
    left, low, right, high = left - margin, low - margin, right + margin, high + margin
    return ((left, low), (right, low), (right, high), (left, high))


def test_it_opens_with_topics_named_on_the_map_and_listed_beside_it(
    app, sample_tables, sample_topics
):
    opened(app, sample_tables)
    _, state = map_state(app)
    listed = next(t.value for t in tables(app) if "topic" in t.value)
    assert listed["topic"].tolist() == list(sample_topics.names)
    assert {label["id"] for label in state["labels"] if not label["level"]} == set(
        sample_topics.names
    )
    assert any(label["level"] for label in state["labels"])
    assert "Distance here is not similarity" in said(app)


def test_a_click_marks_an_article_and_its_neighbours_by_the_factors(
    app, sample_tables, sample_model
):
    opened(app, sample_tables, n="7")
    element, before = map_state(app)
    fine(tell(app, element, "clicked", {"row": 12}))
    item = sample_model.items["item_id"].iloc[12]
    assert asked(app, "item") == item
    near = similar_items(sample_model, item, 7)
    element, state = map_state(app)
    assert state["chosen"] == 12
    assert state["near"] == [sample_model.positions[one] for one in near["item_id"]]
    assert beside(app) == near["title"].tolist()
    assert state["scene"] == before["scene"]  # the points are not sent anew
    fine(tell(app, element, "clicked", {"row": -1}))
    assert not asked(app, "item") and map_state(app)[1]["chosen"] == -1


def test_what_no_browser_of_ours_would_tell_is_ignored(app, sample_tables):
    opened(app, sample_tables)
    for row in (10**6, "12", None, True, 1.5, -2):
        fine(tell(app, map_state(app)[0], "clicked", {"row": row}))
        assert not asked(app, "item")


def test_a_row_beside_the_map_shows_the_evidence_for_it(app, sample_tables, sample_model):
    item = sample_model.items["item_id"].iloc[12]
    opened(app, sample_tables, item=item)
    second = similar_items(sample_model, item, 2)["item_id"].iloc[1]
    fine(choose(app, second))
    assert asked(app, "pair") == second and asked(app, "item") == item
    assert "also read this" in said(app) or "has read this" in said(app)


def test_what_is_drawn_around_is_listed_and_compared_with_the_rest(
    app, sample_tables, sample_model, places
):
    opened(app, sample_tables)
    corners = around(places, np.arange(40))
    fine(tell(app, map_state(app)[0], "area", {"points": [list(map(float, c)) for c in corners]}))
    rows = np.flatnonzero(inside(places.xy, tuple(map(tuple, map_state(app)[1]["inside"]))))
    assert f"Selection: {len(rows):,} articles" in said(app)
    read = rows[np.argsort(-sample_model.readers[rows], kind="stable")]
    assert beside(app)[:3] == [sample_model.items["title"].iloc[row] for row in read[:3]]
    app.toggle(key="next-for-group").set_value(True)
    settle(fine(app.run()))
    state = map_state(app)[1]
    assert state["next"] and not set(state["next"]) & set(rows)
    fine(tell(app, map_state(app)[0], "area", {"points": None}))
    assert not asked(app, "area") and map_state(app)[1]["inside"] is None


def test_an_area_without_an_article_says_so(app, sample_tables):
    opened(app, sample_tables, area=as_text(((5.0, 5.0), (6.0, 5.0), (6.0, 6.0))))
    assert "No article lies in what you drew around" in said(app)


def test_a_link_with_no_area_in_it_says_what_is_wrong(app, sample_tables):
    go(app, "map", data=sample_tables.fingerprint, area="0 0,1 x,2 2")
    assert not app.exception and "area in the address" in said(app)


def test_a_name_on_the_map_shows_its_topic(app, sample_tables, sample_model, sample_topics):
    opened(app, sample_tables)
    name = sample_topics.names[2]
    fine(tell(app, map_state(app)[0], "topic", {"id": name}))
    assert asked(app, "topic") == name and name in said(app)
    rows = np.flatnonzero(sample_topics.of == 2)
    assert (
        beside(app)[0]
        == sample_model.items["title"].iloc[
            rows[np.argsort(-sample_model.readers[rows], kind="stable")[0]]
        ]
    )


def test_a_topic_keeps_the_name_that_somebody_gives_it(app, sample_tables, sample_topics):
    old = sample_topics.names[1]
    opened(app, sample_tables, topic=old)
    app.text_input(key=f"typed-name-{old}").set_value("Running & <b>health</b>")
    settle(fine(press(app, "Save")))
    assert asked(app, "topic") == "Running & <b>health</b>"
    assert "Running & <b>health</b>" in {label["id"] for label in map_state(app)[1]["labels"]}
    settle(fine(press(app, "Use the name found in the data")))
    assert old in {label["id"] for label in map_state(app)[1]["labels"]}


def test_an_area_gets_a_name_that_stays_on_the_map(app, sample_tables, sample_topics, places):
    rows = np.concatenate([np.flatnonzero(sample_topics.of == t)[:30] for t in range(4)])
    area = as_text(tuple((float(x), float(y)) for x, y in around(places, rows)))
    opened(app, sample_tables, area=area)
    app.text_input(key="typed-name-area").set_value("My corner")
    settle(fine(press(app, "Save")))
    assert asked(app, "topic") == "My corner" and not asked(app, "area")
    assert "My corner" in {label["id"] for label in map_state(app)[1]["labels"]}
    assert beside(app)


def test_a_name_that_is_taken_is_refused(app, sample_tables, sample_topics):
    opened(app, sample_tables, topic=sample_topics.names[1])
    app.text_input(key=f"typed-name-{sample_topics.names[1]}").set_value(sample_topics.names[0])
    settle(press(app, "Save"))
    assert not app.exception and "is the name of another topic" in said(app)


def test_a_reader_s_way_through_the_map(app, sample_tables, sample_model):
    user = str(sample_model.user_ids[3])
    opened(app, sample_tables, user=user)
    state = map_state(app)[1]
    read = sample_model.user_items[3].indices
    assert sorted(state["path"]) == sorted(read.tolist())
    assert len(state["next"]) == 10 and not set(state["next"]) & set(state["path"])
    assert len(state["here"]) == 2


def test_a_reader_that_the_model_does_not_have_is_said(app, sample_tables):
    go(app, "map", data=sample_tables.fingerprint, user="nobody")
    assert not app.exception and "no reader 'nobody'" in said(app)


def test_colours_change_and_nothing_else(app, sample_tables):
    opened(app, sample_tables)
    before = map_state(app)
    for colour in ("Readers", "Date", "Language", "Events"):
        app.selectbox(key="colour").set_value(colour)
        fine(app.run())
        element, state = map_state(app)
        assert state["colour"]["title"].startswith(colour)
        assert element == before[0] and state["scene"] == before[1]["scene"]


def test_colours_that_need_something_say_what(app, sample_tables, sample_model):
    opened(app, sample_tables, colour="Shared readers")
    assert "Choose an article to see" in said(app)
    item = sample_model.items["item_id"].iloc[12]
    opened(app, sample_tables, colour="Shared readers", item=item)
    assert map_state(app)[1]["colour"]["kind"] == "scale"


def test_fewer_topics_on_demand(app, sample_tables):
    opened(app, sample_tables, topics="4")
    labels = map_state(app)[1]["labels"]
    assert len([label for label in labels if not label["level"]]) == 4


def test_a_search_marks_what_it_finds(app, sample_tables, sample_model):
    opened(app, sample_tables)
    words = sample_model.items["title"].iloc[5]
    app.text_input(key="map-search").set_value(words)
    fine(app.run())
    state = map_state(app)[1]
    assert 5 in state["found"] and state["go"]["rows"]


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
    ("item", "marked"), [("new", True), ("mute", False)],
)  # fmt: skip
def test_an_article_that_nobody_read_has_no_place_but_neighbours(with_unread, item, marked):
    data = with_unread.session_state.workspace.data.fingerprint
    app = fine(go(with_unread, "map", data=data, item=item))
    assert "has no place on the map" in said(app)
    state = map_state(app)[1]
    assert state["chosen"] == -1 and bool(state.get("near")) == marked


def test_an_article_that_is_not_there_is_said(app, sample_tables):
    go(app, "map", data=sample_tables.fingerprint, item="nowhere")
    assert not app.exception and "no article 'nowhere' in this data" in said(app)
