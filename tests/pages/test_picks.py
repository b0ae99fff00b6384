"""Picks on Similar articles: chosen, put in order, undone, handed over."""

import io

import pandas as pd
import pytest

from recsys.picks.decisions import Decision
from recsys.storage.rule_store import RuleStore
from tests.pages.driving import downloads, fine, go, press, said, take
from ui.session import decisions
from ui.similar import picks


@pytest.fixture
def ids(app, sample_tables, sample_model):
    """The three articles that the page offers first, with the page open."""
    fine(go(app, "similar", data=sample_tables.fingerprint, item=sample_model.items["item_id"][12]))
    return offered(app)[:3]


def offered(app):
    return [b.key.removeprefix("pick-in-") for b in app.button if b.key.startswith("pick-in-")]


def picked(app):
    return [b.key.removeprefix("pick-out-") for b in app.button if b.key.startswith("pick-out-")]


def click(app, key):
    return fine(app.button(key=key).click().run())


def test_articles_are_picked_put_in_order_taken_out_and_undone(app, ids):
    for item in ids:
        click(app, f"pick-in-{item}")
    assert picked(app) == ids and "3 articles picked" in said(app)
    assert not set(ids) & set(offered(app))
    click(app, f"pick-up-{ids[2]}")
    assert picked(app) == [ids[0], ids[2], ids[1]]
    click(app, f"pick-down-{ids[0]}")
    assert picked(app) == [ids[2], ids[0], ids[1]]
    click(app, f"pick-out-{ids[0]}")
    click(app, "picks-undo")
    assert picked(app) == [ids[2], ids[0], ids[1]]
    click(app, "picks-clear")
    assert picked(app) == [] and "Nothing picked yet" in said(app)
    click(app, "picks-undo")
    assert picked(app) == [ids[2], ids[0], ids[1]]
    links = app.code[0].value
    assert links.startswith("<ul>") and links.count("<li>") == 3


def test_any_article_can_be_added_by_search(app, ids, sample_model):
    other = sample_model.items["item_id"].iloc[-1]
    app.text_input(key="picks-words").set_value(other)
    fine(app.run())
    click(app, f"pick-in-{other}")
    assert picked(app) == [other]


def test_picks_belong_to_their_article(app, ids, sample_tables, sample_model):
    click(app, f"pick-in-{ids[0]}")
    other = sample_model.items["item_id"][30]
    fine(go(app, "similar", data=sample_tables.fingerprint, item=other))
    assert picked(app) == []
    fine(go(app, "similar", data=sample_tables.fingerprint, item=sample_model.items["item_id"][12]))
    assert picked(app) == [ids[0]]


def test_with_kept_data_everybody_sees_them_with_the_name(app, ids, monkeypatch, own_store):
    monkeypatch.setattr(decisions, "shared", lambda data: True)
    fine(app.run())
    app.text_input(key="picks-who").set_value("Ann *b*")
    click(app, f"pick-in-{ids[0]}")
    here = app.session_state.workspace.data
    store = RuleStore(folder=own_store / "data")
    item = app.session_state.item
    (entry,) = store.read(here.whole.fingerprint).entries
    assert entry.others == (ids[0],) and entry.who == "Ann *b*"
    # Somebody else adds one meanwhile: nothing is lost.
    store.change(
        here.whole.fingerprint,
        lambda rules: [Decision(kind="picks", item=item, others=(*rules.picks_of(item), ids[1]))],
    )
    click(app, f"pick-in-{ids[2]}")
    assert picked(app) == ids
    path = own_store / "data" / f"{here.whole.fingerprint}.rules.jsonl"
    path.write_bytes(path.read_bytes() + b"{\n")
    assert "cannot be read and do not count: 4" in said(fine(app.run()))
    path.unlink()
    path.mkdir()
    app.run()
    assert "cannot be read" in said(app) and not app.exception
    press(app, "Clear") if picked(app) else None


def test_the_files_hold_the_article_asked_about_and_addresses(
    app, ids, sample_tables, sample_model
):
    for item in ids[:2]:
        click(app, f"pick-in-{item}")
    fine(app.run())
    keys = {one.label: one.key for one in downloads(app)}

    def file(label):
        return io.BytesIO(take(app, keys[label])[1])

    taken = pd.read_csv(file("CSV of the picks"))
    assert taken["Article id"].tolist() == [f"id:{item}" for item in ids[:2]]
    urls = sample_tables.articles.set_index("item_id")["url"]
    assert taken["Address"].tolist() == [urls[item] for item in ids[:2]]
    assert set(taken["Its id"]) == {f"id:{sample_model.items['item_id'][12]}"}
    whole = pd.read_csv(file("CSV"))
    assert len(whole) == 10 and {"Below this article", "Similarity", "Address"} <= set(whole)
    machine = pd.read_parquet(file("Parquet"))
    assert {"about_item_id", "url", "item_id", "score"} <= set(machine)


def test_a_pick_that_the_table_does_not_show_has_no_figures(sample_tables):
    found = pd.DataFrame({"rank": [1], "item_id": ["x"], "title": ["X"], "score": [0.5]})
    rules = decisions.Rules().add(Decision(kind="picks", item="q", others=("y", "x")))
    table = picks.picked_table(picks.Picks(data=None, item="q", rules=rules), sample_tables, found)
    assert table["item_id"].tolist() == ["y", "x"] and table["rank"].tolist() == [1, 2]
    assert table["score"].isna().tolist() == [True, False]
