"""What commands say on stderr beside their result, and with which status they end."""

import json
import shlex

import numpy as np
import pandas as pd
import pytest

from recsys.__main__ import main
from recsys.commands import fitting, similar
from recsys.models.folder import load_model
from recsys.reading.hints import Hint

HALF = [f"u{u},i{(u + i) % 7},{0 if u % 2 else 1 + i * 3}" for u in range(30) for i in range(4)]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plays.csv"
    path.write_text("user_id,item_id,plays\n" + "\n".join(HALF) + "\nu1,i1,many\n,i2,1\nu2,,1\n")
    return path


def asked(file, *options):
    return ["similar", "--interactions", str(file), "--item", "i1", "--factors", "2", *options]


def test_one_line_says_what_was_left_out_and_stdout_stays_for_machines(file, capsys):
    assert main(asked(file, "--format", "json")) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)
    assert shown.err.splitlines()[0] == (
        "recsys: plays.csv: 123 rows, 120 kept (3 left out: plays is not a number: 1, user_id is "
        "empty: 1, item_id is empty: 1); left out of the model: 60 reads with strength 0, 15 "
        "readers with no other events. For more, run python -m recsys check with the same files."
    )


def test_nothing_is_said_where_nothing_was_left_out(file, capsys):
    file.write_text("user_id,item_id,plays\n" + "\n".join(HALF).replace(",0", ",1"))
    assert main(asked(file)) == 0
    assert capsys.readouterr().err == ""


def test_rows_are_counted_also_where_only_the_strengths_leave_out(file, capsys):
    file.write_text("user_id,item_id,plays\n" + "\n".join(HALF))
    assert main(asked(file, "--threshold", "5")) == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        "recsys: plays.csv: 120 rows, 120 kept; left out of the model: 90 events below the "
        "threshold, 15 readers with no other events. For more, run python -m recsys check with "
        "the same files."
    )


def test_it_is_said_also_where_no_model_comes_of_it(file, capsys):
    assert main(asked(file, "--threshold", "99")) == 2
    first, *_hints, last = capsys.readouterr().err.splitlines()
    assert "123 rows, 120 kept" in first and "no reader is left" in last


def test_at_most_three_hints_with_their_options(file, capsys, monkeypatch):
    tables = fitting.tables_of

    def hinted(options):
        found = tables(options)
        hints = tuple(Hint(text=f"Text {n}.", label="Do it", shell=f"--do {n}") for n in range(5))
        object.__setattr__(found.report.events, "hints", (Hint(text="No option."), *hints))
        return found

    monkeypatch.setattr(fitting, "tables_of", hinted)
    assert main(asked(file)) == 0
    lines = capsys.readouterr().err.splitlines()[1:]
    assert lines == [
        "recsys: hint: Text 0. Do it: --do 0",
        "recsys: hint: Text 1. Do it: --do 1",
        "recsys: hint: Text 2. Do it: --do 2",
        "recsys: hint: 2 more: see python -m recsys check.",
    ]


def test_strengths_that_spoil_the_model_are_advised_against(tmp_path, capsys, sample_tables):
    table = sample_tables.events[["user_id", "item_id"]]
    draw = np.random.default_rng(1).standard_normal(len(table))
    table.assign(ms=1_500 * np.exp(draw)).to_csv(tmp_path / "ms.csv", index=False)
    ask = ["train", "--interactions", str(tmp_path / "ms.csv"), "--out", str(tmp_path / "m")]
    ask += ["--columns", "user=user_id,item=item_id,value=ms", "--iterations", "1"]
    assert main(ask) == 0
    assert "worse than a most-read list. Use log2 instead: --scale log2" in (
        capsys.readouterr().err
    )
    assert main([*ask, "--scale", "log2"]) == 0
    assert capsys.readouterr().err == ""


