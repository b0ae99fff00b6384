"""The bars of the reasons, on sums whose parts are known."""

import numpy as np
import pytest

from ui.parts.figures import ACCENT, FAINT, OTHER
from ui.people.reasons import REASONS, bars, many_little


def test_what_takes_away_has_its_own_colour_on_every_bar():
    (trace,) = bars(np.array([0.1, -0.3, -0.05]), -0.25, ["one", "two", "three"]).data
    assert list(trace.x) == [-0.3, 0.1, -0.05]
    assert list(trace.marker.color) == [OTHER, ACCENT, OTHER]


def test_the_others_are_together_and_all_bars_add_up():
    values = np.array([0.2] * (REASONS - 1) + [-0.5, 0.1, 0.1])
    labels = [f"title {place}" for place in range(len(values))]
    (trace,) = bars(values, float(values.sum()), labels).data
    assert sum(trace.x) == pytest.approx(values.sum())
    assert list(trace.hovertext) == ["title 7", *labels[: REASONS - 1], "2 others together"]
    assert list(trace.marker.color) == [OTHER, *[ACCENT] * (REASONS - 1), FAINT]


@pytest.mark.parametrize(("more", "words"), [(1, "1 other"), (2, "2 others together")])
def test_what_has_no_bar_of_its_own_is_counted(more, words):
    values = np.linspace(1, 0.1, REASONS + more)
    figure = bars(values, float(values.sum()), [f"title {n}" for n in range(len(values))])
    assert figure.layout.yaxis.ticktext[-1] == words
    assert sum(figure.data[0].x) == pytest.approx(values.sum())


def test_many_that_add_little_each_are_told_from_a_few_that_add_most():
    assert not many_little(np.array([]))
    assert not many_little(np.ones(REASONS))
    assert not many_little(np.array([*[1.0] * REASONS, *[-0.5] * REASONS]))
    assert many_little(np.array([*[1.0] * REASONS, *[-0.5] * (2 * REASONS + 1)]))
