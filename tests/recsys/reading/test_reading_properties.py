"""Any file at all: tables whose counts add up, or a refusal with a place in it."""

import csv
import gzip
import io
import zipfile
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings, strategies as st

from recsys.dataset.tables import read_tables
from recsys.errors import KindredError
from recsys.formats import chunks
from recsys.formats.source import Source
from recsys.reading import events
from recsys.reading.left_out import left_out_rows

QUOTE = '"'
NAMES = ["timestamp", "eventType", "contentId", "personId", "unused"]
calmly = settings(suppress_health_check=list(HealthCheck))

numbers = st.integers(-(2**63), 2**63 - 1).map(str)
UNSEEN = "\u00ad\ufeff\u200b\u2060\u00a0\u2007\u202f\u200c\u200d\u200e\u200f"
signs = st.characters(exclude_categories=["Cs"], exclude_characters=f"\x00{UNSEEN}")
words = st.sampled_from(["NA", "null", "nan", "007", "1e5", "-0", "True"])
ids = st.one_of(numbers, words, st.text(signs, max_size=8).map(lambda text: f"x{text}"))
rows = st.lists(st.tuples(st.just("1"), ids, ids, ids, st.text(signs, max_size=5)), max_size=12)
some_rows = st.lists(st.tuples(st.just("1"), ids, ids, ids, ids), min_size=1, max_size=12)


def as_csv(table, delimiter=",", end="\n"):
    def cell(text):
        return f'"{text.replace(QUOTE, QUOTE * 2)}"' if set(text) & {delimiter, *'"\r\n'} else text

    return "".join(delimiter.join(map(cell, row)) + end for row in [NAMES, *table])


def as_parquet(table):
    file = io.BytesIO()
    columns = {name: [row[i] for row in table] for i, name in enumerate(NAMES)}
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def as_zip(data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/i.csv", data)
    return file.getvalue()


FORMS = {
    "lines of Windows": lambda table: as_csv(table, end="\r\n").encode(),
    "lines of old": lambda table: as_csv(table, end="\r").encode(),
    "tabs": lambda table: as_csv(table, "\t").encode(),
    "semicolons": lambda table: as_csv(table, ";").encode(),
    "bars": lambda table: as_csv(table, "|").encode(),
    "mark": lambda table: as_csv(table).encode("utf-8-sig"),
    "UTF-16": lambda table: as_csv(table).encode("utf-16"),
    "UTF-16 of the other order": lambda table: b"\xfe\xff" + as_csv(table).encode("utf-16-be"),
    "gzip": lambda table: gzip.compress(as_csv(table).encode()),
    "zip": lambda table: as_zip(as_csv(table).encode()),
    "Parquet": as_parquet,
}


def read(data, chunk=chunks.CHUNK, fold=events.FOLD):
    with mock.patch.object(chunks, "CHUNK", chunk), mock.patch.object(events, "FOLD", fold):
        return read_tables(None, Source(name="some file", data=data))


def content(tables):
    table = tables.events
    return list(
        zip(*(table[n].tolist() for n in ("event_type", "item_id", "user_id")), strict=True)
    )


@given(some_rows, st.sampled_from(sorted(FORMS)))
@calmly
def test_ids_survive_every_form_and_the_fingerprint_is_of_the_content(table, form):
    plain = read(as_csv(table).encode())
    assert content(plain) == [row[1:4] for row in table]
    other = read(FORMS[form](table))
    assert content(other) == content(plain)
    assert other.fingerprint == plain.fingerprint


pieces = st.sampled_from(
    [b'"', b'""', b'",', b"\n", b"\r", b"\r\n", b",", b"\x00", b"\xff", b"\xc3"]
)
mutations = st.lists(
    st.tuples(st.sampled_from(["insert", "flip", "cut", "drop"]), st.floats(0, 1), pieces),
    max_size=5,
)


def mutated(data, changes):
    for kind, share, piece in changes:
        at = int(share * len(data))
        if kind == "insert":
            data = data[:at] + piece + data[at:]
        elif kind == "flip":
            data = data[:at] + bytes(byte ^ 0x15 for byte in data[at : at + 1]) + data[at + 1 :]
        elif kind == "drop":
            data = data[:at] + data[at + 1 :]
        elif share > 0.5:
            data = data[:at]
    return data


def outcome(data, **how):
    try:
        return read(data, **how)
    except KindredError as error:
        assert "some file" in error.where
        return str(error)


def same(one, other):
    if isinstance(one, str):
        return one == other
    return one.fingerprint == other.fingerprint and one.report == other.report


@given(rows, mutations, st.sampled_from(["plain", *sorted(FORMS)]))
@calmly
def test_a_damaged_file_is_accounted_for_or_refused(table, changes, form):
    data = mutated(FORMS.get(form, lambda t: as_csv(t).encode())(table), changes)
    tables = outcome(data)
    if isinstance(tables, str):
        return
    report = tables.report.events
    assert report.rows == report.kept + sum(part.count for part in report.left_out)
    assert report.kept == len(tables.events)
    text = "".join(left_out_rows(Source(name="some file", data=data), report))
    left_out = list(csv.reader(io.StringIO(text, newline="")))[1:]
    told = sorted((int(line), part.reason) for part in report.left_out for line in part.lines)
    assert sorted((int(row[0]), row[1]) for row in left_out) == told


@given(rows, mutations, st.integers(1, 200))
@calmly
def test_it_does_not_matter_where_the_text_is_cut(table, changes, chunk):
    data = mutated(as_csv(table).encode(), changes)
    assert same(outcome(data, chunk=chunk, fold=1), outcome(data))


@given(rows, mutations)
@calmly
def test_rows_and_lines_are_those_of_another_parser(table, changes):
    data = mutated(as_csv(table).encode(), changes)
    tables = outcome(data)
    if isinstance(tables, str) or tables.report.events.layout.encoding != "UTF-8":
        return
    notes = tables.report.events.notes
    if any("quotation mark" in note or "Skipped" in note for note in notes):
        return  # another parser has no such mercy
    lines = [line.decode() for line in data.splitlines(keepends=True)]
    while not lines[0].strip("\r\n"):  # what precedes the header is skipped
        lines.pop(0)
    skipped = len(data.splitlines()) - len(lines)
    reader = csv.reader(lines, delimiter=tables.report.events.layout.delimiter)
    width, line, kept, left_out = len(next(reader)), reader.line_num + 1, 0, []
    needed = [tables.report.events.mapping.get(role) for role in ("user", "item", "event")]
    columns = tables.report.events.layout.columns
    places = [columns.index(name) for name in needed if name]
    if width != len(columns):
        return  # a delimiter at the end of the rows alone, or of the names alone
    for row in reader:
        if len(row) == width and all(row[place].strip() for place in places):
            kept += 1
        else:
            left_out.append(line + skipped)
        line = reader.line_num + 1
    assert tables.report.events.kept == kept
    told = [int(line) for part in tables.report.events.left_out for line in part.lines]
    assert sorted(told) == left_out
