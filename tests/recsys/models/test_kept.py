"""Damaged and made-up files of models, other seeds and data: one kind of error, and no pickle."""

import io
import json
import shutil
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from recsys.errors import ModelFolderError, SettingError
from recsys.models.model import load_model, save_model
from recsys.models.params import ALSParams
from recsys.storage.data_store import DataStore
from recsys.storage.store import ModelStore
from recsys.strengths.weights import EventWeights
from recsys.training.ensemble import ensemble_of, load_ensemble, save_ensemble
from recsys.training.pipeline import train

KEY = "0" * 32


class Pickled:
    """Whoever loads it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.fixture(scope="module")
def model(sample_tables):
    params = ALSParams(factors=4, iterations=2)
    return replace(train(sample_tables, EventWeights.default(), params), fingerprint=KEY)


@pytest.fixture(scope="module")
def whole(model, tmp_path_factory):
    return save_model(model, tmp_path_factory.mktemp("whole") / "m")


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "models" / KEY)


@pytest.fixture
def seeds(model, tmp_path):
    return save_ensemble(ensemble_of([model, model]), tmp_path / "seeds.npz")


def refused(folder, words):
    """The model is refused with these words, and a store takes it for absent."""
    with pytest.raises(ModelFolderError, match="holds a damaged model.*" + words):
        load_model(folder)
    assert ModelStore(folder=folder.parent).get(KEY) is None


def changed(path, **arrays):
    with np.load(path) as file:
        whole = dict(file)
    np.savez(path, **whole | arrays)


def deep(count=100_000):
    return "[" * count + "]" * count


def huge_member():
    """The bytes of an array that says it has 2^50 numbers, without any."""
    stream = io.BytesIO()
    header = {"descr": "<f4", "fortran_order": False, "shape": (1 << 25, 1 << 25)}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue()


def packed(file_bytes, *, at=0, value=0, garble=False):
    """An archive's bytes with one byte of each entry of its directory changed."""
    data = bytearray(file_bytes)
    if garble:
        data[200:1200] = bytes(1000)
    start = data.find(b"PK\x01\x02")
    while start >= 0 and at:
        data[start + at] = value
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


def archive(kind, path):
    """Damage the archive at `path` in one way."""
    with np.load(path) as file:
        arrays = dict(file)
    if kind == "huge":
        with zipfile.ZipFile(path, "w") as out:
            for name in arrays:
                out.writestr(f"{name}.npy", huge_member())
    elif kind == "npy":
        np.save(path.with_suffix(".npy"), np.ones(3))
        path.with_suffix(".npy").replace(path)
    elif kind == "compressed":
        np.savez_compressed(path, **arrays)
        path.write_bytes(packed(path.read_bytes(), garble=True))
    elif kind == "encrypted":
        path.write_bytes(packed(path.read_bytes(), at=8, value=1))
    elif kind == "method":
        path.write_bytes(packed(path.read_bytes(), at=10, value=99))
    elif kind == "garbled":
        path.write_bytes(packed(path.read_bytes(), garble=True))
    else:
        path.write_bytes(path.read_bytes()[:-30])


ARCHIVES = ["huge", "npy", "compressed", "encrypted", "method", "garbled", "cut"]


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_damaged_archive_of_a_model(folder, kind):
    archive(kind, folder / "arrays.npz")
    refused(folder, "fit into memory" if kind == "huge" else "")


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_damaged_archive_of_other_seeds(model, seeds, kind):
    archive(kind, seeds)
    with pytest.raises(ModelFolderError, match="holds no models of other seeds"):
        load_ensemble(seeds, model)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "7", "{}", '"x"', deep(), '{"format": 2}', "\ufeff{}", "9" * 5000, "NaN"],
    ids=lambda text: text[:12] or "nothing",
)
def test_json_that_is_no_model(folder, text):
    (folder / "model.json").write_text(text, encoding="utf-8")
    refused(folder, "")


def test_bytes_that_are_no_text(folder):
    (folder / "model.json").write_bytes(b"\xff\xfe\x00")
    refused(folder, "UnicodeDecodeError")


def of_items(name, place, value):
    def change(about):
        about["items"][name][place] = value

    return change


