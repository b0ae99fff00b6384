"""Quotation marks that open a cell and never close: no row is lost, and it is said."""

import pytest
from hypothesis import given, strategies as st

from recsys.dataset.tables import read_tables
from recsys.formats.mending import mend
from recsys.formats.records import records
from recsys.formats.source import Source


def read(text, **how):
    return read_tables(None, Source(name="f", data=text.encode()), **how)


def notes(tables):
    return " ".join(tables.report.events.notes)


def test_two_odd_marks_swallow_nothing():
    rows = [
        ("u1", "Plain", 5),
        ("u2", '"Half', 7),
        ("u3", "b", 2),
        ("u4", '"Half', 9),
        ("u5", "c", 1),
    ]
    text = "user_id\ttitle\tplays\n" + "".join(f"{u}\t{t}\t{n}\n" for u, t, n in rows)
    tables = read(text.replace("title", "item"))
    assert tables.events["value"].tolist() == [5, 7, 2, 9, 1]
    assert tables.events["item_id"].tolist()[1] == '"Half'
    assert "2 lines have a quotation mark that is opened but never closed" in notes(tables)
    assert "line 3: u2" in notes(tables)
    assert tables.report.events.lines == 6


def test_plain_signs_are_offered_where_no_cell_needs_quoting():
    text = 'user_id\titem_id\nu1\t"Half\nu2\tb\nu3\tc\n'
    [hint] = read(text).report.events.hints
    assert hint.text == "No cell in this file needs quotation marks around it."
    assert hint.shell == "--no-quoting"
    assert not read(text + 'u4\t"a\tb"\n').report.events.hints
    assert not read(text + 'u4\t"two\nlines"\n').report.events.hints


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_many_rows_after_an_odd_mark_are_all_there(delimiter, end):
    rows = [f"u{i}{delimiter}i{i % 7}{delimiter}{i}" for i in range(2_000)]
    rows[3] = delimiter.join(["u3", '"i3', "3"])
    rows[900] = delimiter.join(["u900", 'i"900"', "900"])
    text = end.join([delimiter.join(["user_id", "item_id", "plays"]), *rows]) + end
    tables = read(text)
    assert tables.report.events.kept == 2_000
    assert tables.events["item_id"].tolist()[900] == 'i"900"'
    assert tables.report.events.lines == 2_001


def test_cells_of_several_lines_stay_what_they_are():
    text = 'user_id,item_id,comment\nu1,i1,"one, two\nthree, four\nfive"\nu2,i2,"a ""b""\nc"\n'
    tables = read(text)
    report = tables.report.events
    assert (report.rows, report.kept, report.lines, report.inside) == (2, 2, 6, 3)
    assert "lines    6: 1 before the first row, 2 rows, 3 inside quoted cells" in str(report)
    assert not report.hints and "quotation" not in notes(tables)


def test_a_cell_that_may_be_meant_either_way_is_said_and_can_be_read_the_other():
    text = 'item_id,user_id\n5,"Half open\n6,other\n7,closed"\n8,more\n'
    tables = read(text)
    assert tables.report.events.kept == 2
    [hint] = tables.report.events.hints
    assert "A cell contains lines that look like separate rows (from line 2)" in hint.text
    assert hint.shell == "--no-quoting"
    from recsys.formats.layout import ReadOptions

    plain = read(text, event_options=ReadOptions(**hint.options))
    assert plain.events["user_id"].tolist() == ['"Half open', "other", 'closed"', "more"]
    assert plain.report.events.layout.as_dict()["quoting"] == "off"


def test_a_numbered_list_in_a_cell_is_no_rows():
    text = 'user_id,item_id,note\nu1,i1,"Steps\n1 do, this\nthen, that"\n'
    assert read(text).report.events.kept == 1


cell = st.text(st.sampled_from("abc 12"), min_size=1, max_size=5).map(lambda text: f"x{text}")


@given(st.lists(st.tuples(cell, cell, cell), min_size=2, max_size=60), st.data())
def test_any_rows_with_odd_marks_are_as_many_as_their_lines(rows, data):
    odd = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=5))
    lines = [
        "\t".join((a, f'"{b}' if place in odd else b, c)).encode() + b"\n"
        for place, (a, b, c) in enumerate(rows)
    ]
    mended = mend(lines, "\t", 3, whole=True)
    assert mended.changed == sorted(odd)
    assert [size for size, _ in records(mended.lines, "\t")] == [1] * len(rows)


@given(
    st.lists(st.sampled_from([b'a,"b\n', b"a,b\n", b'a,b"\n', b'"\n', b'a,"b",\n', b"x\n", b"\n"])),
    st.integers(0, 40),
)
def test_what_is_decided_does_not_depend_on_where_the_text_is_cut(lines, cut):
    whole = mend(lines, ",", 2, whole=True)
    first = mend(lines[:cut], ",", 2, whole=False)
    if first.is_open:
        return  # it is then gone through again, with more lines
    rest = mend(lines[cut:], ",", 2, whole=True)
    assert [*first.lines, *rest.lines] == whole.lines
    assert [*first.changed, *(cut + place for place in rest.changed if cut <= len(lines))] == (
        whole.changed
    )


def test_a_mark_before_a_text_with_the_delimiter_swallows_nothing_either():
    text = 'user_id,item_id,comment\nu1,i1,"Well, yes\nu2,i2,ok\nu3,i1,ok\nu4,i2,"fine"\nu5,i1,ok\n'
    tables = read(text)
    assert tables.events["user_id"].tolist() == ["u1", "u2", "u3", "u4", "u5"]
    assert "A line has a quotation mark that is opened" in notes(tables)
    many = "".join(f"u{i},i{i % 7},ok\n" for i in range(1_000))
    assert read(text + many + 'u6,i1,"No, never\n' + many).report.events.kept == 2_006


def test_other_forms_of_ids_do_not_hide_rows():
    rows = "".join(f"u{i},B{i % 9}X,fine\n" for i in range(100))
    tables = read(f'user_id,item_id,title\nu0,0345451045,"Half open\n{rows}u1,B1X,"a"\n')
    assert tables.report.events.kept == 102
    rows = "".join(f"u{i},m{i % 9},T,\\N\n" for i in range(100))
    tables = read(f'user_id,item_id,title,plays\nu0,m1,"Half open,7\n{rows}u1,m1,"T",3\n')
    assert tables.report.events.rows == 102


def test_a_table_in_a_cell_is_no_rows():
    recipe = '"Ingredients\n2,cups,flour\n1,spoon,salt\n3,large,eggs"'
    text = "item_id,user_id,recipe\n" + "".join(f"i{i},u{i},{recipe}\n" for i in range(12))
    assert read(text).report.events.kept == 12
    text = "item_id,user_id,recipe\n" + "".join(f"{i},T {i},{recipe}\n" for i in range(12))
    report = read(text).report.events
    assert report.kept == 12
    [hint] = report.hints
    assert "12 cells contain lines that look like separate rows" in hint.text


def test_quoting_can_be_insisted_on():
    from recsys.formats.layout import ReadOptions

    text = 'item_id,user_id\n1,"a\n2,b\n3,"c"\n4,d\n'
    assert read(text).report.events.kept == 4
    strict = read(text, event_options=ReadOptions(quoting=True))
    assert strict.report.events.kept == 2
