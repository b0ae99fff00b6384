"""No page breaks a rule of WCAG 2.1, A or AA, that axe-core can check, in light or in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_journeys import settled

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
PAGES = ["", "data", "train", "similar", "people", "map", "pack", "compare"]


def nothing_under_way(page: Page) -> None:
    """Wait until the page waits for nothing: no bar at the bottom of the window."""
    settled(page)
    bar = page.get_by_test_id("stBottom").get_by_role("progressbar")
    expect(bar).to_have_count(0)
    settled(page)


def broken(page: Page) -> set[str]:
    """What breaks a rule, in both schemes: the rule, what is wrong, and the element."""
    found = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(400)  # colours fade over
        for rule in AXE.run(page, options=RULES).response["violations"]:
            for node in rule["nodes"]:
                why = " ".join(node["failureSummary"].split())
                found.add(f"{scheme}: {rule['id']}: {why}: {node['html'][:200]}")
    return found


@pytest.mark.parametrize("name", ["", "similar", "train"])
def test_nothing_is_wrong_with_what_is_seen_first(server, page, name):
    page.goto(f"{server.url}/{name}")
    nothing_under_way(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert not broken(page)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 800])
def test_nothing_is_wrong_with_any_page_however_wide_the_window_is(server, page, width):
    page.set_viewport_size({"width": width, "height": 720})
    for name in PAGES:
        page.goto(f"{server.url}/{name}")
        nothing_under_way(page)
        assert not broken(page), name
