"""JSON objects, one a line, are the table of the same cells; each line is accounted for."""

import csv
import gzip
import io
import json
import zipfile

import pytest
from hypothesis import given, strategies as st

from recsys.dataset.tables import read_tables
from recsys.errors import FileError, KindredError
from recsys.formats import chunks, jsonfile
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.left_out import left_out_rows
from recsys.reading.looking import look

LINES = [
    '{"user": "u1", "item": 9007199254740993, "event": "view", "timestamp": 1500000000}',
    '{"user": "u2", "item": 12.50, "event": "like", "extra": {"n": [1.10, true, null, "é"]}}',
    "",
    '{"user": "u3", "item": null, "event": "view"}',
    '{"user": "u3", "item": ',
    '["u4", "a"]',
    '{"item": "a", "event": "view"}',
    '{"event": "view", "user": true, "item": "\\u00e9"}',
]
DATA = "\n".join(LINES).encode()


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", data)
    return out.getvalue()


def source(data: bytes) -> Source:
    return Source(name="f", data=data)


def read(data: bytes, **options):
    return read_tables(None, source(data), event_options=ReadOptions(**options))


def test_every_line_is_accounted_for():
    tables = read(DATA)
    report = tables.report.events
    assert report.layout.as_dict() == {
        "format": "JSON lines",
        "packing": "none",
        "encoding": "UTF-8",
    }
    assert tables.events["item_id"].tolist() == ["9007199254740993", "12.50", "é"]
    assert tables.events["user_id"].tolist() == ["u1", "u2", "true"]
    assert {part.reason: part.examples for part in report.left_out} == {
        "blank line": ((3, "(empty)"),),
        "item is empty": ((4, "view, (empty), u3, (empty)"),),
        "malformed line": (
            (5, 'not a JSON object: \'{"user": "u3", "item":\''),
            (6, 'not a JSON object: \'["u4", "a"]\''),
        ),
        "user is empty": ((7, "view, a, (empty), (empty)"),),
    }
    assert (report.rows, report.kept, report.lines) == (8, 3, 8)


def test_left_out_rows_are_given_as_they_stand():
    text = "".join(left_out_rows(source(DATA), read(DATA).report.events))
    assert list(csv.reader(io.StringIO(text)))[1:] == [
        ["3", "blank line", ""],
        ["4", "item is empty", "u3", "", "view", "", ""],
        ["5", "malformed line", '{"user": "u3", "item":'],
        ["6", "malformed line", '["u4", "a"]'],
        ["7", "user is empty", "", "a", "view", "", ""],
    ]


def test_the_first_look_shows_nested_values_as_json():
    found = look(source(DATA))
    assert found.layout.columns == ("user", "item", "event", "timestamp", "extra")
    assert found.preview["extra"].tolist()[1] == '{"n": [1.10, true, null, "é"]}'


