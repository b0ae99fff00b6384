"""How many people and articles are lost with the rows that are left out."""

import pytest

from recsys.dataset.files import read_files
from recsys.formats.source import Source
from recsys.reading.brief import in_brief
from recsys.reading.rules import CellRules


def read(rows, articles=None, **options):
    events = Source(name="e.csv", data="\n".join(["user,item,rating", *rows, ""]).encode())
    known = None if articles is None else Source(name="a.csv", data=articles.encode())
    return read_files(known, events, **options).report.events


def lost(report):
    return report.lost_people, report.lost_articles


def test_people_and_articles_of_rows_without_a_number_are_counted():
    rows = [f"u{u},i{u % 2}{i},{'n/a' if u % 2 else 4}" for u in range(30) for i in range(4)]
    report = read(rows)
    assert lost(report) == (15, 4)
    assert in_brief([report]) == (
        "e.csv: 120 rows, 60 kept (60 left out: rating is not a number: 60; 15 readers and 4 "
        "articles occur only in these rows)"
    )
    assert (
        "           15 readers and 4 articles occur only in these rows" in str(report).splitlines()
    )
    assert report.as_dict()["lost"] == {"people": 15, "articles": 4}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("u1,i9,x", (0, 1)),
        ("u9,i1,x", (1, 0)),
        ("u9,i9,x", (1, 1)),
        ("u9,,4", (1, 0)),
        (" ,i9,4", (0, 1)),
        ("user,item,rating", (0, 0)),  # joined files
        ("u1,i2,x", (0, 0)),  # both are elsewhere
        ("u9,i9", (0, 0)),  # nobody knows what its cells are
    ],
)
def test_each_id_counts_that_is_in_no_other_row(row, expected):
    report = read(["u1,i1,4", "u2,i2,5", row, row])
    assert lost(report) == expected and report.kept == 2


def test_zeros_and_words_that_are_no_ids():
    rows = ["u1,i1,4", "u2,i2,5", "u9,i9,0", "NULL,i8,3", "u8,i8,0"]
    assert lost(read(rows, rules=CellRules(zeros="left out"))) == (2, 1)
    assert lost(read(rows, rules=CellRules(no_ids=("NULL",)))) == (0, 0)
    assert lost(read(rows, rules=CellRules(zeros="left out", no_ids=("NULL",)))) == (2, 2)


def test_with_an_articles_file_its_articles_alone_can_be_lost():
    articles = "item,title\ni1,A\ni2,B\ni9,C\n"
    rows = ["u1,i1,4", "u2,i2,5", "u9,i9,x", "u8,i8,x", "u7,i7,4", "u7,i6,4", "u1,i5,4"]
    report = read(rows, articles)
    assert lost(report) == (3, 1)
    assert report.lost == "3 readers and 1 article occur only in these rows"


def test_of_cells_with_several_articles_people_alone_are_counted():
    rows = ["u1,a1 a2,4", "u2,a1 a3,5", "u9,a1 a4,x"]
    assert lost(read(rows, rules=CellRules(several="blanks"))) == (1, 0)


def test_one_is_said_in_the_singular_and_none_not_at_all():
    assert read(["u1,i1,4", "u2,i2,5", "u9,i1,x"]).lost == "1 reader occurs only in these rows"
    assert read(["u1,i1,4", "u2,i2,5"]).lost == ""
