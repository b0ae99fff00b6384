"""Lines that fit, and names that do not overlap."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from recsys.maps.labels import Label
from recsys.maps.pictures.text import Fonts, place_labels, wrapped


@pytest.fixture(scope="module")
def fonts():
    return Fonts.found()


def figure_of(dpi=100):
    figure = Figure(figsize=(8, 4), dpi=dpi)
    FigureCanvasAgg(figure)
    return figure


@pytest.mark.parametrize(("count", "dpi"), [(1, 100), (4, 50), (25, 100), (60, 250)])
def test_names_do_not_overlap_stay_inside_and_the_heaviest_is_there(count, dpi):
    draw = np.random.default_rng(count)
    names = ["word " * draw.integers(1, 9) + str(n) for n in range(count)]
    xy, levels, weights = draw.uniform(-1, 1, (count, 2)), draw.integers(0, 2, count), draw.random()
    labels = [Label(names[n], *xy[n], levels[n], weights * n) for n in range(count)]
    figure = figure_of(dpi)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-1, 1), ylim=(-1, 1))
    place_labels(figure, axes, Fonts.found(), labels, "black", "white")
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    for box in boxes:
        assert box.x0 >= -1 and box.y0 >= -1
        assert box.x1 <= figure.bbox.width + 1 and box.y1 <= figure.bbox.height + 1
    first = min(labels, key=lambda one: (one.level, -one.weight, one.text))
    assert wrapped(first.text) in [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("dpi", [40, 100, 300])
def test_a_line_is_cut_where_its_room_ends_and_no_sooner(fonts, dpi):
    figure, text = figure_of(dpi), "Words of some length " * 9
    for room in (90.0, 300.0):
        line = fonts.cut(figure, text, 16, room)
        assert line.endswith("…") and fonts.extent(figure, line, 16)[0] <= room
        longer = text[: len(line) + 3] + "…"
        assert fonts.extent(figure, longer, 16)[0] > room
    assert fonts.cut(figure, "Short", 16, 300) == "Short"


def test_signs_without_a_glyph_are_boxes_and_others_stay(fonts):
    assert fonts.drawable("Ärger über 100 %\n\tжук") == "Ärger über 100 % жук"
    assert fonts.drawable("a\ud800\x00b") == "a\u25a1\u25a1b"


def test_long_names_are_wrapped_and_end_with_a_sign_that_they_are_cut():
    lines = wrapped("word " * 50).split("\n")
    assert len(lines) == 3 and lines[-1].endswith("…") and max(map(len, lines)) <= 22
    assert wrapped("one, two") == "one, two"


def test_a_place_beyond_the_map_is_moved_into_it(fonts):
    figure = figure_of()
    axes = figure.add_axes((0.1, 0.1, 0.5, 0.5))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    place_labels(figure, axes, fonts, [Label("far away", 1e6, -1e6)], "black", "white")
    (text,) = axes.texts
    inside, box = axes.get_window_extent(), text.get_window_extent()
    assert np.allclose([box.x1, box.y0], [inside.x1, inside.y0], atol=1.5)
