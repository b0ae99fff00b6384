"""The map on its page: click, lasso, search, colours, keyboard; nothing loses the view."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import bring_titles, click_row, heading, query, settled

# Where points are on the screen, from what the map holds: its places and its camera.
PLACES = """(most) => {
    const roots = [...document.querySelectorAll("*")].filter((one) => one.shadowRoot);
    const map = roots.map((one) => one.shadowRoot.querySelector(".kindred-map")).find(Boolean);
    const stage = map.querySelector(".stage").getBoundingClientRect();
    const scene = [...globalThis.kindredScenes.held.values()].at(-1);
    const [x, y, zoom] = map.dataset.camera.split(",").map(Number);
    const {x0, y0, x1, y1} = scene.extent;
    const scale = zoom * Math.min(
        Math.max(stage.width - 52, 40) / (x1 - x0), Math.max(stage.height - 52, 40) / (y1 - y0));
    const at = (row) => ({
        row, x: stage.x + stage.width / 2 + (scene.places[2 * row] - x) * scale,
        y: stage.y + stage.height / 2 - (scene.places[2 * row + 1] - y) * scale});
    const all = [...Array(scene.n).keys()].map(at);
    const alone = all.filter((one) => one.x > stage.x + 20 && one.x < stage.right - 60
        && one.y > stage.y + 20 && one.y < stage.bottom - 20
        && all.every((other) => other === one
            || Math.hypot(other.x - one.x, other.y - one.y) > 14));
    return alone.slice(0, most);
}"""


def the_map(page: Page, place: int = 0):
    return page.locator(".kindred-map").nth(place)


def camera(page: Page) -> list[float]:
    return [float(part) for part in (the_map(page).get_attribute("data-camera") or "").split(",")]


def ready(page: Page, path: str) -> None:
    """Open the map, and wait until places and topics are there."""
    page.goto(path)
    the_map(page).wait_for()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=180_000)
    settled(page)
    expect(the_map(page)).to_have_attribute("data-drawn", re.compile(r"[\d,]+ of [\d,]+"))


def a_point(page: Page, number: int = 0) -> dict[str, float]:
    """An article that stands alone, where it is on the screen."""
    return page.evaluate(PLACES, number + 1)[number]


def test_a_click_keeps_the_view_and_shows_the_articles_neighbours(server, page):
    ready(page, f"{server.url}/map")
    page.get_by_role("button", name="Zoom in").first.click()
    page.wait_for_timeout(600)
    before = camera(page)
    point = a_point(page)
    page.mouse.click(point["x"], point["y"])
    expect(the_map(page)).to_have_attribute("data-chosen", str(point["row"]))  # at once
    page.wait_for_url(re.compile("item="))
    settled(page)
    assert camera(page) == before
    assert query(page)["camera"]
    first = heading(page)
    click_row(page, 1)  # the evidence for a neighbour
    see(page.get_by_role("button", name="Open this article"))
    assert heading(page) == first and query(page)["pair"] and camera(page) == before
    shown(page.get_by_role("button", name="Link to this view")).click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text(f"camera={before[0]:.5g}"[:13])  # the browser tells where it looks
    link = code.inner_text()
    other = page.context.new_page()
    ready(other, link)
    assert heading(other) == first
    assert camera(other) == pytest.approx(before, rel=1e-3)


def test_colours_search_and_clearing_keep_the_view(server, page):
    ready(page, f"{server.url}/map")
    stage = page.locator(".kindred-map .stage").first.bounding_box()
    assert stage
    middle = stage["x"] + stage["width"] / 3, stage["y"] + stage["height"] / 2
    page.mouse.move(*middle)
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(600)
    before = camera(page)
    assert before[2] > 1
    shown(page.get_by_role("combobox", name="Colour by")).click()
    page.get_by_role("option", name="Readers", exact=True).click()
    expect(page.locator(".kindred-map .legend").first).to_contain_text("Readers")
    settled(page)
    assert camera(page) == before and query(page)["colour"] == ["Readers"]
    point = a_point(page)
    page.mouse.click(point["x"], point["y"])
    page.wait_for_url(re.compile("item="))
    settled(page)
    shown(page.get_by_role("button", name="Clear")).click()
    see(page.get_by_text("Choose one, click an article"))
    assert camera(page) == before
    page.get_by_placeholder("Words of a title").press_sequentially("telescopes", delay=30)
    see(page.get_by_text("best match first"))
    page.wait_for_timeout(600)
    assert camera(page) != before  # the view goes to what is found


def test_what_is_drawn_around_is_listed(server, page):
    ready(page, f"{server.url}/map")
    stage = page.locator(".kindred-map .stage").first.bounding_box()
    assert stage
    shown(page.get_by_role("button", name="Select by lasso")).click()
    left, top = stage["x"] + 40, stage["y"] + 40
    wide, high = stage["width"] * 0.6, stage["height"] * 0.6
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in ((wide, 0), (wide, high), (0, high), (0, 0)):
        page.mouse.move(left + x, top + y, steps=6)
    page.mouse.up()
    see(page.get_by_role("heading", name=re.compile("Selection: .* articles")))
    assert query(page)["area"]
    before = camera(page)
    shown(page.get_by_text("Recommend for these")).click()
    see(page.get_by_text("Read next, after these"))
    assert camera(page) == before
    shown(page.get_by_text("Compare with the rest")).click()
    see(page.get_by_text("The selected articles beside").or_(page.get_by_test_id("stDataFrame")))


@pytest.mark.slow
def test_everything_on_the_map_works_without_a_mouse(server, page):
    ready(page, f"{server.url}/map")
    picture = page.locator(".kindred-map .marks").first
    picture.focus()
    before = camera(page)
    page.keyboard.press("+")
    page.wait_for_timeout(600)
    assert camera(page)[2] > before[2]
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    assert camera(page)[0] > before[0]
    page.keyboard.press("0")
    page.wait_for_timeout(600)
    assert camera(page) == before
    point = a_point(page)
    page.mouse.click(point["x"], point["y"])
    page.wait_for_url(re.compile("item="))
    settled(page)
    picture.focus()
    page.keyboard.press("Tab")  # the chosen article
    page.keyboard.press("Tab")  # the nearest
    page.keyboard.press("Enter")
    expect(the_map(page)).not_to_have_attribute("data-chosen", str(point["row"]))
    settled(page)
    page.keyboard.press("Escape")


@pytest.mark.slow  # the exported map, which is drawn by the same script, is held to it always
def test_hostile_titles_are_text_on_the_map(server, page, tmp_path):
    title = "<img src=x onerror=alert(1)> **b** $a^2$"
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    names = [title, "مقالات تستحق القراءة", "x" * 300, "", *(f"Other {n}" for n in range(8))]
    views = [f"1,VIEW,{i},{u}" for u in range(9) for i in range(12) if (i + u) % 3]
    bring_titles(server, page, tmp_path, names, views)
    shown(page.get_by_role("link", name="Map", exact=True)).click()
    the_map(page).wait_for()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=180_000)
    settled(page)
    page.get_by_placeholder("Words of a title").fill("onerror")
    see(page.get_by_text("best match first"))
    page.get_by_placeholder("Words of a title").press("Enter")
    expect(page.locator("[data-testid=stMain] h2").first).to_contain_text("onerror")
    expect(page.locator(".kindred-map .named").first).to_contain_text("<img src=x")
    assert page.locator(".kindred-map img").count() == 0
    assert not alerts
