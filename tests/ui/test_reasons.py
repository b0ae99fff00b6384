"""The bars of the reasons."""

import numpy as np
import pytest

from ui.reasons import REASONS, bars


@pytest.mark.parametrize(("more", "words"), [(1, "1 other"), (2, "2 others together")])
def test_what_has_no_bar_of_its_own_is_counted(more, words):
    values = np.linspace(1, 0.1, REASONS + more)
    figure = bars(values, float(values.sum()), [f"title {n}" for n in range(len(values))])
    assert figure.layout.yaxis.ticktext[-1] == words
    assert sum(figure.data[0].x) == pytest.approx(values.sum())
