"""What limits remove, against one article after another."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from recsys.errors import SettingError
from recsys.limits.limits import Limit, Limits

DAY = date(2025, 3, 1)
MIDNIGHT = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp())
READERS = np.array([9, 0, 3, 2, 5])
BOTH = np.array([4, 0, 3, 1, 0])
READ = np.array([True, False, False, False, True])
ITEMS = pd.DataFrame(
    {
        "item_id": list("abcde"),
        "title": ["A", "", "  ", "D", "E"],
        "language": ["pt", "en", "en", "", "pt"],
        "content_type": ["HTML", "VIDEO", "HTML", "", "HTML"],
        "timestamp": [str(MIDNIGHT - 1), str(MIDNIGHT), "", str(MIDNIGHT + 86_400), "?"],
        "removed": [False, True, False, True, False],
    }
)


@pytest.mark.parametrize(
    ("limits", "limit", "removed"),
    [
        (Limits(), Limit.READ, "ae"),
        (Limits(), Limit.REMOVED, "bd"),
        (Limits(exclude=("c", "strange")), Limit.EXCLUDED, "c"),
        (Limits(only=frozenset("abx")), Limit.ONLY, "cde"),
        (Limits(only=frozenset()), Limit.ONLY, "abcde"),
        (Limits(languages=("pt", "")), Limit.LANGUAGE, "bc"),
        (Limits(kinds=("VIDEO",)), Limit.KIND, "acde"),
        (Limits(since=DAY, until=DAY), Limit.DATE, "acde"),
        (Limits(titled=True), Limit.TITLE, "bc"),
        (Limits(least_readers=3), Limit.READERS, "bd"),
        (Limits(least_both=3), Limit.BOTH, "bde"),
    ],
)
def test_what_each_limit_removes(limits, limit, removed):
    found = limits.removing(ITEMS, READERS, read=READ, both=BOTH)
    assert "".join(ITEMS["item_id"][found[limit]]) == removed
    assert set(found) <= {Limit.READ, Limit.REMOVED, limit}  # none that is not set


def test_limits_together():
    limits = Limits(languages=("pt", "en"), titled=True, least_readers=1)
    removing = limits.removing(ITEMS, READERS, read=READ, both=BOTH)
    assert list(removing) == sorted(removing, key=list(Limit).index)
    allowed = limits.allowed(ITEMS, READERS, read=READ, both=BOTH)
    assert not allowed.any()
    assert "".join(ITEMS["item_id"][limits.allowed(ITEMS, READERS)]) == "ae"
    for place in range(len(ITEMS)):
        why = limits.why_left_out(ITEMS, READERS, place, read=READ, both=BOTH)
        assert why == tuple(limit for limit, removed in removing.items() if removed[place])
    assert limits.why_left_out(ITEMS, READERS, 1) == (Limit.REMOVED, Limit.TITLE, Limit.READERS)
    assert limits.why_left_out(ITEMS, READERS, 0) == ()


def test_what_was_read_and_read_with_it_counts_only_where_it_is_asked():
    limits = Limits(include_removed=True, least_both=9)
    assert limits.allowed(ITEMS, READERS).all()
    assert not limits.allowed(ITEMS, READERS, both=BOTH).any()
    assert Limits(include_read=True, include_removed=True).allowed(ITEMS, READERS, read=READ).all()


@pytest.mark.parametrize("name", ["least_readers", "least_both"])
def test_a_number_below_zero_is_refused(name):
    with pytest.raises(SettingError, match=f"{name}: -1 is not allowed"):
        Limits(**{name: -1})


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(SettingError, match="Give the earlier day first"):
        Limits(since=date(2025, 3, 2), until=DAY)
