"""Text in any encoding gives the table of the same text in UTF-8, or is refused with its line."""

import codecs
import gzip

import pytest
from hypothesis import given, strategies as st

from recsys.dataset.tables import read_tables
from recsys.errors import FileError, KindredError, SettingError
from recsys.formats import chunks
from recsys.formats.encodings import ENCODINGS, encoding_named
from recsys.formats.layout import ReadOptions
from recsys.formats.readings import readings_of
from recsys.formats.source import Source
from recsys.reading.left_out import left_out_rows

RUSSIAN = "user,item,event\nиван,новости,ПРОСМОТР\nмария,погода,ПРОСМОТР\nпётр,рецепты,ЧТЕНИЕ\n"


def source(data: bytes) -> Source:
    return Source(name="f", data=data)


def read(data: bytes, **options):
    return read_tables(None, source(data), event_options=ReadOptions(**options))


def refused(data: bytes, **options) -> FileError:
    with pytest.raises(FileError) as caught:
        read(data, **options)
    return caught.value


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("utf8", "UTF-8"),
        ("UTF-8-SIG", "UTF-8"),
        ("ascii", "UTF-8"),
        ("utf_16", "UTF-16"),
        ("UTF-16le", "UTF-16-LE"),
        ("cp1252", "Latin-1"),
        ("ISO 8859-1", "Latin-1"),
        ("windows-1251", "Windows-1251"),
        ("cp1251", "Windows-1251"),
        ("koi8r", "KOI8-R"),
        ("GBK", "GB18030"),
        ("gb2312", "GB18030"),
        ("sjis", "Shift-JIS"),
        ("cp932", "Shift-JIS"),
        ("big5", "Big5"),
        ("Mixed", "mixed"),
        ("cp037", "cp037"),
    ],
)
def test_an_encoding_is_known_by_many_names(name, meant):
    assert encoding_named(name) == meant
    assert encoding_named(meant) == meant


@pytest.mark.parametrize("name", ["", "ebcdic", "rot13", "hex", "zip", "idna", "x\x00", "é" * 99])
def test_what_is_no_encoding_of_text_is_refused(name):
    with pytest.raises(SettingError, match="is not known") as caught:
        encoding_named(name)
    assert "Windows-1251" in caught.value.todo


@pytest.mark.parametrize(
    "codec",
    ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1251", "koi8_r"],
)
def test_the_encoding_is_found_and_said(codec):
    tables = read(RUSSIAN.encode(codec))
    assert tables.fingerprint == read(RUSSIAN.encode()).fingerprint
    assert any(note.startswith("Read as ") for note in tables.report.events.notes)


def test_ascii_in_utf16_without_a_mark_is_found():
    text = "user,item\n" + "".join(f"u{i},a{i % 3}\n" for i in range(50))
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le"):
        assert read(text.encode(codec)).fingerprint == read(text.encode()).fingerprint
        packed = gzip.compress(text.encode(codec))
        assert read(packed).fingerprint == read(text.encode()).fingerprint


def test_an_encoding_that_shows_late_is_found(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 1 << 16)
    ascii_part = "user,item\n" + "u,a\n" * 400_000
    late = "".join(f"человек {i},статья {i}\n" for i in range(20))
    tables = read((ascii_part + late).encode("cp1251"))
    assert tables.report.events.layout.encoding == "Windows-1251"
    assert "человек 7" in set(tables.events["user_id"])


def test_where_letters_may_be_wrong_the_other_reading_is_offered():
    data = "item,title\n1,Погода\n".encode("cp1251")
    events = b"user,item\nu,1\n"
    report = read_tables(source(data), source(events)).report
    (hint,) = report.articles.hints
    assert hint.text == "Some letters may be wrong: 'Ïîãîäà' would be 'Погода' in Windows-1251."
    assert (hint.label, hint.shell) == (
        "Read as Windows-1251",
        "--article-encoding windows-1251",
    )
    options = ReadOptions(**hint.options)
    tables = read_tables(source(data), source(events), article_options=options)
    assert tables.articles["title"].tolist() == ["Погода"] and not tables.report.articles.hints
    alone = read("user,item\nu,Погода\n".encode("cp1251")).report.events
    assert [hint.shell for hint in alone.hints] == ["--encoding windows-1251"]


def test_a_glued_file_is_refused_with_its_line_and_read_as_a_mixture():
    lines = ["user,item", "josé,a", "zoé,a", "rené,a", ""]
    data = "\n".join(lines).encode() + "andré,a\nx,b\nanaïs,b\n".encode("cp1252")
    error = refused(data)
    assert (error.where, error.what) == ("f, line 5", "is not UTF-8 (byte 0xE9).")
    assert '"mixed"' in error.todo
    report = read(data, encoding="mixed").report.events
    assert report.kept == 6
    assert "Lines that are not UTF-8, read as Windows-1252: 2 (line 5, 7)." in report.notes
    assert {"andré", "josé"} < set(read(data, encoding="mixed").events["user_id"])


def test_a_glued_file_that_begins_in_windows_1252_is_offered_as_a_mixture():
    first = "user,item\n" + "".join(f"andré {i},a\n" for i in range(20))
    data = first.encode("cp1252") + "zoé,a\nrené,b\n".encode()
    report = read(data).report.events
    (hint,) = report.hints
    assert hint.text == (
        "Some letters may be wrong: 'zoÃ©' would be 'zoé' in a mixture of UTF-8 and Windows-1252."
    )
    assert hint.shell == "--encoding mixed"
    tables = read(data, **hint.options)
    assert {"zoé", "andré 7"} < set(tables.events["user_id"]) and not tables.report.events.hints


