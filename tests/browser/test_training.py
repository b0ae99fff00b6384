"""Training in a real browser: stopped, over a change of page, and with a strength that is typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import ROW, settled


def begin(server, page: Page, **settings: int) -> None:
    """Begin a training with these settings, by the names of their fields."""
    page.goto(f"{server.url}/train")
    settled(page)
    for name, value in settings.items():
        field = page.get_by_role("spinbutton", name=name, exact=True)
        field.fill(str(value))
        field.press("Tab")
        settled(page)
    shown(page.get_by_role("button", name="Train", exact=True)).click()


@pytest.mark.slow
def test_a_long_training_can_be_stopped_and_the_model_before_stays(server, page):
    begin(server, page, Factors=256, Iterations=500)
    see(page.get_by_text("of 500, loss"))
    # Streamlit's header has a Stop of its own while a script runs
    page.get_by_test_id("stBottomBlockContainer").get_by_role("button", name="Stop").click()
    see(page.get_by_text("Training was stopped"))
    settled(page)
    page.get_by_role("link", name="Model: trained in").hover()
    see(page.get_by_text("ALS: factors 64,"))


@pytest.mark.slow
def test_a_training_goes_on_over_a_page_change(server, page):
    begin(server, page, Factors=128, Iterations=150, Seed=3)
    see(page.get_by_text("of 150, loss"))
    shown(page.get_by_role("link", name="Map", exact=True)).click()
    see(page.get_by_role("heading", name="Map", exact=True))
    see(page.get_by_text("of 150, loss"))  # still under way, and shown here
    expect(page.get_by_text("of 150, loss")).to_have_count(0, timeout=180_000)
    page.get_by_role("link", name="Model: trained in").hover()
    see(page.get_by_text("ALS: factors 128,"))


@pytest.mark.slow
def test_a_strength_that_is_typed_is_kept_over_pages_and_trained(server, page):
    page.goto(f"{server.url}/train")
    settled(page)
    see(page.get_by_text("Most similar to the most-read article"))
    page.wait_for_timeout(1000)
    box = page.get_by_test_id("stDataFrame").first.locator("canvas").first.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] - 30, box["y"] + 1.5 * ROW)  # VIEW's strength
    page.locator("#portal input").wait_for()  # the editor of the cell
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    expect(page.locator("#portal input")).to_have_value("3")
    page.keyboard.press("Enter")
    see(page.get_by_text("Changed, not trained yet: VIEW 1 → 3"))
    shown(page.get_by_role("link", name="Map", exact=True)).click()
    see(page.get_by_role("heading", name="Map", exact=True))
    shown(page.get_by_role("link", name="Settings changed: train again")).click()
    see(page.get_by_text("Changed, not trained yet: VIEW 1 → 3"))
    settled(page)
    strengths = page.get_by_test_id("stDataFrame").first.locator("td")
    assert strengths.all_text_contents()[:3] == ["VIEW", "33900", "3"]
    shown(page.get_by_role("button", name="Train", exact=True)).click()
    see(page.get_by_role("link", name="Strengths: your own"))
    expect(page.get_by_text("Changed, not trained yet").filter(visible=True)).to_have_count(0)
