"""What the tests of kept models share."""

import shutil
from dataclasses import replace

import pytest

from recsys.models.folder import save_model
from recsys.models.params import ALSParams
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.recsys.models.damage import KEY


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
