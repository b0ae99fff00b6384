"""Damaged and made-up files of a model: what is wrong is said."""

import json

import numpy as np
import pytest

from recsys.errors import ModelFolderError
from recsys.models.folder import load_model
from tests.recsys.models.damage import ODD_FACTORS, changed, deep, refused, with_value


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
        (lambda about: about["user_ids"].__setitem__(0, "\ud800"), "an invalid character"),
        (lambda about: about["user_ids"].__setitem__(0, about["user_ids"][1]), "user_id.* twice"),
        (lambda about: about["user_ids"].pop(), "factors of readers have the shape"),
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
        (param("factors", 5), "factors of readers have the shape"),
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


@pytest.mark.parametrize(("change", "words"), ODD_FACTORS)
@pytest.mark.parametrize("name", ["item_factors", "user_factors"])
def test_odd_factors_of_a_model(folder, model, name, change, words):
    changed(folder / "arrays.npz", **{name: change(getattr(model, name))})
    refused(folder, words if name == "item_factors" else words.replace("articles", "readers"))


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("data", with_value(0.0), "not all strengths are above 0"),
        ("data", with_value(-1.0), "not all strengths are above 0"),
        ("data", with_value(np.nan), "not all strengths are finite"),
        ("data", with_value(np.inf), "not all strengths are finite"),
        ("data", with_value(1e38), "not all confidences are finite"),
        ("data", lambda array: array.astype(str), "strengths are not real numbers"),
        ("data", lambda array: array[:-1], ""),
        ("data", lambda array: array[None], ""),
        ("indices", with_value(-1), ""),
        ("indices", with_value(1 << 30), ""),
        ("indices", lambda array: array.astype(str), "not whole numbers"),
        ("indptr", lambda array: array.astype(float), "not whole numbers"),
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


def test_a_file_is_no_folder_of_a_model(whole):
    with pytest.raises(ModelFolderError, match="contains no model"):
        load_model(whole / "model.json")
