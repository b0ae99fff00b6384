"""Rank-biased overlap against the formula written out, and against very long lists."""

from fractions import Fraction as F
from math import isclose, log

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from recsys.ranking.overlap import rbo, rbo_rows, shared, weight_of_top

LISTS = st.lists(st.integers(0, 15), unique=True, max_size=10)
FILLED = st.lists(st.integers(0, 15), unique=True, min_size=1, max_size=10)
PS = st.sampled_from([0.5, 0.8, 0.9, 0.98])
DEEP = 3000  # 0.98 ** 3000 is below the rounding of a float


def by_definition(a, b, p):
    """(1 − p) Σ p^(d−1) |A[:d] ∩ B[:d]| / d, for lists so long that the rest does not count."""
    seen_a, seen_b, common, total = set(), set(), 0, 0.0
    for d, (x, y) in enumerate(zip(a, b, strict=True), 1):
        common += (x in seen_b) + (y in seen_a) + (x == y)
        seen_a.add(x)
        seen_b.add(y)
        total += (1 - p) * p ** (d - 1) * common / d
    return total


def with_nothing_in_common(items, name):
    return [*items, *((name, place) for place in range(DEEP - len(items)))]


def with_all_in_common(a, b):
    """The two lists, going on so that they share as much as they can at every depth."""
    a, b = list(a), list(b)
    short, long = sorted((a, b), key=len)
    while len(short) < len(long):
        short.append(next(item for item in long if item not in short))
    for place in range(DEEP):
        left_a = [item for item in b if item not in a][:1]
        left_b = [item for item in a if item not in b][:1]
        if not left_a and not left_b:
            rest = [("same", n) for n in range(place, DEEP)]
            return (a + rest)[:DEEP], (b + rest)[:DEEP]
        a += left_a
        b += left_b
    raise AssertionError


def test_two_swapped_of_three_by_hand():
    # X_d / d = 0, 1, 1: RBO_ext = (1 − p)(0 + p + p²) + p³ = p
    p = F(9, 10)
    expected = (1 - p) * (p + p**2) + p**3
    assert expected == p
    assert rbo("abc", "bac", 0.9).value == pytest.approx(float(expected))


def test_five_of_which_one_moves_to_fourth_place():
    # X_d / d = 0, 1/2, 2/3, 1, 1 at p = 9/10
    p = F(9, 10)
    agreement = [F(0), F(1, 2), F(2, 3), F(1), F(1)]
    expected = (1 - p) * sum(p**d * x for d, x in enumerate(agreement)) + p**5
    assert expected == F(8280, 10_000)
    assert rbo([1, 2, 3, 4, 5], [2, 3, 4, 1, 5], 0.9).value == pytest.approx(0.828)


def test_lists_of_two_lengths_by_hand():
    # S = a b, L = b c a d at p = 1/2. X_d = 0, 1, 2, 2. Beyond the end of S its agreement X_2 / 2
    # = 1/2 goes on: it adds (d − 2) / 2 to X_3 and X_4. From depth 4 on the agreement stays
    # (X_4 − X_2) / 4 + X_2 / 2 = 3/4.
    p = F(1, 2)
    agreement = [F(0), F(1, 2), (2 + F(1, 2)) / 3, (2 + F(1)) / 4]
    expected = (1 - p) * sum(p**d * x for d, x in enumerate(agreement)) + p**4 * F(3, 4)
    assert rbo("ab", "bcad", 0.5).value == pytest.approx(float(expected))


def test_least_and_residual_by_hand():
    # One shared first place: X_d = 1 for ever gives Σ (1 − p) p^(d−1) / d = (1 − p)/p ln 1/(1 − p).
    found = rbo("a", "a", 0.5)
    assert found.value == pytest.approx(1)
    assert found.least == pytest.approx(log(2))
    assert found.residual == pytest.approx(1 - log(2))


@given(FILLED, FILLED, PS)
def test_least_is_what_lists_without_more_in_common_have(a, b, p):
    longer = with_nothing_in_common(a, "a"), with_nothing_in_common(b, "b")
    assert rbo(a, b, p).least == pytest.approx(by_definition(*longer, p), abs=1e-9)


@given(FILLED, FILLED, PS)
def test_most_is_what_lists_with_all_else_in_common_have(a, b, p):
    found = rbo(a, b, p)
    most = by_definition(*with_all_in_common(a, b), p)
    assert found.least + found.residual == pytest.approx(most, abs=1e-9)


@given(FILLED, FILLED, PS)
def test_value_is_symmetric_and_between_least_and_most(a, b, p):
    found, turned = rbo(a, b, p), rbo(b, a, p)
    assert found.value == pytest.approx(turned.value)
    assert found.least - 1e-9 <= found.value <= found.least + found.residual + 1e-9
    assert 0 <= found.value <= 1 and found.residual >= 0


@given(LISTS, PS)
def test_the_same_list_is_1_and_another_is_0(a, p):
    assert rbo(a, a, p).value == pytest.approx(1)
    if a:
        assert rbo(a, [("other", x) for x in a], p).value == 0
        assert rbo(a, [], p).value == 0


def test_the_top_counts_more_than_the_end():
    letters = list("abcdefghij")
    first, last = ["x", *letters[1:]], [*letters[:-1], "x"]
    assert rbo(letters, first).value < rbo(letters, last).value


def test_weight_of_the_top():
    assert round(weight_of_top(10, 0.9), 2) == 0.86  # stated in section 4.2 of the paper
    assert weight_of_top(1, 0.5) == pytest.approx(log(2))  # (1 − p)/p ln 1/(1 − p)
    weights = [weight_of_top(k, 0.9) for k in range(1, 80)]
    assert all(x < y for x, y in zip(weights, weights[1:], strict=False)) and weights[-1] < 1


@pytest.mark.parametrize("k", [1, 3, 10])
def test_weight_of_the_top_is_the_sum_of_the_weights_of_its_ranks(k):
    # A rank i has the weight (1 − p) Σ_{d ≥ i} p^(d−1) / d: it is in every prefix from i on.
    p = 0.9
    tails = [(1 - p) * sum(p ** (d - 1) / d for d in range(i, 1000)) for i in range(1, k + 1)]
    assert isclose(weight_of_top(k, p), sum(tails))


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.5, float("nan")])
def test_p_outside_is_refused(p):
    with pytest.raises(SettingError, match=r"\(0, 1\)"):
        rbo("ab", "ab", p)


def test_something_twice_is_refused():
    with pytest.raises(SettingError, match="twice"):
        rbo("aa", "ab")


ROWS = st.lists(
    st.tuples(*[st.lists(st.integers(0, 9), unique=True, max_size=5)] * 2), min_size=1, max_size=6
)


@given(ROWS)
def test_rows_are_compared_each_by_itself(rows):
    def padded(items):
        return items + [-1] * (5 - len(items))

    a, b = (np.array([padded(row[side]) for row in rows]) for side in (0, 1))
    expected = [len(set(x) & set(y)) / max(len(x), len(y)) if x or y else 1 for x, y in rows]
    assert shared(a, b) == pytest.approx(expected)
    assert rbo_rows(a, b, 0.9) == pytest.approx([rbo(x, y, 0.9).value for x, y in rows])
