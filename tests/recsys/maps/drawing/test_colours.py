"""Colours go to the browser as one byte a point."""

import base64

import numpy as np
import pytest

from recsys.errors import DataError
from recsys.maps.drawing.colours import Colours, packed_floats


def colours(index: list[int], count: int = 3) -> Colours:
    shades = ["#000000"] * count
    return Colours(
        title="Topic",
        kind="categories",
        index=np.array(index, dtype=int),
        light=shades,
        dark=shades,
        entries=[(0, "A", np.int64(2))],
    )


def test_the_state_holds_an_index_for_each_point():
    state = colours([0, 2, 1]).state()
    assert base64.b64decode(state["index"]) == bytes([0, 2, 1])
    assert state["entries"] == [{"index": 0, "label": "A", "count": 2}]


@pytest.mark.parametrize("index", [[3], [-1], [256]])
def test_an_index_without_a_colour_is_refused(index):
    with pytest.raises(DataError, match="outside of the 3 colours"):
        colours(index)


def test_no_points_need_no_colours():
    assert colours([]).state()["index"] == ""


def test_arrows_are_little_endian_floats():
    arrows = np.array([[0, 1, 2, 3.5]])
    back = np.frombuffer(base64.b64decode(packed_floats(arrows)), "<f4")
    assert back.tolist() == [0, 1, 2, 3.5]
