"""Titles that stand in the interactions file, beside the ids."""

import numpy as np
import pytest

from recsys.dataset.tables import read_tables
from recsys.formats.source import Source
from recsys.reading import events
from recsys.reading.mapping import EventMapping

MAPPING = EventMapping(user="user", item="item", title="name")


def source(text, name="f"):
    return Source(name=name, data=text.encode())


def read(*rows, articles=None):
    text = "user,item,name\n" + "".join(f"{row}\n" for row in rows)
    return read_tables(articles, source(text), event_mapping=MAPPING)


def test_the_first_title_of_an_article_that_is_not_blank_is_its_title():
    tables = read("p,b,", "p,a,Alpha", "q,b,Beta", "q,a,Alpha", "r,c, ", "r,b,Beta 2")
    assert tables.articles["item_id"].tolist() == ["a", "b", "c"]
    assert tables.articles["title"].tolist() == ["Alpha", "Beta", ""]
    assert "Articles with more than one name: 1. The first one is used." in (
        tables.report.events.notes
    )
    assert not any("more than one" in n for n in read("p,a,A", "q,a,A").report.events.notes)


def test_rows_that_are_left_out_give_no_title():
    assert read(",a,Wrong", "p,a,Right").articles["title"].tolist() == ["Right"]


def test_with_an_articles_file_its_titles_count_and_that_is_said():
    tables = read("p,a,Other", articles=source("item,title\na,Alpha\n", "articles"))
    assert tables.articles["title"].tolist() == ["Alpha"]
    assert tables.report.events.mapping == {"user": "user", "item": "item"}
    (note,) = tables.report.events.notes
    assert note == "name is not used: titles come from the articles file."


@pytest.mark.parametrize("fold", [1, 64, 1 << 20])
def test_titles_do_not_depend_on_how_many_rows_are_taken_at_a_time(fold, monkeypatch):
    monkeypatch.setattr(events, "FOLD", fold)
    monkeypatch.setattr("recsys.formats.chunks.FIRST", 512)
    rng = np.random.default_rng(0)
    items, versions = rng.integers(0, 40, 1000), rng.integers(0, 3, 1000)
    titles = [f"t{i}v{v}" if v else "" for i, v in zip(items, versions, strict=True)]
    first, differ = {}, set()
    for item, title in zip(items, titles, strict=True):
        if title and first.setdefault(str(item), title) != title:
            differ.add(item)
    tables = read(*(f"p,{i},{t}" for i, t in zip(items, titles, strict=True)))
    shown = dict(zip(tables.articles["item_id"], tables.articles["title"], strict=True))
    assert {item: title for item, title in shown.items() if title} == first
    assert any(f"more than one name: {len(differ)}." in n for n in tables.report.events.notes)


def test_ids_that_are_names_are_titles():
    rows = "".join(f"u{i},{name}\n" for i, name in enumerate(["The Witness", "Portal", "Dota 2"]))
    source = Source(name="f", data=f"user_id,game\n{rows}".encode())
    articles = read_tables(None, source).articles
    assert articles["title"].tolist() == articles["item_id"].tolist()
    source = Source(name="f", data=b"user_id,item_id\nu1,i 1\nu2,i2\nu3,i3\nu4,i4\nu5,i5\nu6,i6\n")
    assert set(read_tables(None, source).articles["title"]) == {""}
