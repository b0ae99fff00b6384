"""Each way to take a table away, clicked and read back."""

import io

import pandas as pd
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import see
from tests.browser.test_journeys import another_window, neighbours_are_complete, settled


def taken(page: Page, button: Locator) -> pd.DataFrame:
    """The table in the file that a button downloads."""
    with page.expect_download() as download:
        button.click()
    data = io.BytesIO(download.value.path().read_bytes())
    if download.value.suggested_filename.endswith(".parquet"):
        return pd.read_parquet(data)
    return pd.read_csv(data, dtype={"item_id": str, "user_id": str})


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def opened(page: Page, name: str, place: int = 0) -> None:
    """Open a popover, and wait until it is there."""
    button(page, name).nth(place).click()
    see(page.get_by_test_id("stPopoverBody"))


def test_what_the_page_shows_in_percent_is_exact_in_the_file(server, page):
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    table = taken(page, button(page, "Parquet"))
    assert len(table) == 10 and table["jaccard"].between(0, 1).all()
    assert (table["readers_of_both"] <= table["readers"]).all()
    table = taken(page, button(page, "CSV"))
    assert len(table) == 10 and table["Overlap"].between(0, 1).all()
    assert (table["Readers of both"] <= table["Readers"]).all()


def test_recommendations_history_and_people_are_taken_away(server, page):
    page.goto(f"{server.url}/people")
    see(page.get_by_text("trained from different random starts"), timeout=90_000)
    settled(page)
    opened(page, "Download")
    recommended = taken(page, button(page, "CSV"))
    assert recommended["rank"].tolist() == list(range(1, 11))
    assert recommended["score"].is_monotonic_decreasing and recommended["stability"].max() <= 1
    page.keyboard.press("Escape")
    opened(page, "Download", 1)
    history = taken(page, button(page, "Parquet"))
    assert len(history) > 10 and not set(history["item_id"]) & set(recommended["item_id"])
    page.keyboard.press("Escape")
    opened(page, "Most active")  # a table within a popover
    people = taken(page, button(page, "CSV"))
    assert len(people) == 10 and people["items"].min() >= len(history)


def test_the_whole_catalogue_is_taken_away(server, page):
    page.goto(f"{server.url}/similar?n=3")
    neighbours_are_complete(page)
    opened(page, "All similar articles")
    button(page, "Make the file").click()
    ready = page.get_by_role("button", name="Download (")
    expect(ready).to_be_visible(timeout=90_000)
    assert taken(page, ready).groupby("item_id").size().max() == 3


def test_a_file_that_cannot_come_is_said(server, page):
    page = another_window(page)  # whose clock is set
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    page.clock.install()
    page.evaluate("window.WebSocket.prototype.send = () => {}")  # nothing reaches the server
    button(page, "CSV").click()
    page.clock.fast_forward(61_000)
    see(page.get_by_role("alert").filter(has_text="did not arrive. Try again"))
    page.context.close()
