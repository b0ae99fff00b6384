"""Data sets kept under a name."""

import tracemalloc
from concurrent.futures import ThreadPoolExecutor

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


def small():
    return Files.of(
        articles_csv("1,CONTENT SHARED,a,,,A,en"), events_csv("1,VIEW,a,p", "2,VIEW,a,q")
    )


def test_a_kept_data_set_gets_another_name(tmp_path):
    store, files = DataStore(folder=tmp_path / "d"), small()
    store.keep("one", KEYS[0], files)
    store.keep("two", KEYS[1], files)
    assert store.rename(KEYS[0], "  The  first ").name == "The first"
    assert [data.name for data in store.names()] == ["The first", "two"]
    assert store.files(KEYS[0]).read().fingerprint == files.read().fingerprint
    assert store.rename(KEYS[0], "the FIRST").name == "the FIRST"  # its own name is not taken
    for name, words in (("TWO", "taken"), (" ", "characters"), ("x" * 61, "characters")):
        with pytest.raises(SettingError, match=words):
            store.rename(KEYS[0], name)
    assert [data.name for data in store.names()] == ["the FIRST", "two"]
    assert not list((tmp_path / "d" / KEYS[0]).glob(".*"))


@pytest.mark.parametrize("about", [None, "", "[]", "3", "\udcff"])
def test_what_is_absent_or_damaged_is_not_renamed(tmp_path, about):
    (tmp_path / KEYS[0]).mkdir()
    if about is not None:
        (tmp_path / KEYS[0] / "about.json").write_text(about, errors="surrogateescape")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for key in (KEYS[0], KEYS[1]):
        with pytest.raises(SettingError, match="not kept on the server"):
            DataStore(folder=tmp_path).rename(key, "other")
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert before == after


def test_a_removed_data_set_is_gone_and_known_to_be(tmp_path):
    store, files = DataStore(folder=tmp_path / "d"), small()
    store.keep("one", KEYS[0], files)
    store.put_tables(KEYS[0], files.read())
    store.keep("two", KEYS[1], files)
    assert not store.was_removed(KEYS[0])
    reader = (tmp_path / "d" / KEYS[0] / "interactions").open("rb")
    store.remove(KEYS[0])
    with reader:
        assert reader.read() == files.interactions.source.data  # whoever reads it reads on
    assert store.was_removed(KEYS[0]) and not store.was_removed(KEYS[2])
    assert [data.name for data in store.names()] == ["two"]
    assert store.files(KEYS[0]) is None and store.tables(KEYS[0]) is None
    kept = {path.name for path in (tmp_path / "d").iterdir()}
    assert kept == {KEYS[1], f"{KEYS[0]}.removed"}
    store.keep("one", KEYS[0], files)  # its name is free again
    assert not store.was_removed(KEYS[0]) and len(store.names()) == 2


def test_a_damaged_data_set_can_be_removed(tmp_path):
    (tmp_path / KEYS[0]).mkdir()
    (tmp_path / KEYS[0] / "about.json").write_text("{")
    DataStore(folder=tmp_path).remove(KEYS[0])
    assert DataStore(folder=tmp_path).was_removed(KEYS[0])
    assert not (tmp_path / KEYS[0]).exists()


@pytest.mark.parametrize("key", ["", ".", "..", "../other", KEYS[0] + "/..", KEYS[0] + "\n", "x"])
def test_nothing_outside_its_folder_is_renamed_or_removed(tmp_path, key):
    (tmp_path / "d" / KEYS[0]).mkdir(parents=True)
    (tmp_path / "other").mkdir()
    for folder in ("other", "d", f"d/{KEYS[0]}", "."):
        (tmp_path / folder / "about.json").write_text('{"name": "mine"}')
    before = sorted(tmp_path.rglob("*"))
    store = DataStore(folder=tmp_path / "d")
    store.remove(key)
    assert not store.was_removed(key)
    with pytest.raises(SettingError, match="not kept on the server"):
        store.rename(key, "yours")
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "other" / "about.json").read_text() == '{"name": "mine"}'


def test_keeping_renaming_and_removing_at_once_leave_a_whole_store(tmp_path):
    store, files = DataStore(folder=tmp_path / "d"), small()
    store.keep("one", KEYS[0], files)

    def work(number):
        for turn in range(20):
            try:
                if number == 0:
                    store.keep("one", KEYS[0], files)
                elif number == 1:
                    store.remove(KEYS[0])
                else:
                    store.rename(KEYS[0], f"one {turn}")
                    store.names()
            except SettingError as error:
                assert "not kept" in str(error)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    store.keep("one", KEYS[0], files)
    assert [data.name for data in store.names()] == ["one"]
    assert store.files(KEYS[0]).read().fingerprint == files.read().fingerprint
    assert {path.name for path in (tmp_path / "d").iterdir()} == {KEYS[0]}


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
