"""*Use this in a notebook*: running the lines gives the table that the page shows."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from recsys.columns import Col
from recsys.formats import Source
from tests.conftest import articles_csv, events_csv
from tests.pages.driving import SMALL, bring, fine, go, press, said, settle, tables
from ui.parts.notebook import call
from ui.parts.widgets import SMALLEST

DATA = {"strengths": "VIEW=1,CLAP=3;scale=log2", "factors": "6", "iterations": "7", "alpha": "9.5"}


def lines_on(app: AppTest) -> str:
    """The lines for a notebook; those that load a model that is downloaded are fewer."""
    return max((box.value for box in app.code if box.language == "python"), key=len)


def run(code: str) -> pd.DataFrame:
    """The table that the lines end with, run as a person would."""
    names: dict = {}
    exec(compile(code, "notebook", "exec"), names)
    assert code.splitlines()[-1] == "table"
    return names["table"]


def same(found: pd.DataFrame, shown: pd.DataFrame) -> None:
    """Each column that both have is the same; the screen shows shares in percent."""
    # The page shows the part of a score that text gives, the library the weight that text has.
    both = [name for name in found if name in shown and name != Col.CONTENT]
    assert len(both) > 1 and len(found) == len(shown) > 0
    shares = [name for name in (Col.JACCARD, Col.KEPT, Col.NOISE) if name in both]
    shown = shown.assign(**{name: shown[name] / 100 for name in shares})
    if "seen_by" in both:
        counts = shown["seen_by"].str.extract(r"(\d) of 5", expand=False).astype(int)
        shown = shown.assign(seen_by=counts)
    if "score" in both:  # the screen shows no "-0.000"
        found = found.assign(score=found["score"].where(found["score"].abs() >= SMALLEST, 0))
    titled = found["title"].str.strip() != ""
    assert (found["title"] == shown["title"])[titled].all()
    both.remove("title")
    pd.testing.assert_frame_equal(
        found[both].reset_index(drop=True), shown[both].reset_index(drop=True), check_dtype=False
    )


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The folder of the notebook, with the two files in it."""
    monkeypatch.chdir(tmp_path)
    for source in SMALL:
        (tmp_path / source.name).write_bytes(source.data)
    return tmp_path


@pytest.fixture
def small(app, beside):
    fine(press(bring(app, *SMALL), "Use this data"))
    return app.session_state.workspace.data.whole.fingerprint


def slow(*queries: dict[str, str]) -> list:
    """More of the same kind, for `make test-slow` and CI."""
    return [pytest.param(query, marks=pytest.mark.slow) for query in queries]


SIMILAR = [
    {},
    {"content": "0.6", "removed": "true"},
    *slow(
        {"agreed": "true", "n": "4"},
        {"content": "0.3", "near-both": "1", "near-titled": "true"},
        {"with": "2,7", "near-readers": "2"},
        {"filter": "min_user=3,event=VIEW", "n": "5"},
    ),
]


@pytest.mark.parametrize("query", SIMILAR, ids=str)
def test_the_neighbours(app, small, query):
    data = DATA if "filter" not in query else DATA | {"strengths": "VIEW=2"}
    shown = {"columns": ["Similarity", "Readers of both", "Text", "Repeats", "Lift", "Overlap"]}
    settle(fine(go(app, "similar", data=small, item="4", **{**data, **shown, **query})))
    code = lines_on(app)
    assert "'i.csv'" in code and "Put a.csv and i.csv in the notebook's folder" in said(app)
    same(run(code), tables(app)[0].value)


def test_the_neighbours_of_an_article_that_nobody_has_read(app, beside):
    articles = articles_csv(
        *(f"1,CONTENT SHARED,{i},,,About {i} foxes and hens,en" for i in range(9))
    )
    events = events_csv(*(f"1,VIEW,{i},{u}" for u in range(8) for i in range(8) if (i + u) % 3))
    for source in (articles, events):
        (beside / source.name).write_bytes(source.data)
    fine(press(bring(app, articles, events), "Use this data"))
    data = app.session_state.workspace.data.whole.fingerprint
    settle(fine(go(app, "similar", data=data, item="8")))
    assert "Nobody has read this article yet" in said(app)
    same(run(lines_on(app)), tables(app)[0].value)