WORDS = ["Привет", "Погода на завтра", "Новости дня", "Рецепты"]


def joined(first: str, then: str) -> bytes:
    """Two files that were joined, of these encodings."""
    rows = [f"{word} {i},a{i}\n" for i in range(3) for word in WORDS]
    return b"user,item\n" + "".join(rows).encode(first) + "".join(rows).encode(then)


def test_utf8_joined_with_another_alphabet_is_not_offered_as_a_mixture():
    error = refused(joined("utf-8", "cp1251"))
    assert (error.where, error.shell) == ("f, line 14", "")
    assert error.what == (
        "is not UTF-8 (byte 0xCF). It looks like Windows-1251 ('Привет 0'), probably because "
        "files of two encodings were joined."
    )
    (hint,) = read(joined("utf-8", "cp1251"), encoding="mixed").report.events.hints
    assert hint.text.startswith(
        "Some letters may be wrong in the lines that are not UTF-8: 'Ïðèâåò 0' would be 'Привет 0' "
        "in Windows-1251."
    )
    assert not hint.shell and not hint.options


def test_another_alphabet_with_some_lines_of_utf8_is_said():
    rows = [f"{word} {i},a{i}\n" for i in range(9) for word in WORDS]
    data = ("user,item\n" + "".join(rows)).encode("cp1251") + "Привет,a1\nПогода,a2\n".encode()
    report = read(data).report.events
    assert report.layout.encoding == "Windows-1251"
    (hint,) = report.hints
    assert "'Привет'" in hint.text and "Save the file in one encoding" in hint.text


def test_the_option_of_an_articles_file_is_its_own():
    data = "item,title\na,josé\nb,zoé\nc,rené\n".encode() + "d,andré\n".encode("cp1252")
    with pytest.raises(FileError) as caught:
        read_tables(source(data), source(b"user,item\nu,a\nv,b\n"))
    assert caught.value.shell == "--article-encoding mixed"


def test_a_mixture_keeps_its_lines_over_chunks(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 1 << 8)
    monkeypatch.setattr(chunks, "FIRST", 1 << 8)
    rows = [f"é{i},a" for i in range(300)]
    data = "\n".join(["user,item", *rows, ""]).encode() + b"\xe9x,a\n\xe9y,\n"
    report = read(data, encoding="mixed").report.events
    assert any(note.endswith(": 2 (line 302, 303).") for note in report.notes)
    text = "".join(left_out_rows(source(data), report))
    assert text == "line,reason,user,item\n303,item is empty,éy,\n"


def test_bytes_that_are_not_in_the_encoding_are_refused_with_their_line():
    for end in ("\n", "\r\n", "\r"):
        rows = "user,item\nиван,а\nмария,б\n".replace("\n", end)
        error = refused(rows.encode("cp1251") + b"\x98,a", encoding="windows-1251")
        assert (error.where, error.what) == ("f, line 4", "is not encoded as Windows-1251.")
        assert "UTF-8" in error.todo


def test_left_out_rows_are_given_in_utf8():
    data = (RUSSIAN + "анна,,ПРОСМОТР\n").encode("cp1251")
    text = "".join(left_out_rows(source(data), read(data).report.events))
    assert text == "line,reason,user,item,event\n5,item is empty,анна,,ПРОСМОТР\n"


def test_how_the_first_words_would_read():
    found = readings_of(source("id,title\n1,Only ASCII\n2,Новости дня\n".encode("cp1251")))
    assert list(found) == list(ENCODINGS)
    assert found["Windows-1251"] == "Новости дня" and found["Latin-1"] == "Íîâîñòè äíÿ"
    assert found["UTF-8"] == found["UTF-16"] == ""
    assert set(readings_of(source(b"id,title\n1,Only ASCII\n")).values()) == {""}


words = st.text(st.characters(codec="cp1251", exclude_categories=["C", "Z"]), min_size=1)
NAMES = ["utf-8", "utf-16", "utf-16-le", "utf-32-be", "cp1251", "koi8_u", "gb18030"]


@given(st.lists(st.tuples(words, words), min_size=1, max_size=8), st.sampled_from(NAMES))
def test_text_in_any_encoding_is_the_same_table(rows, codec):
    rows = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows]
    text = "user,item\n" + "".join(f"{user},{item}\n" for user, item in rows)
    try:
        data = text.encode(codec)
    except UnicodeEncodeError:
        return
    plain = read(text.encode(), encoding="utf-8", delimiter=",", header=True)
    other = read(data, encoding=codec, delimiter=",", header=True)
    assert other.fingerprint == plain.fingerprint


@given(st.binary(max_size=200), st.sampled_from([*ENCODINGS, "utf-7", "cp037", "hz", None]))
def test_random_bytes_are_read_or_refused(data, encoding):
    for text in (data, b"user,item\n" + data, codecs.BOM_UTF16_LE + data):
        try:
            report = read(text, encoding=encoding).report.events
        except KindredError:
            continue
        assert report.rows == report.kept + sum(part.count for part in report.left_out)
