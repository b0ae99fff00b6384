"""The map of data that has hardly anything: designed states, not errors."""

import pytest

from tests.conftest import articles_csv, events_csv
from tests.pages.driving import bring, fine, go, map_state, press, said, settle, stop, tell


def brought(app, titles, readers=6):
    """Use data of these titles, each read by most of so many readers."""
    articles = [f'1,CONTENT SHARED,a{n},HTML,,"{title}",en' for n, title in enumerate(titles)]
    views = [
        f"{n},VIEW,a{n},u{u}" for u in range(readers) for n in range(len(titles)) if (n + u) % 3
    ] or ["1,VIEW,a0,u0"]
    bring(app, articles_csv(*articles), events_csv(*views))
    fine(press(app, "Use this data"))
    return app


def the_map(app, **query):
    data = app.session_state.workspace.data.fingerprint
    return settle(fine(go(app, "map", data=data, **query)))


@pytest.mark.parametrize("count", [2, 11])
def test_few_articles_lie_on_a_map(app, count):
    app = the_map(brought(app, [f"Title {n}" for n in range(count)]))
    element, state = map_state(app)
    assert "Distance here is not similarity" in said(app) or "Too few articles" in said(app)
    fine(tell(app, element, "clicked", {"row": 0}))
    assert map_state(app)[1]["chosen"] == 0
    assert state["labels"] == [] or count > 3


def test_one_article_is_no_map(app):
    app = brought(app, ["Alone"])
    go(app, "map", data=app.session_state.workspace.data.fingerprint)
    assert not app.exception and "similarity needs at least two" in said(app)


def test_any_titles_can_be_on_a_map(app):
    titles = ["", "x" * 300, "<script>alert(1)</script> **b** $x$ :smile:", "مقالات تستحق القراءة"]
    app = the_map(brought(app, titles * 3))
    fine(tell(app, map_state(app)[0], "clicked", {"row": 3}))
    area = [[-9.0, -9.0], [9.0, -9.0], [9.0, 9.0], [-9.0, 9.0]]
    fine(tell(app, map_state(app)[0], "area", {"points": area}))
    assert "All articles of the map." in said(app)


def test_collapsed_factors_have_a_map_that_says_so(app, sample_tables):
    query = {"regularization": "1000000.0", "iterations": "2", "factors": "4"}
    go(app, "map", data=sample_tables.fingerprint, **query)
    for work in app.session_state["waits"]:
        assert work.wait(240)
    app.run()
    assert not app.exception
    assert "Too few articles" in said(app) and "Most read" in said(app)  # no topics
    tell(app, map_state(app)[0], "clicked", {"row": 3})
    assert not app.exception


@pytest.mark.nothing_trained
def test_a_map_whose_making_was_stopped_is_an_overview(app, monkeypatch, sample_tables):
    from ui.frame import mapping

    monkeypatch.setattr(mapping, "AT_ONCE", 0.0)

    def endless(model, *, before=None, on_progress=None):
        while True:
            on_progress(0, 1)

    monkeypatch.setattr(mapping, "neighbour_places", endless)
    go(app, "map", data=sample_tables.fingerprint)
    fine(stop(app, "places"))
    assert "a first overview" in said(app)
    assert "Arranging the map was stopped" in said(app)
    assert any(button.label == "Start again" for button in app.button)
