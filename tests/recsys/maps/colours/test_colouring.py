"""Colours of groups and of amounts, whatever they are."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.maps.colours.colouring import MOST, categories, scale
from recsys.maps.colours.palette import GREY_DARK, GREY_LIGHT, STEPS

LAST = STEPS - 1


def grey(colouring):
    """Which articles are grey."""
    return np.array(colouring.light)[colouring.index] == GREY_LIGHT


def test_the_largest_groups_have_a_colour_each_and_the_others_are_counted_in_grey():
    of = np.repeat(np.arange(12), np.arange(12, 0, -1))  # 12 of the first, 1 of the last
    found = categories("Topic", [f"t{n}" for n in range(12)], np.append(of, [-1, -1]))
    assert [entry for entry in found.entries if entry[0] < MOST] == [
        (n, f"t{n}", 12 - n) for n in range(MOST)
    ]
    assert found.entries[MOST:] == ((MOST, "2 others", 3), (MOST, "Unknown", 2))
    assert grey(found).tolist() == (np.append(of, [99, 99]) >= MOST).tolist()
    assert found.dark[MOST] == GREY_DARK and found.index.dtype == np.uint8


def test_the_order_of_names_does_not_matter_and_empty_groups_have_no_entry():
    found = categories("Kind", ["none", "few", "many"], np.array([2, 1, 2]))
    assert found.entries == ((0, "many", 2), (1, "few", 1))
    assert found.index.tolist() == [0, 1, 0]
    assert categories("Kind", [], np.array([-1, -1])).entries == ((0, "Unknown", 2),)


@given(st.lists(st.integers(-1, 15), min_size=1, max_size=60))
def test_the_legend_counts_every_article_once(of):
    found = categories("Any", [str(n) for n in range(16)], np.array(of))
    assert sum(count for _, _, count in found.entries) == len(of)
    for place in range(len(found.light) - 1):
        label = next(label for at, label, _ in found.entries if at == place)
        assert (found.index == place).tolist() == [str(one) == label for one in of]


def test_a_linear_scale_is_linear_and_what_is_missing_is_grey():
    found = scale("Score", np.array([0.0, 0.25, 1.0, np.nan, np.inf]))
    assert found.index.tolist() == [0, round(LAST / 4), LAST, STEPS, STEPS]
    assert grey(found).tolist() == [False, False, False, True, True]
    assert [label for _, label, count in found.entries if not count] == [
        "0", "0.5", "1",
    ]  # fmt: skip
    assert found.entries[-1] == (STEPS, "Unknown", 2)


def test_outliers_do_not_take_the_scale_from_the_others():
    values = np.append(np.linspace(0, 1, 999), 1e9)
    assert len(set(scale("Score", values).index.tolist())) == STEPS


def test_a_logarithmic_scale_gives_each_power_the_same_length():
    found = scale("Readers", np.array([1, 10, 100, 1000]), bend="log")
    assert found.index.tolist() == [0, LAST // 3, 2 * LAST // 3, LAST]
    assert [label for _, label, _ in found.entries] == ["1", "10", "100", "1,000"]
    assert [place for place, _, _ in found.entries] == found.index.tolist()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_a_scale_of_ranks_keeps_the_order_and_equal_amounts_equal(values):
    index = scale("Date", np.array(values), bend="rank").index
    order = np.argsort(values, kind="stable")
    assert (np.diff(index[order].astype(int)) >= 0).all()
    assert all(
        index[a] == index[b] for a, x in enumerate(values) for b in range(a) if x == values[b]
    )


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30),
    st.sampled_from(["linear", "log", "rank"]),
)
def test_ticks_ascend_and_are_written_once(values, bend):
    ticks = [
        (place, label) for place, label, _ in scale("Any", np.array(values), bend=bend).entries
    ]
    assert ticks == sorted(ticks, key=lambda tick: tick[0])
    assert len({label for _, label in ticks}) == len(ticks)
    assert all(0 <= place < STEPS for place, _ in ticks)


@pytest.mark.parametrize("bend", ["linear", "log", "rank"])
def test_amounts_that_are_all_alike_or_missing_are_no_error(bend):
    alike = scale("Any", np.full(5, 3.0), bend=bend)
    assert len(set(alike.index.tolist())) == 1 and [e[1] for e in alike.entries] == ["3"]
    missing = scale("Any", np.full(5, np.nan), bend=bend)
    assert missing.entries == ((STEPS, "Unknown", 5),)


def test_colours_are_those_of_the_theme():
    found = categories("Kind", ["a"], np.array([0, -1]))
    assert bytes(found.colours()[1]).hex() == GREY_LIGHT[1:]
    assert bytes(found.colours(dark=True)[1]).hex() == GREY_DARK[1:]
