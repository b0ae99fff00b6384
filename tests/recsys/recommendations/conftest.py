"""What the tests of recommendations share."""

import pytest

from tests.recsys.recommendations.blends import TITLES, catalogue_of


@pytest.fixture(scope="module")
def small():
    return catalogue_of(TITLES)
