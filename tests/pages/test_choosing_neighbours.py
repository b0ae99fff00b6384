"""Choosing among neighbours: evidence beside the list, limits, several articles, why not."""

import pytest

from recsys.columns import Col
from recsys.neighbours import similar_items
from recsys.pairs import LEAST_FAIR
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import (
    SMALL,
    bring,
    choose,
    fine,
    go,
    made,
    press,
    said,
    tables,
    unescaped,
)
from ui.frame import background


@pytest.fixture
def item(sample_model):
    return sample_model.items["item_id"].iloc[12]


@pytest.fixture
def seldom(sample_model):
    """The least-read article."""
    return sample_model.items["item_id"].iloc[int(sample_model.readers.argmin())]


def near(app):
    return next(table for table in tables(app) if "rank" in table.value)


def ids(app) -> list[str]:
    return [item for item, _ in near(app).spec["rows"]]


def labels(app) -> list[str]:
    return [unescaped(button.label) for button in app.button]


def asked(app, name: str) -> list[str]:
    value = app.query_params.get(name, [])
    return [value] if isinstance(value, str) else value


def test_the_first_row_is_shown_beside_the_list_on_arrival(app, sample_model, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    first = similar_items(sample_model, item, 1).iloc[0]
    assert near(app).spec["chosen"] == first["item_id"] == ids(app)[0]
    readers = sample_model.readers[sample_model.positions[item]]
    assert f"{first['readers_of_both']} of the {readers} readers of" in said(app)
    assert asked(app, "pair") == []


def test_choosing_a_row_shows_it_and_a_second_step_opens_it(app, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    before = ids(app)
    fine(choose(app, before[3], near(app)))
    assert ids(app) == before and near(app).spec["chosen"] == before[3]
    assert asked(app, "item") == [item] and asked(app, "pair") == [before[3]]
    title = near(app).value["title"].iloc[3]
    assert f"**4. {title}**" in said(app)
    fine(press(app, "Open this article"))
    assert asked(app, "item") == [before[3]] and asked(app, "pair") == []


def test_the_way_back_from_another_page_leads_to_the_same_row(app, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    row = ids(app)[2]
    fine(choose(app, row, near(app)))
    fine(go(app, "map", data=sample_tables.fingerprint, item=item))
    (link,) = [link for link in app.get("page_link") if link.proto.label == "Similar articles"]
    assert f"pair={row}" in link.proto.query_string


def test_few_readers_are_said_under_the_title_and_the_text_is_one_click_away(
    app, sample_model, sample_tables, seldom
):
    readers = sample_model.readers.min()
    assert readers < LEAST_FAIR
    fine(go(app, "similar", data=sample_tables.fingerprint, item=seldom))
    assert f"Only {readers} reader" in said(app) and ": a guess." in said(app)
    fine(press(app, "Also use the text"))
    assert app.number_input(key="content").value == 0.5 and Col.CONTENT in near(app).value
    fine(press(app, "Stop using the text"))
    assert app.number_input(key="content").value == 0.0 and Col.CONTENT not in near(app).value


def test_many_readers_are_no_guess(app, sample_tables):
    fine(go(app, "similar", data=sample_tables.fingerprint))
    assert "a guess" not in said(app) and "Also use the text" not in labels(app)


def test_rows_of_few_readers_of_both_stand_back(app, sample_tables, seldom):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=seldom))
    table = near(app)
    assert table.spec["faint"] == ids(app)
    assert (table.value["readers_of_both"] < LEAST_FAIR).all()
    assert f"**Evidence:** {len(ids(app))} thin (grey)." in said(app)


def test_the_columns_begin_with_those_that_decide_and_can_be_chosen(
    app, sample_model, sample_tables, seldom
):
    made(background.seeds_of(sample_model))
    fine(go(app, "similar", data=sample_tables.fingerprint, item=seldom))
    begin = ["rank", "title", "score", "readers_of_both", "evidence"]
    assert list(near(app).value) == begin
    (columns,) = [field for field in app.multiselect if field.key == "columns"]
    columns.set_value(["Evidence", "Repeats", "Lift"])
    fine(app.run())
    assert list(near(app).value) == ["rank", "title", "evidence", "seen_by", "lift"]
    assert near(app).value["seen_by"].str.contains(r" of 5 \(\d readers?\)").all()


def test_limits_hold_for_the_list_are_counted_and_lifted(app, sample_model, sample_tables, item):
    query = {"data": sample_tables.fingerprint, "item": item}
    fine(go(app, "similar", **query, **{"near-language": "pt"}))
    languages = sample_model.items.set_index("item_id")["language"]
    assert set(languages[ids(app)]) == {"pt"}
    whole = similar_items(sample_model, item, 1000)
    last = whole.set_index("item_id")["rank"][ids(app)[-1]]
    assert f"**{last - len(ids(app))} left out:** not in the chosen language." in said(app)
    fine(press(app, "Language: pt"))
    assert ids(app) == whole["item_id"].tolist()[:10] and "left out" not in said(app)


def test_limits_are_kept_from_article_to_article_and_over_other_pages(app, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    app.toggle(key="near-titled").set_value(True)
    app.number_input(key="near-both").set_value(2)
    fine(app.run())
    fine(press(app, "Open this article"))
    assert {"With a title", "At least 2 readers of both"} <= set(labels(app))
    fine(go(app, "map", data=sample_tables.fingerprint))
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    assert {"With a title", "At least 2 readers of both"} <= set(labels(app))
    fine(press(app, "Remove all"))
    assert "With a title" not in labels(app)
    fine(go(app, "map", data=sample_tables.fingerprint))
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    assert "With a title" not in labels(app)


def test_limits_that_leave_nothing_say_so(app, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item, **{"near-both": "9999"}))
    assert "**No similar article.**" in said(app)
    assert "The limits leave out all similar articles. Remove one." in said(app)


@pytest.mark.parametrize("way", [{}, {"agreed": "true"}, {"content": "0.6"}])
def test_limits_hold_whichever_way_neighbours_are_ranked(
    app, sample_model, sample_tables, item, way
):
    made(background.seeds_of(sample_model))
    query = {"data": sample_tables.fingerprint, "item": item, "near-readers": "20", **way}
    fine(go(app, "similar", **query))
    positions = [sample_model.positions[one] for one in ids(app)]
    assert len(positions) == 10 and (sample_model.readers[positions] >= 20).all()


def test_several_articles_are_asked_about_together(app, sample_model, sample_tables):
    a, b, c = sample_model.items["item_id"].iloc[[12, 13, 14]]
    fine(go(app, "similar", data=sample_tables.fingerprint, item=a, **{"with": f"{b},{c}"}))
    assert "3 articles together" in said(app)
    assert not {a, b, c} & set(ids(app))
    assert "of the 3 articles** that you ask about together" in said(app)
    (chip,) = [button for button in app.button if button.key == f"without-{a}"]
    fine(chip.click().run())
    assert asked(app, "item") == [b] and asked(app, "with") == [c]
    (chip,) = [button for button in app.button if button.key == f"without-{b}"]
    fine(chip.click().run())
    assert asked(app, "item") == [c] and asked(app, "with") == []
    assert "articles together" not in said(app)


def test_an_article_is_added_by_a_search(app, sample_model, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    app.text_input(key="add-search").set_value("telescope").run()
    (found,) = [table for table in tables(app) if (table.key or "").startswith("add-search")]
    added = found.spec["rows"][0][0]
    fine(choose(app, added, found))
    assert asked(app, "with") == [added] and "2 articles together" in said(app)


def test_a_link_to_an_article_together_with_a_strange_one_says_so(app, sample_tables, item):
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item, **{"with": "strange"}))
    assert "The link also asks about strange, which this data does not have." in said(app)
    assert len(ids(app)) == 10