def other(name, value):
    return lambda about: about.update({name: value})


def param(name, value):
    return lambda about: about["params"].update({name: value})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda about: about["user_ids"].__setitem__(0, 5), "not all of user_id is text"),
        (lambda about: about["user_ids"].__setitem__(0, ["a"]), "not all of user_id is text"),
        (lambda about: about["user_ids"].__setitem__(0, "\ud800"), "a sign that is none"),
        (lambda about: about["user_ids"].__setitem__(0, about["user_ids"][1]), "user_id.* twice"),
        (lambda about: about["user_ids"].pop(), "factors of people have the shape"),
        (other("user_ids", "abc"), "not all of user_id is text"),
        (of_items("item_id", 0, 5), "not all of item_id is text"),
        (lambda about: of_items("item_id", 0, about["items"]["item_id"][1])(about), "id.* twice"),
        (of_items("title", 3, None), "not all of title is text"),
        (of_items("title", 3, float("nan")), "not all of title is text"),
        (of_items("url", 3, {}), "not all of url is text"),
        (of_items("timestamp", 3, 1), "not all of timestamp is text"),
        (of_items("removed", 3, "no"), "not all of removed is true or false"),
        (of_items("removed", 3, 1), "not all of removed is true or false"),
        (of_items("removed", 3, None), "not all of removed is true or false"),
        (lambda about: about["items"]["title"].pop(), "not equally long"),
        (lambda about: about["items"].pop("url"), "KeyError"),
        (other("items", []), ""),
        (lambda about: [about["items"][name].clear() for name in about["items"]], "no articles"),
        (param("factors", 5), "factors of people have the shape"),
        (param("factors", 0), "SettingError"),
        (param("alpha", "much"), "SettingError"),
        (param("alpha", None), "SettingError"),
        (param("seed", 10**400), "SettingError"),
        (param("colour", 1), "the parameters are not factors, "),
        (lambda about: about["params"].pop("seed"), "the parameters are not factors, "),
        (other("params", [1]), ""),
        (other("weights", 5), ""),
        (other("weights", "VIEW"), "SettingError"),
        (other("fingerprint", None), "what the model is called is text"),
        (other("trained", 5), "what the model is called is text"),
        (other("losses", ["x"]), ""),
        (other("losses", None), ""),
        (other("seconds", "long"), ""),
        (other("versions", []), ""),
    ],
)
def test_what_is_wrong_in_the_json_is_said(folder, change, words):
    path = folder / "model.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    change(about)
    path.write_text(json.dumps(about), encoding="utf-8")
    refused(folder, words)


def with_value(value, place=(0, 0)):
    def change(array):
        array = array.copy()
        array[place[: array.ndim]] = value
        return array

    return change


ODD_FACTORS = [
    (with_value(np.nan), "not all factors of articles are finite"),
    (with_value(np.inf), "not all factors of articles are finite"),
    (lambda array: array.astype(np.float64) + 1e300, "not all factors of articles are finite"),
    (lambda array: array.astype(complex), "factors of articles are no real numbers"),
    (lambda array: array.astype(str), "factors of articles are no real numbers"),
    (lambda array: array.astype(bool), "factors of articles are no real numbers"),
    (lambda array: array[:, :-1], "factors of articles have the shape"),
    (lambda array: array[None], "factors of articles have the shape"),
    (lambda array: array.ravel(), "factors of articles have the shape"),
    (lambda array: np.float32(3), "factors of articles have the shape"),
    (lambda array: array[1:], "factors of articles have the shape"),
]


