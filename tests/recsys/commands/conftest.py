"""What the tests of commands share."""

from pathlib import Path

import pytest

from recsys.dataset.tables import read_tables
from recsys.models.folder import save_model
from recsys.models.model import Model
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import articles_csv, events_csv
from tests.recsys.conftest import QUICK


@pytest.fixture(scope="module")
def folder(sample_model, tmp_path_factory):
    """Where the model of the sample data is."""
    return str(save_model(sample_model, tmp_path_factory.mktemp("models") / "m"))


@pytest.fixture(scope="session")
def tiny() -> Model:
    """Of 40 articles, half of them read by half of the 40 readers: what is made of it is quick."""
    kinds = "garden", "rocket"
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{i},,,The {kinds[i % 2]} {i},en" for i in range(40))),
        events_csv(*(f"1,VIEW,{i},{u}" for u in range(40) for i in range(u % 2, 40, 2) if i != u)),
    )
    return train(tables, EventWeights.default(), QUICK)


@pytest.fixture(scope="session")
def tiny_folder(tiny: Model, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where it is."""
    folder: Path = tmp_path_factory.mktemp("models") / "tiny"
    return str(save_model(tiny, folder))
