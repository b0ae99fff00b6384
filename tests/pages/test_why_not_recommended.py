"""Readers: why an article is not recommended, and what would bring it in."""

from recsys.recommendations.explain import taste_of
from recsys.recommendations.next_reads import recommend
from recsys.recommendations.readers import readable_person
from recsys.recommendations.why_not import why_not_recommended
from tests.pages.driving import choose, fine, go, press, said, tables
from tests.pages.test_people_page import with_unread
from ui.session import links


def test_why_not_is_answered_and_is_in_the_address(app, solver, sample_tables):
    user = readable_person(solver.model)
    ranked = recommend(solver, user, 12)
    item, title = ranked[["item_id", "title"]].iloc[11]
    fine(go(app, "people", data=sample_tables.fingerprint, user=user))
    app.text_input(key="whynot-search").set_value(title).run()
    table = next(one for one in tables(app) if one.key.startswith("whynot-found"))
    fine(choose(app, item, table))
    assert app.query_params["whynot"] == item
    found = why_not_recommended(solver, user, item)
    assert f"number 12 of the {found.offered:,} that may be recommended" in said(app)
    assert f"{found.gap:.3f} below the last in the list ({found.last:.3f})" in said(app)
    changes = found.changes.table
    shown = [t for t in tables(app) if (t.key or "").startswith("whynot-more")]
    more = changes[changes["event_type"] != ""]
    assert [t.value["title"].tolist() for t in shown] == (
        [more["title"].tolist()[:10]] if len(more) else []
    )
    assert len(more) or "No single article would bring it in" in said(app)


def test_why_not_names_what_removes_it(app, solver, sample_tables):
    user = readable_person(solver.model)
    read = solver.model.items["item_id"].iloc[taste_of(solver, user).items[0]]
    third = recommend(solver, user, 3)["item_id"].iloc[2]
    query = {"data": sample_tables.fingerprint, "user": user}
    fine(go(app, "people", whynot=read, **query))
    assert "It is left out: this reader has already read it. Otherwise" in said(app)
    fine(go(app, "people", whynot=third, exclude=links.write_ids([third]), **query))
    assert "It is left out: you chose not to recommend it. Otherwise it would be" in said(app)
    app.button(key="whynot-allow").click().run()
    assert "It is in the list: number 3 of" in said(fine(app))
    assert "exclude" not in app.query_params
    go(app, "people", whynot="*nothing*", **query)
    assert not app.exception and "no article '*nothing*'" in said(app)


def test_why_not_of_an_article_that_nobody_read_leads_to_the_text(app):
    here = with_unread(app)
    fine(go(app, "people", data=here.data.fingerprint, user="3", whynot="new"))
    assert "Nobody has read it yet" in said(app)
    fine(press(app, "Also use the text"))
    assert app.number_input(key="content").value == 1.0
    assert "It is in the list" in said(app)
