"""The People page: recommendations, their reasons, and a reader who is put together."""

import pytest

from recsys.explain import Solver, contributions, fold_in
from recsys.people import people
from recsys.recommend import recommend, strengths_of
from tests.pages.driving import fine, go, press, said
from ui import links


def titles(app, place=0):
    return app.dataframe[place].value["title"].tolist()


@pytest.fixture
def solver(sample_model):
    return Solver(sample_model)


def test_the_liveliest_person_is_there_on_arrival_with_reasons_that_add_up(app, solver):
    fine(go(app, "people"))
    user = people(solver.model, 1)["user_id"].iloc[0]
    expected = recommend(solver, user, 10)
    assert f"Person {user}" in said(app)
    tables = [frame.value for frame in app.dataframe]
    shown = next(table for table in tables if "score" in table and "title" in table)
    assert shown["title"].tolist() == expected["title"].tolist()
    parts = contributions(solver, user, [expected["item_id"].iloc[0]])
    assert f"The score {parts['contribution'].sum():.3f} is the sum" in said(app)
    assert parts["contribution"].sum() == pytest.approx(expected["score"].iloc[0], abs=1e-9)


def test_a_link_to_a_person_and_an_article_explains_it(app, solver, sample_tables):
    user = str(solver.model.user_ids[5])
    second = recommend(solver, user, 5).iloc[1]
    fine(
        go(app, "people", data=sample_tables.fingerprint, user=user, item=second["item_id"], n="5")
    )
    assert f"Why {second['title']}?" in said(app)


def test_an_unknown_person_is_said(app, sample_tables):
    go(app, "people", data=sample_tables.fingerprint, user="nobody")
    assert not app.exception and "no person 'nobody'" in said(app)


def test_people_are_found_by_the_beginning_of_their_id(app, solver):
    go(app, "people")
    user = str(solver.model.user_ids[7])
    app.text_input(key="person-search").set_value(user[:8]).run()
    found = [f.value for f in app.dataframe if "items" in f.value and "strength" in f.value]
    assert any(user in table["user_id"].tolist() for table in found)
    app.text_input(key="person-search").set_value("nobody").run()
    assert "Nobody's id begins like this" in said(fine(app))


def test_a_new_reader_gets_recommendations_at_once(app, solver):
    go(app, "people")
    app.segmented_control(key="whom").set_value("A new reader").run()
    assert "Search articles and click them" in said(fine(app))
    items = solver.model.items["item_id"].iloc[[3, 40]].tolist()
    clicks = (("LIKE", items[0]), ("VIEW", items[1]))
    app.query_params["reader"] = links.write_clicks(clicks)
    fine(app.run())
    taste = fold_in(
        solver, strengths_of(solver.model, [(items[0], "LIKE", 1.0), (items[1], "VIEW", 1.0)])
    )
    expected = recommend(solver, taste, 10)["title"].tolist()
    shown = [f.value for f in app.dataframe if "score" in f.value]
    assert any(table["title"].tolist() == expected for table in shown)


def test_what_is_excluded_does_not_come_back(app, solver):
    fine(go(app, "people"))
    user = people(solver.model, 1)["user_id"].iloc[0]
    before = recommend(solver, user, 11)["title"].tolist()
    press(app, "Never recommend it")
    shown = next(f.value for f in app.dataframe if "score" in f.value)
    assert shown["title"].tolist() == before[1:]
    press(app, "Allow the 1 excluded again")
    shown = next(f.value for f in app.dataframe if "score" in f.value)
    assert shown["title"].tolist() == before[:10]


def test_the_sliders_show_where_each_article_was(app):
    go(app, "people")
    app.slider(key="novelty").set_value(0.5).run()
    shown = next(f.value for f in fine(app).dataframe if "score" in f.value)
    assert "rank_before" in shown and shown["rank_before"].tolist() != list(range(1, 11))
    assert "Likeness within the list" in said(app)
