"""A workbook is the table of its first filled sheet, or is refused, in bounded memory."""

import builtins
import gzip
import io
import zipfile
from unittest import mock

import pytest
from hypothesis import given, strategies as st

from recsys.dataset.tables import read_tables
from recsys.errors import FileError, KindredError
from recsys.formats.layout import ReadOptions
from recsys.formats.rectangle import is_workbook
from recsys.formats.signatures import OLE2
from recsys.formats.source import Source
from recsys.reading.left_out import left_out_rows
from recsys.reading.looking import look

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
DATE = 1  # the style of a day


def packed(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx(*sheets: str, hidden: tuple[int, ...] = ()) -> bytes:
    """A workbook of sheets in XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"'
        f"{' state=' + chr(34) + 'hidden' + chr(34) if n in hidden else ''}/>"
        for n in numbers
    )
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in numbers
    )
    styles = '<Relationship Id="st" Type="' + OFFICE + '/styles" Target="styles.xml"/>'
    root = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{targets}{styles}'
            "</Relationships>",
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>'
            '<xf numFmtId="14"/></cellXfs></styleSheet>',
            **{f"xl/worksheets/s{n}.xml": sheets[n - 1] for n in numbers},
        }
    )


def letters(column: int) -> str:
    return (letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)


def cell(place: str, value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, tuple):
        return f'<c r="{place}" s="{DATE}"><v>{value[0]}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    if value.startswith("#"):
        return f'<c r="{place}" t="e"><v>{value}</v></c>'
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def sheet(*rows: list) -> str:
    made = [
        f'<row r="{n}">'
        + "".join(cell(f"{letters(i)}{n}", value) for i, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, 1)
        if row
    ]
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(made)}</sheetData></worksheet>'


def ods(*rows: str) -> bytes:
    names = "".join(f' xmlns:{part}="{ODF}:{part}:1.0"' for part in ("office", "table", "text"))
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="T">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def ods_row(*texts: str, times: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


BOOK = xlsx(
    sheet(
        ["user", "item", "count", "timestamp", "note"],
        ["u1", 123.0, 2.5, (44317.5,), True],
        [],
        [7, "a & b", 1, (44317,), "#N/A"],
        ["u3", None, 1, None, None],
    )
)


def source(data: bytes) -> Source:
    return Source(name="f", data=data)


def read(data: bytes, **options):
    return read_tables(None, source(data), event_options=ReadOptions(**options))


def refused(data: bytes) -> FileError:
    with pytest.raises(FileError) as caught:
        read(data)
    assert caught.value.where == "f" and caught.value.todo
    return caught.value


def test_cells_become_the_text_that_a_person_sees():
    found = look(source(BOOK))
    assert found.layout.columns == ("user", "item", "count", "timestamp", "note")
    assert found.layout.as_dict() == {"format": "workbook", "packing": "none", "header": "yes"}
    rows = found.preview.to_numpy().tolist()
    assert rows[0] == ["u1", "123", "2.5", "2021-05-01T12:00:00", "true"]
    assert rows[2] == ["7", "a & b", "1", "2021-05-01", ""]


def test_every_row_is_accounted_for_by_its_number():
    tables = read(BOOK)
    report = tables.report.events
    assert tables.events["item_id"].tolist() == ["123", "a & b"]
    assert [(part.reason, part.lines.tolist()) for part in report.left_out] == [
        ("blank line", [3]),
        ("item is empty", [5]),
    ]
    assert (report.rows, report.kept) == (4, 2)
    text = "".join(left_out_rows(source(BOOK), report))
    assert (
        text
        == "row,reason,user,item,count,timestamp,note\n3,blank line,,,,,\n5,item is empty,u3,,1,,\n"
    )


def test_the_first_sheet_with_two_filled_rows_is_read_and_said():
    table = sheet(["user", "item"], ["u", "a"], ["v", "b"])
    data = xlsx(sheet(["About this file"]), table, sheet(["user", "item"], ["x", "y"], ["x", "z"]))
    report = read(data).report.events
    assert report.kept == 2
    assert "Read the sheet 'S2', the first of 3 with two filled rows." in report.notes
    hidden = read(xlsx(sheet(["user", "item"], ["x", "y"]), table, hidden=(1,))).report.events
    assert hidden.kept == 2 and any("'S2'" in note for note in hidden.notes)


def test_empty_rows_and_titles_before_the_names_are_skipped_and_said():
    rows = [[None, "user", "item", "event"], *([None, f"u{i}", f"a{i}", "VIEW"] for i in range(5))]
    report = read(xlsx(sheet([], ["Report of May"], [], *rows))).report.events
    assert (report.rows, report.kept) == (5, 5)
    assert "Skipped before the column names: 3 rows, 1 of them filled." in report.notes
    assert report.layout.columns == ("column 1", "user", "item", "event")


def test_without_names_the_columns_are_numbered():
    data = xlsx(sheet(["u", "a"], ["v", "b"]))
    found = look(source(data), ReadOptions(header=False))
    assert found.layout.columns == ("column 1", "column 2") and len(found.preview) == 2


def test_numbers_that_a_workbook_has_rounded_are_noted():
    data = xlsx(sheet(["user", "item"], [1234567890123456789, "a"], [123456789012345, "b"]))
    report = read(data).report.events
    assert any("more than 15 digits: 1 (row 2)" in note for note in report.notes)


def test_a_sheet_of_opendocument_is_read():
    rows = [ods_row("user", "item"), ods_row("u", "a", times=3), ods_row(times=1_000_000)]
    assert read(ods(*rows)).report.events.kept == 3


@pytest.mark.parametrize(
    "data",
    [
        xlsx(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
             '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'),
        xlsx(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
             "<row r = '1048576'><c r\n= 'xfd1048576'><v>1</v></c></row></sheetData></worksheet>"),
        ods(ods_row("user", "item"), ods_row(*["a"] * 9, times=1_000_000)),
    ],
    ids=["xlsx", "xlsx in other signs", "ods"],
)  # fmt: skip
def test_a_vast_sheet_that_is_nearly_empty_is_refused_before_it_is_opened(data):
    with mock.patch("python_calamine.CalamineWorkbook.from_filelike", side_effect=AssertionError):
        assert "that is nearly empty" in refused(data).what


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    data = packed({"xl/workbook.xml": "<workbook/>", "xl/media/a.xml": " " * (80 << 20)})
    assert "unpacks to far too much" in refused(data).what


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (packed({"xl/workbook.xml": "?", "xl/worksheets/sheet1.xml": "?"}), "cannot be read"),
        (BOOK[: len(BOOK) // 2], "cannot be read as one"),
        (xlsx(sheet(["user", "item"])), "without a sheet that has two filled rows (sheets: 1)"),
        (xlsx(sheet()), "without a sheet that has two filled rows"),
        (gzip.compress(BOOK), "contains another packed file"),
        (OLE2 + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "cannot be read"),
        (OLE2 + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE2 + b"\x00" * 600, "an old Office document"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(data, what):
    assert what in refused(data).what


def test_without_the_library_it_is_called_by_its_name(monkeypatch):
    whole = builtins.__import__

    def without(name, *rest, **named):
        if name == "python_calamine":
            raise ImportError(name)
        return whole(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    error = refused(BOOK)
    assert "python-calamine, which reads it, is not installed" in error.what
    assert "CSV" in error.todo


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
values = st.one_of(texts.map(lambda text: f"x{text}"), st.integers(-(10**14), 10**14))


@given(st.lists(st.tuples(values, values), min_size=1, max_size=10))
def test_it_is_the_table_of_the_same_cells(rows):
    events = read(xlsx(sheet(["user", "item"], *map(list, rows)))).events
    found = zip(events["user_id"].tolist(), events["item_id"].tolist(), strict=True)
    assert list(found) == [(str(user), str(item)) for user, item in rows]


@given(st.sampled_from([BOOK, ods(ods_row("user", "item"), ods_row("u", "a"))]), st.data())
def test_a_damaged_workbook_is_accounted_for_or_refused(whole, data):
    at = data.draw(st.integers(0, len(whole)))
    piece = data.draw(st.binary(max_size=6))
    for damaged in (whole[:at], whole[:at] + piece + whole[at + len(piece) :], OLE2 + whole[at:]):
        try:
            assert isinstance(is_workbook(source(damaged)), bool)
            report = read(damaged).report.events
        except KindredError:
            continue
        assert report.rows == report.kept + sum(part.count for part in report.left_out)


@given(st.text(st.sampled_from("<>/=\"'csheetDararow vA1XFD9#&;x "), max_size=60))
def test_any_sheet_at_all_is_accounted_for_or_refused(inside):
    body = sheet(["user", "item"], ["u", "a"]).replace("</sheetData>", f"{inside}</sheetData>")
    try:
        report = read(xlsx(body)).report.events
    except KindredError:
        return
    assert report.rows == report.kept + sum(part.count for part in report.left_out)
