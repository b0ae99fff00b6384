"""Columns of files as they are met: recognised by their names and by what their cells look like."""

import random
from pathlib import Path

import pandas as pd
import pytest

from recsys.errors import FileError
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.column_names import (
    CODES,
    EVENT,
    ID,
    ITEMS,
    KIND,
    TEXT,
    TIME,
    TITLE,
    URL,
    USERS,
    VALUE,
)
from recsys.reading.guessing import guess
from recsys.reading.looking import SAMPLE, look

HEADERS = [
    part.split("\n")
    for part in (Path(__file__).parent / "headers.txt").read_text("utf-8").strip().split("\n\n")
]
"""Public data sets: a name, the header's line, a row, and the columns that are to be found."""


def row(form, i):
    """The i-th row: the same `item`, `no` and `name` go together."""
    article = i * 5 % 23
    cells = {
        "row": i,
        "user": f"u{i * 7 % 17}",
        "uno": i * 7 % 17,
        "item": f"i{article}",
        "no": 100 + article,
        "name": f"The Name {article}",
        "few": i % 5,
        "bit": i % 2,
        "big": i * 917 % 5000,
        "block": i // 20 + 1,
        "kind": ("view", "share")[i % 2],
        "unix": 1_500_000_000 + i * 86_400,
        "day": f"2021-03-{i % 28 + 1:02}",
        "prose": f"This text says in quite a few words what the article number {i} is about.",
    }
    return form.format(**cells)


def looked(form, header=None, n=60):
    rows = [header] * bool(header) + [row(form, i) for i in range(n)]
    data = "".join(f"{one}\n" for one in rows).encode()
    return look(Source(name="f", data=data), None if header else ReadOptions(header=False))


@pytest.mark.parametrize(
    ("what", "header", "form", "expected"), HEADERS, ids=lambda text: text[:40]
)
def test_files_of_public_data_sets(what, header, form, expected):
    kind = what.removeprefix("# ").split(":")[0]
    parts = dict(part.replace("+", " ").split("=") for part in expected.split(" "))
    found = looked(form, header)
    assert found.kind == kind
    mapping = found.guess.events if kind == "interactions" else found.guess.articles
    assert mapping.as_dict() == parts
    assert found.guess.certain == ("Deskdrop" in what)


def test_each_part_is_found_by_itself():
    found = looked("{user},{day},{few}", "user_id,date,rating").guess
    assert found.events is None and found.articles is None
    assert found.event_parts == {"user": "user_id", "timestamp": "date", "value": "rating"}
    found = looked("{prose},http://x/{row},en", "body,link,lang").guess
    assert found.article_parts == {"item": "link", "language": "lang", "text": "body"}
    assert looked("{few},{bit}", "age,height").guess.event_parts == {}


def test_ids_are_no_prose_and_no_fractions():
    assert looked("{user},{prose},{item}", "user,content,item").guess.events.item == "item"
    assert looked("{user},{prose}", "user,content").guess.events is None
    assert looked("{user},0.{no},{item}", "user,product,page").guess.events.item == "page"
    assert looked("{uno}.0,{no}.0", "user_id,item_id").guess.events.user == "user_id"
    fractions = looked("{uno}.5,{item}", "user_id,item_id").guess
    assert fractions.events.user == "user_id"  # there is no other; that they are none is said later


def test_a_title_of_an_interactions_file_says_the_same_of_an_article_in_each_row():
    header = "user_id,item_id,title"
    assert looked("{user},{item},{name}", header).guess.events.title == "title"
    assert looked("{user},{item},About {row}", header).guess.events.title is None
    assert looked("{user},{item},nice", header).guess.events.title is None
    assert looked("{user},{item},Ann {uno}", "user_id,item_id,name").guess.events.title is None
    songs = looked("{user},{item},Artist {few}", "user_id,track_id,artist_name").guess
    assert songs.events.title is None  # of something else, whatever it says


def test_a_list_of_articles_with_their_owners_is_told_from_interactions():
    header = "video_id,user_id,title"
    assert looked("v{row},{user},How to {row}", header).kind == "articles"
    assert looked("v{row},{user},How to {row}", header, n=5).kind == "interactions"
    assert looked("{item},{user},{name}", header).kind == "interactions"
    rated = looked("v{row},{user},How to {row},{few}", f"{header},rating")
    assert rated.kind == "interactions"
    assert looked("u{row},44,other,writer", "user_id,age,sex,job").kind == ""


@pytest.mark.parametrize(
    ("header", "form", "item"),
    [
        ("user,article,content,date", "{uno},{no},{kind},{day}", "article"),
        ("id,user,post,content,date", "{row},{uno},{no},this post {few} that,{day}", "post"),
        ("id,user_id,content,article,created", "{row},{uno},nice {row},{item},{day}", "article"),
        ("user_id,contentId,article", "{uno},{item},{name}", "contentId"),
        ("user,content,rating", "{uno},{no},{few}", "content"),
    ],
)
def test_a_column_that_is_called_content_is_the_last_that_is_taken_for_articles(header, form, item):
    found = looked(form, header)
    assert (found.kind, found.guess.events.item) == ("interactions", item)


