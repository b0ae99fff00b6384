"""Whole-catalogue exports against one query at a time; tables as files and back."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st

from recsys.__main__ import main
from recsys.errors import SettingError, Stopped
from recsys.exports import catalogue as export_all
from recsys.exports.catalogue import all_neighbours, all_recommendations
from recsys.models.model import Model, save_model
from recsys.neighbours.similarity import similar_items
from recsys.recommendations.explain import Solver
from recsys.recommendations.next_reads import recommend
from recsys.writing import harmless, table_bytes, to_csv, write_parts


def one_by_one(model: Model, n: int, **options: bool) -> pd.DataFrame:
    """The export as a loop over `similar_items`."""
    parts = []
    for item, title in zip(model.items["item_id"], model.items["title"], strict=True):
        near = similar_items(model, item, n, **options)
        columns = {"item_id": "neighbour_id", "title": "neighbour_title"}
        part = near[["rank", "item_id", "title", "score"]].rename(columns=columns)
        part.insert(0, "item_id", item)
        part.insert(1, "title", title)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def whole(parts: Iterator[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Every row in its place; scores but for the rounding of float32."""
    assert found.columns.tolist() == expected.columns.tolist()
    for name in expected.columns.drop("score"):
        assert found[name].tolist() == expected[name].tolist(), name
    np.testing.assert_allclose(found["score"], expected["score"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("options", [{}, {"include_removed": True}])
def test_all_neighbours_are_those_of_one_query_each(sample_model, options, monkeypatch):
    monkeypatch.setattr(export_all, "TILE_SCORES", 200 * 1_500)  # several tiles, the last smaller
    expected = one_by_one(sample_model, 10, **options)
    same(whole(all_neighbours(sample_model, 10, **options)), expected)


def test_all_neighbours_of_deskdrop(deskdrop_model):
    same(whole(all_neighbours(deskdrop_model, 10)), one_by_one(deskdrop_model, 10))


def test_more_than_there_are_gives_all(sample_model):
    few = made(np.random.RandomState(0).randn(7, 3), sample_model)
    assert len(whole(all_neighbours(few, 1000))) == 7 * 6
    same(whole(all_neighbours(few, 1000)), one_by_one(few, 1000))
    assert whole(all_neighbours(made([[1.0]], sample_model))).empty


def made(item_factors, like: Model, removed=()) -> Model:
    """A model of these item factors; two people, who read the first article, or the last two."""
    factors = np.array(item_factors, dtype=np.float32)
    n = len(factors)
    items = pd.DataFrame({name: [""] * n for name in like.items.columns})
    items["item_id"] = [f"i{place}" for place in range(n)]
    items["removed"] = np.isin(np.arange(n), removed)
    read = np.zeros((2, n))
    read[0, 0] = read[1, -2:] = 1.0
    return replace(
        like,
        item_factors=factors,
        user_factors=np.ones((2, factors.shape[1]), dtype=np.float32),
        user_ids=np.array(["u0", "u1"], dtype=object),
        user_items=type(like.user_items)(read),
        items=items,
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([-1, 0, 0.5, 1, 3]), min_size=3, max_size=3), min_size=2,
             max_size=40),
    st.integers(1, 12),
    st.sets(st.integers(0, 39)),
)  # fmt: skip
def test_ties_zero_factors_and_removed_articles(sample_model, factors, n, removed):
    model = made(factors, sample_model, sorted(removed))
    same(whole(all_neighbours(model, n)), one_by_one(model, n))


def test_ties_by_the_hundred(sample_model):
    draw = np.random.RandomState(0)
    kinds = draw.randn(5, 8)
    model = made(kinds[draw.randint(0, 5, 400)], sample_model, removed=range(0, 400, 7))
    same(whole(all_neighbours(model, 10)), one_by_one(model, 10))
    zeros = made(np.zeros((400, 8)), sample_model)
    same(whole(all_neighbours(zeros, 3)), one_by_one(zeros, 3))


def test_scores_that_differ_in_the_last_digit(sample_model):
    draw = np.random.RandomState(0)
    alike = draw.randn(3, 17)[draw.randint(0, 3, 400)] * draw.uniform(0.1, 9, (400, 1))
    model = made(alike, sample_model)
    same(whole(all_neighbours(model, 10)), one_by_one(model, 10))


def recommended(model: Model, n: int, people: np.ndarray, hidden: np.ndarray) -> pd.DataFrame:
    """All scores at once, all sorted."""
    rows = []
    for user, person in enumerate(people):
        scores = model.item_factors.astype(np.float64) @ person.astype(np.float64)
        read = set(model.user_items[user].indices)
        order = [i for i in np.argsort(-scores, kind="stable") if i not in read and not hidden[i]]
        for rank, item in enumerate(order[:n], start=1):
            about = model.items.iloc[item]
            rows.append(
                (model.user_ids[user], rank, about["item_id"], about["title"], scores[item])
            )
    return pd.DataFrame(rows, columns=["user_id", "rank", "item_id", "title", "score"])


