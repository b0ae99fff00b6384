"""Models of other seeds: how they are trained, kept and read again."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from recsys.errors import ModelFolderError, SettingError, Stopped
from recsys.models.folder import load_model, save_model
from recsys.ranking.nearness import unit
from recsys.strengths.weights import EventWeights
from recsys.training.ensemble import ensemble_fingerprint, ensemble_of, load_ensemble, save_ensemble
from recsys.training.pipeline import train
from recsys.training.seeds import train_ensemble
from tests.recsys.conftest import QUICK


def test_the_first_is_the_model_and_the_others_have_the_next_seeds(model, ensemble, sample_tables):
    assert ensemble.size == 3
    for place, seed in enumerate([3, 4, 5]):
        alone = train(sample_tables, EventWeights.default(), replace(QUICK, seed=seed))
        assert np.array_equal(ensemble.item_factors[place], alone.item_factors)
        assert np.array_equal(ensemble.user_factors[place], alone.user_factors)


def test_the_first_is_not_held_again(model, ensemble, tmp_path):
    path = save_ensemble(ensemble, tmp_path / "e.npz")
    for seeds in (ensemble, load_ensemble(path, model), ensemble.of(model)):
        assert seeds.item_factors[0] is model.item_factors
        assert seeds.user_factors[0] is model.user_factors
    with np.load(path) as file:
        held = sum(file[name].nbytes for name in file.files if name != "about")
    assert held == 2 * (model.item_factors.nbytes + model.user_factors.nbytes)
    save_ensemble(ensemble_of([model, model]), path)
    assert path.stat().st_size < 1.1 * held / 2


def test_the_same_model_gives_the_same_ensemble_from_memory_and_from_disk(
    model, ensemble, tmp_path
):
    for source in (model, load_model(save_model(model, tmp_path / "m"))):
        again = train_ensemble(source, 3)
        for side in ("item_factors", "user_factors"):
            pairs = zip(getattr(again, side), getattr(ensemble, side), strict=True)
            assert all(np.array_equal(one, other) for one, other in pairs)
        assert again.fingerprint == ensemble.fingerprint


def test_fingerprint_is_known_beforehand_and_tells_size_and_model(model, ensemble):
    assert ensemble.fingerprint == ensemble_fingerprint(model.fingerprint, 3)
    assert ensemble_fingerprint(model.fingerprint, 4) != ensemble.fingerprint
    assert ensemble_fingerprint("0" * 32, 3) != ensemble.fingerprint


def test_progress_counts_every_iteration_but_those_of_the_first(model):
    seen = []
    train_ensemble(model, 3, lambda *progress: seen.append(progress))
    assert seen == [(done, 8) for done in range(1, 9)]


def test_what_the_callback_raises_stops_it(model):
    def stop(done, _total):
        if done == 5:
            raise Stopped

    with pytest.raises(Stopped):
        train_ensemble(model, 3, stop)


@pytest.mark.parametrize("size", [-1, 0, 1, 51])
def test_size_outside_is_refused(model, size):
    with pytest.raises(SettingError, match="2 to 50"):
        train_ensemble(model, size)


def test_saved_and_loaded(model, ensemble, tmp_path):
    path = save_ensemble(ensemble, tmp_path / "new" / "e.npz")
    again = load_ensemble(path, model)
    for side in ("item_factors", "user_factors"):
        pairs = zip(getattr(again, side), getattr(ensemble, side), strict=True)
        assert all(np.array_equal(one, other) for one, other in pairs)
    assert (again.fingerprint, again.params) == (ensemble.fingerprint, ensemble.params)
    assert [file.name for file in path.parent.iterdir()] == ["e.npz"]  # no draft is left


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04 cut off"])
def test_damaged_files_are_refused(model, tmp_path, content):
    path = tmp_path / "e.npz"
    path.write_bytes(content)
    with pytest.raises(ModelFolderError, match=r"e\.npz"):
        load_ensemble(path, model)


def test_cut_off_missing_and_foreign_files_are_refused(model, ensemble, sample_model, tmp_path):
    path = save_ensemble(ensemble, tmp_path / "e.npz")
    with pytest.raises(ModelFolderError, match="trained for another model"):
        load_ensemble(path, sample_model)
    with np.load(path) as file:
        whole = {name: file[name] for name in file.files if name != "about"}
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(ModelFolderError):
        load_ensemble(path, model)
    np.savez(path, **whole)
    with pytest.raises(ModelFolderError, match="other seeds"):
        load_ensemble(path, model)
    np.savez(path, about=np.array([{}], dtype=object), **whole)
    with pytest.raises(ModelFolderError):  # an object array is a pickle
        load_ensemble(path, model)
    with pytest.raises(ModelFolderError, match="is not there"):
        load_ensemble(tmp_path / "nothing.npz", model)


def test_a_file_of_the_format_before_is_told_apart(model, tmp_path):
    about = {"format": 1, "model_fingerprint": model.fingerprint, "params": asdict(model.params)}
    both = np.stack([model.item_factors, model.item_factors])
    np.savez(
        tmp_path / "e.npz",
        about=np.array(json.dumps(about)),
        directions=unit(both),
        norms=np.linalg.norm(both, axis=2),
        user_factors=np.stack([model.user_factors, model.user_factors]),
    )
    with pytest.raises(ModelFolderError, match="of format 1, this version reads 2.*Train them"):
        load_ensemble(tmp_path / "e.npz", model)


def test_reading_tells_how_far_it_is_and_can_be_stopped(model, ensemble, tmp_path):
    path, folder = save_ensemble(ensemble, tmp_path / "e.npz"), save_model(model, tmp_path / "m")
    for load, arrays in (
        (lambda follow: load_ensemble(path, model, follow), 1 + 2 * 2),
        (lambda follow: load_model(folder, follow), 5),
    ):
        seen = []
        load(lambda *progress, seen=seen: seen.append(progress))
        done, totals = zip(*seen, strict=True)
        assert len(seen) == arrays and len(set(totals)) == 1
        assert list(done) == sorted(set(done)) and done[0] > 0 and done[-1] == totals[0]

        def stop(*_):
            raise Stopped

        with pytest.raises(Stopped):
            load(stop)
