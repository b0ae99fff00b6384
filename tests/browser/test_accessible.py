"""No page breaks a rule of WCAG 2.1, A or AA, that axe-core can check, in light or in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import settled

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
COLOURS = ["color-contrast", "link-in-text-block"]  # the same however wide the window is
PAGES = ["", "data", "train", "similar", "people", "map", "pack", "compare"]
SHOWN = """(scheme) => {
    const shade = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
    const light = Number(shade.match(/\\d+/)[0]) > 128;
    return light === (scheme === "light") && document.getAnimations().every(
        (one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity
    );
}"""


def nothing_under_way(page: Page) -> None:
    """Wait until the page waits for nothing: no bar at the bottom of the window."""
    settled(page)
    bar = page.get_by_test_id("stBottom").get_by_role("progressbar")
    expect(bar).to_have_count(0)
    settled(page)


def broken(page: Page, *schemes: str, **options: object) -> set[str]:
    """What breaks a rule, in these schemes: the rule, what is wrong, and the element."""
    found = set()
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_function(SHOWN, arg=scheme)  # colours fade over
        for rule in AXE.run(page, options=RULES | options).response["violations"]:
            for node in rule["nodes"]:
                why = " ".join(node["failureSummary"].split())
                found.add(f"{scheme}: {rule['id']}: {why}: {node['html'][:200]}")
    return found


def broken_in_both_schemes(page: Page) -> set[str]:
    """The same in light and, what depends on colours, in dark."""
    return broken(page, "light") | broken(page, "dark", runOnly=COLOURS)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in ("", "similar", "train") else pytest.mark.slow)
        for name in PAGES
    ],
)
def test_nothing_is_wrong_with_a_page_however_wide_the_window_is(server, page, name):
    page.goto(f"{server.url}/{name}")
    nothing_under_way(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert not broken_in_both_schemes(page)
    page.set_viewport_size({"width": 800, "height": 720})
    settled(page)
    assert not broken(page, "light", rules={rule: {"enabled": False} for rule in COLOURS})


def open_popover(page: Page, name: str) -> None:
    shown(page.get_by_role("button", name=name, exact=True)).click()
    see(page.get_by_test_id("stPopoverBody"))
    settled(page)


@pytest.mark.slow
def test_nothing_is_wrong_with_what_is_opened_said_or_under_way(server, page):
    found = {}
    page.goto(f"{server.url}/similar")
    nothing_under_way(page)
    shown(page.get_by_text("About this article")).click()
    see(page.get_by_text("Most engaged readers"))
    settled(page)
    found["more about an article"] = broken_in_both_schemes(page)
    open_popover(page, "Limits")
    found["limits of Similar articles"] = broken_in_both_schemes(page)
    page.goto(f"{server.url}/people")
    nothing_under_way(page)
    open_popover(page, "Options")
    found["options of Readers"] = broken_in_both_schemes(page)
    page.goto(f"{server.url}/train?strengths=VIEW=nothing")
    see(page.get_by_test_id("stAlert"))
    nothing_under_way(page)
    found["an error"] = broken_in_both_schemes(page)
    page.goto(f"{server.url}/train?factors=256&iterations=500")
    settled(page)
    shown(page.get_by_role("button", name="Train", exact=True)).click()
    see(page.get_by_text("of 500, loss"))
    found["a training"] = broken_in_both_schemes(page)
    stop = page.get_by_test_id("stBottomBlockContainer").get_by_role("button", name="Stop")
    see(stop)  # the training went on meanwhile
    stop.click()
    see(page.get_by_text("Training was stopped"))
    settled(page)
    found["a training that was stopped"] = broken_in_both_schemes(page)
    assert not {state: nodes for state, nodes in found.items() if nodes}