PEOPLE = [
    {"user": "3", "read": "true", "languages": "en", "exclude": "1,2"},
    {"reader": "CLAP:3,VIEW:4", "since": "1970-01-01"},
    *slow(
        {"user": "3"},
        {"user": "5", "diversity": "0.5", "novelty": "0.25"},
        {"user": "5", "content": "0.5", "diversity": "0.5"},
        {"reader": "VIEW:1", "content": "1.0"},
    ),
]


@pytest.mark.parametrize("query", PEOPLE, ids=str)
def test_the_recommendations(app, small, query):
    settle(fine(go(app, "people", data=small, n="3", **DATA, **query)))
    (shown,) = [one.value for one in tables(app) if "rank" in one.value][:1]
    same(run(lines_on(app)), shown)


@pytest.mark.slow
def test_recommendations_of_topics_in_the_sample(app, start_topics):
    topic = start_topics.names[0]
    settle(fine(go(app, "people", topics=topic, n="5")))
    code = lines_on(app)
    assert "recsys.sample_tables()" in code and "in the notebook's folder" not in said(app)
    assert f"topics = ({topic!r},)" in code
    (shown,) = [one.value for one in tables(app) if "rank" in one.value][:1]
    same(run(code), shown)


@pytest.mark.parametrize("kind", ["All articles", "One article", "One reader"])
def test_a_comparison(app, small, kind):
    query = {"compare-what": kind, "item": "4", "user": "3", "n": "4"}
    settle(fine(go(app, "compare", data=small, **DATA, **query)))
    code, table = lines_on(app), tables(app)[0].value
    found = run(code)
    if kind == "All articles":
        names: dict = {}
        exec(code, names)
        assert names["found"].sentence in [box.value.replace("\\", "") for box in app.info]
        found = found.head(len(table))
        same(found, table)
    else:
        assert set(table["item_id"] if "item_id" in table else table["title"])
        assert len(found) == len(table)


def test_what_a_training_gave(app, small):
    settle(fine(go(app, "similar", data=small, **DATA)))
    settle(fine(go(app, "train")))
    code = lines_on(app)
    shown = [one.value for one in tables(app) if "rank" in one.value][-1]
    same(run(code), shown)


def test_other_columns_are_named(app, beside):
    rows = [f"{u};{i};{3 + (u + i) % 3}" for u in range(12) for i in range(10) if (u + 2 * i) % 5]
    text = "\n".join(["person;article;rating", *rows])
    (beside / "ratings.csv").write_text(text)
    bring(app, Source(name="ratings.csv", data=text.encode()))
    fine(press(app, "Read with these columns"))
    fine(press(app, "Use this data"))
    data = app.session_state.workspace.data.fingerprint
    query = {"data": data, "strengths": "rating=1;threshold=4", "factors": "4", "item": "2"}
    settle(fine(go(app, "similar", n="3", **query)))
    code = lines_on(app)
    assert "'person'" in code and "None" in code and "threshold=4" in code
    same(run(code), tables(app)[0].value)


def test_what_was_said_of_the_cells_is_named(app, beside):
    rows = [f"{u};{i};{(u + i) % 3}" for u in range(12) for i in range(10) if (u + 2 * i) % 5]
    text = "\n".join(["person;article;rating", *rows])
    (beside / "ratings.csv").write_text(text)
    bring(app, Source(name="ratings.csv", data=text.encode()))
    press(app, "Read with these columns")
    fine(press(app, "Leave zeros out (not rated)"))
    fine(press(app, "Use this data"))
    data = app.session_state.workspace.data.fingerprint
    query = {"data": data, "strengths": "rating=1", "factors": "4", "item": "2"}
    settle(fine(go(app, "similar", n="3", **query)))
    code = lines_on(app)
    assert "rules=recsys.CellRules(zeros='left out')" in code
    same(run(code), tables(app)[0].value)


def test_names_of_files_and_ids_are_text_and_nothing_else():
    hostile = "a'); import os; os.remove('x') #\n.csv"
    assert eval(call("f", repr(hostile)).removeprefix("recsys.f")) == hostile
    assert call("f", "x" * 50, "y" * 50) == f"recsys.f(\n    {'x' * 50},\n    {'y' * 50},\n)"