def test_recommendations_leave_out_what_was_read_and_removed(sample_model, monkeypatch):
    monkeypatch.setattr(export_all, "TILE_SCORES", 300 * 1_500)
    removed = sample_model.items["removed"].to_numpy()
    assert removed.any()
    people = sample_model.user_factors
    expected = recommended(sample_model, 5, people, removed)

    def export(**options):
        return whole(
            all_recommendations(sample_model, 5, factors_of=lambda rows: people[rows], **options)
        )

    same(export(), expected)
    expected = recommended(sample_model, 5, people, np.zeros_like(removed))
    same(export(include_removed=True), expected)


def test_everybodys_recommendations_are_those_of_one_person_each(sample_model):
    found = whole(all_recommendations(sample_model, 7)).set_index("user_id")
    solver = Solver(sample_model)
    for user in sample_model.user_ids[::50]:
        expected = recommend(solver, user, 7)
        assert found.loc[user, "item_id"].tolist() == expected["item_id"].tolist()
        np.testing.assert_allclose(found.loc[user, "score"], expected["score"], atol=1e-9)


def test_recommendations_worked_out_by_hand(sample_model):
    model = made([[1, 0], [0, 2], [3, 0], [2, 0], [5, 5], [0, 1]], sample_model, removed=[2])
    table = whole(all_recommendations(model, 3, factors_of=lambda rows: model.user_factors[rows]))
    assert table["user_id"].tolist() == ["u0"] * 3 + ["u1"] * 3
    assert table["item_id"].tolist() == ["i4", "i1", "i3", "i1", "i3", "i0"]
    assert table["score"].tolist() == [10, 2, 2, 2, 2, 1]
    assert table["rank"].tolist() == [1, 2, 3, 1, 2, 3]


def test_recommendations_by_other_factors_of_the_people(sample_model):
    people = np.random.RandomState(0).randn(*sample_model.user_factors.shape)  # float64
    removed = sample_model.items["removed"].to_numpy()
    table = whole(all_recommendations(sample_model, 4, factors_of=lambda rows: people[rows]))
    same(table, recommended(sample_model, 4, people, removed))


@pytest.mark.parametrize("export", [all_neighbours, all_recommendations])
@pytest.mark.parametrize("n", [0, 1001])
def test_n_has_bounds(sample_model, export, n):
    with pytest.raises(SettingError, match="not allowed"):
        next(export(sample_model, n))


def test_progress_is_told_and_can_stop_the_work(sample_model, monkeypatch, tmp_path):
    n = len(sample_model.items)
    monkeypatch.setattr(export_all, "TILE_SCORES", 600 * n)
    told: list[tuple[int, int]] = []
    whole(all_neighbours(sample_model, 1, on_progress=lambda *done: told.append(done)))
    assert told == [(600, n), (1_200, n), (n, n)]

    def stop(done: int, total: int) -> None:
        if done == 1_200:
            raise Stopped

    path = tmp_path / "n.csv"
    path.write_text("what was there")
    with pytest.raises(Stopped):
        write_parts(all_neighbours(sample_model, 1, on_progress=stop), path)
    assert [file.name for file in tmp_path.iterdir()] == ["n.csv"]
    assert path.read_text() == "what was there"


# ------------------------------------------------------------------------------------------ files

TABLE = pd.DataFrame(
    {
        "item_id": ["-729129249377835720", "0012", "9007199254740993"],
        "title": ["=1+1", None, 'a "b", ü\n<i>'],
        "rank": [1, 2, 3],
        "score": np.array([0.1, np.nan, 1.0], dtype=np.float32),
        "removed": [True, False, False],
    }
)


def test_a_table_survives_parquet():
    back = pd.read_parquet(io.BytesIO(table_bytes(TABLE, "parquet")))
    assert back["item_id"].tolist() == TABLE["item_id"].tolist()
    assert back["title"].tolist()[::2] == ["=1+1", 'a "b", ü\n<i>'] and pd.isna(back["title"][1])
    assert back["rank"].tolist() == [1, 2, 3] and back["removed"].tolist() == [True, False, False]
    assert back["score"].dtype == np.float32
    np.testing.assert_array_equal(back["score"], TABLE["score"])


def test_a_table_survives_csv_but_for_its_formulas():
    rows = list(csv.reader(io.StringIO(table_bytes(TABLE, "csv").decode())))
    assert [row[0] for row in rows[1:]] == TABLE["item_id"].tolist()
    assert [row[1] for row in rows[1:]] == ["'=1+1", "", 'a "b", ü\n<i>']
    assert table_bytes(TABLE, "csv").decode() == to_csv(TABLE)


