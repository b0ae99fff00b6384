"""A map on a page: what is chosen reaches the server, and the view stays where it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, see
from tests.browser.maps.conftest import camera, place, the_map

APP = str(Path(__file__).with_name("small_app.py"))


class SmallApp(Server):
    """The smallest page with a map, in the place of ``app.py``."""

    program = (
        "-c",
        f"import sys; from streamlit.web.cli import main; sys.argv[2] = {APP!r}; main()",
    )


@pytest.fixture(scope="module")
def small(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = SmallApp(tmp_path_factory.mktemp("small") / "store")
    yield running
    running.stop()


@pytest.fixture
def opened(page: Page, small: Server) -> Page:
    page.goto(small.url)
    expect(the_map(page)).to_have_attribute("data-drawn", "36 of 36")
    return page


def test_what_is_chosen_is_told_and_nothing_moves_the_view(opened):
    opened.mouse.move(*place(opened, 14))
    opened.mouse.wheel(0, -200)
    expect(the_map(opened)).not_to_have_attribute("data-drawn", "36 of 36")
    opened.wait_for_url("**/?camera=*")
    before, address = camera(opened), opened.url
    opened.mouse.click(*place(opened, 14))
    see(opened.get_by_text("chosen 14, corners 0, topic None"))
    expect(opened.locator(".stop")).to_have_count(2)  # the chosen one and its neighbour
    opened.locator(".label").click()
    see(opened.get_by_text("topic 7"))
    opened.get_by_test_id("stRadio").get_by_text("Row").click()
    see(opened.get_by_role("button", name="Row 3"))
    assert camera(opened) == before and opened.url == address
    expect(the_map(opened)).to_have_attribute("data-chosen", "14")


def test_an_area_is_told_and_cleared(opened):
    opened.get_by_role("button", name="Select by box").click()
    (x0, y0), (x1, y1) = place(opened, 0), place(opened, 7)
    opened.mouse.move(x0 - 9, y0 + 9)
    opened.mouse.down()
    opened.mouse.move(x1 + 9, y1 - 9, steps=3)
    opened.mouse.up()
    see(opened.get_by_text("corners 4"))
    see(opened.get_by_text("36 of 36 articles in view, 4 selected"))
    opened.locator(".marks").press("Escape")
    see(opened.get_by_text("corners 0"))


def test_an_address_leads_back_to_the_view(page, small):
    page.goto(f"{small.url}/?camera=1,2,3")
    expect(the_map(page)).to_have_attribute("data-camera", "1,2,3")
    page.goto(f"{small.url}/?camera=no,2,3")
    expect(the_map(page)).to_have_attribute("data-drawn", "36 of 36")
