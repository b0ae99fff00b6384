"""Damaged and made-up files of models, other seeds and data: one kind of error, and no pickle."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.errors import ModelFolderError, SettingError
from recsys.storage.data_store import DataStore
from recsys.storage.store import ModelStore
from recsys.training.ensemble import ensemble_of, load_ensemble, save_ensemble
from tests.recsys.models.damage import (
    ARCHIVES,
    KEY,
    ODD_FACTORS,
    Pickled,
    archive,
    changed,
    deep,
    refused,
)


@pytest.fixture
def seeds(model, tmp_path):
    return save_ensemble(ensemble_of([model, model]), tmp_path / "seeds.npz")


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_damaged_archive_of_a_model(folder, kind):
    archive(kind, folder / "arrays.npz")
    refused(folder, "fit into memory" if kind == "huge" else "")


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_damaged_archive_of_other_seeds(model, seeds, kind):
    archive(kind, seeds)
    with pytest.raises(ModelFolderError, match="contains no models of other seeds"):
        load_ensemble(seeds, model)


@pytest.mark.parametrize(("change", "words"), ODD_FACTORS)
@pytest.mark.parametrize("name", ["item_factors", "user_factors"])
def test_odd_factors_of_other_seeds(model, seeds, name, change, words):
    changed(seeds, **{f"{name}_1": change(getattr(model, name))})
    of = f"{name.replace('_', ' ')} of model 2"
    words = words.replace("factors of articles", of)
    with pytest.raises(ModelFolderError, match="contains no models of other seeds.*" + words):
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
    with pytest.raises(ModelFolderError, match="contains no models of other seeds.*" + words):
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


@pytest.mark.parametrize("text", [deep(), '{"hits": 1e999}', "[]", '{"name": "\\ud800"}', "5"])
def test_odd_json_beside_a_model_or_data_counts_as_absent(folder, tmp_path, text):
    (folder / "quality.json").write_text(text)
    assert ModelStore(folder=folder.parent).quality(KEY) is None
    data = tmp_path / "data"
    (data / KEY).mkdir(parents=True)
    (data / KEY / "about.json").write_text(text)
    assert DataStore(folder=data).names() == []
    assert DataStore(folder=data).files(KEY) is None
