"""What is drawn around: its text, what is refused, and what lies in it."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from recsys.maps import as_text, checked_area, inside, parse_area

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
place = st.integers(-9_999, 9_999).map(lambda n: n / 1000)


@given(st.lists(st.tuples(place, place), min_size=3, max_size=60))
def test_an_area_in_an_address_is_the_same_when_it_is_read(corners):
    area = checked_area(corners)
    assert parse_area(as_text(area)) == area


@pytest.mark.parametrize(
    "text", ["", "0 0", "0 0,1 1", "0 0,1 1,x y", "0 0,1 1,2", "0 0,1 1,nan 0", "0 0,1 1,inf 0",
             "0 0,1 1,9999 0", ",".join(["0 0"] * 61)],
)  # fmt: skip
def test_what_is_no_area_is_refused(text):
    with pytest.raises(SettingError, match="no area"):
        parse_area(text)


def test_inside_is_what_lies_between_its_sides():
    xy = np.array([[0.5, 0.5], [1.5, 0.5], [-0.1, 0.5], [0.5, 1.1], [0.99, 0.01]], dtype="f4")
    assert inside(xy, SQUARE).tolist() == [True, False, False, False, True]


def test_a_hollow_of_an_area_is_outside():
    horseshoe = ((0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3))
    xy = np.array([[0.5, 2], [1.5, 2], [2.5, 2], [1.5, 0.5]])
    assert inside(xy, horseshoe).tolist() == [True, False, True, True]


@given(st.lists(st.tuples(place, place), min_size=3, max_size=12), st.tuples(place, place))
def test_the_corners_may_begin_anywhere_and_go_either_way(corners, point):
    area, xy = checked_area(corners), np.array([point])
    turned = (*area[1:], area[0])
    assert inside(xy, area) == inside(xy, turned) == inside(xy, area[::-1])
