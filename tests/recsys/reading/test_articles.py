"""Of an article that is given twice, which row counts and what is said of it."""

import pytest

from recsys.dataset.tables import read_tables
from recsys.errors import FileError
from recsys.formats.source import Source
from recsys.reading.mapping import ArticleMapping

LATER = "listed again later (the latest row is used)"
LAST = "listed again (the last row is used: not all times are readable)"
MAPPINGS = {"date,item,title": ArticleMapping(item="item", title="title", timestamp="date")}
EVENTS = Source(name="i.csv", data=b"user,item\np,a\nq,a\np,b\nq,b\n")


def read(head, *rows):
    text = "".join(f"{row}\n" for row in (head, *rows))
    articles = Source(name="a.csv", data=text.encode())
    return read_tables(articles, EVENTS, article_mapping=MAPPINGS.get(head))


def outcome(tables):
    titles = dict(zip(tables.articles["item_id"], tables.articles["title"], strict=True))
    left_out = tables.report.articles.left_out
    return titles["a"], [(part.reason, part.lines.tolist()) for part in left_out]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("2021-05-01 10:00:00 UTC", "2021-03-01 10:00:00 UTC"),
        ("2021-03-01T10:00:00Z", "2021-03-01T10:00:00+01:00"),
        ("2021-05-01 ", "2021-03-01"),
        ("20210501", "20210301"),
        ("44317", "44256.5"),
        ("1619827200000", "1614556800"),
        ("1 May 2021", "13 April 2021"),
        ("01/05/2021", "13/04/2021"),
    ],
)
def test_the_latest_row_counts_where_its_times_can_be_read(new, old):
    tables = read("date,item,title", f"{new},a,new", f"{old},a,old", f"{new},b,B")
    assert outcome(tables) == ("new", [(LATER, [3])])


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2021-05-01", "soon"),
        ("soon", "2021-03-01"),
        ("", ""),
        ("now", "today"),
        ("2021-05-01", ""),
    ],
)
def test_no_row_is_called_the_latest_where_times_cannot_be_read(first, last):
    rows = (f"{first},a,first", f"{last},a,last", "2021-01-02,b,B", "2021-01-01,b,old B")
    tables = read("date,item,title", *rows)
    title, left_out = outcome(tables)
    assert title == "last"
    assert left_out == [(LAST, [2]), (LATER, [5])]
    assert any("without a readable date" in note for note in tables.report.articles.notes)


def test_which_of_day_and_month_comes_first_is_not_known_either():
    tables = read("date,item,title", "03/05/2021,a,first", "04/03/2021,a,last")
    assert outcome(tables) == ("last", [(LAST, [2])])
    assert len(tables.report.articles.hints) == 2


def test_of_equal_times_no_row_is_called_the_latest():
    rows = ("2021-05-01,a,first", "2021-05-01,a,last", "2021-03-01,a,old", "2021-05-01,b,B")
    tables = read("date,item,title", *rows)
    equal = "listed again at the same time (the last row is used)"
    assert sorted(outcome(tables)[1]) == sorted([(equal, [2]), (LATER, [4])])
    assert outcome(tables)[0] == "last"


def test_without_times_the_last_row_counts():
    tables = read("item,title", "a,first", "a,last")
    assert outcome(tables) == ("last", [("listed again (the last row is used)", [2])])


SHARED = "timestamp,eventType,contentId,title"
NOTICE = "CONTENT REMOVED: a notice, not an article"


@pytest.mark.parametrize(
    ("shared", "removed", "gone"),
    [("2021-03-01 UTC", "2021-05-01 UTC", True), ("2021-05-01 UTC", "2021-03-01 UTC", False)],
)
def test_a_notice_counts_by_its_time(shared, removed, gone):
    row = f"{removed},CONTENT REMOVED,a,"
    tables = read(SHARED, row, f"{shared},CONTENT SHARED,a,A", "2021-01-01,CONTENT SHARED,b,B")
    flags = dict(zip(tables.articles["item_id"], tables.articles["removed"], strict=True))
    assert flags == {"a": gone, "b": False}
    assert outcome(tables)[1] == [(NOTICE, [2])]


def test_shared_rows_without_a_readable_time_are_articles_all_the_same():
    rows = ("soon,CONTENT SHARED,a,first", "1614556800,CONTENT SHARED,a,last")
    tables = read(SHARED, *rows, "later,CONTENT SHARED,b,B", "never,CONTENT REMOVED,b,B")
    reason = "shared again (the last row is used: not all times are readable)"
    assert outcome(tables) == ("last", [(reason, [2]), (NOTICE, [5])])
    assert tables.articles["removed"].tolist() == [False, True]
    assert tables.articles["timestamp"].tolist() == ["1614556800", ""]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1614556800", "1614556800"),
        ("1614556800.50", "1614556800.50"),
        ("1614556800500", "1614556800.5"),
        ("20210301", "1614556800"),
        ("44256.5", "1614600000"),
        ("2021-03-01", "1614556800"),
        ("2021", "1609459200"),
        ("soon", ""),
    ],
)
def test_the_digits_of_the_file_stay_where_they_are_seconds(cell, text):
    tables = read("date,item,title", f"{cell},a,A", f"{cell},b,B")
    assert tables.articles["timestamp"].tolist() == [text] * 2


def test_nothing_is_lost_with_rows_that_later_ones_replace():
    rows = ("2021-03-01,a,first", "2021-05-01,a,last", "2021-05-01,,none")
    [later, no_id] = read("date,item,title", *rows).report.articles.left_out
    assert (later.reason, later.lost) == (LATER, False)
    assert (no_id.reason, no_id.lost) == ("item is empty", True)
    rows = ("2021-05-01 UTC,CONTENT SHARED,a,A", "2021-03-01 UTC,CONTENT REMOVED,a,")
    [notice] = read(SHARED, *rows).report.articles.left_out
    assert (notice.reason, notice.lost) == (NOTICE, False)


def test_the_names_of_the_columns_in_the_middle_are_left_out_in_whatever_case():
    tables = read("item,title", "a,A", "item,title", "b,B", "ITEM, Title", "item,Items")
    again = ("repeated header line", [3, 5])
    assert outcome(tables) == ("A", [again])
    assert tables.articles["item_id"].tolist() == ["a", "b", "item"]


def test_the_names_in_another_order_are_refused():
    with pytest.raises(FileError, match=r"a.csv, line 3: repeats the column names in a different"):
        read("item,title", "a,A", "title,item", "B,b")
