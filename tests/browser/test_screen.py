"""What stands on the first screenful of a projector, and that no page is wider than its window."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import (
    click_row,
    heading,
    neighbours_are_complete,
    open_row,
    query,
    rows,
    settled,
)

READY = {
    "similar": "trained from different random starts",
    "people": "trained from different random starts",
    "compare": "The articles that changed most",
    "map": "Distance here is not similarity",
}

LEAST_ROWS = {"similar": 8, "people": 8, "compare": 7, "map": 0}  # in view on a projector


def arrive(server, page: Page, name: str) -> None:
    page.goto(f"{server.url}/{name}")
    see(page.get_by_text(READY[name]), timeout=90_000)
    settled(page)


def rows_in_view(page: Page) -> int:
    """How many rows of the first table can be read without scrolling."""
    assert page.viewport_size
    boxes = [row.bounding_box() for row in rows(page).all()]
    height = page.viewport_size["height"]
    return sum(box is not None and box["y"] + box["height"] <= height for box in boxes)


def not_too_wide(page: Page, name: str) -> None:
    """Refuse what is wider than its window."""
    assert page.viewport_size
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth"), name
    tables = page.locator("[data-testid=stDataFrame], .frame:has(> table)").all()
    assert tables
    for table in tables:
        box = table.bounding_box()
        assert box and box["x"] + box["width"] <= page.viewport_size["width"], name


@pytest.mark.slow
@pytest.mark.parametrize("name", READY)
def test_the_answer_stands_on_the_first_screenful_and_nothing_is_too_wide(server, page, name):
    page.set_viewport_size({"width": 1280, "height": 720})
    arrive(server, page, name)
    assert rows_in_view(page) >= LEAST_ROWS[name]
    not_too_wide(page, name)
    page.set_viewport_size({"width": 800, "height": 720})
    settled(page)
    not_too_wide(page, name)


@pytest.mark.slow
def test_what_is_known_of_an_article_stays_open_from_one_to_the_next(server, page):
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    first = heading(page)
    open_row(page, 1)
    assert heading(page) != first
    shown(page.get_by_text("About this article")).click()
    see(page.get_by_text("Most engaged readers"))
    page.go_back()  # to the row that was chosen
    assert heading(page) == first
    see(page.get_by_text("Most engaged readers"))


def test_what_a_filter_finds_makes_room_for_the_article_that_is_clicked(server, page):
    page.goto(f"{server.url}/similar?search-least=2")
    see(page.get_by_text("most read first. Click one"))
    click_row(page, 3)
    expect(page.get_by_text("most read first. Click one")).to_have_count(0)
    assert query(page)["item"] and query(page)["search-least"] == ["2"]
    title = heading(page)
    shown(page.get_by_role("button", name="that match the filter")).click()
    see(page.get_by_text("most read first. Click one"))
    assert heading(page) == title
