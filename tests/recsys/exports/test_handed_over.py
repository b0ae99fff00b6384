"""A table for a spreadsheet: ids stay what they are, and text is no formula."""

import csv
import io

import pandas as pd
import pytest

from recsys.exports.handed_over import ID_MARK, spreadsheet, with_addresses
from recsys.exports.links import Link

IDS = ["-4029704725707465084", "0012", "1e5", "2016-03-01", "=1+1"]


@pytest.fixture
def table():
    articles = pd.DataFrame(
        {
            "item_id": [*IDS, "q"],
            "url": ["https://a.org/é", "", "javascript:x", "=x", "http://b"] + [""],
        }
    )
    found = pd.DataFrame(
        {"rank": range(1, 6), "item_id": IDS, "title": ["Olá", "=cmd", "c", "d", "e"],
         "score": [0.5] * 5, "readers_of_both": range(5)}
    )  # fmt: skip
    return with_addresses(found, Link(item="q", title="Asked", url="https://q.org"), articles)


def test_the_columns_are_called_as_on_the_screen(table):
    rows = list(csv.reader(io.StringIO(spreadsheet(table).decode("utf-8-sig"))))
    assert rows[0] == [
        "Below this article", "Its address", "Its id", "#", "Article id", "Article", "Address",
        "Similarity", "Readers of both",
    ] or set(rows[0]) == {
        "Below this article", "Its address", "Its id", "#", "Article id", "Article", "Address",
        "Similarity", "Readers of both",
    }  # fmt: skip
    assert {row[rows[0].index("Below this article")] for row in rows[1:]} == {"Asked"}


def as_a_spreadsheet(cell):
    """What becomes of a cell that a spreadsheet opens: a number of 15 figures, where it is one."""
    try:
        return format(float(cell), ".15g")
    except ValueError:
        return cell


def test_ids_survive_a_spreadsheet_and_pandas(table):
    data = spreadsheet(table)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    back = [as_a_spreadsheet(row["Article id"]).removeprefix(ID_MARK) for row in rows]
    assert back == IDS
    assert as_a_spreadsheet(IDS[0]) != IDS[0]  # so it would be without
    read = pd.read_csv(io.BytesIO(data))
    assert read["Article id"].str.removeprefix(ID_MARK).tolist() == IDS
    assert read.columns[0] == "Below this article"


def test_text_is_no_formula_and_only_the_web_is_an_address(table):
    read = pd.read_csv(io.BytesIO(spreadsheet(table)), keep_default_na=False)
    assert read["Article"].tolist()[:2] == ["Olá", "'=cmd"]
    assert read["Address"].tolist() == ["https://a.org/%C3%A9", "", "", "", "http://b"]
