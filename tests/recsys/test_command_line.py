import csv
import io
import json
from dataclasses import replace

import pytest

from recsys.__main__ import main
from recsys.export import to_csv
from recsys.model import load_model
from recsys.params import PRESETS
from recsys.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.search import find_items
from recsys.similarity import similar_items
from tests.conftest import DATA

FILES = ["--articles", str(DATA / ARTICLES_FILE), "--interactions", str(DATA / INTERACTIONS_FILE)]


@pytest.fixture(scope="module")
def item(sample_model):
    return sample_model.items["item_id"].iloc[0]


def test_csv_begins_with_the_promised_columns(capsys, item, sample_model):
    command = ["similar", *FILES, f"--item={item}", "--n", "5", "--format", "csv"]
    assert main(command) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0][:4] == ["rank", "item_id", "title", "score"]
    assert [row[1] for row in rows[1:]] == similar_items(sample_model, item, 5)["item_id"].tolist()


def test_a_saved_model_gives_the_same_answer(capsys, item, tmp_path):
    options = ["--weights", "VIEW=1,LIKE=3,BOOKMARK=3,FOLLOW=4,COMMENT CREATED=5", "--factors", "8"]
    assert main(["train", *FILES, *options, "--iterations=5", "--out", str(tmp_path / "m")]) == 0
    assert "1,000 people" in capsys.readouterr().out
    ask = [f"--item={item}", "--format", "json"]
    assert main(["similar", "--model", str(tmp_path / "m"), *ask]) == 0
    saved = json.loads(capsys.readouterr().out)
    assert main(["similar", *FILES, *options, "--iterations=5", *ask]) == 0
    assert json.loads(capsys.readouterr().out) == saved
    assert all(isinstance(row["item_id"], str) for row in saved)


def test_a_preset_is_where_the_parameters_begin(capsys, tmp_path):
    ask = ["train", *FILES, "--preset", "stable", "--factors", "8", "--out", str(tmp_path / "m")]
    assert main(ask) == 0
    assert load_model(tmp_path / "m").params == replace(PRESETS["Stable"], factors=8)
    assert main(["train", *FILES, "--preset", "best", "--out", str(tmp_path / "n")]) == 2
    assert "Known: Stable, Tutorial" in capsys.readouterr().err


def test_the_sample_is_written(capsys, tmp_path):
    assert main(["sample", "--out", str(tmp_path)]) == 0
    assert (tmp_path / ARTICLES_FILE).read_bytes() == (DATA / ARTICLES_FILE).read_bytes()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([*FILES, "--item", "nope"], "no article 'nope'"),
        ([*FILES, "--item", "nope", "--weights", "VIEW"], "NAME=STRENGTH"),
        ([*FILES, "--item", "nope", "--weights", "VIEW=1"], "no strength for the event types"),
        ([*FILES, "--item", "nope", "--factors", "many"], "factors: 'many' is not a whole"),
        (["--item", "nope"], "no data is named"),
        (["--item", "nope", "--model", "/none"], "holds no model"),
        (["--item", "nope", "--model", "/none", "--alpha", "2"], "--alpha cannot change"),
        (["--item", "x", "--articles", "/none.csv", "--interactions", "b"], "/none.csv"),
    ],
)
def test_a_mistake_is_one_message_and_status_2(capsys, options, words):
    assert main(["similar", *options]) == 2
    shown = capsys.readouterr()
    assert words in shown.err and "Traceback" not in shown.err and shown.out == ""


def test_no_cell_is_a_formula(sample_model):
    table = similar_items(sample_model, sample_model.items["item_id"].iloc[0], 3)
    table["title"] = ["=1+1", "@x", "-2+3"]
    rows = list(csv.reader(io.StringIO(to_csv(table))))[1:]
    assert [row[2] for row in rows] == ["'=1+1", "'@x", "'-2+3"]
    assert [row[1] for row in rows] == table["item_id"].tolist()


def test_search_takes_words_in_any_order_and_no_accents(sample_model):
    def titles(words):
        return [sample_model.labels[i] for i in find_items(sample_model, words)]

    assert titles("marathon training") == titles("TRAINING  marathon") != []
    assert all("Introdução" in t or "introdução" in t for t in titles("introducao"))
    assert titles("introducao")
    item = sample_model.items["item_id"].iloc[5]
    assert titles(item) == [sample_model.labels[5]]
    assert titles("zzzz") == []
    readers = sample_model.readers[find_items(sample_model, "")]
    assert (readers[:-1] >= readers[1:]).all()
