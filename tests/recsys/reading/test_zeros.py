"""What becomes of zeros, and what is asked about them."""

import numpy as np
import pytest

from recsys.__main__ import main
from recsys.dataset.files import read_files
from recsys.errors import DataError
from recsys.formats.source import Source
from recsys.reading.rules import CellRules

ROWS = [f"u{u},i{(u + i) % 5},{0 if u % 2 else i}" for u in range(30) for i in range(6)]


def file(*rows: str, name: str = "rating") -> Source:
    return Source(name="r.csv", data="\n".join([f"user_id,item_id,{name}", *rows, ""]).encode())


def test_both_answers_are_offered_with_what_they_keep():
    first, second = read_files(None, file(*ROWS)).report.events.hints
    assert first.text == (
        "rating is 0 in 105 of 180 rows; these have no effect. 15 of 30 readers have only zeros. "
        "If 0 means not rated, leave them out: 75 rows of 15 readers remain."
    )
    assert (first.rules, first.shell) == ({"zeros": "left out"}, "--zeros left-out")
    assert second.text == "If 0 means read, 180 rows of 30 readers count."
    assert (second.rules, second.shell) == ({"zeros": "one"}, "--zeros one")


@pytest.mark.parametrize("zeros", ["left out", "one"])
def test_what_an_answer_promises_is_kept_and_nothing_is_asked_again(zeros):
    tables = read_files(None, file(*ROWS), rules=CellRules(zeros=zeros))
    report, values = tables.report.events, tables.events["value"]
    people = len(tables.events["user_id"].cat.categories)
    assert (values != 0).all() and report.hints == ()
    assert (len(tables.events), people) == {"left out": (75, 15), "one": (180, 30)}[zeros]
    reasons = [(part.reason, part.count) for part in report.left_out]
    assert reasons == {"left out": [("rating is 0 (not rated)", 105)], "one": []}[zeros]
    assert np.count_nonzero(values == 1) == {"left out": 15, "one": 120}[zeros]


def test_every_way_to_write_a_zero_is_one_and_what_is_no_number_is_none():
    rows = ["a,x,0", "a,y,-0.0", "b,x, 0 ", "b,y,0e3", "c,x,0x", "c,y,1e-12"]
    report = read_files(None, file(*rows), rules=CellRules(zeros="left out")).report.events
    assert {part.reason: part.count for part in report.left_out} == {
        "rating is 0 (not rated)": 4,
        "rating is not a number": 1,
    }


def hints(name, *values):
    rows = [f"u{n % 9},i{n % 7},{value}" for n, value in enumerate(values)]
    columns = {"user": "user_id", "item": "item_id", "value": name}
    return read_files(None, file(*rows, name=name), columns=columns).report.events.hints


def test_where_all_are_zero_only_reading_them_is_offered():
    (hint,) = hints("rating", *[0] * 30)
    assert hint.shell == "--zeros one"
    assert hint.text == (
        "rating is 0 in every row, so no row has any effect. If 0 means read, 30 rows of 9 "
        "readers count."
    )


def test_rare_zeros_are_asked_about_among_ratings_alone():
    durations = [n * 1.37 for n in range(1, 179)]
    assert hints("duration", 0, 0, *durations) == ()
    assert hints("seconds_or_so", 0, 0, *durations) == ()
    assert hints("plays", 0, 0, *[1, 2, 3, 4, 5] * 36) == ()
    assert len(hints("rating", 0, 0, *durations)) == 2
    assert len(hints("opinion", 0, 0, *[1, 2, 3, 4, 5] * 36)) == 2
    assert len(hints("duration", *[0] * 9, *durations)) == 2  # not rare


def test_somebody_with_nothing_but_zeros_is_said_however_rare_they_are():
    rows = ["nobody,i1,0", *(f"u{n % 9},i{n % 7},{n * 1.37}" for n in range(1, 179))]
    first, _ = read_files(None, file(*rows, name="duration")).report.events.hints
    assert "1 of 10 readers has only zeros." in first.text


def test_where_there_are_no_zeros_nothing_is_asked():
    assert read_files(None, file("a,x,1", "b,y,2")).report.events.hints == ()
    assert read_files(None, file("a,x,0", "b,y,2", name="comment_length_or_so")).report.events


def test_a_wide_table_has_zeros_of_its_own_right():
    source = Source(name="w.csv", data=b"user,item,views,likes\na,x,0,1\nb,y,2,0\n")
    tables = read_files(None, source, features=("views", "likes"), rules=CellRules(zeros="one"))
    assert tables.events["value"].tolist() == [0, 1, 2, 0]
    assert tables.report.events.hints == ()


def test_nothing_but_zeros_left_out_leaves_nothing():
    with pytest.raises(DataError, match="rating is 0 \\(not rated\\): 2"):
        read_files(None, file("a,x,0", "b,y,0"), rules=CellRules(zeros="left out"))


def test_the_shell_says_it_and_takes_both_answers(tmp_path, capsys):
    path = tmp_path / "r.csv"
    path.write_bytes(file(*ROWS).data)
    ask = ["train", "--interactions", str(path), "--factors", "2", "--out", str(tmp_path / "m")]
    assert main(ask) == 0
    shown = capsys.readouterr()
    assert ": 15 readers," in shown.out
    assert "Leave zeros out (not rated): --zeros left-out" in shown.err
    assert "Count zeros as read (1 each): --zeros one" in shown.err
    assert main([*ask, "--zeros", "one"]) == 0
    assert ": 30 readers, 5 articles, 150 reads" in capsys.readouterr().out
    assert main([*ask, "--zeros", "left-out"]) == 0
    shown = capsys.readouterr()
    assert ": 15 readers, 5 articles, 75 reads" in shown.out
    lost = "(105 left out: rating is 0 (not rated): 105; 15 readers occur only in these rows)"
    assert lost in shown.err