@pytest.mark.parametrize("pack", [gzip.compress, zipped], ids=["gzip", "zip"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_packed_and_in_other_encodings_it_is_the_same_table(pack, codec):
    assert read(pack(DATA.decode().encode(codec))).fingerprint == read(DATA).fingerprint


def test_it_does_not_matter_where_the_text_is_cut(monkeypatch):
    whole = read(DATA)
    monkeypatch.setattr(chunks, "CHUNK", 1 << 6)
    monkeypatch.setattr(jsonfile, "ROWS", 2)
    assert read(DATA).fingerprint == whole.fingerprint
    assert read(DATA).report == whole.report


def test_keys_that_come_late_are_named():
    lines = ['{"user": "u", "item": "a"}'] * 40_000 + ['{"user": "u", "item": "b", "late": 1}']
    report = read("\n".join(lines).encode()).report.events
    assert report.kept == 40_001
    assert "Not used: keys that are not in the first lines: 'late' (line 40,001)." in report.notes


def test_what_mongodb_wraps_is_unwrapped():
    line = '{"user": {"$oid": "5f1"}, "item": {"$numberLong": "12345678901234567"}}\n'
    events = read((line * 2).encode()).events
    assert (events["user_id"][0], events["item_id"][0]) == ("5f1", "12345678901234567")


@pytest.mark.parametrize(
    ("text", "what", "todo"),
    [
        ('[{"user": 1, "item": 2},\n{"user": 1, "item": 3}]', "is one JSON array", "'.[]'"),
        ('[\n  {"user": 1}\n]', "is one JSON array", "'.[]'"),
        ("[[1, 2], [3, 4]]", "is one JSON array", "'.[]'"),
        ('["u", "a"]\n["v", "b"]\n', "contains JSON arrays, one per line", "@csv"),
        ('{"events": [\n {"user": 1}\n]}', "not one object per line", "'.events[]'"),
        ('{"rows": [{"user": 1}]}', "not one object per line", "'.rows[]'"),
        ('{"user": {"0": "u"}, "item": {"0": "a"}}', "not one object per line", "'.[]'"),
        ('{\n "user": 1\n}\n{\n "user": 2\n}\n', "not one object per line", "'.'"),
        ('{"a": "' + "x" * (1 << 21) + '"}', "not one object per line", "'.[]'"),
    ],
)
def test_other_json_is_called_by_its_name(text, what, todo):
    for data in (text.encode(), b"\xef\xbb\xbf\n" + text.encode(), gzip.compress(text.encode())):
        with pytest.raises(FileError) as caught:
            read(data)
        assert what in caught.value.what and todo in caught.value.todo


@pytest.mark.parametrize("text", ["[user],[item]\nu,a\n", "{user},item\nu,a\n"])
def test_a_csv_file_may_begin_with_a_bracket(text):
    assert look(source(text.encode())).layout.format == "CSV"


def test_a_cell_that_is_too_long_is_refused_with_its_line():
    line = json.dumps({"user": "u", "item": "x" * 500_001})
    with pytest.raises(FileError, match="item is a cell of 500,001 characters") as caught:
        read(b'{"user": "u", "item": "a"}\n' + line.encode())
    assert caught.value.where == "f, line 2"


def test_half_a_character_and_depth_without_end_are_malformed():
    good = '{"user": "u", "item": "a"}'
    bad = ['{"user": "\\ud800", "item": "a"}', '{"user": ' + "[" * 100_000, '{"user": NaN']
    report = read("\n".join([good] * 5 + bad).encode()).report.events
    assert (report.rows, report.kept, report.left_out[0].count) == (8, 5, 3)


def test_bytes_that_are_no_utf8_are_refused_with_their_line():
    data = '{"user": "é", "item": "a"}\n'.encode() * 60_000 + b'{"user": "\xe9"}\n'
    with pytest.raises(FileError, match="is not UTF-8") as caught:
        read(data)
    assert caught.value.where == "f, line 60,001"
    assert read(data, encoding="mixed").report.events.rows == 60_001


UNSEEN = "\u00ad\ufeff\u200b\u2060\u00a0\u2007\u202f\u200c\u200d\u200e\u200f"
signs = st.characters(exclude_categories=["Cs"], exclude_characters=UNSEEN)
cells = st.one_of(st.none(), st.booleans(), st.integers(), st.text(signs))


def as_text(value) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=20))
def test_it_is_the_table_of_the_same_cells(rows):
    lines = "\n".join(json.dumps({"user": user, "item": item}) for user, item in rows)
    kept = [(as_text(u), as_text(i)) for u, i in rows if as_text(u).strip() and as_text(i).strip()]
    try:
        events = read(lines.encode()).events
    except KindredError:
        assert not kept
        return
    found = list(zip(events["user_id"].tolist(), events["item_id"].tolist(), strict=True))
    assert len(found) == len(kept)
    assert {item for _, item in found} <= {item for _, item in kept}


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 400))
def test_a_damaged_file_is_accounted_for_or_refused(piece, at, end):
    for data in (DATA[:at] + piece + DATA[at:], DATA[:end], DATA[:at] + DATA[end:]):
        try:
            report = read(data).report.events
        except KindredError:
            continue
        assert report.rows == report.kept + sum(part.count for part in report.left_out)
