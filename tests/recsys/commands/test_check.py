"""The report from the shell, and the download of all the rows that were left out."""

import csv
import io
import json

import pytest

from recsys.__main__ import main
from recsys.dataset.tables import read_tables
from recsys.formats.source import Source
from recsys.reading.left_out import left_out_rows
from recsys.reading.mapping import EventMapping

TEXT = (
    'who,what,how,stars\np,a,VIEW,1\n,a,VIEW,1\n"q\nr",,LIKE,1\np,=1+1\n\np,b,VIEW,5\ns,a,VIEW,2\n'
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text(TEXT)
    return path


COLUMNS = "user=who,item=what,event=how,value=stars"


def test_the_json_is_as_documented(file, capsys):
    command = ["check", "--interactions", str(file), "--columns", COLUMNS, "--format", "json"]
    assert main(command) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["usable"], shown["people"], shown["articles"], shown["events"]) == (True, 2, 2, 3)
    assert shown["event_types"] == {"VIEW": 3}
    (report,) = shown["files"]
    assert (report["name"], report["rows"], report["kept"]) == ("events.csv", 7, 3)
    assert report["lost"] == {"people": 1, "articles": 0}
    assert report["rows"] == report["kept"] + sum(part["count"] for part in report["left_out"])
    assert [(p["reason"], p["examples"][0]["line"]) for p in report["left_out"]] == [
        ("who is empty", 3),
        ("what is empty", 4),
        ("malformed line", 6),
        ("blank line", 7),
    ]
    assert report["columns"] == {"user": "who", "item": "what", "event": "how", "value": "stars"}
    assert report["read_as"]["delimiter"] == "commas"


def test_the_table_says_the_same(file, capsys):
    assert main(["check", "--interactions", str(file), "--columns", COLUMNS]) == 0
    shown = capsys.readouterr().out
    assert "events.csv: 7 rows, 3 kept" in shown
    assert "\n           1 reader occurs only in these rows\n" in shown
    assert "left out 1: what is empty\n           line 4: LIKE, (empty), q r, 1\n" in shown


def test_status_1_where_nothing_is_left_with_the_report(file, capsys):
    file.write_text("user,item\n,a\np,\n")
    assert main(["check", "--interactions", str(file), "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert not shown["usable"] and "none of the 2 rows" in shown["message"]
    assert [part["reason"] for part in shown["files"][0]["left_out"]] == [
        "user is empty",
        "item is empty",
    ]
    file.write_bytes(b"\x00")
    assert main(["check", "--interactions", str(file)]) == 1
    assert "zero byte" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "no data is given"),
        (["--interactions", "/none.csv"], "/none.csv"),
        (["--interactions", "FILE", "--columns", "user"], "not PART=COLUMN"),
        (["--interactions", "FILE", "--columns", "user=who,sku=what"], "'sku' is not known"),
        (["--interactions", "FILE", "--delimiter", "x"], "Option: --delimiter CHARACTER"),
        (["--interactions", "FILE", "--encoding", "x"], "Option: --encoding NAME"),
        (["--interactions", "FILE", "--article-encoding", "x"], "Option: --article-encoding NAME"),
        (["--interactions", "FILE", "--columns", "user=nope,item=what"], "has no column nope"),
    ],
)
def test_status_2_where_the_command_is_wrong(file, capsys, options, words):
    assert main(["check", *(str(file) if text == "FILE" else text for text in options)]) == 2
    shown = capsys.readouterr()
    assert words in shown.err and shown.out == ""


def test_features_delimiter_encoding_and_no_header(file, capsys):
    file.write_bytes("é;a;1;2\nq;b;3;4\n".encode("latin-1"))
    options = ["--delimiter", ";", "--encoding", "latin1", "--no-header", "--format", "json"]
    columns = ["--columns", "user=column 1,item=column 2", "--features", "column 3,column 4"]
    assert main(["check", "--interactions", str(file), *options, *columns]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["event_types"] == {"column 3": 2, "column 4": 2}
    assert shown["files"][0]["read_as"]["encoding"].startswith("Latin-1")


def test_training_takes_the_same_options(file, capsys, tmp_path):
    file.write_text("who,what,how\n" + "".join(f"{u},{i},VIEW\n" for u in "pqr" for i in "abc"))
    options = ["--interactions", str(file), "--columns", "user=who,item=what,event=how"]
    assert main(["train", *options, "--out", str(tmp_path / "m"), "--factors", "2"]) == 0
    assert "3 readers, 3 articles" in capsys.readouterr().out


def test_all_rows_left_out_can_be_had_and_none_is_a_formula(file):
    mapping = EventMapping(user="who", item="what", event="how", value="stars")
    report = read_tables(None, Source.open(file), event_mapping=mapping).report.events
    text = "".join(left_out_rows(Source.open(file), report))
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["line", "reason", "who", "what", "how", "stars"],
        ["3", "who is empty", "", "a", "VIEW", "1"],
        ["4", "what is empty", "q\nr", "", "LIKE", "1"],
        ["6", "malformed line", "p", "'=1+1"],
        ["7", "blank line", ""],
    ]


