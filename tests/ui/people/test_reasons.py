"""The bars of the reasons, on sums whose parts are known."""

import numpy as np
import pytest

from ui.parts.figures import ACCENT, FAINT, OTHER
from ui.people.reasons import REASONS, bars


def test_what_adds_stands_before_what_takes_away_which_has_its_own_colour():
    (trace,) = bars(np.array([0.1, -0.3, -0.05, 0.2]), ["one", "two", "three", "four"]).data
    assert list(trace.x) == [0.2, 0.1, -0.3, -0.05]
    assert list(trace.hovertext) == ["four", "one", "two", "three"]
    assert list(trace.marker.color) == [ACCENT, ACCENT, OTHER, OTHER]


def test_the_others_are_together_and_all_bars_add_up():
    values = np.array([0.2] * (REASONS - 1) + [-0.5, 0.1, 0.1, -0.05])
    labels = [f"title {place}" for place in range(len(values))]
    (trace,) = bars(values, labels).data
    assert sum(trace.x) == pytest.approx(values.sum())
    assert list(trace.hovertext) == [
        *labels[: REASONS - 1], "2 others add", "title 7", "1 other takes away",
    ]  # fmt: skip
    assert list(trace.marker.color) == [*[ACCENT] * (REASONS - 1), FAINT, OTHER, FAINT]


@pytest.mark.parametrize(("more", "words"), [(1, "1 other adds"), (2, "2 others add")])
def test_what_has_no_bar_of_its_own_is_counted(more, words):
    values = np.linspace(1, 0.1, REASONS + more)
    figure = bars(values, [f"title {n}" for n in range(len(values))])
    assert figure.layout.yaxis.ticktext[-1] == words
    assert sum(figure.data[0].x) == pytest.approx(values.sum())
