"""A new reader on the Readers page: put together click by click, and taken along in links."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from recsys.formats.source import Source
from recsys.recommendations.explain import fold_in
from recsys.recommendations.next_reads import recommend, strengths_of
from recsys.recommendations.starters import starters
from recsys.recommendations.why_not import why_not_recommended
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from tests.conftest import ROOT, events_csv
from tests.pages.driving import SMALL, bring, choose, fine, go, made, press, said, tables
from tests.pages.test_people_page import shown, with_unread
from ui.frame import background
from ui.session import links
from ui.text import WORD_JOINER, plain


def test_a_new_reader_gets_recommendations_at_once(app, start):
    go(app, "people")
    app.radio(key="whom").set_value("New reader").run()
    assert "Click articles that this reader has read" in said(fine(app))
    items = start.model.items["item_id"].iloc[[3, 40]].tolist()
    clicks = (("LIKE", items[0]), ("VIEW", items[1]))
    app.query_params["reader"] = links.write_clicks(clicks)
    fine(app.run())
    taste = fold_in(
        start, strengths_of(start.model, [(items[0], "LIKE", 1.0), (items[1], "VIEW", 1.0)])
    )
    expected = recommend(start, taste, 10)["title"].tolist()
    shown = [f.value for f in tables(app) if "score" in f.value]
    assert any(table["title"].tolist() == expected for table in shown)


def test_what_nobody_has_read_says_so_in_a_new_reader(app):
    here = with_unread(app)
    fine(go(app, "people", data=here.data.fingerprint, reader="VIEW:new"))
    assert "Nobody has read this article yet, so it does not count" in said(app)
    fine(go(app, "people", data=here.data.fingerprint, reader="VIEW:new,VIEW:3"))
    assert "Nobody has read this article yet" in said(app) and "Read so far: 1 article**" in said(
        app
    )


def test_a_link_opens_the_same_new_reader_elsewhere(app, solver, sample_tables):
    items = solver.model.items["item_id"].iloc[[3, 40, 77]].tolist()
    clicks = (("LIKE", items[0]), ("VIEW", items[1]), ("FOLLOW", items[2]))
    taste = fold_in(
        solver, strengths_of(solver.model, [(item, kind, 1.0) for kind, item in clicks])
    )
    best = recommend(solver, taste, 12)
    excluded = tuple(best["item_id"][[0, 3]])
    query = {"reader": links.write_clicks(clicks), "exclude": links.write_ids(excluded)}
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    fine(go(other, "people", data=sample_tables.fingerprint, n="7", **query))
    assert other.radio(key="whom").value == "New reader"
    assert shown(other)["title"].tolist() == best["title"].drop([0, 3]).tolist()[:7]
    assert "Never recommended: " in said(other)
    (link,) = [code.value for code in other.code if "reader=" in code.value]
    from_link = dict(parse_qsl(urlsplit(link).query))
    assert {name: from_link[name] for name in query} == query


def test_each_click_is_in_the_address_and_removing_takes_it_out(app, solver, sample_tables):
    items = solver.model.items["item_id"].iloc[[3, 40]].tolist()
    fine(
        go(app, "people", data=sample_tables.fingerprint, reader=f"VIEW:{items[0]},LIKE:{items[1]}")
    )
    app.button(key=f"drop-{items[0]}").click().run()
    assert app.query_params["reader"] == f"LIKE:{items[1]}"
    app.button(key=f"drop-{items[1]}").click().run()
    assert app.query_params["reader"] == "" and "Click one article or more" in said(fine(app))


@pytest.mark.parametrize("reader", ["VIEW:*nobody*", "{0}:*nobody*,VIEW:{1}", "CLAP:{1},VIEW:{0}"])
def test_what_a_link_has_that_the_data_has_not_is_said_and_the_rest_is_used(
    app, solver, sample_tables, reader
):
    items = solver.model.items["item_id"].iloc[[3, 40]].tolist()
    text = reader.replace("{0}:", "VIEW:").format(*items)
    fine(go(app, "people", data=sample_tables.fingerprint, reader=text))
    strange = "'CLAP' has no strength" if "CLAP" in text else "This data has no article '*nobody*'"
    assert strange in said(app)
    counted = [pair.split(":")[1] for pair in text.split(",") if "nobody" not in pair]
    counted = [item for item in counted if f"CLAP:{item}" not in text]
    if counted:
        taste = fold_in(solver, strengths_of(solver.model, [(counted[0], "VIEW", 1.0)]))
        assert shown(app)["title"].tolist() == recommend(solver, taste, 10)["title"].tolist()


def test_a_click_counts_where_only_ratings_from_a_threshold_on_do(app):
    rows = [f"{u},{i},{3 + (u + i) % 3}" for u in range(12) for i in range(10) if (u + 2 * i) % 5]
    text = "\n".join(["person,article,rating", *rows])
    bring(app, Source(name="ratings.csv", data=text.encode()))
    fine(press(app, "Read with these columns"))
    fine(press(app, "Use this data"))
    here = app.session_state.workspace
    assert here.weights.as_dict() == {"rating": 1.0}, said(app)
    query = {"data": here.data.fingerprint, "factors": "4", "iterations": "2"}
    fine(go(app, "people", reader="rating:3", strengths="rating=1;threshold=4", **query))
    assert "Read so far: 1 article**" in said(app)


def test_a_hostile_event_type_is_shown_as_it_is(app):
    kind = "![x](http://evil.example/x.png)"
    events = SMALL[1].data.decode().replace("VIEW", kind).splitlines()[1:]
    bring(app, SMALL[0], events_csv(*events))
    press(app, "Use this data")
    data = app.session_state.workspace.data.fingerprint
    strengths = EventWeights.of({kind: 1, "CLAP": 2}).as_text()
    fine(go(app, "people", data=data, reader="CLAP:3", strengths=strengths))
    assert app.selectbox(key="new-event").options == [plain(kind, 40), "CLAP"]


def test_a_click_of_a_type_that_ends_like_an_icon_is_shown_as_text(app):
    events = SMALL[1].data.decode().replace("VIEW", "VIEW:x").splitlines()[1:]
    bring(app, SMALL[0], events_csv(*events))
    press(app, "Use this data")
    data = app.session_state.workspace.data.fingerprint
    strengths = EventWeights.of({"VIEW:x": 1, "CLAP": 2}).as_text()
    fine(go(app, "people", data=data, reader="VIEW%3Ax:3", strengths=strengths))
    assert "Read so far: 1 article**" in said(app)
    (click,) = [text.value for text in app.markdown if text.value.startswith("VIEW")]
    assert click.startswith(plain("VIEW:x: ")) and WORD_JOINER in click


def test_an_event_type_of_strength_0_is_said_not_to_count(app, solver, sample_tables):
    items = solver.model.items["item_id"].iloc[[3, 40]].tolist()
    strengths = EventWeights.of({**DEFAULT_STRENGTHS, "LIKE": 0}).as_text()
    query = {"data": sample_tables.fingerprint, "strengths": strengths}
    query |= {"factors": "4", "iterations": "2"}
    fine(go(app, "people", reader=f"LIKE:{items[0]}", **query))
    assert "'LIKE' has no strength, so it does not count. Known: BOOKMARK" in said(app)
    fine(go(app, "people", reader=f"LIKE:{items[0]},VIEW:{items[1]}", **query))
    assert "'LIKE' has no strength" in said(app) and "Read so far: 1 article**" in said(app)


@pytest.mark.parametrize("reader", ["VIEW", "VIEW:1:2", ",".join(f"VIEW:{i}" for i in range(300))])
def test_a_reader_that_cannot_be_read_is_said_and_the_menu_leads_out(app, sample_tables, reader):
    go(app, "people", data=sample_tables.fingerprint, reader=reader)
    assert not app.exception and "reader in the address" in said(app)
    assert "reader=" not in people_in_the_menu(fine(go(app, "similar")))


def people_in_the_menu(app):
    (link,) = [link.proto for link in app.get("page_link") if link.proto.label == "Readers"]
    return link.query_string


def test_other_pages_lead_back_to_the_new_reader_and_what_is_excluded(app, solver, sample_tables):
    items = solver.model.items["item_id"].iloc[[3, 40]].tolist()
    query = {"reader": f"VIEW:{items[0]}", "exclude": items[1]}
    fine(go(app, "people", data=sample_tables.fingerprint, **query))
    fine(go(app, "similar"))
    led = dict(parse_qsl(people_in_the_menu(app)))
    assert {name: led[name] for name in query} == query
    fine(go(app, "people", **led))
    app.radio(key="whom").set_value("Reader in the data").run()
    assert "reader" not in app.query_params and app.query_params["exclude"] == items[1]
    app.radio(key="whom").set_value("New reader").run()
    assert app.query_params["reader"] == query["reader"]
    assert "New reader" in said(fine(app))


def test_a_new_reader_begins_with_articles_of_all_topics_to_click(app, solver, sample_tables):
    fine(go(app, "people", data=sample_tables.fingerprint, reader=""))
    _, names = made(background.topics_of(solver.model, sample_tables))
    fine(app.run())
    expected = starters(solver.model, names, 20)
    first = next(one for one in tables(app) if one.key.startswith("starters"))
    assert first.value["title"].tolist() == expected["title"].tolist()
    item = expected["item_id"].iloc[4]
    fine(choose(app, item, first))
    assert app.query_params["reader"] == f"VIEW:{item}"
    left = next(one for one in tables(app) if one.key.startswith("starters"))
    assert left.value["title"].tolist() == expected["title"].drop(4).tolist()
    taste = fold_in(solver, strengths_of(solver.model, [(item, "VIEW", None)]))
    assert shown(app)["title"].tolist() == recommend(solver, taste, 10)["title"].tolist()


def test_what_would_bring_an_article_in_is_done_by_a_click(app, solver, sample_tables):
    items = solver.model.items["item_id"].iloc[[3, 40]].tolist()
    strengths = strengths_of(solver.model, [(item, "VIEW", None) for item in items])
    taste = fold_in(solver, strengths)
    for rank in range(11, 40):
        item = recommend(solver, taste, rank)["item_id"].iloc[-1]
        found = why_not_recommended(solver, taste, item)
        more = found.changes.table[found.changes.table["event_type"] != ""]
        if len(more):
            break
    clicks = links.write_clicks(tuple(("VIEW", one) for one in items))
    fine(go(app, "people", data=sample_tables.fingerprint, reader=clicks, whynot=item))
    table = next(one for one in tables(app) if (one.key or "").startswith("whynot-more"))
    added = more.iloc[0]
    fine(choose(app, added["item_id"], table))
    wanted = (added["event_type"], added["item_id"])
    assert wanted in links.read_clicks(app.query_params["reader"])
    assert item in [name for one in tables(app) if one.spec for name, _ in one.spec["rows"]]
    assert "It is in the list: number" in said(app)
