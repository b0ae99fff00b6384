"""The parts of the map's script that compute, against plain sums in Python."""

import base64
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from recsys.maps.drawing.scene import Scene
from recsys.maps.drawing.source import script

VIEWS = [
    (-1.0, -1.0, 1.0, 1.0),
    (0.3, -0.2, 0.31, 0.9),
    (-9.0, -9.0, 9.0, 9.0),
    (8.0, 8.0, 9.0, 9.0),
]


@pytest.fixture
def run(page: Page):
    """Call a function of the script in the browser: ``run("(n) => clamp(n, 0, 1)", 3)``."""

    def call(function: str, value: Any = None) -> Any:
        return page.evaluate(
            f"async (value) => {{ {script()}\nreturn await ({function})(value); }}", value
        )

    return call


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Some in a crowd, some apart, some at one and the same place."""
    rng = np.random.default_rng(3)
    places = np.concatenate(
        [rng.normal(size=(1_500, 2)), rng.normal(0, 0.02, (500, 2)), np.ones((20, 2))]
    )
    readers = rng.integers(0, 1_000, len(places))
    return Scene(
        xy=places.astype("f4"), titles=[f"é {i}" for i in range(len(places))], readers=readers
    )


def sent(scene: Scene) -> str:
    return base64.b64encode(scene.packed()).decode()


OPEN = "const scene = await openScene(unpacked(sent)); const grid = new GridIndex(scene);"


def test_a_scene_is_read_as_it_was_packed(run, scene):
    read = run(
        """async (sent) => {
            const scene = await openScene(unpacked(sent));
            return [scene.n, [...scene.places], [...scene.readers], scene.title(7)];
        }""",
        sent(scene),
    )
    assert read[0] == len(scene.titles) and read[3] == "é 7"
    assert read[1] == scene.xy.ravel().tolist()
    assert read[2] == scene.readers.tolist()


def test_the_most_read_are_drawn_last(run, scene):
    rows = run("async (sent) => [...(await openScene(unpacked(sent))).rows]", sent(scene))
    assert sorted(rows) == list(range(len(scene.titles)))
    readers = scene.readers[rows]
    # By 256 steps of the logarithm: within a step any order will do.
    weights = np.round(255 * np.log1p(readers) / np.log1p(scene.readers.max()))
    assert (np.diff(weights) >= 0).all()


def test_what_is_in_view_is_counted_and_found_exactly(run, scene):
    found = run(
        f"""async ([sent, views]) => {{ {OPEN}
            return views.map(([x0, y0, x1, y1]) => {{
                const view = {{ x0, y0, x1, y1 }};
                return [grid.count(view), [...grid.within(view)].map((rank) => scene.rows[rank])];
            }});
        }}""",
        [sent(scene), VIEWS],
    )
    for (x0, y0, x1, y1), (count, rows) in zip(VIEWS, found, strict=True):
        x, y = scene.xy.astype(float).T
        inside = np.flatnonzero((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1))
        assert count == len(inside)
        assert sorted(rows) == inside.tolist()


def test_a_pick_is_the_nearest_or_of_those_that_cover_the_place_the_topmost(run, scene):
    rng = np.random.default_rng(5)
    places = np.concatenate([rng.normal(size=(80, 2)), rng.normal(0, 0.03, (80, 2)), [[1, 1]]])
    reach, radius = 0.08, 0.01
    picked, rows = run(
        f"""async ([sent, places, reach, radius]) => {{ {OPEN}
            const picks = places.map(([x, y]) => grid.pick(x, y, reach, () => radius, null));
            return [picks, [...scene.rows]];
        }}""",
        [sent(scene), places.tolist(), reach, radius],
    )
    rank = np.argsort(rows)
    for (x, y), row in zip(places, picked, strict=True):
        far = np.hypot(scene.xy[:, 0].astype(float) - x, scene.xy[:, 1].astype(float) - y)
        if (far <= radius).any():
            covering = np.flatnonzero(far <= radius)
            assert row == covering[np.argmax(rank[covering])]
        elif far.min() <= reach:
            assert far[row] == far.min()
        else:
            assert row == -1


def test_what_stands_back_is_picked_only_where_nothing_else_is(run):
    scene = Scene(
        xy=np.array([[0, 0], [0.01, 0], [1, 1]], "f4"),
        titles=["a"] * 3,
        readers=np.array([9, 1, 1]),
    )
    picks = run(
        f"""async (sent) => {{ {OPEN}
            const back = Uint8Array.of(1, 0, 1);
            return [[0, 0], [1, 1]].map(([x, y]) => grid.pick(x, y, 0.1, () => 0.02, back));
        }}""",
        sent(scene),
    )
    assert picks == [1, 2]


def test_a_lasso_holds_what_the_even_odd_rule_says(run, scene):
    corners = [[-1, -1], [1.5, -0.5], [0.2, 0.1], [1, 1.2], [-0.8, 0.9]]
    outside = run(
        f"""async ([sent, corners]) => {{ {OPEN}
            return [...outsideOf(corners, scene.places, scene.n).outside];
        }}""",
        [sent(scene), corners],
    )
    inside = np.zeros(len(scene.titles), bool)
    x, y = scene.xy.astype(float).T
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        if y0 != y1:  # how often a ray to the right crosses the edge
            inside ^= ((y0 > y) != (y1 > y)) & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    assert [not one for one in outside] == inside.tolist()
    assert 0 < inside.sum() < len(inside)


def test_zooming_keeps_what_is_under_the_cursor_there(run):
    before, after, zoom = run(
        """() => {
            const camera = new Camera();
            Object.assign(camera, { width: 900, height: 500 });
            camera.put([0.2, -0.1, 2]);
            const before = camera.toData(300, 120);
            camera.put(camera.zoomed(1.7, 300, 120));
            return [before, camera.toData(300, 120), camera.zoom];
        }"""
    )
    assert after == pytest.approx(before)
    assert zoom == pytest.approx(3.4)


def test_a_shifted_picture_lies_where_the_camera_sees_its_points(run):
    shift, before, after = run(
        """() => {
            const camera = new Camera();
            Object.assign(camera, { width: 900, height: 500 });
            camera.put([0.1, 0.2, 1]);
            const held = { x: camera.x, y: camera.y, scale: camera.scale, width: 900, height: 500 };
            const before = camera.toScreen(0.4, -0.3);
            camera.put([0.25, 0.05, 1.4]);
            return [shiftOf(held, camera), before, camera.toScreen(0.4, -0.3)];
        }"""
    )
    dx, dy, ratio = map(float, re.findall(r"-?[\d.]+", shift))
    middle = np.array([450, 250])  # a transformation of CSS scales about it, then moves
    assert middle + ratio * (np.array(before) - middle) + [dx, dy] == pytest.approx(after)


def test_a_flight_begins_and_ends_where_it_should(run):
    ends = run("() => [0, 1].map((share) => between([0, 0, 1], [3, -2, 8], share))")
    assert ends[0] == pytest.approx([0, 0, 1])
    assert ends[1] == pytest.approx([3, -2, 8])


def test_a_long_lasso_has_few_corners_and_keeps_its_shape(run):
    corners = run(
        """() => simplified(Array.from({ length: 700 }, (_, at) => {
            const angle = (at / 700) * 2 * Math.PI;
            return [Math.cos(angle), Math.sin(angle)];
        }), 60)"""
    )
    assert len(corners) == 60
    x, y = np.array(corners).T
    area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    # The best polygon of 60 corners in a circle has (60 / 2) sin(2 pi / 60) of area.
    assert 0.98 * 30 * np.sin(2 * np.pi / 60) < area < np.pi


@pytest.mark.parametrize("count", [0, 1, 5], ids=["none", "one", "all_alike"])
def test_few_articles_and_all_at_one_place_have_room_around_them(run, count):
    scene = Scene(
        xy=np.full((count, 2), 4, "f4"), titles=["a"] * count, readers=np.zeros(count, int)
    )
    extent = run("async (sent) => (await openScene(unpacked(sent))).extent", sent(scene))
    assert extent["x1"] - extent["x0"] > 0 and extent["y1"] - extent["y0"] > 0
    if count:
        assert extent["x0"] < 4 < extent["x1"]
