"""Tables kept beside their files: the same again, or nothing."""

import random
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pytest

from recsys.dataset.files import EventsFile, Files
from recsys.errors import Stopped
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.mapping import EventMapping
from recsys.storage import kept_tables
from recsys.storage.data_store import DataStore
from recsys.storage.kept_tables import load_tables, save_tables
from tests.conftest import articles_csv, events_csv

WIDE = "user,item,played,liked\n" + "".join(f"ü{i % 7},{i % 5},{i},1\n" for i in range(8))
KINDS = {
    "both files": Files.of(
        articles_csv("1,CONTENT SHARED,a,,,A,en", "0,CONTENT REMOVED,b,,,B,en", "1,x,a,,,A,en"),
        events_csv("1,VIEW,a,p", "x,LIKE,a,q", ",VIEW,a,p", "1,VIEW,z,p", "1,VIEW", "1,VIEW,,p"),
    ),
    "wide": Files.of(None, Source(name="wide.csv", data=WIDE.encode())),
    "no header": Files(
        interactions=EventsFile(
            source=Source(name="\udcff.txt", data=b"7;a;3\n7;b;x\n8;a;2\n"),
            mapping=EventMapping(user="column 1", item="column 2", value="column 3"),
            options=ReadOptions(header=False, delimiter=";"),
        )
    ),
}


@pytest.fixture(autouse=True)
def few_rows_a_step(monkeypatch):
    monkeypatch.setattr(kept_tables, "ROWS", 3)


def refuse_a_difference(found, tables):
    assert found.fingerprint == tables.fingerprint
    assert found.report == tables.report
    for name in ("articles", "events"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(tables, name))
        for part, other in zip(
            getattr(found.report, name).left_out,
            getattr(tables.report, name).left_out,
            strict=True,
        ):
            assert part.lines.tolist() == other.lines.tolist()  # which == does not compare


@pytest.mark.parametrize("kind", KINDS)
def test_tables_and_report_come_back_as_they_were(tmp_path, kind):
    tables = KINDS[kind].read()
    wrote, read = [], []
    assert save_tables(tables, tmp_path / "t", lambda *step: wrote.append(step))
    found = load_tables(tmp_path / "t", tables.fingerprint, lambda *step: read.append(step))
    refuse_a_difference(found, tables)
    for told, least in ((wrote, len(tables.events) // 3), (read, len(tables.events) // 3)):
        assert len(told) > least and told == sorted(told) and told[-1][0] == told[-1][1]
        assert len({total for _, total in told}) == 1


def test_a_large_set_comes_back_as_it_was(sample_tables, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_tables, "ROWS", 10_000)
    assert save_tables(sample_tables, tmp_path / "t")
    refuse_a_difference(load_tables(tmp_path / "t", sample_tables.fingerprint), sample_tables)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_damaged_is_nothing_and_never_something_else(tmp_path, kind):
    tables, path = KINDS[kind].read(), tmp_path / "t"
    save_tables(tables, path)
    data, draw = path.read_bytes(), random.Random(1)
    same, places = 0, [*range(0, len(data), 29), *range(-1, -40, -1)]
    for at in places:
        changed = bytearray(data)
        changed[at] ^= draw.choice([0x01, 0x80, 0xFF])
        path.write_bytes(changed)
        found = load_tables(path, tables.fingerprint)
        if found is not None:  # a byte between the parts
            refuse_a_difference(found, tables)
            same += 1
    assert same < len(places) / 2
    for end in range(0, len(data) - 8, 211):
        path.write_bytes(data[:end])
        assert load_tables(path, tables.fingerprint) is None
    path.unlink()
    assert load_tables(path, tables.fingerprint) is None


def test_the_same_bytes_as_other_numbers_are_nothing(tmp_path):
    tables, path = KINDS["both files"].read(), tmp_path / "t"
    save_tables(tables, path)
    whole, schema = path.read_bytes(), pa.schema({"line": pa.int64()}).serialize().to_pybytes()
    start, found = whole.rindex(schema), 0
    for at in range(len(schema)):
        other = bytearray(schema)
        other[at] ^= 0x01  # one of these turns integers into floats
        try:
            found += pa.ipc.read_schema(pa.py_buffer(bytes(other))).field("line").type == "double"
        except (pa.ArrowException, OSError, KeyError, ValueError):
            continue
        path.write_bytes(whole[:start] + other + whole[start + len(schema) :])
        changed = load_tables(path, tables.fingerprint)
        if changed is not None:
            refuse_a_difference(changed, tables)
    assert found


def test_other_tables_and_other_formats_are_nothing(tmp_path, monkeypatch):
    tables = KINDS["wide"].read()
    save_tables(tables, tmp_path / "t")
    assert load_tables(tmp_path / "t", "0" * 32) is None
    save_tables(replace(tables, fingerprint="0" * 32), tmp_path / "t")
    assert load_tables(tmp_path / "t", "0" * 32) is None
    monkeypatch.setattr(kept_tables, "FORMAT", kept_tables.FORMAT + 1)
    assert load_tables(tmp_path / "t", tables.fingerprint) is None


def kept(folder, kind="both files"):
    store, tables = DataStore(folder=folder), KINDS[kind].read()
    store.keep("mine", tables.fingerprint, KINDS[kind])
    return store, tables


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_the_store_has_the_tables_of_what_it_keeps(tmp_path):
    store, tables = kept(tmp_path)
    assert store.tables(tables.fingerprint) is None
    store.put_tables(tables.fingerprint, tables)
    refuse_a_difference(store.tables(tables.fingerprint), tables)
    refuse_a_difference(store.tables(tables.fingerprint), store.files(tables.fingerprint).read())
    store.keep("mine", tables.fingerprint, KINDS["both files"])  # other files may come, so
    assert store.tables(tables.fingerprint) is None


def test_the_store_takes_no_tables_without_their_files_or_beyond_its_bound(tmp_path):
    store, tables = kept(tmp_path)
    before = names(tmp_path)
    for key in ("0" * 32, "../" + tables.fingerprint, ""):
        store.put_tables(key, tables)
        assert store.tables(key) is None
    size = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    replace(store, max_bytes=size + 100).put_tables(tables.fingerprint, tables)
    assert store.tables(tables.fingerprint) is None
    assert names(tmp_path) == before


def test_a_disk_that_refuses_the_tables_does_no_harm(tmp_path, monkeypatch):
    store, tables = kept(tmp_path)
    before = names(tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_tables.pa, "OSFile", full)
    store.put_tables(tables.fingerprint, tables)
    assert names(tmp_path) == before and store.tables(tables.fingerprint) is None


@pytest.mark.parametrize("error", [Stopped, OSError, ValueError])
def test_what_the_listener_raises_ends_it_and_leaves_what_was_there(tmp_path, error):
    store, tables = kept(tmp_path)
    store.put_tables(tables.fingerprint, tables)
    before, told = names(tmp_path), []

    def stop(*step):
        told.append(step)
        if step[0] > step[1] / 2:
            raise error("mine")

    with pytest.raises(error, match="mine"):
        store.put_tables(tables.fingerprint, tables, stop)
    with pytest.raises(error, match="mine"):
        store.tables(tables.fingerprint, stop)
    assert names(tmp_path) == before
    refuse_a_difference(store.tables(tables.fingerprint), tables)
