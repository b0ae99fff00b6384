"""The Data page: files of any kind, and what the person says of them."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from recsys.dataset.filtered import apply_filter
from recsys.dataset.filters import Filter
from recsys.formats.source import Source
from tests.conftest import ML_100K, articles_csv, events_csv
from tests.pages.driving import SMALL, bring, downloads, fine, go, press, said, tables, take

WIDE = "\n".join(
    ["person,article,likes,views,shares"]
    + [f"u{u},i{i},{(u + i) % 3},{u * i},1" for u in range(8) for i in range(6) if (u + i) % 4]
)


def used(app: AppTest) -> AppTest:
    press(app, "Use this data")
    return fine(app)


def test_movielens_goes_through_with_nothing_but_clicks(app):
    if not ML_100K.is_dir():
        pytest.skip("the MovieLens files are not here (../shared/data/ml_100k)")
    names = ("ml-100k.inter", "ml-100k.item")
    bring(app, *(Source(name=name, data=(ML_100K / name).read_bytes()) for name in names))
    press(app, "Read with these columns")
    assert "ml-100k.inter: 100,000 rows, 100,000 kept" in said(fine(app)).replace("**", "")
    used(app)
    here = app.session_state.workspace
    assert here.weights.as_dict() == {"rating": 1.0}
    fine(go(app, "similar"))
    assert "Star Wars" in said(app)


def test_columns_of_other_names_are_offered_and_read_only_when_confirmed(app):
    data = "visitor;track;plays\n" + "\n".join(
        f"{u};{i};{u + i}" for u in range(6) for i in range(5) if (u + i) % 3
    )
    bring(app, Source(name="plays.csv", data=data.encode()))
    assert "Ready to use" not in said(app)
    (people,) = [box for box in app.selectbox if box.label == "Readers"]
    (number,) = [box for box in app.selectbox if box.label == "Number"]
    assert (people.value, number.value) == ("visitor", "plays")
    press(app, "Read with these columns")
    assert "No articles file: ids are shown instead of titles" in said(fine(app))
    used(app)
    events = app.session_state.workspace.data.tables.events
    assert set(events["user_id"]) == set("012345") and events["value"].max() == 8.0
    # Another choice is not read before it is confirmed as well.
    press(app, "Change how the files are read")
    assert "This data is already in use." in said(fine(app))
    (number,) = [box for box in app.selectbox if box.label == "Number"]
    number.set_value(None).run()
    assert "Ready to use" not in said(app)
    press(app, "Read with these columns")
    used(app)
    assert "value" not in app.session_state.workspace.data.tables.events


def test_a_file_without_names_is_read_once_that_is_said(app):
    data = "\n".join(f"{u},{i}" for u in range(6) for i in range(5) if (u + i) % 3)
    bring(app, Source(name="pairs.csv", data=data.encode()))
    assert "begins with what looks like data" in said(app)
    (line,) = [box for box in app.selectbox if box.label == "First line"]
    line.set_value(False).run()
    for label, column in (("Readers", "column 1"), ("Articles", "column 2")):
        (box,) = [box for box in app.selectbox if box.label == label]
        box.set_value(column).run()
    press(app, "Read with these columns")
    used(app)
    assert len(app.session_state.workspace.data.tables.events) == 20


def test_a_wide_table_becomes_ranks(app):
    bring(app, Source(name="wide.csv", data=WIDE.encode()))
    (toggle,) = [t for t in app.toggle if t.label.startswith("Wide table")]
    toggle.set_value(True).run()
    press(app, "Read with these columns")
    used(app)
    weights = app.session_state.workspace.weights
    assert (weights.scale, weights.normalise) == ("rank", True)
    assert set(weights.as_dict()) == {"likes", "views", "shares"}
    fine(go(app, "similar"))


def test_deskdrop_interactions_alone_go_on_without_articles(app):
    rows = [row for row in SMALL[1].data.decode().splitlines()[1:] if "VIEW" in row]
    bring(app, events_csv(*rows))
    assert "Now add the articles file" in said(app)
    press(app, "Continue without articles (show ids)")
    used(app)
    fine(go(app, "similar"))
    assert "(no title)" in said(app)


def test_two_files_of_the_same_kind(app):
    other = Source(name="again.csv", data=SMALL[1].data + b"1,VIEW,1,99\n")
    bring(app, SMALL[1], other)
    assert "is a second interactions file" in said(app) and "Still in use: Sample data" in said(app)


def test_a_filter_says_what_it_leaves_and_is_in_the_link(app, sample_tables):
    app.session_state["filter-open"] = True
    go(app, "data")
    (least,) = [n for n in app.number_input if n.label.startswith("Articles per reader")]
    least.set_value(20).run()
    chosen = Filter(min_user=20)
    expected = apply_filter(sample_tables, chosen)
    assert f"This leaves {len(expected.events):,} of 40,000 events" in said(app).replace("**", "")
    press(app, "Apply")
    data = app.session_state.workspace.data
    assert data.fingerprint == expected.fingerprint != data.whole.fingerprint
    fine(go(app, "similar"))
    other = AppTest.from_file(str(app._script_path), default_timeout=60)
    fine(go(other, "similar", data=sample_tables.fingerprint, filter="min_user=20"))
    assert other.session_state.workspace.data.fingerprint == expected.fingerprint
    press(fine(go(app, "data")), "Use all data")
    assert app.session_state.workspace.data.fingerprint == sample_tables.fingerprint


@pytest.mark.parametrize(
    ("text", "words"),
    [("min_user=1000000", "leaves none"), ("best=3", "no condition"), ("since=x", "day")],
)
def test_a_filter_that_cannot_be_is_said(app, sample_tables, text, words):
    go(app, "similar", data=sample_tables.fingerprint, filter=text)
    assert not app.exception
    assert any(word in said(app) for word in words.split("|"))


def test_rows_left_out_are_there_to_be_downloaded(app):
    events = events_csv(*(r for r in SMALL[1].data.decode().splitlines()[1:]), "1,VIEW,zz,p")
    bring(app, SMALL[0], events)
    reasons = [row for table in tables(app) for row in table.value.get("reason", [])]
    assert "article is not in the articles file" in reasons
    (rejected,) = [one.key for one in downloads(app) if "left-out" in one.key]
    name, content = take(app, rejected)
    assert name.endswith(".csv") and b"article is not in the articles file" in content


def test_files_of_the_servers_folder_are_offered(app, tmp_path, monkeypatch):
    for source in SMALL:
        (tmp_path / source.name).write_bytes(source.data)
    monkeypatch.setenv("KINDRED_FILES", str(tmp_path))
    go(app, "data")
    (picker,) = [box for box in app.multiselect if box.label.startswith("Or choose files")]
    assert picker.options == ["a.csv", "i.csv"]
    picker.set_value(["a.csv", "i.csv"]).run()
    used(app)
    assert app.session_state.workspace.data.name == "i"


def test_what_is_kept_with_its_columns_opens_for_all(app):
    data = "visitor;track\n" + "\n".join(
        f"{u};{i}" for u in range(6) for i in range(5) if (u + i) % 3
    )
    bring(app, Source(name="plays.csv", data=data.encode()))
    press(app, "Read with these columns")
    used(app)
    (field,) = [field for field in app.text_input if field.label == "Name"]
    field.set_value("Plays").run()
    press(app, "Keep")
    fingerprint = app.session_state.workspace.data.fingerprint
    other = AppTest.from_file(str(app._script_path), default_timeout=60)
    fine(go(other, "similar", data=fingerprint, item="3"))
    assert other.session_state.workspace.data.name == "Plays"


def test_a_swapped_extension_or_a_parquet_is_recognised_by_content(app, tmp_path):
    frame = pd.DataFrame({"user_id": [1, 1, 2, 2, 3, 3], "item_id": [7, 8, 7, 9, 8, 9]})
    frame.to_parquet(tmp_path / "x.parquet")
    bring(app, Source(name="x.csv", data=(tmp_path / "x.parquet").read_bytes()))
    assert "x.csv: Parquet" in said(app).replace("**", "")
    press(app, "Read with these columns")
    used(app)
    assert len(app.session_state.workspace.data.tables.events) == 6


def test_articles_alone_wait_for_the_interactions(app):
    bring(app, articles_csv("1,CONTENT SHARED,a,,,A,en"))
    assert "Now add the interactions file" in said(app)
