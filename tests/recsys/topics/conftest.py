"""What the tests of topics share."""

import numpy as np
import pytest

from recsys.models.model import Model
from recsys.topics.topics import Topics, find_topics
from tests.recsys.topics.planting import planted_model


@pytest.fixture(scope="module")
def planted() -> tuple[Topics, Model, np.ndarray]:
    model, truth = planted_model()
    return find_topics(model), model, truth
