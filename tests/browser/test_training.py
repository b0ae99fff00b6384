"""Training in a real browser: stopped, over a change of page, and with a strength that is typed."""

import pytest
from playwright.sync_api import Page, expect

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
    page.get_by_role("button", name="Train", exact=True).click()


def test_a_long_training_can_be_stopped_and_the_model_before_stays(server, page):
    begin(server, page, Factors=256, Iterations=500)
    expect(page.get_by_text("of 500, loss")).to_be_visible()
    # Streamlit's header has a Stop of its own while a script runs
    page.get_by_test_id("stBottomBlockContainer").get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Training was stopped")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Model: trained in").hover()
    expect(page.get_by_text("ALS: factors 64,")).to_be_visible()


@pytest.mark.slow
def test_a_training_goes_on_over_a_page_change(server, page):
    begin(server, page, Factors=128, Iterations=150, Seed=3)
    expect(page.get_by_text("of 150, loss")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", name="Map", exact=True)).to_be_visible()
    expect(page.get_by_text("of 150, loss")).to_be_visible()  # still under way, and shown here
    expect(page.get_by_text("of 150, loss")).to_have_count(0, timeout=180_000)
    page.get_by_role("link", name="Model: trained in").hover()
    expect(page.get_by_text("ALS: factors 128,")).to_be_visible()


@pytest.mark.slow
def test_a_strength_that_is_typed_is_kept_over_pages_and_trained(server, page):
    page.goto(f"{server.url}/train")
    settled(page)
    expect(page.get_by_text("Most similar to the most-read article")).to_be_visible()
    page.wait_for_timeout(1000)
    box = page.get_by_test_id("stDataFrame").first.locator("canvas").first.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] - 30, box["y"] + 1.5 * ROW)  # VIEW's strength
    page.locator("#portal input").wait_for()  # the editor of the cell
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    expect(page.locator("#portal input")).to_have_value("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Changed, not trained yet: VIEW 1 → 3")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", name="Map", exact=True)).to_be_visible()
    page.get_by_role("link", name="Settings changed: train again").click()
    expect(page.get_by_text("Changed, not trained yet: VIEW 1 → 3")).to_be_visible()
    settled(page)
    strengths = page.get_by_test_id("stDataFrame").first.locator("td")
    assert strengths.all_text_contents()[:3] == ["VIEW", "33900", "3"]
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_role("link", name="Strengths: your own")).to_be_visible()
    expect(page.get_by_text("Changed, not trained yet")).not_to_be_visible()
