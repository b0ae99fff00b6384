"""Data sets that people bring, from dropped files to neighbours with clicks alone.

Those of two makers; the others go the same way in `tests.pages.test_shapes`.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import cells, heading, settled
from tests.steps import SHAPES, Choose, Press, Shape, refuse_other_neighbours, rows_of


def click(page: Page, step: Choose | Press) -> None:
    """Do one thing and wait for what comes of it."""
    if isinstance(step, Press):
        found = page.get_by_role(step.role, name=step.words).nth(step.file)  # type: ignore[arg-type]
        found.click(force=step.role == "radio")  # its label lies over it
    else:
        page.get_by_role("combobox", name=step.box).nth(step.file).click()
        shown(page.get_by_role("option", name=step.option, exact=True)).click()
    settled(page)


def plain(page: Page) -> str:
    """The words of the page, without what nobody sees."""
    return page.get_by_test_id("stMain").inner_text().replace("\u2060", "")


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(SHAPES["Last.fm"], id="Last.fm", marks=pytest.mark.slow),
        pytest.param(SHAPES["MIND"], id="MIND", marks=pytest.mark.slow),
    ],
)
def test_from_dropped_files_to_neighbours_with_clicks_alone(
    server, page: Page, tmp_path: Path, shape: Shape
):
    made = shape.make()
    files = [(tmp_path / name, data) for name, data in made.items()]
    for path, data in files:
        path.write_bytes(data)
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator("input[type=file]").set_input_files([path for path, _ in files])
    see(page.get_by_text("How", exact=False))
    settled(page)
    for step in shape.before:
        click(page, step)
    click(page, Press("Read with these columns"))
    for step in shape.after:
        click(page, step)
    use = page.get_by_role("button", name="Use this data")
    see(use)
    for words in shape.said:
        assert words.format(rows=rows_of(made, shape.names)) in plain(page)
    use.click()
    see(page.get_by_role("heading", name=f"In use: {shape.name}"))
    settled(page)
    shown(page.get_by_role("link", name="Find similar articles")).click()
    see(page.get_by_role("heading", name="Similar articles"))
    assert heading(page) == shape.shown(0)
    refuse_other_neighbours(shape, cells(page))