def test_rows_left_out_of_an_articles_file_too():
    articles = Source(name="a", data=b"item,title\na,=old\n,x\na,new\n")
    events = Source(name="i", data=b"user,item\np,a\np,a\n")
    report = read_tables(articles, events).report.articles
    text = "".join(left_out_rows(articles, report))
    again = "listed again (the last row is used)"
    assert text == f"line,reason,item,title\n2,{again},a,'=old\n3,item is empty,,x\n"


@pytest.mark.parametrize(
    "options",
    [
        ["--delimiter", ";"],
        ["--encoding", "utf-16"],
        ["--no-ids", "p,q,r"],
        ["--columns", "user=what,item=title"],
    ],
)
def test_status_2_where_the_files_can_be_used_without_the_options(file, capsys, options):
    file.write_text("user,item,n,title\n" + "".join(f"{u},{i},0,\n" for u in "pqr" for i in "abc"))
    ask = ["--interactions", str(file)]
    assert main(["check", *ask, *options]) == 2
    assert main(["train", *ask, *options, "--out", str(file) + "-m"]) == 2
    file.write_bytes(b"\x00")
    assert main(["check", *ask, *options]) == 1
    capsys.readouterr()


@pytest.mark.parametrize(
    "rows",
    ["".join(f"{u},{i},0\n" for u in "pqr" for i in "abc"), "p,a,1\np,b,2\n", "p,a,-1\nq,b,2\n"],
)
def test_status_1_of_check_and_train_means_the_same(file, capsys, rows):
    file.write_text("user,item,plays\n" + rows)
    ask = ["--interactions", str(file)]
    assert main(["check", *ask, "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert not shown["usable"] and shown["message"] == shown["trains_on"]["message"]
    assert shown["people"] >= 1 and shown["files"][0]["kept"] >= 2
    assert main(["train", *ask, "--out", str(file) + "-m"]) == 1
    assert main(["train", *ask, "--out", str(file) + "-m", "--threshold", "9"]) == 1
    file.write_text("user,item,plays\np,a,1\np,b,2\nq,a,2\n")
    assert main(["train", *ask, "--out", str(file) + "-m", "--threshold", "9"]) == 2
    capsys.readouterr()


def test_negative_numbers_come_with_the_options_that_take_them(file, capsys):
    file.write_text("user,item,plays\n" + "".join(f"{u},{i},-1\n" for u in "pqr" for i in "abc"))
    ask = ["--interactions", str(file)]
    assert main(["train", *ask, "--out", str(file) + "-m"]) == 1
    option = "--scale rank, --normalise or --threshold X"
    assert f"Option: {option}" in capsys.readouterr().err
    assert main(["check", *ask]) == 1
    assert f"option   {option}" in capsys.readouterr().out
    assert main(["train", *ask, "--out", str(file) + "-m", "--scale", "rank"]) == 0


def test_no_warning_reaches_stderr(file, capfd):
    rows = "".join(f"{u},{i},9e307\n" for u in "pqr" for i in "abc")
    file.write_text("user,item,stars\n" + rows)
    for command in (["check"], ["train", "--out", str(file) + "-m"]):
        main([*command, "--interactions", str(file)])
        assert "Warning" not in capfd.readouterr().err


def test_what_is_one_is_said_in_the_singular(file, capsys):
    file.write_text("user,item\np,a\n")
    assert main(["check", "--interactions", str(file)]) == 1
    shown = capsys.readouterr().out
    assert "events.csv: 1 row, 1 kept" in shown and "1 reader, 1 article, 1 event (" in shown
    file.write_text("user,item\np,\n")
    assert main(["check", "--interactions", str(file)]) == 1
    shown = capsys.readouterr().out
    assert "its only row is not usable (item is empty: 1). Check the columns.\n" in shown
    file.write_text("user,item\n")
    assert main(["check", "--interactions", str(file)]) == 1
    assert "has no rows below the column names" in capsys.readouterr().out
