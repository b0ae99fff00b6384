import csv
import io
import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from recsys.__main__ import main
from recsys.commands import fitting
from recsys.commands.arguments import known
from recsys.errors import SettingError
from recsys.models.folder import load_model
from recsys.models.params import PRESETS
from recsys.neighbours.similarity import similar_items
from recsys.sample.sample import ARTICLES_FILE, INTERACTIONS_FILE
from recsys.text.articles import find_items
from recsys.writing import to_csv
from tests.conftest import DATA, ROOT

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
    assert "1,000 readers" in capsys.readouterr().out
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
        (["--item", "nope"], "no data is given"),
        (["--item", "nope", "--model", "/none"], "contains no model"),
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


def shell(arguments, rest="", **environment):
    """``python -m recsys`` in a shell of its own, with what follows the command."""
    command = " ".join(map(shlex.quote, [sys.executable, "-m", "recsys", *arguments]))
    return subprocess.run(
        ["sh", "-c", f"{command} {rest}"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_ctrl_c_is_one_line_and_status_130(capsys, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "tables_of", interrupted)
    assert main(["similar", *FILES, "--item", "x"]) == 130
    shown = capsys.readouterr()
    assert shown.err == "recsys: stopped.\n" and shown.out == ""


def test_what_is_missing_or_too_large_is_said_as_a_person_would(capsys, tmp_path):
    ask = ["train", "--out", str(tmp_path / "m")]
    assert main(ask) == 2
    shown = capsys.readouterr().err
    assert "--interactions I.csv" in shown and "--model" not in shown
    assert main(["similar", "--item", "x"]) == 2
    assert "or --model FOLDER" in capsys.readouterr().err
    assert main([*ask, *FILES, "--seed", "4294967296"]) == 2
    shown = capsys.readouterr().err
    assert "seed: 4,294,967,296 is out of range" in shown and "from 0 to 4,294,967,295" in shown
    assert main([*ask, *FILES, "--alpha", "1e-9"]) == 2
    assert "alpha: 1e-09 is out of range. Give a number from 1e-06 to 1,000,000" in (
        capsys.readouterr().err
    )


def test_no_list_of_known_names_is_without_end():
    many = pd.Series([f"kind{number}" for number in range(50)])
    with pytest.raises(SettingError, match="kind29 and 20 more"):
        known(["other"], many, "--kind")
    assert known(["", "kind3"], many, "--kind") == ("", "kind3")


@pytest.mark.parametrize("one", ["-123", "-1a", "-h1", "-1.5", "-a b", "-x=y"])
def test_an_id_may_begin_with_a_minus(capsys, folder, one):
    for ask in (["similar", "--item"], ["recommend", "--user"]):
        assert main([*ask, one, "--model", folder, "--format", "json"]) == 2
        shown = capsys.readouterr()
        assert f"no {'article' if ask[0] == 'similar' else 'reader'} {one!r}" in shown.err
        assert "usage" not in shown.err
    user = load_model(folder).user_ids[0]
    ask = ["recommend", "--model", folder, "--user", user, "--format", "json"]
    assert main([*ask, "--exclude", f"{one},2"]) == 0


@pytest.mark.parametrize("file_format", ["table", "csv", "json"])
def test_titles_reach_a_terminal_that_has_not_all_signs(monkeypatch, folder, file_format):
    shown = {}
    for encoding in ("ascii", "utf-8"):
        terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", terminal)
        assert main(["search", "introducao", "--model", folder, "--format", file_format]) == 0
        shown[encoding] = terminal.buffer.getvalue().decode(encoding)
    if file_format == "json":
        assert json.loads(shown["ascii"]) == json.loads(shown["utf-8"])
    else:
        assert r"introdu\xe7\xe3o" in shown["ascii"] and "introdução" in shown["utf-8"].lower()


def test_the_terminal_of_a_shell_is_asked_for_its_signs(folder):
    done = shell(["search", "introducao", "--model", folder], PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert r"introdu\xe7\xe3o" in done.stdout
    assert shell(["train", "--help"], PYTHONIOENCODING="ascii").returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_is_one_message_and_status_2(folder):
    for ask in (["search", "", "--model", folder], ["--help"]):
        done = shell(ask, "> /dev/full")
        assert done.returncode == 2
        assert "output cannot be written: No space left" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="no POSIX shell")
@pytest.mark.parametrize("rest", ["| head -n 1", "| true", ">&-", ">&- 2>&-"])
def test_whoever_reads_may_stop(folder, rest):
    done = shell(["search", "", "--model", folder, "--n", "1000"], rest)
    assert (done.returncode, done.stderr) == (0, "")
