"""The command ``search``."""

import csv
import io
import json

import pytest

from recsys.__main__ import main
from recsys.text.articles import index_of
from recsys.text.search_filter import SearchFilter


def test_the_command_prints_csv_and_json(capsys, folder, sample_model):
    ask = ["search", "--model", folder, "introducao", "--n", "3", "--language", "pt"]
    assert main([*ask, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    chosen = SearchFilter(languages=("pt",))
    table = index_of(sample_model).find("introducao", 3, chosen).table
    assert rows == table.to_dict(orient="records") and len(rows) == 3
    assert main([*ask, "--format", "csv"]) == 0
    assert [row[0] for row in csv.reader(io.StringIO(capsys.readouterr().out))][1:] == [
        row["item_id"] for row in rows
    ]


def test_the_command_takes_an_id_that_begins_with_a_minus(capsys, folder, sample_model):
    item = next(item for item in sample_model.items["item_id"] if item.startswith("-"))
    assert main(["search", "--model", folder, item, "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["item_id"], row["match"]) == (item, "id")
    assert main(["search", "--model", folder, item[1:], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0] == row


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (["xqxqxq"], 0, "No article has any"),
        (["xqxqxq", "--language", "pt"], 0, "No article that matches these filters has any"),
        (["", "--since", "2100-01-01"], 0, "No article matches these filters"),
        (["xqxqxq", "--min-readers", "9000"], 0, "No article matches these filters"),
        (["a", "--language", "xx"], 2, "--language: no article has 'xx'. Known: "),
        (["a", "--kind", "pt"], 2, "--kind: no article has 'pt'. Known: HTML"),
        (["a", "--since", "yesterday"], 2, "--since: 'yesterday' is not a day"),
        (["a", "--n", "0"], 2, "0 is not allowed"),
        (["a", "--min-readers", "9", "--max-readers", "1"], 2, "max_readers"),
    ],
)
def test_the_command_says_what_is_wrong(capsys, folder, options, status, words):
    assert main(["search", "--model", folder, *options]) == status
    shown = capsys.readouterr()
    assert words in shown.out + shown.err and "Traceback" not in shown.err
