"""Where events are about none of the articles' ids, another column that holds them is named."""

import pytest

from recsys.dataset.reader import NothingLeft
from recsys.dataset.tables import read_tables
from recsys.formats.source import Source

N_BOOKS = 400  # more than are looked at first


def source(name, lines):
    return Source(name=name, data="".join(f"{line}\n" for line in lines).encode())


def goodbooks(first):
    """Books as of goodbooks-10k, with Goodreads' own ids from a number on."""
    lines = [
        f'{i},{first + i * 7},{i % 50 + 1900},"Title, {i}",{(i * 37) % 5000}'
        for i in range(1, N_BOOKS + 1)
    ]
    return source("books.csv", ["id,book_id,year,title,ratings_count", *lines])


def ratings(book_of=lambda i: i):
    lines = [f"{i % 40},{book_of(i % N_BOOKS + 1)},{i % 5 + 1}" for i in range(1200)]
    return source("ratings.csv", ["user_id,book_id,rating", *lines])


def hints(report):
    return [hint for hint in report.hints if "if its ids in" in hint.text]


def test_it_is_named_where_no_row_matches():
    with pytest.raises(NothingLeft) as caught:
        read_tables(goodbooks(2_000_000), ratings())
    (hint,) = hints(caught.value.reports[1])
    assert hint.text == (
        "1,200 rows that were left out would match an article if its ids in books.csv were taken "
        "from id, not book_id: '1' is found there."
    )
    assert hint.shell == "--article-columns item=id,title=title"


def test_it_is_named_where_a_few_rows_match_by_chance():
    tables = read_tables(goodbooks(1), ratings())
    (hint,) = hints(tables.report.events)
    assert 0 < tables.report.events.kept < 600
    assert hint.shell == "--article-columns item=id,title=title"


def test_what_was_the_title_is_so_no_longer():
    with pytest.raises(NothingLeft) as caught:
        read_tables(goodbooks(1), ratings(lambda i: f'"Title, {i}"'))
    (hint,) = hints(caught.value.reports[1])
    assert hint.shell == "--article-columns item=title"


def test_nothing_is_said_where_no_other_column_has_the_ids_of_most_rows():
    with pytest.raises(NothingLeft) as caught:
        read_tables(goodbooks(1), ratings(lambda i: 70_000 + i))
    assert hints(caught.value.reports[1]) == []
    half = read_tables(goodbooks(1), ratings(lambda i: i * 7 + 1 if i <= 300 else 10**6 + i))
    assert hints(half.report.events) == []
    assert 0 < half.report.events.kept < half.report.events.rows
