"""What comes from the browser is checked before anything is done with it."""

import pytest

from ui.parts.map_view import MOST_CORNERS, _camera, _id, _points, _row


def test_what_a_map_tells_is_read():
    assert _row({"row": 3}) == 3 and _row({"row": -1}) == -1
    assert _points({"points": [[0, 1], [2, 3.5], [4, 5]]}) == [(0.0, 1.0), (2.0, 3.5), (4.0, 5.0)]
    assert _points({"points": None}) is None
    assert _id({"id": "7"}) == "7"
    assert _camera([1, 2.5, 3]) == (1.0, 2.5, 3.0) and _camera(None) is None


@pytest.mark.parametrize("camera", [[1, 2], "far", [1, 2, 0], [float("nan"), 2, 1], [None, 1, 1]])
def test_what_is_no_camera_is_refused(camera):
    with pytest.raises((TypeError, ValueError)):
        _camera(camera)


@pytest.mark.parametrize(
    "told", [None, {}, {"row": "3"}, {"row": True}, {"row": 1.5}, {"row": -2}, {"row": 2**31}]
)
def test_what_is_no_row_is_refused(told):
    with pytest.raises((KeyError, TypeError, ValueError)):
        _row(told)


@pytest.mark.parametrize(
    "points",
    [
        "text",
        [],
        [[0, 0], [1, 1]],
        [[0, 0], [1, 1], [2]],
        [[0, 0], [1, 1], [2, None]],
        [[0, 0], [1, 1], [float("nan"), 2]],
        [[0, 0]] * (MOST_CORNERS + 1),
    ],
)
def test_what_is_no_area_is_refused(points):
    with pytest.raises((KeyError, TypeError, ValueError)):
        _points({"points": points})


@pytest.mark.parametrize("told", [{"id": 3}, {"id": "x" * 1_000}, {"id": None}])
def test_what_is_no_id_is_refused(told):
    with pytest.raises((KeyError, TypeError, ValueError)):
        _id(told)
