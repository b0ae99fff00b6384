"""What the tests of maps share."""

import pytest

from recsys.maps.places import Places, neighbour_places
from recsys.models.model import Model
from tests.recsys.maps.planting import groups, model_with


@pytest.fixture(scope="package")
def grouped() -> Model:
    """Four groups of 60, 50, 40 and 30 articles."""
    return model_with(groups((60, 50, 40, 30)))


@pytest.fixture(scope="package")
def mapped(grouped: Model) -> Places:
    """Their map."""
    return neighbour_places(grouped)
