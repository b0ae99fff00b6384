"""What the tests of the library share."""

import pytest

from recsys.recommendations.explain import Solver


@pytest.fixture(scope="module")
def solver(sample_model):
    """Of the model of the sample data."""
    return Solver(sample_model)
