"""What the tests of data sets share."""

import pytest

from recsys.dataset.tables import Tables
from tests.recsys.dataset.hand_made import DAY, HOUR, MONDAY, tables_of


@pytest.fixture
def small() -> Tables:
    """p and q read a, p reads b twice more; r and c are a part of their own; d, e unread."""
    return tables_of(
        ("p", "a", "VIEW", MONDAY),
        ("p", "b", "VIEW", MONDAY + HOUR),
        ("p", "b", "LIKE", MONDAY + HOUR + 59),
        ("p", "b", "VIEW", MONDAY + 7 * DAY),
        ("q", "a", "VIEW", MONDAY + 20 * DAY),
        ("r", "c", "LIKE", "unknown"),
    )
