"""What the tests of the library share."""

import pytest

from recsys.models.params import ALSParams
from recsys.recommendations.explain import Solver
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from recsys.training.seeds import train_ensemble

QUICK = ALSParams(factors=6, iterations=4, seed=3)


@pytest.fixture(scope="module")
def solver(sample_model):
    """Of the model of the sample data."""
    return Solver(sample_model)


@pytest.fixture(scope="module")
def model(sample_tables):
    """A model of the sample data that is quickly trained."""
    return train(sample_tables, EventWeights.default(), QUICK)


@pytest.fixture(scope="module")
def ensemble(model):
    """That model and two of other seeds."""
    return train_ensemble(model, 3)
