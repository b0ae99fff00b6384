"""The picture for slides: what is in it, and what no text in it can do."""

import base64
import io
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from PIL import Image

from recsys.errors import DataError, SettingError
from recsys.maps.colours.colouring import categories, scale
from recsys.maps.colours.palette import BACKGROUND, LIGHT, rgb
from recsys.maps.labels import Label
from recsys.maps.pictures.picture import map_picture

HOSTILE = [
    "$\\frac{x}{$",
    "$x^2$ and $y$",
    "<script>alert(1)</script>",
    "]]></svg>&\"'",
    "\ud800 half",
    "\x00\x1b[2J",
    "日本語の記事",
    "مرحبا بالعالم",
    "שלום",
    "e\u0301\u200d👩",
    "x" * 300,
    " ",
    "",
]
PARTS = {"svg", "title", "defs", "style", "g", "path", "use", "circle", "clipPath", "rect"}
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def drawn(n=40, *, labels=(), title="A map", **options):
    draw = np.random.default_rng(n)
    colouring = categories("Topic", ["a", "b"], draw.integers(-1, 2, n))
    xy, readers = draw.normal(size=(n, 2)), draw.integers(0, 50, n)
    return map_picture(xy, readers, colouring, labels, title=title, said="Small line", **options)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def near(picture, colour):
    """(height, width) bool: where the picture has about that colour."""
    return np.abs(picture - rgb((colour,))[0]).max(axis=-1) < 45


@pytest.mark.parametrize("size", [(1600, 900), (1280, 720), (333, 1001), (999, 321), (1921, 1079)])
def test_a_picture_has_the_size_that_was_asked_for(size):
    width, height = size
    assert pixels(drawn(width=width, height=height)).shape == (height, width, 3)
    svg = ElementTree.fromstring(drawn(format="svg", width=width, height=height))
    assert (svg.get("width"), svg.get("height")) == (str(width), str(height))


def test_the_background_is_that_of_the_theme():
    for dark, name in ((False, "light"), (True, "dark")):
        assert (pixels(drawn(dark=dark))[[0, -1], [0, -1]] == rgb((BACKGROUND[name],))[0]).all()


@pytest.mark.parametrize("format", ["png", "svg"])
def test_the_same_map_gives_the_same_bytes_also_beside_others(format):
    labels = [Label("One", 0, 0), Label("Two", 1, 1)]
    before = dict(matplotlib.rcParams)
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: drawn(labels=labels, format=format), range(4)))
    assert len(set(found)) == 1
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("turned", [False, True])
def test_the_most_read_lies_on_top_and_is_the_largest(turned):
    order = [1, 0] if turned else [0, 1]
    readers, of = np.array([100, 1, 1])[[*order, 2]], np.array([0, 1, 2])[[*order, 2]]
    xy = np.array([[0.0, 0.0], [0.0, 0.0], [5.0, 0.0]])
    colouring = categories("Topic", ["much", "under", "apart"], of)
    picture = pixels(map_picture(xy, readers, colouring, title="", width=800, height=450))
    map_part = picture[:, :600]  # without the legend
    many = {name: near(map_part, colour).sum() for name, colour in zip("abc", LIGHT, strict=False)}
    assert many["b"] == 0 and many["a"] > 3 * many["c"] > 0


def test_the_circles_of_an_svg_lie_where_the_dots_of_a_png_do():
    xy = np.array([[0.0, 0.0], [3.0, 1.0], [1.0, 2.0]])
    colouring = categories("Topic", ["a", "b", "c"], np.arange(3))
    readers = np.full(3, 5)
    picture = pixels(map_picture(xy, readers, colouring, title=""))
    svg = ElementTree.fromstring(map_picture(xy, readers, colouring, title="", format="svg"))
    circles = list(svg.iter(f"{SVG}circle"))
    assert [circle.get("fill") for circle in circles] == list(LIGHT[:3])
    for circle, colour in zip(circles, LIGHT, strict=False):
        x, y = (round(float(circle.get(name)) / 0.72) for name in ("cx", "cy"))
        assert near(picture, colour)[y - 2 : y + 3, x - 2 : x + 3].all()


def test_many_dots_are_an_image_in_the_svg_and_few_are_shapes():
    few = ElementTree.fromstring(drawn(60, format="svg"))
    assert len(list(few.iter(f"{SVG}circle"))) == 60 and not list(few.iter(f"{SVG}image"))
    data = drawn(6_000, format="svg")
    many = ElementTree.fromstring(data)
    (image,) = many.iter(f"{SVG}image")
    assert not list(many.iter(f"{SVG}circle")) and len(data) < 3_000_000
    png = base64.b64decode(image.get(LINK).removeprefix("data:image/png;base64,"))
    assert Image.open(io.BytesIO(png)).width > 800


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_anything_but_text(text):
    labels = [Label(text, 0, 0), Label(text, 9, 9, 1)]
    colouring = categories(text, [text, "other"], np.array([0, 1, -1]), unknown=text)
    xy, readers = np.eye(3)[:, :2], np.arange(3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for format in ("png", "svg"):
            data = map_picture(
                xy, readers, colouring, labels, title=text, said=text, format=format, width=640,
                height=360,
            )  # fmt: skip
    svg = ElementTree.fromstring(data)
    used = {part.tag.removeprefix(SVG) for part in svg.iter()}
    assert used <= PARTS
    ids = [part.get("id") for part in svg.iter() if part.get("id")]
    assert len(ids) == len(set(ids))
    for part in svg.iter():
        assert not any(name.lower().startswith("on") for name in part.attrib)
        assert part.get(LINK, "#").removeprefix("#") in (*ids, "")
    assert set(re.findall(rb"url\(#([^)]+)\)", data)) <= {name.encode() for name in ids}
    assert b"<!DOCTYPE" not in data and b"<!ENTITY" not in data


def test_mathematics_is_not_set():
    assert drawn(title="$x$") != drawn(title="x")


def test_a_picture_is_drawn_of_one_article_and_of_articles_in_one_place_or_on_a_line():
    for xy in (np.zeros((1, 2)), np.zeros((5, 2)), np.c_[np.arange(4.0), np.zeros(4)]):
        n = len(xy)
        colouring = scale("Readers", np.full(n, np.nan))
        for format in ("png", "svg"):
            assert map_picture(xy, np.zeros(n, dtype=int), colouring, title="", format=format)


def test_what_cannot_be_drawn_is_said():
    for options, where in (
        ({"format": "gif"}, "format"), ({"width": 10}, "width"), ({"height": 10_000}, "height"),
    ):  # fmt: skip
        with pytest.raises(SettingError, match=where):
            drawn(**options)
    colouring = categories("Topic", ["a"], np.zeros(2, dtype=int))
    for xy in (np.zeros((3, 2)), np.full((2, 2), np.nan), np.zeros((0, 2))):
        with pytest.raises(DataError):
            map_picture(xy, np.zeros(len(xy), dtype=int), colouring, title="")
