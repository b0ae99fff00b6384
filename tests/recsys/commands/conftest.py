"""What the tests of commands share."""

import pytest

from recsys.models.folder import save_model


@pytest.fixture(scope="module")
def folder(sample_model, tmp_path_factory):
    """Where the model of the sample data is."""
    return str(save_model(sample_model, tmp_path_factory.mktemp("models") / "m"))
