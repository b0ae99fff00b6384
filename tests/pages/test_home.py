"""Home: one real answer, and the way back."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from recsys.neighbours.example import example_item
from recsys.neighbours.read_together import evidence
from recsys.neighbours.similarity import similar_items
from tests.pages.driving import SMALL, bring, fine, go, press, said, settle, tables, unescaped
from ui.home.answer import evidence_in_words
from ui.session import links


def home(app: AppTest) -> AppTest:
    return fine(app.switch_page("app.py").run())


def ways(app: AppTest) -> dict[str, dict[str, str]]:
    """The links of the page itself, by their words, with the article or reader they lead to."""
    found = {}
    for link in app.main.get("page_link"):
        query = dict(part.split("=", 1) for part in link.proto.query_string.split("&") if part)
        found[unescaped(link.proto.label)] = query
    return found


def test_home_shows_an_article_whose_neighbours_share_many_of_its_readers(app, start_model):
    settle(fine(app.run()))
    item = example_item(start_model)
    place = start_model.positions[item]
    expected = similar_items(start_model, item, 5)
    assert unescaped(app.main.header[0].value) == f"Similar to “{start_model.labels[place]}”"
    assert tables(app)[0].value["title"].tolist() == expected["title"].tolist()
    table = evidence(start_model, item, expected)
    words = evidence_in_words(table, int(start_model.readers[place]))
    assert re.search(
        re.escape(words) + r" (All 5 models agree|At least [34] of 5 models find each)\.", said(app)
    )  # the other models agree


def test_home_counts_what_is_there(app, sample_tables, start_model):
    fine(app.run())
    read = len(start_model.items)
    assert read < len(sample_tables.articles)
    assert f"{len(sample_tables.articles):,} articles, {read:,} of them read" in said(app)


@pytest.mark.nothing_trained
def test_home_has_an_answer_while_other_models_are_trained_and_where_titles_are_missing(
    app, hold_up
):
    hold_up("train_ensemble")
    bring(app, *SMALL)
    press(app, "Use this data")
    home(app)
    assert app.main.header[0].value.startswith("Similar to “")
    assert "5 models" not in said(app)


def test_who_comes_back_goes_on_where_they_were(app, start_model):
    assert "Continue where you were" not in said(fine(app.run()))
    here = app.session_state.workspace
    item, user = start_model.items["item_id"].iloc[7], str(start_model.user_ids[3])
    fine(go(app, "similar", **links.write(here, item)))
    fine(go(app, "people", **links.write(here, user=user)))
    found = ways(home(app))
    assert found[start_model.labels[7]]["item"] == item
    assert found[f"Reader {user[:23]}…" if len(user) > 24 else f"Reader {user}"]["user"] == user


def test_an_address_leads_back_as_well_and_what_is_unknown_leads_nowhere(app, start_model):
    item = start_model.items["item_id"].iloc[7]
    app.query_params["item"], app.query_params["user"] = item, "nobody"
    found = ways(fine(app.run()))
    assert found[start_model.labels[7]]["item"] == item
    assert not [label for label in found if label.startswith("Reader ")]