def test_why_an_article_is_not_in_the_list(app, sample_model, sample_tables, item):
    whole = similar_items(sample_model, item, 1000)
    missed = whole["item_id"].iloc[36]
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item, pair=missed))
    assert "**Not in the list.** It is number 37, similarity" in said(app)
    fine(press(app, "Show 37 articles"))
    assert ids(app)[-1] == missed and "Not in the list" not in said(app)


def test_the_limit_that_removes_an_article_is_lifted_beside_it(
    app, sample_model, sample_tables, item
):
    whole = similar_items(sample_model, item, 10)
    languages = sample_model.items.set_index("item_id")["language"]
    missed = next(one for one in whole["item_id"] if languages[one] != "pt")
    query = {"data": sample_tables.fingerprint, "item": item, "pair": missed}
    fine(go(app, "similar", **query, **{"near-language": "pt"}))
    assert "It is not in the chosen language: a limit leaves it out." in said(app)
    fine(press(app, "Remove “Language: pt”"))
    assert missed in ids(app) and "Not in the list" not in said(app)


def test_equal_rows_for_one_reader_are_said(app):
    rows = SMALL[0].data.decode().splitlines()[1:]
    events = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    names = ["lonely", "b", "c", "d"]
    bring(
        app,
        articles_csv(*rows, *(f"1,CONTENT SHARED,{one},HTML,,Only {one},en" for one in names)),
        events_csv(*events, *(f"1,VIEW,{one},hermit" for one in names)),
    )
    press(app, "Use this data")
    data = app.session_state.workspace.data.fingerprint
    fine(go(app, "similar", data=data, item="lonely"))
    assert "Numbers 1, 2 and 3 are equally similar because one reader read them all." in said(app)


def test_links_from_before_still_open(app, sample_tables, item):
    query = {"data": sample_tables.fingerprint, "item": item, "n": "5"}
    fine(go(app, "similar", **query, removed="true", evidence="false"))
    assert len(ids(app)) == 5 and "Include removed articles" in labels(app)
