"""Packing, encodings, delimiters, Parquet: found and said, or refused in bounded memory."""

import gzip
import io
import re
import subprocess
import sys
import tracemalloc
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, strategies as st

from recsys.dataset.tables import read_tables
from recsys.errors import FileError, SettingError
from recsys.formats import chunks, csvfile, is_blank
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.formats.unpack import ALWAYS_ALLOWED
from recsys.reading.looking import look

HEADER = "user,item,event\n"
GOOD = HEADER + "p,a,VIEW\nq,b,VIEW\n"


def read(data, **how):
    return read_tables(None, Source(name="f", data=data), **how)


def refused(data, **how):
    with pytest.raises(FileError) as caught:
        read(data, **how)
    assert caught.value.where.startswith("f") and caught.value.todo
    return f"{caught.value.where}: {caught.value.what}"


def archive(*files, locked=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data)
    data = out.getvalue()
    return data.replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01", 1 * locked
    )


def parquet(**columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_a_zip_may_hold_folders_and_what_a_mac_adds():
    data = archive(("x/", ""), ("__MACOSX/x/._i.csv", "?"), ("x/.DS_Store", "?"), ("x/i.csv", GOOD))
    assert read(data).report.events.layout.packing == "zip"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(("a.csv", GOOD), ("b.csv", GOOD)), "contains 2 files: 'a.csv', 'b.csv'"),
        (archive(), "contains 0 files"),
        (archive(("../a.csv", GOOD)), "leads outside the archive: '../a.csv'"),
        (archive(("/etc/a.csv", GOOD)), "leads outside the archive"),
        (archive(("C:\\a.csv", GOOD)), "leads outside the archive"),
        (archive(("a.csv", GOOD), locked=True), "protected with a password"),
        (archive(("a.csv", GOOD))[:-30], "cannot be read as one"),
        (gzip.compress(GOOD.encode())[:-9], "cannot be unpacked"),
        (gzip.compress(parquet(user=["p"], item=["a"])), "contains a Parquet file"),
        (gzip.compress(gzip.compress(GOOD.encode())), "contains another packed file"),
    ],
)
def test_a_bad_archive_is_refused(data, words):
    assert re.search(words, refused(data))


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: archive(("a.csv", data))])
def test_what_unpacks_to_too_much_is_refused_in_bounded_memory(pack):
    row = b"p,a,VIEW," + b"x" * 1000 + b"\n"
    packed = pack(b"user,item,event,text\n" + row * (2 * ALWAYS_ALLOWED // len(row)))
    tracemalloc.start()
    try:
        assert "unpacks to far too much" in refused(packed)
        assert tracemalloc.get_traced_memory()[1] < ALWAYS_ALLOWED
    finally:
        tracemalloc.stop()


def test_a_zip_that_hides_its_size_is_refused():
    data = archive(("a.csv", HEADER + "p,a,VIEW\n" * 100_000))
    lying = data.replace((900_016).to_bytes(4, "little"), (17).to_bytes(4, "little"))
    assert lying != data
    assert "cannot be unpacked" in refused(lying)


def test_latin1_is_found_said_and_loses_nothing():
    unseen = "\xa0\xad"  # a no-break space, a soft hyphen
    letters = "".join(chr(i) for i in range(0xA0, 0x100) if chr(i) not in unseen) + "€"
    for rows in (1, 400_000):  # where the first megabyte does not show it
        data = HEADER + "p,a,VIEW\n" * rows + f"{letters},a,VIEW\n"
        tables = read(data.encode("cp1252"))
        assert letters in set(tables.events["user_id"])
        assert "Read as Latin-1 (as Windows-1252)." in tables.report.events.notes
        assert tables.report.events.rows == rows + 1


def test_all_256_bytes_stay_apart_in_latin1():
    others = b'\r\n,"\xa0\xad'  # the last two are signs that nobody sees
    rows = [HEADER.encode()] + [b"u%c,a,VIEW\n" % b for b in range(1, 256) if b not in others]
    users = read(b"".join(rows)).events["user_id"]
    assert users.nunique() == len(rows) - 1


@pytest.mark.parametrize("rows", [1, 400_000])
def test_damaged_utf8_is_not_taken_for_latin1(rows):
    data = (HEADER + "é,a,VIEW\n" * rows).encode() + b"\xe9,a,VIEW\n"
    assert refused(data) == f"f, line {rows + 2:,}: is not UTF-8 (byte 0xE9)."
    tables = read(data, event_options=ReadOptions(encoding="latin-1"))
    assert set(tables.events["user_id"]) == {"Ã©", "é"}


def test_options_are_obeyed_and_wrong_ones_refused():
    data = "user;a,b|item\np;1|x\nq;2|y\n".encode("utf-16-le")
    options = ReadOptions(encoding="UTF_16", delimiter=";", header=True)
    found = look(Source(name="f", data=data), options)
    assert found.layout.columns == ("user", "a,b|item")
    with pytest.raises(SettingError, match="'ebcdic' is not known"):
        ReadOptions(encoding="ebcdic")
    with pytest.raises(SettingError, match="delimiter: 'x' is not known"):
        ReadOptions(delimiter="x")


def test_the_delimiter_is_that_of_the_records():
    data = 'user;item;event\n"a,b,c,d";"x,y";VIEW\np;"q,r,s";VIEW\n'
    assert look(Source(name="f", data=data.encode())).layout.delimiter == ";"


def test_lines_are_physical_lines():
    rows = ['"p\nq",a,VIEW', "", "p,a", '"x\r\ny\r",,VIEW', ",a,VIEW", "p,a,LIKE", "p,a,b,c"]
    report = read(("\n\n" + HEADER + "\n".join(rows)).encode()).report.events
    assert {part.reason: part.examples for part in report.left_out} == {
        "blank line": ((6, "(empty)"),),
        "malformed line": (
            (7, "2 cells instead of 3: 'p,a'"),
            (13, "4 cells instead of 3: 'p,a,b,c'"),
        ),
        "item is empty": ((8, "VIEW, (empty), x\r\ny\r"),),
        "user is empty": ((11, "VIEW, a, (empty)"),),
    }
    assert (report.rows, report.kept) == (7, 2)


@pytest.mark.parametrize("before", [0, 500_000])
def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(before):
    data = HEADER + "p,a,VIEW\n" * before + 'p,"a,VIEW\n' + "words of a text\n" * 10
    assert (
        refused(data.encode())
        == f"f, line {before + 2:,}: a quotation mark is opened but never closed."
    )


def test_a_quotation_mark_never_closed_is_refused_in_bounded_memory(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 1 << 12)
    monkeypatch.setattr(csvfile, "MAX_RECORD", 1 << 14)
    data = HEADER + 'p,"a,VIEW\n' + "words of a text\n" * 100_000
    assert "line 2: a quotation mark" in refused(data.encode())


def test_a_field_of_a_million_characters_is_refused_in_every_column():
    long = "é" * 1_000_000
    words = refused(f"{HEADER}p,a,VIEW\np,{long},VIEW\n".encode())
    assert words.startswith(
        "f, line 3: item is a cell of 1,000,000 characters; at most 500,000 are allowed"
    )
    unused = f"user,item,event,text\np,a,VIEW,short\np,a,VIEW,{long}\n"
    assert refused(unused.encode()).startswith("f, line 3: text is a cell of 1,000,000")
    lines = "é\n" * 500_001
    assert refused(f'user,item,event,text\np,a,VIEW,"{lines}"\n'.encode()).startswith(
        "f, line 2: text is a cell of 1,000,002 characters"
    )


def test_a_line_without_end_is_refused_in_bounded_memory():
    assert "has no line break" in refused(b"user,item," + b"x" * (2 << 20))
    assert "a line of more than 32 MB" in refused(HEADER.encode() + b"x" * (40 << 20))


def test_a_zero_byte_is_refused_with_its_line():
    assert "zero byte in line 3" in refused(GOOD.encode().replace(b"q,b", b"q\x00b"))
    late = (HEADER + "p,a,VIEW\n" * 200_000).encode() + b"p,\x00,VIEW\n"
    assert "line 200,002: contains a zero byte" in refused(late)


def test_names_that_look_like_data_are_not_taken_for_names():
    data = b"196,242,3,881250949\n186,302,3,891717742\n"
    assert "looks like data" in refused(data)
    found = look(Source(name="f", data=data), ReadOptions(header=False))
    assert found.layout.columns == ("column 1", "column 2", "column 3", "column 4")
    assert found.preview["column 1"].tolist() == ["196", "186"]


def test_parquet_ids_are_exact_and_nothing_is_dropped_silently():
    big = [2**63 - 1, -(2**63), None, 9007199254740993]
    tables = read(
        parquet(
            user=pa.array(big),
            item=pa.array(["a", "b", "c", None]).dictionary_encode(),
            timestamp=pa.array([1_500_000_000_000] * 4, pa.timestamp("ms")),
        )
    )
    assert tables.events["user_id"].tolist() == [str(2**63 - 1), str(-(2**63))]
    assert tables.events["timestamp"].tolist() == [1.5e9, 1.5e9]
    left_out = tables.report.events.left_out
    assert [(part.reason, part.examples[0][0]) for part in left_out] == [
        ("user is empty", 3),
        ("item is empty", 4),
    ]


def test_parquet_floats_are_ids_only_where_they_are_whole():
    assert read(parquet(user=[1.0, 2.0], item=["a", "b"])).events["user_id"].tolist() == ["1", "2"]
    assert "id is a decimal number, 1.5" in refused(parquet(user=[1.0, 1.5], item=["a", "b"]))
    assert "row 2: an id is a decimal number" in refused(
        parquet(user=[1.0, 2.0**53], item=["a", "b"])
    )


def test_parquet_of_another_shape_is_refused():
    assert "list<" in refused(parquet(user=[["p"]], item=["a"]))
    assert "binary" in refused(parquet(user=[b"p"], item=["a"]))
    assert "1,000,000 characters" in refused(parquet(user=["x" * 1_000_000], item=["a"]))


def test_a_parquet_that_lies_is_refused_whatever_byte_it_lies_in():
    data = parquet(user=["p", "q"] * 50, item=["a", "b"] * 50)
    for at in range(4, len(data), 3):
        changed = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            report = read(changed).report.events
        except (FileError, SettingError):
            continue
        except Exception as error:  # noqa: BLE001
            pytest.fail(f"byte {at}: {error!r}")
        assert report.rows == report.kept + sum(part.count for part in report.left_out)


def test_a_large_file_is_never_held_whole(tmp_path):
    path = tmp_path / "large.csv"
    with open(path, "w") as file:
        file.write("user,item,event,unused\n")
        for number in range(400_000):
            file.write(f"{number % 1000},{number % 300},VIEW,{'x' * 400}\n")
    code = (
        "import resource, sys; from recsys.formats.source import Source;"
        "from recsys.dataset.tables import read_tables;"
        "use = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; before = use();"
        "assert len(read_tables(None, Source.open(sys.argv[1])).events) == 400_000;"
        "print((use() - before) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert int(done.stdout) < path.stat().st_size >> 20, done.stderr


@given(st.lists(st.text(st.sampled_from(" \t\u00a0\u2003aé"), max_size=3)), st.integers(0, 3))
def test_blank_cells_are_those_that_hold_nothing_but_white_space(texts, first):
    column = pa.array(texts, pa.string()).slice(first)
    expected = [not text.strip() for text in texts[first:]]
    assert is_blank(column).tolist() == expected
    assert is_blank(column.dictionary_encode()).tolist() == expected
