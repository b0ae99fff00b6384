"""Tables of articles."""

import pandas as pd
import pytest

from ui.parts import table as tables
from ui.parts.widgets import article_table


@pytest.fixture
def sent(monkeypatch):
    """What is sent to the browser."""
    drawn = {}
    monkeypatch.setattr(tables, "_table", lambda **settings: drawn.update(settings["data"]))
    return drawn


def articles(**columns):
    rows = len(next(iter(columns.values())))
    ids = [f"id{n}" for n in range(rows)]
    return pd.DataFrame({"item_id": ids, "title": [f"Title {n}" for n in range(rows)], **columns})


def show(table, **settings):
    article_table(table, "table", lambda item: None, "Articles", name=None, **settings)


def test_what_is_missing_or_no_number_for_json_is_sent_as_nothing(sent):
    show(articles(lift=[1.5, float("nan")], jaccard=[0.25, float("inf")], match=["title", None]))
    assert sent["rows"] == [
        ["id0", ["Title 0", 1.5, 25.0, "title"]],
        ["id1", ["Title 1", None, None, None]],
    ]


def test_a_score_near_nothing_has_no_sign_and_the_bar_holds_all_scores(sent):
    show(articles(score=[1.5, -0.0001, -0.25]))
    assert [cells[1] for _, cells in sent["rows"]] == [1.5, 0.0, -0.25]
    (bar,) = [column for column in sent["columns"] if column["kind"] == "bar"]
    assert (bar["low"], bar["high"]) == (-0.25, 1.5)


def test_a_table_of_no_rows_still_has_its_head(sent):
    show(articles(score=[1.0]).head(0))
    assert not sent["rows"]
    assert [column["label"] for column in sent["columns"]] == ["Article", "Similarity"]


def test_what_has_no_title_says_so_and_an_unknown_column_is_shown(sent):
    table = articles(first_read=pd.to_datetime(["2026-01-02"]), count_of=[3], kept_out=[True])
    show(table.assign(title=""))
    assert sent["rows"] == [["id0", ["(no title) id0", "2026-01-02 00:00:00", 3, True]]]
    kinds = {column["label"]: column["kind"] for column in sent["columns"]}
    assert kinds == {
        "Article": "title", "First read": "text", "Count of": "number", "Kept out": "check",
    }  # fmt: skip


def test_buttons_are_there_where_picking_is_asked_for(sent):
    show(articles(readers=[1, 2]))
    assert "pick" not in [column["kind"] for column in sent["columns"]]
    show(articles(readers=[1, 2]), picked=["id1"], chosen="id0", faint={"id1"}, faint_help="Why")
    assert sent["columns"][-1]["kind"] == "pick" and sent["picked"] == ["id1"]
    assert (sent["chosen"], sent["faint"], sent["faint_help"]) == ("id0", ["id1"], "Why")
