"""What stands before the rows, and which sign cuts them."""

import pytest

from recsys.dataset import NothingLeft
from recsys.dataset.tables import read_tables
from recsys.errors import FileError
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.left_out import left_out_rows
from recsys.reading.looking import look

ROWS = [(f"u{i % 9}", f"i{i % 7}", i % 5 + 1) for i in range(60)]


def made(delimiter=",", names=("user_id", "item_id", "rating")):
    return "".join(delimiter.join(map(str, row)) + "\n" for row in [names, *ROWS])


def report_of(text, **options):
    source = Source(name="f", data=text.encode())
    return read_tables(None, source, event_options=ReadOptions(**options)).report.events


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "::", " ", "\x01", "  "])
def test_every_separator_is_found(delimiter):
    report = report_of(made(delimiter))
    assert (report.kept, report.lines) == (60, 61)
    assert report.layout.columns == ("user_id", "item_id", "rating")


def test_blanks_align_columns_and_quoted_cells_keep_theirs():
    text = 'user_id   item_id\n  u1      "a  b"\nu22     c\n'
    source = Source(name="f", data=text.encode())
    tables = read_tables(None, source, event_options=ReadOptions(delimiter=" "))
    assert tables.events["item_id"].tolist() == ["a  b", "c"]


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("sep=,\n", 1),
        ('"sep=,"\n', 1),
        ("# made by hand\n# 2021, March\n\n", 3),
        ("% a comment\n", 1),
        ("\n\n", 2),
        ("All posts\nMarch 2021\n", 2),
    ],
)
def test_lines_before_the_names_are_skipped_and_said(before, count):
    report = report_of(before + made())
    assert (report.kept, report.before, report.lines) == (60, count + 1, 61 + count)
    assert any("Skipped before the first row" in note for note in report.notes) == bool(
        before.strip()
    )


def test_names_in_a_comment_are_names():
    report = report_of("# a file\n#" + made())
    assert report.layout.columns == ("user_id", "item_id", "rating")
    assert (report.kept, report.before) == (60, 2)


def test_a_delimiter_at_the_end_of_names_or_of_rows_is_no_cell():
    names, *rows = made().splitlines()
    report = report_of("\n".join([names + ",", *rows]))
    assert report.kept == 60
    assert (
        "The header line ends with a delimiter that the rows do not have. It was ignored."
        in report.notes
    )
    report = report_of("\n".join([names, *(row + "," for row in rows)]))
    assert report.kept == 60
    assert (
        "The rows end with a delimiter that the header line does not have. It was ignored."
        in report.notes
    )


def test_rows_with_a_name_of_their_own_keep_their_columns():
    names, *rows = made().splitlines()
    report = report_of("\n".join([names, *(f"{i},{row}" for i, row in enumerate(rows))]))
    assert report.kept == 60
    assert report.mapping["user"] == "user_id"
    assert report.layout.columns[0] == "column 0"


def test_an_odd_mark_at_the_beginning_does_not_mislead():
    text = made().replace("u1,i1", 'u1,"i1', 1)
    assert look(Source(name="f", data=text.encode())).layout.delimiter == ","
    assert report_of(text).kept == 60


def test_a_mark_alone_in_the_last_line_is_a_blank_line():
    source = Source(name="f", data=(made() + "\ufeff").encode())
    report = read_tables(None, source).report.events
    assert (report.kept, report.rows, report.lines) == (60, 61, 62)
    text = "".join(left_out_rows(source, report))
    assert text.splitlines()[1].startswith("62,blank line")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_marks_between_joined_files_are_taken_out_and_said(encoding):
    text = made() + "\ufeff" + made().partition("\n")[2]
    source = Source(name="f", data=text.encode(encoding))
    tables = read_tables(None, source)
    assert tables.report.events.kept == 120
    assert tables.events["user_id"].nunique() == 9
    told = "A line begins with a byte order mark (line 62)"
    assert any(told in note for note in tables.report.events.notes)


@pytest.mark.parametrize(
    ("names", "row"),
    [
        ("user_id;item_id;when", "u{i};i{j};Mar 1, 2021, 10:05 PM"),
        ("item_id;user_id;tags", "i{i};u{j};news,sport,local"),
        ("user_id,item_id,category", "u{i},i{j},A|B|C|D"),
        ("user_id\titem_id\twhen", "u{i}\ti{j}\tMon, Mar 1, 2021"),
    ],
)
def test_a_list_in_each_row_does_not_beat_the_delimiter(names, row):
    rows = [row.format(i=i % 9, j=i % 7) for i in range(60)]
    report = report_of("\n".join([names, *rows]) + "\n")
    assert (report.kept, report.before) == (60, 1)


@pytest.mark.parametrize("first", ["#user_id,item_id,rating", "%user_id,item_id,rating"])
def test_names_in_a_comment_that_comes_first_are_names(first):
    rows = made().splitlines()[1:]
    report = report_of("\n".join([first, *rows]))
    assert (report.kept, report.layout.columns[0]) == (60, "user_id")


def test_a_delimiter_within_the_last_cell_shifts_no_columns():
    text = "user_id,item_id,hours\n" + "".join(f"u{i % 9},i{i % 7},3,5\n" for i in range(60))
    with pytest.raises(NothingLeft, match="malformed line: 60"):
        report_of(text)


def test_a_small_file_of_tabs_with_an_odd_mark_and_commas_is_read_as_tabs():
    rows = [f"u{i}\tn, {i}\ta, b, c, d" for i in range(9)]
    rows[3] = 'u3\t"Well, 3\tyes, no, and more'
    report = report_of("user_id\titem_id\tnote\n" + "\n".join(rows) + "\n")
    assert report.kept == 9


def test_a_mark_that_is_not_closed_is_refused_with_the_option():
    text = made().replace("u1,i1,2", 'u1,"i1', 1).replace("u2,i2,3", "some words", 1)
    with pytest.raises(FileError) as caught:
        read_tables(None, Source(name="f", data=text[:60].encode()))
    assert caught.value.shell == "--no-quoting"


def test_marks_behind_a_backslash_are_marks():
    rows = [r'"1";"Clara \"Callan\"; a novel";"en"', r'"2";"\"Hi\" said";"en"', '"3";"C";"pt"',
            r'"4";"C:\\";"pt"']  # fmt: skip
    text = '"ISBN";"user_id";"lang"\n' + "\n".join(rows) + "\n"
    source = Source(name="f", data=text.encode())
    tables = read_tables(None, source)
    assert tables.events["user_id"].tolist() == [
        'Clara "Callan"; a novel',
        '"Hi" said',
        "C",
        r"C:\\",
    ]
    report = tables.report.events
    assert r"Quotation marks in cells are written as \" in this file." in report.notes
    plain = read_tables(None, Source(name="f", data=b'user_id,item_id\nu1,"C:\\"\nu2,"D"\n'))
    assert plain.events["item_id"].tolist() == ["C:\\", "D"]


def test_of_two_signs_that_cut_alike_the_rarer_one_cuts():
    rows = [f"{i}::Film {i} ({1990 + i})::A{i}, B, C" for i in range(30)]
    source = Source(name="f", data="\n".join(rows).encode())
    found = look(source, ReadOptions(header=False))
    assert found.layout.delimiter == "::" and len(found.layout.columns) == 3
