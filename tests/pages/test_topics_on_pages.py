"""Topics on the pages: while they are looked for, after a stop, and when they are there."""

import pytest

from recsys.topics.topics import find_topics
from tests.pages.driving import fine, go, left_out, said, settle, stop, tables
from ui.frame import background, waiting

QUICK = {"factors": "4", "iterations": "2"}


@pytest.fixture
def address(app, sample_tables):
    """Of a model that is trained, and whose topics nobody has asked for."""
    query = {"data": sample_tables.fingerprint, **QUICK}
    fine(go(app, "pack", **query))
    return query


@pytest.fixture
def busy(app, address, monkeypatch, hold_up):
    """The search for topics does not end until the event is set, and no page waits for it."""
    settle(app)
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    return hold_up("find_topics")


def looked_for(app):
    """Whether the page waits for topics."""
    return any("topics" in work.key for work in app.session_state["waits"])


def model_of(app):
    return background.model_here(app.session_state.workspace)


def field(app, label):
    (box,) = [box for box in app.multiselect if box.label == label]
    return box


def table_with(app, column):
    return next(frame.value for frame in tables(app) if column in frame.value)


@pytest.mark.parametrize(
    ("page", "key", "name", "label"),
    [
        ("similar", "search", "search-topic", "Topics"),
        ("people", "wish", "topics", "Only these topics"),
    ],
)
def test_a_filter_by_topic_of_a_link_takes_effect_when_the_topics_arrive(
    app, address, busy, page, key, name, label
):
    topics = find_topics(model_of(app))
    one = topics.names[1]
    fine(go(app, page, **address, **{name: [one, "x"]}))
    assert looked_for(app)
    assert field(app, label).value == [one, "x"] and not left_out(app)
    assert app.query_params[name] == [one, "x"]
    assert "rank" in table_with(app, "rank")  # the page goes on
    fine(app.run())
    assert field(app, label).value == [one, "x"]

    assert "Finding topics was stopped." in said(stop(app, "topics"))
    assert "rticles of any topic" in said(app)
    assert app.query_params[name] == [one, "x"] and not left_out(app)

    busy.set()
    app.button(key=f"again-topics-{key}").click().run()
    settle(app)
    box = field(app, label)
    assert box.value == [one] and set(topics.names) <= set(box.options)
    (line,) = left_out(app)
    assert "the topic x, which this model does not have. It is left out." in line
    assert "Finding topics" not in said(app)
    fine(app.run())
    assert app.query_params[name] == one and left_out(app) == [line]
    if page == "similar":
        assert f"Of the topic {one}." in said(app)
    else:
        items = app.session_state.workspace.data.tables.articles.set_index("title")["item_id"]
        places = [
            model_of(app).positions[items[title]] for title in table_with(app, "rank")["title"]
        ]
        assert (topics.of[places] == 1).all()


def test_topics_that_are_asked_for_can_be_given_up_while_they_are_looked_for(app, address, busy):
    fine(go(app, "similar", **address, **{"search-topic": "x"}))
    fine(field(app, "Topics").set_value([]).run())
    del app.query_params["search-topic"]  # as a browser does
    fine(app.run())
    assert not [box for box in app.multiselect if box.label == "Topics"]
    assert "search-topic" not in app.query_params


@pytest.mark.parametrize(
    ("page", "opened", "key", "there"),
    [
        ("similar", {"search-filter": True}, "search", "Topics"),
        ("similar", {"about": True}, "about", "articles that the same readers read"),
        ("people", {"limits": True}, "limits", "Only these topics"),
        ("people", {"reasons": "By topic"}, "reasons", "(no topic)"),
    ],
)
def test_a_page_goes_on_without_topics_and_shows_them_when_they_are_there(
    app, address, busy, page, opened, key, there
):
    def shown():
        labels = [box.label for box in app.multiselect]
        topics = [name for frame in tables(app) for name in frame.value.get("topic", [])]
        return said(app) + str(labels) + "(no topic)" * bool(topics)

    asked = {name: value for name, value in opened.items() if isinstance(value, str)}
    for name in opened.keys() - asked.keys():
        app.session_state[name] = opened[name]
    fine(go(app, page, **address, **asked))
    assert looked_for(app)
    assert there not in shown()
    assert "rank" in table_with(app, "rank")
    assert "Finding topics was stopped." in said(stop(app, "topics"))
    assert there not in shown()
    busy.set()
    app.button(key=f"again-topics-{key}").click().run()
    assert there in (settle(app) and shown())
    assert "Finding topics" not in said(app)