BEFORE = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\x00",
    "\x0b",
    "\u00a0",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u3000",
]
BEFORE += ["\u00ad", "\u202e", "\u2028", "\u034f", "\ufe0f", "\u2800", "\u3164", " \ufeff\u200b "]
FORMULAS = [f"{before}{sign}1+1" for before in BEFORE for sign in "=+-@＝＋－＠﹦﹢﹣﹫"]


@pytest.mark.parametrize("text", ["=A1", "-", "@SUM(1)", "\tx", "\rx", "－7", "+7", *FORMULAS])
def test_formulas_are_harmless_in_cells_and_heads(text):
    safe = "'" + text.replace("\r", "\n")
    assert harmless(text) == safe
    rows = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({text: pd.Categorical([text])})))))
    assert rows == [[safe], [safe]]


@pytest.mark.parametrize(
    "text", ["-403", "403", " -403", "", "\u200b", "a=1", "\ufeffA", "é-1", "«-1»"]
)
def test_what_is_no_formula_stays_as_it_is(text):
    assert harmless(text) == text


def test_no_sign_within_a_title_begins_another_row():
    titles = ["a\r=1+1", "b\r\n=1+1", "c\n=1+1"]
    rows = list(csv.reader(io.StringIO(to_csv(pd.DataFrame({"title": titles})))))
    assert rows == [["title"], ["a\n=1+1"], ["b\n=1+1"], ["c\n=1+1"]]


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_many_parts_are_one_table(file_format, monkeypatch):
    monkeypatch.setattr("recsys.writing.tables._ROWS", 4)
    parts = [TABLE.iloc[:0], TABLE.iloc[:1], TABLE.iloc[:0], TABLE, TABLE.iloc[2:]]
    stream = io.BytesIO()
    assert write_parts(iter(parts), stream, file_format) == 5
    expected = table_bytes(pd.concat(parts), file_format)
    if file_format == "csv":
        assert stream.getvalue() == expected
    else:
        found, one = (pq.read_table(io.BytesIO(data)) for data in (stream.getvalue(), expected))
        assert found.equals(one)
        assert pq.ParquetFile(io.BytesIO(stream.getvalue())).num_row_groups == 2


def test_a_table_without_rows_has_its_columns():
    assert table_bytes(TABLE.iloc[:0], "csv") == b"item_id,title,rank,score,removed\n"
    empty = pq.read_table(io.BytesIO(table_bytes(TABLE.iloc[:0], "parquet")))
    full = pq.read_table(io.BytesIO(table_bytes(TABLE, "parquet")))
    assert empty.schema == full.schema


@pytest.mark.parametrize(
    ("out", "file_format", "words"),
    [
        (io.BytesIO(), "xlsx", "format: 'xlsx' is no format"),
        (io.BytesIO(), None, "'nothing' is no format"),
        ("a.txt", None, "'txt' is no format. Known: csv, parquet"),
        ("near", None, r"near: the name has no ending.*\.csv or \.parquet"),
        ("/none/a.csv", None, "/none/a.csv: cannot be written: No such file"),
    ],
)
def test_what_cannot_be_written_is_said(out, file_format, words):
    with pytest.raises(SettingError, match=words):
        write_parts([TABLE], out, file_format)


@pytest.fixture(scope="module")
def folder(sample_model, tmp_path_factory):
    return str(save_model(sample_model, tmp_path_factory.mktemp("export") / "model"))


def test_the_command_writes_both(capsys, folder, sample_model, tmp_path):
    path = tmp_path / "near.parquet"
    ask = ["export", "--model", folder, "--n", "3", "--out"]
    assert main([*ask, str(path), "--removed"]) == 0
    assert capsys.readouterr().out == f"{path}: {3 * len(sample_model.items):,} rows\n"
    same(pd.read_parquet(path), whole(all_neighbours(sample_model, 3, include_removed=True)))
    path = tmp_path / "read.csv"
    assert main([*ask, str(path), "--what", "recommendations"]) == 0
    back = pd.read_csv(path, dtype={"user_id": str, "item_id": str}, keep_default_na=False)
    expected = whole(all_recommendations(sample_model, 3))
    assert back["item_id"].tolist() == expected["item_id"].tolist()
    assert back["score"].tolist() == pytest.approx(expected["score"].tolist())


def test_the_command_says_what_is_wrong(capsys, folder, tmp_path):
    for options in (["--out", "a.txt"], ["--out", str(tmp_path / "a.csv"), "--n", "0"]):
        assert main(["export", "--model", folder, *options]) == 2
        shown = capsys.readouterr()
        assert shown.err.startswith("recsys: ") and "Traceback" not in shown.err
    assert list(tmp_path.iterdir()) == []