@pytest.mark.parametrize("cell", ["4419{few}", "20211{bit}", "2021031{few}", "2021-03-1{few}"])
def test_a_column_of_days_or_months_is_a_time(cell):
    for name in ("day", "month"):
        form = "{user},{item}," + cell
        assert looked(form, f"user_id,item_id,{name}").guess.events.timestamp == name
    assert looked("{user},{item},{few}", "user_id,item_id,day").guess.events.timestamp is None


def test_a_list_of_orders_is_no_list_of_articles():
    orders = looked("{row},{no},1", "order_id,product_id,reordered")
    assert (orders.kind, orders.guess.event_parts) == ("", {"item": "product_id"})
    visits = looked("{uno},{no},{few}", "tourist_id,attraction_id,rating")
    assert (visits.kind, visits.guess.event_parts) == ("", {"value": "rating"})
    assert looked("{item},The end of {item}", "item,text").kind == "articles"  # listed again


def test_a_value_is_a_number_and_a_time_is_not_a_small_one():
    assert looked("{user},{item},Mixed", "user,item,rating").guess.events.value is None
    assert looked("{user},{item},{few}", "user,item,time").guess.events.timestamp is None
    assert looked("{user},{item},{unix}", "user,item,read_at").guess.events.timestamp == "read_at"
    assert looked("{user},{item},{few}", "user,item,released_at").guess.events.timestamp is None
    assert looked("{user},{item},{day}", "user,item,seen").guess.events.timestamp == "seen"
    assert looked("{user},{item},{day}", "user,item,birth date").guess.events.timestamp is None
    assert looked("{user},{item},{row}", "user,item,event").guess.events.event is None


@pytest.mark.parametrize(
    ("form", "kind", "parts"),
    [
        ("{uno}\t{no}\t{few}\t{unix}", "interactions", "1 2 value=3 timestamp=4"),
        ("{block}::{no}::{few}::{unix}", "interactions", "1 2 value=3 timestamp=4"),
        ("{block},{day}T10:00:00Z,{no},0", "interactions", "1 3 timestamp=2"),
        ("{user},{item},{kind}", "interactions", "1 2 event=3"),
        ("{row},Movie {row} (1995),01-Jan-1995,,http://x/{row},0,1", "articles", "1 title=2 url=5"),
        ("N{row},news,Title of {row},{prose},[]", "articles", "1 title=3 text=4"),
        ("{row},{user},{day} 9:05:58,N1 N2 N3 N4 N5 N6 N7 N8 N9", "", "timestamp=3"),
        ("{user},{item},{no},{few}", "", ""),
        ("{few},{bit},{kind}", "", ""),
        ("{uno},{name},{kind},{few}.0,0", "interactions", "1 2 event=3 value=4"),
        ("{uno},{item},{kind},{big}.0,0", "interactions", "1 2 event=3 value=4"),
        ("{no},{name},{big}.0", "", ""),
        ("{name},{uno},{big}.0", "", ""),
        ("{uno}.0,{no}.0,{few}", "interactions", "1 2 value=3"),
    ],
)
def test_columns_without_names_are_guessed_where_their_cells_tell_clearly(form, kind, parts):
    found = looked(form)
    assert found.kind == kind
    ids = iter(["user", "item"] if kind == "interactions" else ["item"])
    expected = {}
    for part in parts.split():
        name, _, column = part.rpartition("=")
        expected[name or next(ids)] = f"column {column}"
    assert (found.guess.article_parts or found.guess.event_parts) == expected


def test_a_first_line_of_data_is_not_taken_for_names():
    with pytest.raises(FileError, match="looks like data"):
        looked("{row},http://x/{row},0", row("{row},http://x/{row},0", 60))


def test_more_rows_than_the_preview_are_looked_at():
    found = looked("{user},{item}", "user,item", n=SAMPLE + 5)
    assert (len(found.preview), len(found.sample)) == (20, SAMPLE)


def test_a_column_that_is_there_twice_is_not_guessed_where_it_is_not_needed():
    assert looked("{user},{item},1,2", "user,item,rating,rating").guess.events.value is None
    assert looked("{user},{item},x", "user,item,item").guess.events.item == "item"


@pytest.mark.parametrize("named", [True, False])
def test_whatever_the_columns_are_a_guess_names_each_once(named):
    words = [*USERS, *ITEMS, *ID, *CODES, *VALUE, *TIME, *TITLE, *URL, *TEXT, *KIND, *EVENT]
    words += ["", "_", " ", "é", "用户ID", "{", "\u200b", "\x00"]
    cells = ["", " ", "1", "1.5", "nan", "inf", "1e400", "x", "http://a", "2021-01-01", "長い文"]
    cells += ["word " * 50, "1500000000", "9" * 400, "\x00", "None"]
    for seed in range(200):
        rng = random.Random(seed)
        names = [" ".join(rng.choices(words, k=rng.randint(1, 3))) for _ in range(5)]
        columns = tuple(rng.choices([*names, ""], k=6))
        rows = [rng.choices(cells, k=6) for _ in range(rng.choice([0, 1, 30]))]
        found = guess(columns, pd.DataFrame(rows, columns=list(columns), dtype=str), named=named)
        for parts in (found.event_parts, found.article_parts):
            assert len(set(parts.values())) == len(parts)
            assert set(parts.values()) <= set(columns) - {""}
