"""Faithfulness against scikit-learn, against a plain count, and where there is nothing to count."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from sklearn.manifold import trustworthiness

from recsys.errors import Stopped
from recsys.maps import faithfulness
from recsys.maps.faithfulness import faithfulness_of, others
from recsys.ranking import unit


def drawn(n, seed=0, factors=6):
    draw = np.random.default_rng(seed)
    return unit(draw.normal(size=(n, factors))), draw.normal(size=(n, 2))


@pytest.mark.parametrize("n", [21, 40, 300])
def test_trustworthiness_is_that_of_scikit_learn(n):
    directions, xy = drawn(n)
    xy[:, 0] += 3 * directions[:, 0]
    found = faithfulness_of(directions, xy)
    # Euclidean distances of directions are in the order of their cosines
    expected = trustworthiness(directions.astype(float), xy, n_neighbors=10)
    # single precision may swap two that are nearly equally near: 2 / (10 n (2n - 31)) for each
    assert found.trustworthiness == pytest.approx(expected, abs=10 / (5 * n * (2 * n - 31)))
    assert (found.k, found.of) == (10, n)


def test_kept_is_the_share_of_the_ten_nearest_of_both():
    directions, xy = drawn(60)
    cosines = directions @ directions.T - 2 * np.eye(60)
    apart = np.linalg.norm(xy[:, None] - xy, axis=2) + 9 * np.eye(60)
    true, seen = np.argsort(-cosines)[:, :10], np.argsort(apart)[:, :10]
    both = [len(set(a) & set(b)) for a, b in zip(true.tolist(), seen.tolist(), strict=True)]
    assert faithfulness_of(directions, xy).kept == pytest.approx(sum(both) / 600)


def test_a_circle_drawn_as_it_is_is_wholly_faithful_and_one_in_another_order_is_not():
    angles = np.linspace(0, 2 * np.pi, 80, endpoint=False) + np.linspace(0, 0.01, 80)
    xy = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    directions = unit(xy)
    right = faithfulness_of(directions, xy)
    assert right.kept == right.trustworthiness == 1
    wrong = faithfulness_of(directions, xy[np.random.default_rng(0).permutation(80)])
    assert wrong.kept < 0.3 and 0.3 < wrong.trustworthiness < 0.7


@pytest.mark.parametrize("n", [11, 14, 20, 21])
def test_the_worst_picture_has_a_trustworthiness_of_zero(n, monkeypatch):
    """Whose nearest on the plane are the furthest in truth: two points for each k of n."""
    directions, xy = drawn(n)
    order = np.argsort(directions @ directions.T - 2 * np.eye(n), axis=1)
    furthest = order[:, 1:11]  # after itself
    monkeypatch.setattr(faithfulness, "others", lambda near, rows: furthest[rows])
    expected = 1.0 if n == 11 else 0.0  # of 11, the ten others are the nearest
    assert faithfulness_of(directions, xy).trustworthiness == pytest.approx(expected)


@given(n=st.integers(0, 30), alike=st.booleans(), stacked=st.booleans())
def test_it_is_between_zero_and_one_whatever_there_is(n, alike, stacked):
    directions, xy = drawn(n)
    directions = directions[:1].repeat(n, axis=0) if alike else directions
    found = faithfulness_of(directions, np.zeros((n, 2)) if stacked else xy)
    assert 0 <= found.kept <= 1 and 0 <= found.trustworthiness <= 1
    assert found.k == max(0, min(10, n - 1)) and found.of == n
    if alike or n <= 10:
        assert found.kept == found.trustworthiness == 1


def test_of_many_articles_a_sample_is_asked_about_with_neighbours_among_all(monkeypatch):
    directions, xy = drawn(400)
    xy[:, 0] += 3 * directions[:, 0]
    whole = faithfulness_of(directions, xy)
    monkeypatch.setattr(faithfulness, "MOST", 150)
    one, again, other = (faithfulness_of(directions, xy, seed=seed) for seed in (0, 0, 1))
    assert one == again and one != other
    assert one.of == 150 and whole.of == 400
    # five standard errors of a mean of 150 of 400 shares of at most 1
    error = 5 * 0.5 * np.sqrt((1 - 150 / 400) / 150)
    assert abs(one.kept - whole.kept) < error
    assert faithfulness_of(directions, xy, cosines=400 * 20).of == 20


def test_small_tiles_give_the_same_and_tell_how_far_they_are(monkeypatch):
    directions, xy = drawn(90)
    whole, told = faithfulness_of(directions, xy), []
    monkeypatch.setattr(faithfulness, "_TILE_BYTES", 4 * 90 * 25)
    assert faithfulness_of(directions, xy, on_rows=told.append) == whole
    assert told == [25, 25, 25, 15]

    def stop(rows):
        raise Stopped

    with pytest.raises(Stopped):
        faithfulness_of(directions, xy, on_rows=stop)


def test_an_article_is_not_its_own_neighbour_even_among_many_at_one_place():
    near = np.array([[0, 1, 2], [5, 4, 3], [7, 8, 9]])
    assert others(near, np.array([0, 4, 1])).tolist() == [[1, 2], [5, 3], [7, 8]]
