"""A model that was taken away is the same model."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest

from recsys.exports.model_file import model_file
from recsys.models import load_model
from recsys.neighbours import similar_items


@pytest.fixture
def unpacked(sample_model, tmp_path):
    with zipfile.ZipFile(io.BytesIO(model_file(sample_model, "train it"))) as file:
        assert not [name for name in file.namelist() if name.endswith((".pkl", ".pickle"))]
        file.extractall(tmp_path)
    return tmp_path


def test_it_gives_the_same_neighbours(sample_model, unpacked):
    model = load_model(unpacked / "model")
    item = sample_model.items["item_id"][12]
    assert model.fingerprint == sample_model.fingerprint
    pd.testing.assert_frame_equal(similar_items(model, item), similar_items(sample_model, item))
    with np.load(unpacked / "model" / "arrays.npz", allow_pickle=False) as arrays:
        assert np.array_equal(arrays["item_factors"], sample_model.item_factors)


def test_the_lines_that_load_it_run(sample_model, unpacked, monkeypatch, capsys):
    text = (unpacked / "README.txt").read_text(encoding="utf-8")
    assert sample_model.fingerprint in text and "    train it" in text
    blocks = text.split("Load it with ")[1:]
    monkeypatch.chdir(unpacked)
    for block in blocks:
        lines = [line[4:] for line in block.splitlines() if line.startswith("    ")]
        exec(compile("\n".join(lines), "README", "exec"), {})
    ids = [line.split(" ")[0] for line in capsys.readouterr().out.splitlines()]
    first = sample_model.items["item_id"][0]
    expected = similar_items(sample_model, first, 10)["item_id"].tolist()
    assert [item for item in ids if item in expected][:5] == expected[:5]