def test_check_and_train_agree_on_people(file, capsys, tmp_path):
    assert main(["check", "--interactions", str(file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    trains_on = found["trains_on"]
    assert (found["people"], trains_on["people"]) == (30, 15)
    assert trains_on["left_out"] == {
        "reads with strength 0": 60,
        "readers with no other events": 15,
    }
    assert main(["check", "--interactions", str(file)]) == 0
    assert "training: 15 readers, 7 articles, 60 reads; left out: 60 reads with strength 0" in (
        capsys.readouterr().out
    )
    ask = ["train", "--interactions", str(file), "--out", str(tmp_path / "m"), "--factors", "2"]
    assert main(ask) == 0
    assert ": 15 readers, 7 articles, 60 reads;" in capsys.readouterr().out


def test_check_advises_as_train_does(tmp_path, capsys):
    rows = [f"u{u},i{i},{1 + (u + i) % 5}" for u in range(9) for i in range(9)]
    (tmp_path / "r.csv").write_text("user,item,stars\n" + "\n".join(rows))
    ask = ["--interactions", str(tmp_path / "r.csv")]
    assert main(["check", *ask]) == 0
    advice = "Only count ratings of 4 or more (33 of 81 rows): --threshold 4"
    assert advice in capsys.readouterr().out
    assert main(["check", *ask, "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["trains_on"]["advice"]
    assert found["option"] == "--threshold 4"
    assert main(["train", *ask, "--out", str(tmp_path / "m")]) == 0
    assert advice in capsys.readouterr().err


def test_check_says_why_nothing_can_be_trained(file, capsys):
    file.write_text("user,item,event\na,x,SEEN\nb,y,LIKED\n")
    ask = ["check", "--interactions", str(file)]
    assert main(ask) == 0
    assert "not possible with the default strengths" in capsys.readouterr().out
    assert main([*ask, "--format", "json"]) == 0
    assert "'LIKED' (1 row)" in json.loads(capsys.readouterr().out)["trains_on"]["message"]


@pytest.mark.parametrize("command", ["check", "train", "similar"])
@pytest.mark.parametrize("content", [b"", b"\x00", b"user,item\n,a\np,\n", b"one,two\n1,2\n"])
def test_status_1_means_that_the_files_leave_nothing(file, capsys, command, content):
    file.write_bytes(content)
    rest = {"check": [], "train": ["--out", str(file) + "-m"], "similar": ["--item", "a"]}
    assert main([command, "--interactions", str(file), *rest[command]]) == 1
    shown = capsys.readouterr()
    assert "plays.csv" in shown.out + shown.err and "Traceback" not in shown.err


def test_what_may_mend_unusable_files_is_said_before_why_they_are(tmp_path, capsys):
    (tmp_path / "e.csv").write_text("user,item\na,17\nb,27\n")
    (tmp_path / "a.csv").write_text("item,title\n0017,x\n0027,y\n")
    ask = ["--interactions", str(tmp_path / "e.csv"), "--articles", str(tmp_path / "a.csv")]
    assert main(["train", *ask, "--out", str(tmp_path / "m")]) == 1
    *hints, last = capsys.readouterr().err.splitlines()
    assert any("--same-ids zeros" in hint for hint in hints) and "none of the 2 rows" in last


def test_that_there_is_no_such_file_is_a_mistake_in_the_command(tmp_path):
    assert main(["train", "--interactions", str(tmp_path / "no"), "--out", "x"]) == 2
    assert main(["check", "--interactions", str(tmp_path / "no")]) == 2


def test_what_no_one_foresaw_is_one_line_and_status_3(file, capsys, monkeypatch):
    def fails(*_arguments, **_named):
        raise ZeroDivisionError("something\nodd")

    monkeypatch.setattr(similar.neighbours, "candidates", fails, raising=False)
    monkeypatch.delenv("KINDRED_DEBUG", raising=False)
    file.write_text("user_id,item_id\n" + "\n".join(row[: row.rindex(",")] for row in HALF))
    assert main(asked(file)) == 3
    shown = capsys.readouterr().err
    assert shown.startswith("recsys: internal error: ZeroDivisionError: "
                            "something odd (test_remarks.py, line ")  # fmt: skip
    assert len(shown.splitlines()) == 1
    monkeypatch.setenv("KINDRED_DEBUG", "1")
    assert main(asked(file)) == 3
    assert "Traceback" in capsys.readouterr().err


def test_too_little_memory_is_said_as_that(file, capsys, monkeypatch):
    def fails(*_arguments, **_named):
        raise MemoryError

    monkeypatch.setattr(fitting, "tables_of", fails)
    assert main(asked(file)) == 3
    assert capsys.readouterr().err == "recsys: this machine does not have enough memory for it.\n"


def test_help_says_what_the_status_means(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 the files cannot be read, or leave nothing to train on" in shown


ODD = ["VIEW", "view", "VIEW ", " LIKE", "a,b", "a=b", "50%", "x;y", "no\u00a0break"]


def test_a_strength_can_be_given_to_every_name_and_what_is_printed_can_be_copied(tmp_path, capsys):
    rows = [[f"u{n % 6}", f"i{n % 4}", ODD[n % len(ODD)]] for n in range(90)]
    path = tmp_path / "odd.csv"
    pd.DataFrame(rows, columns=["user", "item", "event"]).to_csv(path, index=False)
    train = ["train", "--interactions", str(path), "--out", str(tmp_path / "m"), "--factors", "2"]
    assert main(train) == 2
    said = [capsys.readouterr().err]
    assert main(["check", "--interactions", str(path)]) == 0
    said.append(capsys.readouterr().out)
    assert main(["check", "--interactions", str(path), "--format", "json"]) == 0
    said.append(json.loads(capsys.readouterr().out)["trains_on"]["option"])
    assert "%20LIKE 10" in said[1] and "a%2Cb 10" in said[1]
    for text in said:
        options = shlex.split(text[text.index("--weights ") :].splitlines()[0])[:2]
        assert main([*train, *options]) == 0
        weights = load_model(tmp_path / "m").weights.as_dict()
        assert set(weights) == {name.replace("\u00a0", " ") for name in ODD}
        options[1] = options[1].replace("%20LIKE=1", "%20LIKE=7")
        assert main([*train, *options]) == 0
        assert load_model(tmp_path / "m").weights.as_dict() == {**weights, " LIKE": 7.0}
    capsys.readouterr()
