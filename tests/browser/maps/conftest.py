"""An exported map, and what the tests of it share."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from recsys.maps.drawing.colours import Colours
from recsys.maps.drawing.page import map_page
from recsys.maps.drawing.scene import Scene

HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
FORMULA = "=1+1 is no formula"
SIDE = 6  # a grid of articles, far enough apart to be clicked one by one
SHADES = ["#1f5f8b", "#b4501e", "#3d7a4a", "#7a4a8c", "#8a6d1b", "#5b6470"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map of 36 articles; the three nearest of each are the three after it."""
    n = SIDE * SIDE
    rows = np.arange(n)
    titles = [f"Article number {row}" for row in rows]
    titles[0], titles[1], titles[2], titles[3] = HOSTILE, FORMULA, "Économie à Paris", ""
    column = rows % SIDE
    made = map_page(
        Scene(
            xy=np.column_stack([column, rows // SIDE]).astype("f4"), titles=titles, readers=rows + 1
        ),
        title="A map <of> articles",
        said="Keeps 40% of the ten nearest. Distance is not similarity.",
        colours=[
            Colours(
                title="Column",
                kind="categories",
                index=column,
                light=SHADES,
                dark=SHADES,
                entries=[(one, f"Column {one}", SIDE) for one in range(SIDE)],
            ),
            Colours(
                title="Readers",
                kind="scale",
                index=rows // SIDE,
                light=SHADES,
                dark=SHADES,
                ticks=[(0, "1"), (SIDE - 1, "36")],
            ),
        ],
        labels=[
            {"text": "Bottom <b>row</b>", "x": 2.5, "y": 0.5, "level": 0, "weight": 9, "id": "b"},
            {"text": "The middle", "x": 2.5, "y": 2.5, "level": 1, "weight": 1, "id": "c"},
        ],
        members={"b": rows[:SIDE]},
        neighbours=(rows[:, None] + [1, 2, 3]) % n,
        addresses=[f"https://example.org/{row}" if row else "javascript:alert(1)" for row in rows],
    )
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_bytes(made)
    return path


@pytest.fixture
def opened(page: Page, file: Path) -> Iterator[Page]:
    """The file in a browser that has no network, and asks for nothing but the file."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    try:
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(file.as_uri())
        expect(the_map(page)).to_have_attribute("data-drawn", "36 of 36")
        yield page
        assert page.title() == "A map <of> articles"
        assert [url for url in asked if not url.startswith(("blob:", "data:"))] == [file.as_uri()]
    finally:
        page.context.set_offline(False)


def the_map(page: Page) -> Locator:
    return page.locator(".kindred-map")


def camera(page: Page) -> str | None:
    return the_map(page).get_attribute("data-camera")


def place(page: Page, row: int) -> tuple[float, float]:
    """Where a row is on the screen."""
    box = page.locator(".stage").bounding_box()
    x, y = the_map(page).evaluate("(map, row) => map.kindredMap.where(row)", row)
    assert box is not None
    return box["x"] + x, box["y"] + y
