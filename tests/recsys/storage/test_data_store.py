"""Data sets kept under a name."""

import tracemalloc

import pytest

from recsys.dataset.files import EventsFile, Files
from recsys.errors import SettingError, Stopped
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.mapping import EventMapping
from recsys.storage import data_store
from recsys.storage.data_store import DataStore
from tests.conftest import articles_csv, events_csv

KEYS = [f"{number:032x}" for number in range(3)]


def test_data_is_kept_under_a_name(tmp_path):
    files = Files.of(
        articles_csv("1,CONTENT SHARED,a,,,A,en"), events_csv("1,VIEW,a,p", "2,VIEW,a,q")
    )
    store = DataStore(folder=tmp_path / "d")
    assert store.names() == []
    kept = store.keep("  My   data ", KEYS[0], files)
    assert kept.name == "My data" and store.names() == [kept]
    again = store.files(kept.fingerprint)
    assert again.names == files.names == ["a.csv", "i.csv"]
    assert again.read().fingerprint == files.read().fingerprint
    with pytest.raises(SettingError, match="taken"):
        store.keep("my DATA", KEYS[1], files)
    for name in ("", " ", "x" * 61):
        with pytest.raises(SettingError, match="characters"):
            store.keep(name, KEYS[1], files)
    with pytest.raises(SettingError, match="at most"):
        DataStore(folder=tmp_path / "d", max_bytes=10).keep("third", KEYS[1], files)


def test_how_it_was_read_is_kept_with_the_data(tmp_path):
    source = Source(name="plays.txt", data=b"7;a;3\n7;b;1\n8;a;2\n")
    files = Files(
        interactions=EventsFile(
            source=source,
            mapping=EventMapping(user="column 1", item="column 2", value="column 3"),
            options=ReadOptions(header=False, delimiter=";"),
        )
    )
    store = DataStore(folder=tmp_path)
    store.keep("plays", KEYS[0], files)
    again = store.files(KEYS[0])
    assert again.articles is None
    assert again.interactions.mapping == files.interactions.mapping
    assert again.interactions.options == files.interactions.options
    assert again.read().fingerprint == files.read().fingerprint


@pytest.mark.parametrize("about", ["", "{}", '{"name": "x", "interactions": {"name": 3}}'])
def test_a_damaged_data_set_counts_as_absent(tmp_path, about):
    (tmp_path / KEYS[0]).mkdir()
    (tmp_path / KEYS[0] / "about.json").write_text(about)
    assert DataStore(folder=tmp_path).files(KEYS[0]) is None


def on_disk(folder):
    sources = articles_csv("1,CONTENT SHARED,a,,,A,en"), events_csv("1,VIEW,a,p", "2,VIEW,a,q")
    for source in sources:
        (folder / source.name).write_bytes(source.data)
    return Files.of(*(Source.open(folder / source.name) for source in sources))


def test_keeping_tells_the_bytes_that_are_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(data_store, "_BLOCK", 10)
    files, told = on_disk(tmp_path), []
    kept = DataStore(folder=tmp_path / "d")
    kept.keep("mine", KEYS[0], files, lambda *step: told.append(step))
    assert {total for _, total in told} == {files.size}
    done = [step for step, _ in told]
    assert done[0] == 0 and done[-1] == files.size
    assert all(0 < b - a <= 10 for a, b in zip(done, done[1:], strict=False))
    for name, copy in (("a.csv", "articles"), ("i.csv", "interactions")):
        assert (tmp_path / "d" / KEYS[0] / copy).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("error", [Stopped, OSError, ValueError])
def test_a_stop_while_keeping_leaves_all_as_it_was(tmp_path, monkeypatch, error):
    monkeypatch.setattr(data_store, "_BLOCK", 10)
    files, told = on_disk(tmp_path), []
    kept = DataStore(folder=tmp_path / "d")
    kept.keep("mine", KEYS[0], files, lambda *step: told.append(step))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "d").rglob("*")}
    for key in KEYS[:2]:  # what is there already, and what is new
        for last in range(len(told)):
            steps = iter(range(len(told)))

            def stop(done, total, steps=steps, last=last):
                if next(steps) == last:
                    raise error("mine")

            with pytest.raises(error, match="mine"):
                kept.keep("mine" if key == KEYS[0] else "other", key, files, stop)
            now = {path: path.stat().st_mtime_ns for path in (tmp_path / "d").rglob("*")}
            assert now == before
    assert [data.name for data in kept.names()] == ["mine"]


def test_keeping_an_upload_holds_no_second_copy_of_it(tmp_path):
    data = events_csv("1,VIEW,a,p").data + b"1,VIEW,a,q\n" * 4_000_000
    files = Files.of(None, Source(name="i.csv", data=data))
    tracemalloc.start()
    try:
        DataStore(folder=tmp_path).keep("mine", KEYS[0], files)
        assert files.key
        assert tracemalloc.get_traced_memory()[1] < len(data) / 3
    finally:
        tracemalloc.stop()
