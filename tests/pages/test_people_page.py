"""The Readers page: recommendations, their reasons, and the limits that are set to them."""

import re
from datetime import date

import pytest

from recsys.limits import Limits
from recsys.neighbours.agreement import person_stability
from recsys.recommendations.blended_taste import BlendedTaste, Catalogue
from recsys.recommendations.explain import Solver, contributions, taste_of, user_position
from recsys.recommendations.next_reads import recommend
from recsys.recommendations.readers import people, readable_person
from recsys.text.content import ContentIndex
from recsys.topics.topics import by_topic
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, left_out, made, press, said, tables
from ui.frame import background
from ui.session import links


def test_a_reader_of_few_articles_is_there_on_arrival_with_reasons_that_add_up(app, start):
    fine(go(app, "people"))
    user = readable_person(start.model)
    expected = recommend(start, user, 10)
    assert f"Reader {user}" in said(app)
    shown = next(table.value for table in tables(app) if {"score", "title"} <= {*table.value})
    assert shown["title"].tolist() == expected["title"].tolist()
    parts = contributions(start, user, [expected["item_id"].iloc[0]])
    assert f"Score {parts['contribution'].sum():.3f}: the sum of what" in said(app)
    assert parts["contribution"].sum() == pytest.approx(expected["score"].iloc[0], abs=1e-9)


def test_a_link_to_a_person_and_an_article_explains_it(app, solver, sample_tables):
    user = str(solver.model.user_ids[5])
    second = recommend(solver, user, 5).iloc[1]
    fine(
        go(app, "people", data=sample_tables.fingerprint, user=user, item=second["item_id"], n="5")
    )
    assert f"Why we recommend** {second['title']}" in said(app)


def test_an_unknown_person_is_said(app, sample_tables):
    go(app, "people", data=sample_tables.fingerprint, user="nobody")
    assert not app.exception and "no reader 'nobody'" in said(app)


def test_people_are_found_by_the_beginning_of_their_id(app, solver):
    go(app, "people")
    user = str(solver.model.user_ids[7])
    app.text_input(key="person-search").set_value(user[:8]).run()
    found = [f.value for f in tables(app) if "items" in f.value and "strength" in f.value]
    assert any(user in table["user_id"].tolist() for table in found)
    app.text_input(key="person-search").set_value("nobody").run()
    assert "No reader's id begins with this" in said(fine(app))


def test_what_is_excluded_does_not_come_back(app, start):
    fine(go(app, "people"))
    user = readable_person(start.model)
    before = recommend(start, user, 11)["title"].tolist()
    press(app, "Don't recommend this")
    shown = next(f.value for f in tables(app) if "score" in f.value)
    assert shown["title"].tolist() == before[1:]
    press(app, "Allow it again")
    shown = next(f.value for f in tables(app) if "score" in f.value)
    assert shown["title"].tolist() == before[:10]


def test_trade_offs_show_where_each_article_was(app):
    go(app, "people")
    app.number_input(key="novelty").set_value(0.5).run()
    shown = next(f.value for f in tables(fine(app)) if "score" in f.value)
    assert "rank_before" in shown and shown["rank_before"].tolist() != list(range(1, 11))
    assert "Similarity within the list" in said(app)


def shown(app):
    return next(frame.value for frame in tables(app) if "score" in frame.value)


def with_unread(app):
    """Bring data with one article that nobody has read; its workspace."""
    rows = SMALL[0].data.decode().splitlines()[1:]
    views = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(app, articles_csv(*rows, "1,CONTENT SHARED,new,HTML,,Title anew,en"), events_csv(*views))
    press(app, "Use this data")
    return app.session_state.workspace


