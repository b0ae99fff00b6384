import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import numpy as np
import pytest

from recsys.errors import ModelFolderError, SettingError
from recsys.evaluation.hidden import Quality
from recsys.machine.folders import remove_folder
from recsys.models.folder import load_model, save_model
from recsys.neighbours.similarity import similar_items
from recsys.storage.data_store import DataStore
from recsys.storage.store import ModelStore
from recsys.training.ensemble import ensemble_of, save_ensemble

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
    with pytest.raises(ModelFolderError, match="contains no model|damaged"):
        load_model(tmp_path / "m")


def test_another_format_is_refused(sample_model, tmp_path):
    path = save_model(sample_model, tmp_path / "m") / "model.json"
    about = json.loads(path.read_text()) | {"format": 99}
    path.write_text(json.dumps(about))
    with pytest.raises(ModelFolderError, match="format 99"):
        load_model(tmp_path / "m")


def test_saving_never_replaces_what_is_not_a_model(sample_model, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ModelFolderError, match="contains no model"):
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


@pytest.fixture
def models(sample_model):
    return [replace(sample_model, fingerprint=key) for key in KEYS]


@pytest.fixture
def two_fit(models, tmp_path):
    """A store whose bound lets two of the models in."""
    store = ModelStore(folder=tmp_path / "s")
    store.put(models[0])
    size = store.size
    remove_folder(tmp_path / "s" / KEYS[0])
    return ModelStore(folder=tmp_path / "s", max_bytes=int(2.5 * size))


def kept(store):
    return {path.name for path in store.folder.iterdir()}


def age(store, *keys):
    """Make it so that these were used long ago, the first before the others."""
    for when, key in enumerate(keys, start=1):
        os.utime(store.folder / key, (when, when))


def test_a_model_that_is_answered_from_memory_and_touched_survives(models, two_fit):
    two_fit.put(models[0])
    two_fit.put(models[1])
    age(two_fit, *KEYS[:2])
    two_fit.touch(KEYS[0])
    two_fit.put(models[2])
    assert kept(two_fit) == {KEYS[0], KEYS[2]}


def test_models_in_use_survive_however_old_they_are(models, two_fit):
    two_fit.put(models[0])
    two_fit.put(models[1])
    age(two_fit, *KEYS[:2])
    two_fit.put(models[2], in_use={KEYS[0]})
    assert kept(two_fit) == {KEYS[0], KEYS[2]}
    two_fit.put(models[1], in_use=set(KEYS))
    assert kept(two_fit) == set(KEYS) and two_fit.size > two_fit.max_bytes
    two_fit.put(models[1])
    assert len(kept(two_fit)) == 2 and KEYS[1] in kept(two_fit)


def test_other_seeds_make_room_of_what_is_not_in_use(models, two_fit):
    for model in models[:2]:
        two_fit.put(model)
    age(two_fit, *KEYS[:2])
    seeds = ensemble_of([models[0]] * 40)
    two_fit.put_ensemble(seeds, in_use={KEYS[1]})
    assert kept(two_fit) == set(KEYS[:2])
    two_fit.put_ensemble(seeds)
    assert kept(two_fit) == {KEYS[0]}
    assert two_fit.ensemble(models[0]).size == 40 and two_fit.get(KEYS[0]) is not None


def test_a_single_model_beyond_the_bound_is_kept(models, tmp_path):
    store = ModelStore(folder=tmp_path / "s", max_bytes=10)
    store.put(models[0])
    store.put(models[1])
    assert kept(store) == {KEYS[1]}


def test_the_size_is_that_of_the_files(models, tmp_path):
    store = ModelStore(folder=tmp_path / "s")
    assert store.size == 0
    store.put(models[0])
    store.put_ensemble(ensemble_of(models[:2]))
    store.put_quality(KEYS[0], Quality(people=3, found=2, found_by_popularity=1))
    (tmp_path / "s" / "a letter").write_text("dear")
    files = list((tmp_path / "s" / KEYS[0]).iterdir())
    assert len(files) == 4
    assert store.size == sum(path.stat().st_size for path in files)


