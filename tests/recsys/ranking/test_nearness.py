"""The nearest of many at once, against a plain sort of every row."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.ranking import nearness as module
from recsys.ranking.nearness import candidates, nearest, unit


def plainly(scores, n):
    """The n highest of each row that are above -∞, equal ones in the order of the columns."""
    return [
        [place for place in np.argsort(-row, kind="stable")[:n] if row[place] > -np.inf]
        for row in scores
    ]


@given(
    st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 700), st.sampled_from((0.0, 0.9))
)
def test_candidates_hold_the_best_of_every_row_and_nothing_at_minus_infinity(
    seed, n, width, hidden
):
    draw = np.random.default_rng(seed)
    scores = draw.integers(-3, 40, (5, width)).astype(np.float32)  # many ties
    scores[draw.random(scores.shape) < hidden] = -np.inf
    rows, columns = candidates(scores, n)
    for row, best in enumerate(plainly(scores, n)):
        found = columns[rows == row]
        assert set(best) <= set(found.tolist())
        assert (np.diff(found) > 0).all()
        assert (scores[row, found] > -np.inf).all()


def test_slack_keeps_what_a_wrong_score_would_lose():
    scores = np.arange(1000, dtype=np.float32)[None]
    few, more = (len(candidates(scores, 3, slack)[1]) for slack in (0.0, np.array([100.0])))
    assert more == few + 100


@given(st.integers(0, 2**32 - 1), st.integers(1, 15), st.integers(1, 2))
def test_nearest_is_a_plain_sort_of_every_row(seed, n, models):
    draw = np.random.default_rng(seed)
    # One or four ones and zeros: lengths 1 and 2, so that every cosine is exact, and many tie.
    ones = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [1, 1, 1, 1]], dtype=np.float32)
    directions = unit(ones[draw.integers(0, 4, (models, 90))])
    offered = draw.random(90) < 0.6
    rows = draw.permutation(90)[:20]
    scores = sum(one[rows] @ one.T for one in directions) / np.float32(models)
    scores[:, ~offered] = -np.inf
    scores[np.arange(20), rows] = -np.inf
    found = nearest(directions, n, rows=rows, offered=offered)
    assert [row[row >= 0].tolist() for row in found] == plainly(scores, n)


def test_rows_done_are_counted_and_can_end_it(monkeypatch):
    monkeypatch.setattr(module, "TILE_BYTES", 4 * 50 * 8)
    directions = unit(np.random.default_rng(0).normal(size=(1, 50, 3)))
    done = []
    nearest(directions, 2, on_rows=done.append)
    assert done == [8] * 6 + [2]

    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        nearest(directions, 2, on_rows=stop)


def test_nearest_among_ties_and_where_few_are_offered():
    directions = np.array([[[1, 0], [1, 0], [0, 1], [1, 0], [0, 0]]], dtype=np.float32)
    assert nearest(directions, 2).tolist() == [[1, 3], [0, 3], [0, 1], [0, 1], [0, 1]]
    few = nearest(directions, 3, rows=np.array([3, 0]), offered=np.array([1, 0, 1, 0, 0], bool))
    assert few.tolist() == [[0, 2, -1], [2, -1, -1]]
    assert nearest(directions, 9).shape == (5, 9)
    assert (nearest(directions, 9)[:, 4:] == -1).all()
