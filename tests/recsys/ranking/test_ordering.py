import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from recsys.ranking.ordering import best, checked_count, checked_share


@given(
    scores=st.lists(st.sampled_from([-1.5, 0.0, 2.0]), min_size=1, max_size=300),
    n=st.integers(1, 50),
    data=st.data(),
)
def test_the_best_are_those_of_a_stable_sort(scores, n, data):
    candidates = sorted(data.draw(st.sets(st.integers(0, len(scores) - 1))))
    expected = sorted(candidates, key=lambda place: -scores[place])[:n]
    assert best(np.array(scores), np.array(candidates, dtype=int), n).tolist() == expected


def test_many_equal_scores_stay_in_their_order():
    assert best(np.zeros(5000), np.arange(5000), 1000).tolist() == list(range(1000))


def test_a_count_outside_of_what_is_allowed():
    assert checked_count(1000) == 1000
    for n in (0, 1001):
        with pytest.raises(SettingError, match=f"n: {n} is not allowed"):
            checked_count(n)


def test_a_share_outside_of_what_is_allowed():
    assert [checked_share(share, "weight") for share in (0, 0.5, 1)] == [0, 0.5, 1]
    for share in (-0.1, 1.1, float("nan")):
        with pytest.raises(SettingError, match="weight: .* is not allowed"):
            checked_share(share, "weight")
