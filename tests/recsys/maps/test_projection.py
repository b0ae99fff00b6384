"""Principal components against the singular values of the whole."""

import numpy as np
import pytest

from recsys.maps import projection
from recsys.maps.projection import principal

DIRECTIONS = np.random.default_rng(1).normal(size=(200, 7)) * np.arange(1, 8)


def test_the_axes_are_those_of_the_singular_value_decomposition():
    points, kept = principal(DIRECTIONS)
    centred = DIRECTIONS - DIRECTIONS.mean(axis=0)
    left, singular, axes = np.linalg.svd(centred, full_matrices=False)
    assert np.abs(points) == pytest.approx(np.abs(left[:, :2] * singular[:2]))
    assert kept == pytest.approx((singular[:2] ** 2).sum() / (singular**2).sum())
    loadings = np.linalg.lstsq(centred, points, rcond=None)[0]
    assert all(column[np.abs(column).argmax()] > 0 for column in loadings.T)


def test_blocks_give_the_same(monkeypatch):
    whole, kept = principal(DIRECTIONS)
    monkeypatch.setattr(projection, "_BLOCK", 64)
    points, again = principal(DIRECTIONS)
    assert points == pytest.approx(whole) and again == pytest.approx(kept)


@pytest.mark.parametrize("shape", [(0, 3), (1, 3), (5, 1), (5, 2), (2, 9)])
def test_what_has_few_dimensions_has_points(shape):
    points, kept = principal(np.random.default_rng(0).normal(size=shape))
    assert points.shape == (shape[0], 2) and np.isfinite(points).all()
    expected = 0 if shape[0] < 2 else 1  # two axes hold all that is there
    assert kept == pytest.approx(expected)


def test_points_that_are_all_alike_have_no_variance():
    points, kept = principal(np.full((50, 4), 0.5, dtype=np.float32))
    assert kept == 0 and np.abs(points).max() < 1e-6