def test_the_text_brings_what_nobody_has_read_with_reasons_that_add_up(app):
    here = with_unread(app)
    fine(go(app, "people", data=here.data.fingerprint, user="3", item="new"))
    assert "Title anew" not in shown(app)["title"].tolist()
    app.number_input(key="content").set_value(1.0)
    fine(app.run())
    tables, model = here.data.tables, background.model_here(here)
    index = ContentIndex.build(
        *(tables.articles[name].tolist() for name in ("item_id", "title", "text"))
    )
    catalogue = Catalogue(solver=Solver(model), index=index, articles=tables.articles)
    blend = BlendedTaste(catalogue=catalogue, taste=taste_of(catalogue.solver, "3"), weight=1.0)
    expected = blend.recommend(10)
    assert shown(app)["title"].tolist() == expected["title"].tolist()
    place = expected["item_id"].tolist().index("new")
    assert shown(app)["readers"].iloc[place] == 0 and shown(app)["content"].iloc[place] == 100
    assert "1 article has no readers yet" in said(app)
    assert "Why we recommend** Title anew" in said(app)
    score = blend.contributions(["new"])["contribution"].sum()
    assert score == pytest.approx(expected["score"].iloc[place], abs=1e-9)
    assert f"Score {score:.3f}: the sum of what" in said(app)
    app.number_input(key="diversity").set_value(0.5)
    assert "Similarity within the list" in said(fine(app.run()))


def test_dates_of_any_age_can_be_asked_for(app):
    rows = [f"{86_400 * 365 * place},CONTENT SHARED,{place},HTML,,Year {place},en"
            for place in range(10)]  # fmt: skip
    bring(app, articles_csv(*rows), SMALL[1])
    press(app, "Use this data")
    data = app.session_state.workspace.data.fingerprint
    fine(go(app, "people", data=data, strengths="VIEW=1,CLAP=2", user="3"))
    for edge in ("since", "until"):
        field = app.date_input(key=edge)
        assert (field.min, field.max) == (date(1970, 1, 1), date(1978, 12, 30))
    app.toggle(key="read").set_value(True)
    app.date_input(key="since").set_value(date(1972, 1, 1))
    app.date_input(key="until").set_value(date(1973, 1, 1))
    fine(app.run())
    assert set(shown(app)["title"]) == {"Year 2", "Year 3"}
    what = "including articles already read; shared since 1972-01-01; shared until 1973-01-01"
    assert f"**Options:** {what}." in said(app)


def test_what_is_set_behind_the_closed_button_stands_beside_the_list(app, sample_tables):
    fine(go(app, "people", data=sample_tables.fingerprint))
    assert "**Options:**" not in said(app)
    app.multiselect(key="languages").set_value(["pt"])
    app.number_input(key="novelty").set_value(0.5)
    app.number_input(key="diversity").set_value(0.3)
    fine(app.run())
    what = "Less popular articles 0.50; More variety 0.30; only language pt"
    assert f"**Options:** {what}." in said(app)


def test_of_many_excluded_articles_the_first_are_named(app, solver, sample_tables):
    items = solver.model.items.iloc[:8]
    query = {"exclude": links.write_ids([*items["item_id"], "strange"])}
    fine(go(app, "people", data=sample_tables.fingerprint, **query))
    named = "; ".join(items["title"].iloc[:5])
    assert f"Never recommended: {named} and 4 more." in said(app)
    assert "Excluded, but not in this data: strange." in said(app)


def test_an_excluded_article_that_the_data_has_not_is_said(app, solver, sample_tables):
    best = recommend(solver, str(solver.model.user_ids[5]), 11)
    fine(
        go(
            app, "people", data=sample_tables.fingerprint, user=str(solver.model.user_ids[5]),
            exclude=links.write_ids(["a,b", best["item_id"].iloc[0]]),
        )
    )  # fmt: skip
    assert "Excluded, but not in this data: a,b" in said(app)
    assert shown(app)["title"].tolist() == best["title"].tolist()[1:]


def test_reasons_by_topic_and_only_some_topics(app, start, start_model, sample_tables):
    fine(go(app, "people"))
    user = readable_person(start_model)
    _, names = made(background.topics_of(start_model, sample_tables))
    item = recommend(start, user, 1)["item_id"].iloc[0]
    app.radio(key="reasons").set_value("By topic")
    fine(app.run())
    expected = by_topic(contributions(start, user, [item]), names)
    table = next(f.value for f in tables(app) if "contribution" in f.value)
    assert table["topic"].tolist() == expected["topic"].tolist()
    assert table["contribution"].sum() == pytest.approx(
        recommend(start, user, 1)["score"].iloc[0], abs=1e-9
    )
    one = names[recommend(start, user, 3)["item_id"].iloc[2]]
    app.query_params["topics"] = one
    fine(app.run())
    allowed = frozenset(item for item, name in names.items() if name == one)
    kept = recommend(start, user, 10, Limits(only=allowed))["title"].tolist()
    assert shown(app)["title"].tolist() == kept


