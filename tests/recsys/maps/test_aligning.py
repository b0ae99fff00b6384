"""Maps laid over each other: what was turned, mirrored, moved and scaled is found again."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.spatial import procrustes

from recsys.maps.aligning import alignment

XY = np.random.default_rng(1).normal(size=(40, 2)) * [3, 1]


@given(
    angle=st.floats(0, 2 * np.pi), mirror=st.booleans(), scale=st.floats(0.01, 100),
    x=st.floats(-50, 50),
)  # fmt: skip
def test_what_was_done_to_a_map_is_undone(angle, mirror, scale, x):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    other = XY @ (turn * [1, -1] if mirror else turn) * scale + [x, 2]
    assert alignment(other, XY).moved(other) == pytest.approx(XY, abs=1e-7)


def test_the_turn_is_that_of_scipy_and_the_size_that_of_the_other_map():
    other = np.random.default_rng(2).normal(size=XY.shape) + 0.3 * XY[:, ::-1]
    moved = alignment(other, XY).moved(other)
    theirs = procrustes(XY, other)[1]  # centred, shrunk to least squares
    assert moved - moved.mean(axis=0) == pytest.approx(
        theirs / np.linalg.norm(theirs) * np.linalg.norm(XY - XY.mean(axis=0))
    )
    assert moved.mean(axis=0) == pytest.approx(XY.mean(axis=0))


def test_map_after_map_keeps_its_size_where_least_squares_would_shrink():
    draw, xy = np.random.default_rng(3), XY
    for _ in range(20):
        other = draw.normal(size=xy.shape)
        xy = alignment(other, xy).moved(other)
    assert xy.std() == pytest.approx(XY.std(), rel=0.5)  # of two axes of unlike widths
    radius = [np.sqrt(((one - one.mean(axis=0)) ** 2).sum()) for one in (xy, XY)]
    assert radius[0] == pytest.approx(radius[1])


@pytest.mark.parametrize("n", [0, 1, 4])
def test_maps_without_extent_are_moved_alone(n):
    flat = np.full((n, 2), 7.0)
    assert alignment(flat, XY[:n]).moved(flat) == pytest.approx(
        np.tile(XY[:n].mean(axis=0), (n, 1)) if n else flat
    )
    assert np.isfinite(alignment(XY[:n], flat).moved(XY)).all()