@pytest.mark.parametrize(("change", "words"), ODD_FACTORS)
@pytest.mark.parametrize("name", ["item_factors", "user_factors"])
def test_odd_factors_of_a_model(folder, model, name, change, words):
    changed(folder / "arrays.npz", **{name: change(getattr(model, name))})
    refused(folder, words if name == "item_factors" else words.replace("articles", "people"))


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("data", with_value(0.0), "not all strengths are above 0"),
        ("data", with_value(-1.0), "not all strengths are above 0"),
        ("data", with_value(np.nan), "not all strengths are finite"),
        ("data", with_value(np.inf), "not all strengths are finite"),
        ("data", with_value(1e38), "not all confidences are finite"),
        ("data", lambda array: array.astype(str), "strengths are no real numbers"),
        ("data", lambda array: array[:-1], ""),
        ("data", lambda array: array[None], ""),
        ("indices", with_value(-1), ""),
        ("indices", with_value(1 << 30), ""),
        ("indices", lambda array: array.astype(str), "no whole numbers"),
        ("indptr", lambda array: array.astype(float), "no whole numbers"),
        ("indices", lambda array: np.where(np.arange(len(array)) == 1, array[0], array), "two"),
        ("indptr", with_value(1), ""),
        ("indptr", lambda array: array[::-1], ""),
        ("indptr", lambda array: array[:-1], ""),
    ],
)
def test_an_odd_matrix(folder, name, change, words):
    with np.load(folder / "arrays.npz") as file:
        array = file[name]
    changed(folder / "arrays.npz", **{name: change(array)})
    refused(folder, words)


@pytest.mark.parametrize(("change", "words"), ODD_FACTORS)
@pytest.mark.parametrize("name", ["item_factors", "user_factors"])
def test_odd_factors_of_other_seeds(model, seeds, name, change, words):
    changed(seeds, **{f"{name}_1": change(getattr(model, name))})
    of = f"{name.replace('_', ' ')} of model 2"
    words = words.replace("factors of articles", of)
    with pytest.raises(ModelFolderError, match="holds no models of other seeds.*" + words):
        load_ensemble(seeds, model)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _: deep(), "RecursionError"),
        (lambda _: "{}", "KeyError"),
        (lambda about: about.replace('"format": 2', '"format": 9'), "at 9"),
        (lambda about: about.replace(f'"{KEY}"', "5"), "another model"),
        (lambda about: about.replace(f'"{KEY}"', f'"{"1" * 32}"'), "another model"),
        (lambda about: about.replace('"size": 2', '"size": 3'), "KeyError"),
        (lambda about: about.replace('"size": 2', '"size": 51'), "they are 51"),
        (lambda about: about.replace('"size": 2', '"size": 0'), "they are 0"),
        (lambda about: about.replace('"size": 2', '"size": "2"'), "they are '2'"),
    ],
)
def test_odd_words_about_other_seeds(model, seeds, change, words):
    with np.load(seeds) as file:
        about = str(file["about"])
    changed(seeds, about=np.array(change(about)))
    with pytest.raises(ModelFolderError, match="holds no models of other seeds.*" + words):
        load_ensemble(seeds, model)


def test_other_seeds_of_fewer_articles_or_people_are_not_this_model_s(model):
    whole = ensemble_of([model, model])
    assert whole.of(model) is whole
    for side in ("item_factors", "user_factors"):
        first, second = getattr(whole, side)
        for odd in ((first[1:], second[1:]), (first, second[1:])):
            with pytest.raises(SettingError, match="another model"):
                replace(whole, **{side: odd}).of(model)


def test_no_pickle_is_loaded(folder, model, seeds, tmp_path):
    evil = np.array([Pickled(tmp_path / "made")], dtype=object)
    changed(folder / "arrays.npz", item_factors=evil)
    changed(seeds, item_factors_1=evil)
    with pytest.raises(ModelFolderError):
        load_ensemble(seeds, model)
    refused(folder, "ValueError")
    assert not (tmp_path / "made").exists()


def test_a_file_is_no_folder_of_a_model(whole):
    with pytest.raises(ModelFolderError, match="holds no model"):
        load_model(whole / "model.json")


@pytest.mark.parametrize("text", [deep(), '{"hits": 1e999}', "[]", '{"name": "\\ud800"}', "5"])
def test_odd_json_beside_a_model_or_data_counts_as_absent(folder, tmp_path, text):
    (folder / "quality.json").write_text(text)
    assert ModelStore(folder=folder.parent).quality(KEY) is None
    data = tmp_path / "data"
    (data / KEY).mkdir(parents=True)
    (data / KEY / "about.json").write_text(text)
    assert DataStore(folder=data).names() == []
    assert DataStore(folder=data).files(KEY) is None
