"""Maps beside their model on the disk, and files that hold something else."""

import json
from dataclasses import asdict, fields, replace

import numpy as np
import pytest

from recsys.errors import ModelFolderError, SettingError
from recsys.maps.faithfulness import Faithfulness
from recsys.maps.places import Places
from recsys.storage.store import ModelStore

KEY, OTHER = "0" * 31 + "1", "0" * 31 + "2"
FILE = "places-neighbours.npz"


@pytest.fixture
def places() -> Places:
    xy = np.random.default_rng(0).normal(size=(7, 2)).astype(np.float32)
    return Places(
        xy=xy,
        placed=np.arange(7) != 3,
        method="neighbours",
        faithfulness=Faithfulness(kept=0.4, trustworthiness=0.9, k=5, of=6),
        learned_from=6,
        seed=3,
        aligned_to=OTHER,
    )


@pytest.fixture
def store(sample_model, tmp_path) -> ModelStore:
    store = ModelStore(folder=tmp_path / "s")
    store.put(replace(sample_model, fingerprint=KEY))
    return store


def same(a: Places, b: Places) -> bool:
    pairs = [(getattr(a, field.name), getattr(b, field.name)) for field in fields(Places)]
    return all(np.array_equal(one, other) for one, other in pairs)


def rewrite(store: ModelStore, **changes: object) -> None:
    """Write the file again with other arrays, or other words beside them."""
    path = store.folder / KEY / FILE
    with np.load(path) as file:
        arrays = dict(file)
    about = json.loads(str(arrays["about"]))
    arrays |= {name: value for name, value in changes.items() if isinstance(value, np.ndarray)}
    about |= {name: value for name, value in changes.items() if not isinstance(value, np.ndarray)}
    np.savez(path, **(arrays | {"about": np.array(json.dumps(about))}))


def test_a_map_comes_back_as_it_was(store, places):
    assert store.places(KEY) is None
    store.put_places(KEY, places)
    found = store.places(KEY)
    assert same(found, places) and found.xy.dtype == np.float32 and found.without_place == 1
    assert same(ModelStore(folder=store.folder).places(KEY), places)
    components = replace(places, method="pca", aligned_to="", faithfulness=_with(variance=0.25))
    store.put_places(KEY, components, "pca")
    assert same(store.places(KEY, "pca"), components) and same(store.places(KEY), places)
    store.put_places(KEY, components)
    assert same(store.places(KEY), components)
    assert store.get(KEY) is not None


def _with(**changes):
    return Faithfulness(**({"kept": 0.4, "trustworthiness": 0.9, "k": 5, "of": 6} | changes))


@pytest.mark.parametrize("keep", [0, 100, 600])
def test_a_half_written_file_is_as_if_absent_and_can_be_written_again(store, places, keep):
    store.put_places(KEY, places)
    path = store.folder / KEY / FILE
    path.write_bytes(path.read_bytes()[:keep])
    assert store.places(KEY) is None and store.get(KEY) is not None
    store.put_places(KEY, places)
    assert same(store.places(KEY), places)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 99},
        {"model_fingerprint": OTHER},
        {"method": "by hand"},
        {"aligned_to": 7},
        {"learned_from": None},
        {"faithfulness": None},
        {"faithfulness": asdict(_with(kept=2))},
        {"faithfulness": asdict(_with(kept=float("nan")))},
        {"xy": np.zeros((7, 3), np.float32)},
        {"xy": np.zeros((6, 2), np.float32)},
        {"xy": np.full((7, 2), np.nan, np.float32)},
        {"xy": np.full((7, 2), 1e300)},
        {"xy": np.array([["a", "b"]] * 7)},
        {"placed": np.ones(7)},
        {"placed": np.ones((7, 2), bool)},
        {"placed": np.array([{"a": 1}] * 7, dtype=object)},
    ],
)
def test_a_foreign_file_is_as_if_absent(store, places, changes):
    store.put_places(KEY, places)
    rewrite(store)
    assert same(store.places(KEY), places)  # written again as it was, it is read
    rewrite(store, **changes)
    assert store.places(KEY) is None


def test_a_map_goes_with_its_model_and_is_not_kept_without_one(store, places, sample_model):
    store.put_places(OTHER, places)
    assert store.places(OTHER) is None and not (store.folder / OTHER).exists()
    store.put_places(KEY, places)
    store.put(replace(sample_model, fingerprint=KEY))
    assert store.places(KEY) is None
    assert {path.name for path in store.folder.iterdir()} == {KEY}  # no draft is left


def test_a_map_counts_for_the_bound_of_the_store(store, places, sample_model):
    store.put(replace(sample_model, fingerprint=OTHER))
    tight = ModelStore(folder=store.folder, max_bytes=store.size)
    tight.put_places(KEY, places, in_use={OTHER})
    assert tight.has(OTHER) and tight.places(KEY) is not None
    tight.put_places(KEY, places)
    assert not tight.has(OTHER) and tight.places(KEY) is not None


@pytest.mark.parametrize("name", ["", "../x", "A", "a" * 41, "1", "a.b"])
def test_a_name_is_never_a_path(store, places, name):
    with pytest.raises(SettingError, match="name of a map"):
        store.put_places(KEY, places, name)
    with pytest.raises(SettingError, match="name of a map"):
        store.places(KEY, name)
    with pytest.raises(SettingError, match="fingerprint"):
        store.places("../x")


def test_a_disk_that_refuses_it_is_said(store, places, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("recsys.storage.store.save_places", refuse)
    with pytest.raises(ModelFolderError, match="No space left on device"):
        store.put_places(KEY, places)
    assert store.places(KEY) is None
