"""Tables as files and back, with nothing in them that a spreadsheet would run."""

import csv
import io

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from recsys.errors import SettingError
from recsys.writing import harmless, table_bytes, to_csv, write_parts

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
        (io.BytesIO(), "xlsx", "format: 'xlsx' is not a format"),
        (io.BytesIO(), None, "'nothing' is not a format"),
        ("a.txt", None, "'txt' is not a format. Known: csv, parquet"),
        ("near", None, r"near: the name has no ending.*\.csv or \.parquet"),
        ("/none/a.csv", None, "/none/a.csv: cannot be written: No such file"),
    ],
)
def test_what_cannot_be_written_is_said(out, file_format, words):
    with pytest.raises(SettingError, match=words):
        write_parts([TABLE], out, file_format)
