"""What the tests of work beside the pages share."""

import pytest

from tests.ui.beside.stepping import Clock
from ui.beside.workers import Workers


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workers(clock: Clock) -> Workers:
    return Workers(2, clock=clock)