def test_what_is_not_kept_can_be_touched_and_nothing_is_put_beside_it(models, tmp_path):
    store = ModelStore(folder=tmp_path / "s")
    for _ in range(2):
        store.touch(KEYS[0])
        store.put_ensemble(ensemble_of(models[:2]))
        store.put_quality(KEYS[0], Quality(people=3, found=2, found_by_popularity=1))
        assert store.ensemble(models[0]) is None and store.quality(KEYS[0]) is None
        (tmp_path / "s").mkdir(exist_ok=True)
        assert kept(store) == set()


def test_seeds_of_a_model_that_is_removed_meanwhile_leave_nothing(models, tmp_path, monkeypatch):
    store = ModelStore(folder=tmp_path / "s")
    store.put(models[0])

    def save(ensemble, path):
        save_ensemble(ensemble, path)
        remove_folder(tmp_path / "s" / KEYS[0])

    monkeypatch.setattr("recsys.storage.store.save_ensemble", save)
    store.put_ensemble(ensemble_of(models[:2]))
    assert kept(store) == set()


def test_what_a_server_that_was_ended_left_is_removed_after_a_day(models, tmp_path):
    store = ModelStore(folder=tmp_path / "s")
    for name in (".gone-1", f".{KEYS[0]}-abc"):
        (tmp_path / "s" / name).mkdir(parents=True)
        (tmp_path / "s" / name / "arrays.npz").write_text("half")
    (tmp_path / "s" / ".seeds.npz-1").write_text("half")
    age(store, ".gone-1", ".seeds.npz-1")
    store.put(models[0])
    assert kept(store) == {KEYS[0], f".{KEYS[0]}-abc"}


def test_a_damaged_model_is_not_removed_where_a_whole_one_came_meanwhile(
    models, tmp_path, monkeypatch
):
    store = ModelStore(folder=tmp_path / "s")
    store.put(models[0])
    (tmp_path / "s" / KEYS[0] / "arrays.npz").write_bytes(b"")

    def load(path, on_progress):
        try:
            return load_model(path, on_progress)
        except ModelFolderError:
            store.put(models[0])
            raise

    monkeypatch.setattr("recsys.storage.store.load_model", load)
    assert store.get(KEYS[0]) is None
    assert store.get(KEYS[0]) is not None


def test_readers_writers_and_removals_of_one_model_at_once(models, tmp_path):
    small = [replace(model, losses=(float(place),)) for place, model in enumerate(models)]
    store = ModelStore(folder=tmp_path / "s", max_bytes=1)  # each put removes the others
    over = threading.Event()

    def read():
        seen = 0
        while not over.is_set() or not seen:
            for model in small:
                found, seeds = store.get(model.fingerprint), store.ensemble(model)
                assert found is None or found.losses == model.losses
                assert seeds is None or seeds.size == 2
                seen += 1
                assert store.size >= 0
        return seen

    def write(model):
        for _ in range(8):
            store.put(model)
            store.put_ensemble(ensemble_of([model, model]))
            store.put_quality(model.fingerprint, Quality(people=1, found=1, found_by_popularity=1))

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        writers = [pool.submit(write, model) for model in (*small, *small)]
        wait(writers)
        over.set()
        for writer in writers:
            writer.result()
        assert all(reader.result() for reader in readers)
    assert kept(store) <= set(KEYS)  # no draft is left


def test_a_store_that_cannot_be_written_says_so(sample_model, tmp_path):
    (tmp_path / "s").write_text("a file")
    with pytest.raises(ModelFolderError, match="cannot be written"):
        ModelStore(folder=tmp_path / "s").put(sample_model)


@pytest.mark.parametrize("key", ["../x", "", "0" * 31, "G" * 32])
def test_a_key_is_never_a_path(tmp_path, key):
    with pytest.raises(SettingError):
        ModelStore(folder=tmp_path).get(key)
    assert DataStore(folder=tmp_path).files(key) is None