def test_recommendations_say_how_many_models_make_them(app, start, start_model):
    fine(go(app, "people"))
    seeds = made(background.seeds_of(start_model))
    fine(app.run())
    user = readable_person(start_model)
    allowed = ~start_model.items["removed"].to_numpy(dtype=bool)
    allowed[taste_of(start, user).items] = False
    expected = person_stability(
        seeds, start_model, user_position(start_model, user), recommend(start, user, 10), allowed
    )
    assert [int(text.split()[-3]) for text in shown(app)["seen_by"]] == expected["seen_by"].tolist()
    assert f"{expected['stability'].mean():.0%} of these articles among its 10" in said(app)
    app.number_input(key="novelty").set_value(0.5).run()
    assert "seen_by" not in shown(fine(app))


def test_what_has_no_title_says_so_in_every_table(app):
    articles = articles_csv(*(f"1,CONTENT SHARED,{i},HTML,,,en" for i in range(10)))
    views = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(app, articles, events_csv(*views))
    press(app, "Use this data")
    fine(go(app, "people"))
    with_titles = [frame.value for frame in tables(app) if "title" in frame.value]
    fine(go(app, "compare"))
    app.session_state["compare-what"] = "One article"
    fine(app.run())
    with_titles += [frame.value for frame in tables(app) if "change" in frame.value]
    assert len(with_titles) >= 4  # recommended, read, reasons, changes
    assert all(table["title"].str.startswith("(no title) ").all() for table in with_titles)


def test_a_limit_of_a_link_that_the_data_does_not_know_is_said(app, sample_tables):
    query = {"languages": ["pt", "xx"], "topics": "*x*", "since": "1990-01-01", "until": "x"}
    fine(go(app, "people", data=sample_tables.fingerprint, **query))
    days = "but the articles here are from 2025-01-01 to 2025-12-11. It is left out."
    assert left_out(app) == [
        "The link asks for the language xx, which this data does not have. It is left out.",
        "The link asks for the topic *x*, which this model does not have. It is left out.",
        f"The link asks for the day 1990-01-01, {days}",
        f"The link asks for the day x, {days}",
    ]
    assert {name: app.query_params[name] for name in query if name in app.query_params} == {
        "languages": "pt"
    }


def reader_of_many(model):
    """Somebody who read more than is shown article by article at first."""
    return str(people(model, 1)["user_id"].iloc[0])


def test_of_somebody_who_read_much_the_topics_come_first_and_open(app, solver, sample_tables):
    user = reader_of_many(solver.model)
    fine(go(app, "people", data=sample_tables.fingerprint, user=user))
    made(background.topics_of(solver.model, sample_tables))
    fine(app.run())
    assert app.radio(key="reasons").value == "By topic" and "reasons" not in app.query_params
    lines = [box.label for box in app.expander if " article" in box.label]
    sums = [float(re.search(r"[+-][0-9.]+", line).group()) for line in lines]
    best = recommend(solver, user, 1)
    assert sum(sums) == pytest.approx(best["score"].iloc[0], abs=0.0005 * len(sums))
    adds = [value >= 0 for value in sums if abs(value) >= 0.001]
    others = next((place for place, line in enumerate(lines) if "other topic" in line), None)
    assert others is not None or sorted(adds, reverse=True) == adds
    counts = [int(re.search(r"· ([0-9,]+) article", line).group(1)) for line in lines]
    assert sum(counts) == len(taste_of(solver, user).items)
    app.radio(key="reasons").set_value("By article")
    fine(app.run())
    assert app.query_params["reasons"] == "By article"
    assert not [box for box in app.expander if " article" in box.label]
    fine(go(app, "people", data=sample_tables.fingerprint, user=user, reasons="By topic"))
    assert app.radio(key="reasons").value == "By topic"
