import json
import os
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from recsys import store
from recsys.errors import ModelFolderError, SettingError, Stopped
from recsys.files import EventsFile, Files
from recsys.model import load_model, save_model
from recsys.reading.layout import ReadOptions
from recsys.reading.mapping import EventMapping
from recsys.reading.source import Source
from recsys.similarity import similar_items
from recsys.store import DataStore, ModelStore
from tests.conftest import articles_csv, events_csv

KEYS = [f"{number:032x}" for number in range(3)]


def test_a_model_survives_the_disk(sample_model, tmp_path):
    again = load_model(save_model(sample_model, tmp_path / "m"))
    item = sample_model.items["item_id"].iloc[7]
    assert similar_items(again, item).equals(similar_items(sample_model, item))
    for name in ("params", "weights", "fingerprint", "data_fingerprint", "losses", "trained"):
        assert getattr(again, name) == getattr(sample_model, name)
    assert (again.user_items != sample_model.user_items).nnz == 0


def test_no_pickle_is_written_or_loaded(sample_model, tmp_path):
    folder = save_model(sample_model, tmp_path / "m")
    assert sorted(path.name for path in folder.iterdir()) == ["arrays.npz", "model.json"]
    evil = np.array([{"a": 1}], dtype=object)
    np.savez(folder / "arrays.npz", user_factors=evil)
    with pytest.raises(ModelFolderError, match="damaged"):
        load_model(folder)


@pytest.mark.parametrize("name", ["arrays.npz", "model.json"])
@pytest.mark.parametrize("keep", [None, 0, 100])
def test_a_damaged_folder_is_refused(sample_model, tmp_path, name, keep):
    path = save_model(sample_model, tmp_path / "m") / name
    data = path.read_bytes()
    path.unlink()
    if keep is not None:
        path.write_bytes(data[:keep])
    with pytest.raises(ModelFolderError, match="holds no model|damaged"):
        load_model(tmp_path / "m")


def test_another_format_is_refused(sample_model, tmp_path):
    path = save_model(sample_model, tmp_path / "m") / "model.json"
    about = json.loads(path.read_text()) | {"format": 99}
    path.write_text(json.dumps(about))
    with pytest.raises(ModelFolderError, match="format 99"):
        load_model(tmp_path / "m")


def test_saving_never_replaces_what_is_not_a_model(sample_model, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ModelFolderError, match="holds no model"):
        save_model(sample_model, tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_the_store_forgets_what_was_used_longest_ago(sample_model, tmp_path):
    models = [replace(sample_model, fingerprint=key) for key in KEYS]
    store = ModelStore(folder=tmp_path / "s")
    store.put(models[0])
    size = sum(path.stat().st_size for path in (tmp_path / "s").rglob("*") if path.is_file())
    store = ModelStore(folder=tmp_path / "s", max_bytes=int(2.5 * size))
    store.put(models[1])
    os.utime(tmp_path / "s" / KEYS[0], (1, 1))
    os.utime(tmp_path / "s" / KEYS[1], (2, 2))
    assert store.get(KEYS[0]) is not None  # used just now: KEYS[1] is the oldest
    store.put(models[2])
    assert store.get(KEYS[1]) is None
    assert store.get(KEYS[0]) is not None and store.get(KEYS[2]) is not None


@pytest.mark.parametrize("key", ["../x", "", "0" * 31, "G" * 32])
def test_a_key_is_never_a_path(tmp_path, key):
    with pytest.raises(SettingError):
        ModelStore(folder=tmp_path).get(key)
    assert DataStore(folder=tmp_path).files(key) is None


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
    monkeypatch.setattr(store, "_BLOCK", 10)
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
    monkeypatch.setattr(store, "_BLOCK", 10)
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
