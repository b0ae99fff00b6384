"""Cells that hold several articles: histories, baskets, what was shown and what was clicked."""

import pytest
from hypothesis import given, strategies as st

from recsys.columns import Col
from recsys.dataset import NothingLeft
from recsys.dataset.tables import read_tables
from recsys.formats.source import Source
from recsys.reading.parts import SEVERAL, looks_like_several
from recsys.reading.rules import CellRules

NEWS = "item_id,title\n" + "".join(f"N{i},Title {i}\n" for i in range(10, 30))


def source(text, name="i"):
    return Source(name=name, data=text.encode())


def read(rows, articles=None, **rules):
    text = "user_id\titem_id\ttime\n" + "".join("\t".join(row) + "\n" for row in rows)
    return read_tables(articles, source(text), event_rules=CellRules(**rules))


def pairs(tables):
    return list(zip(tables.events[Col.USER], tables.events[Col.ITEM], strict=True))


HISTORIES = [("u1", "N10 N11  N12", "2021-03-01"), ("u2", "N11", ""), ("u3", " ", "2021-03-02"),
             ("u4", "N11 N10", "2021-03-03")]  # fmt: skip


def test_each_article_of_a_cell_is_an_event_of_its_row():
    tables = read(HISTORIES, several="blanks")
    assert pairs(tables) == [("u1", "N10"), ("u1", "N11"), ("u1", "N12"), ("u2", "N11"),
                             ("u4", "N11"), ("u4", "N10")]  # fmt: skip
    assert tables.events[Col.TIMESTAMP].notna().tolist() == [True] * 3 + [False] + [True] * 2
    report = tables.report.events
    assert (report.rows, report.kept) == (4, 3)
    assert any("A cell of item_id can contain several articles" in note for note in report.notes)


def test_a_row_is_left_out_where_none_of_its_articles_is_known():
    rows = [("u1", "N10 X1", "1"), ("u2", "X1 X2", "1"), ("u3", "N11", "1")]
    tables = read(rows, source(NEWS), several="blanks")
    assert pairs(tables) == [("u1", "N10"), ("u3", "N11")]
    [left_out] = tables.report.events.left_out
    assert (left_out.count, left_out.lines.tolist()) == (1, [3])


def test_of_what_was_shown_the_clicked_ones_count():
    rows = [("u1", "N10-1 N11-0 N12-0", "1"), ("u2", "N11-0 N12-0", "1"), ("u3", "N12-1", "1")]
    tables = read(rows, source(NEWS), several="blanks")
    assert pairs(tables) == [("u1", "N10"), ("u3", "N12")]
    report = tables.report.events
    assert {part.reason: part.count for part in report.left_out} == {"no article in item_id": 1}
    assert any("the 4 others are not events" in note for note in report.notes)


def test_it_is_offered_where_cells_look_like_it():
    rows = [(f"u{i}", f"N{i + 10} N{i + 11}", "1") for i in range(9)]
    with pytest.raises(NothingLeft) as caught:
        read(rows, source(NEWS))
    [hint] = caught.value.reports[1].hints
    assert (hint.shell, hint.rules) == ("--several blanks", {"several": "blanks"})
    assert len(read(rows, source(NEWS), **hint.rules).events) == 18


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["N1 N2", "N3", "N4 N5 N6"], "blanks"),
        (["12,15,16", "3,4"], "commas"),
        (["12,15", "3,4"], ""),
        (["1,50E+12", "2,75E+12"], ""),
        (["a1|b2", "c3|d4"], "bars"),
        (["Title 7", "Title 8"], ""),
        (["2021-03-01 10:00", "2021-03-02 11:00"], ""),
        (["N1", "N2"], ""),
        ([], ""),
    ],
)
def test_lists_are_told_from_titles(cells, sign):
    assert looks_like_several(cells) == sign


ids = st.text("abc019", min_size=1, max_size=4)


@given(
    st.lists(st.lists(ids, max_size=4), min_size=1, max_size=20), st.sampled_from(sorted(SEVERAL))
)
def test_articles_come_back_in_order(lists, sign):
    rows = [(f"u{i}", SEVERAL[sign].join(items), "1") for i, items in enumerate(lists)]
    expected = [(f"u{i}", item) for i, items in enumerate(lists) for item in items]
    if not expected:
        with pytest.raises(NothingLeft):
            read(rows, several=sign)
        return
    tables = read([*rows, ("last", "z", "1")], several=sign)
    assert pairs(tables) == [*expected, ("last", "z")]
    report = tables.report.events
    assert report.kept == 1 + sum(map(bool, lists))
