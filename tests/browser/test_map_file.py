"""The exported map, opened from disk without a network."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from recsys.maps.drawing.colours import Colours
from recsys.maps.drawing.page import map_page
from recsys.maps.drawing.scene import Scene
from tests.browser.test_accessible import AXE, RULES

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


def titles(page: Page) -> list[str]:
    return page.locator("#panel .row").all_inner_texts()


def draw(page: Page, tool: str, corners: list[tuple[float, float]]) -> None:
    page.get_by_role("button", name=tool).click()
    page.mouse.move(*corners[0])
    page.mouse.down()
    for corner in corners[1:]:
        page.mouse.move(*corner, steps=4)
    page.mouse.up()


def test_a_click_marks_an_article_and_lists_the_most_similar(opened):
    opened.mouse.click(*place(opened, 10))
    expect(the_map(opened)).to_have_attribute("data-chosen", "10")
    expect(opened.get_by_role("heading", level=2)).to_have_text("Article number 10")
    assert titles(opened) == [f"Article number {row}" for row in (11, 12, 13)]
    link = opened.get_by_role("link", name="Open the article")
    expect(link).to_have_attribute("href", "https://example.org/10")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    opened.get_by_role("button", name="Article number 12").last.click()
    expect(the_map(opened)).to_have_attribute("data-chosen", "12")


def test_a_title_of_html_stays_text_and_its_address_of_script_no_link(opened):
    opened.mouse.move(*place(opened, 0))
    expect(opened.locator(".tip b")).to_have_text(HOSTILE)
    opened.mouse.click(*place(opened, 0))
    expect(opened.get_by_role("heading", level=2)).to_have_text(HOSTILE)
    expect(opened.locator(".label").first).to_have_text("Bottom <b>row</b>")
    assert not opened.locator("#panel a, #panel img, .kindred-map img, .kindred-map script").count()


def test_search_finds_words_without_their_accents_and_shows_where_they_are(opened):
    before = camera(opened)
    opened.get_by_label("Search titles").fill("paris economie")
    expect(opened.get_by_role("heading", level=2)).to_have_text("1 article found")
    assert titles(opened) == ["Économie à Paris"]
    expect(the_map(opened)).not_to_have_attribute("data-camera", before or "")
    opened.get_by_label("Search titles").fill("no such words")
    expect(opened.get_by_role("heading", level=2)).to_have_text("0 articles found")


def test_hover_says_title_and_readers(opened):
    opened.mouse.move(*place(opened, 3))
    expect(opened.locator(".tip")).to_contain_text("No title")
    expect(opened.locator(".tip")).to_contain_text("4 readers · Column 3")


def test_another_colouring_keeps_view_selection_and_search(opened):
    opened.mouse.click(*place(opened, 14))
    opened.mouse.move(*place(opened, 21))
    opened.mouse.wheel(0, -300)
    expect(the_map(opened)).not_to_have_attribute("data-drawn", "36 of 36")
    before = camera(opened)
    opened.get_by_label("Colour", exact=True).select_option("Readers")
    expect(opened.locator(".legend .scale")).to_be_visible()
    opened.get_by_role("button", name="Dark").click()
    expect(the_map(opened)).to_have_attribute("data-dark", "")
    assert camera(opened) == before
    expect(the_map(opened)).to_have_attribute("data-chosen", "14")
    expect(opened.get_by_role("heading", level=2)).to_have_text("Article number 14")


@pytest.mark.parametrize("tool", ["Select by lasso", "Select by box"])
def test_an_area_lists_its_articles_for_other_programs(opened, tmp_path, tool):
    (x0, y0), (x1, y1) = place(opened, 0), place(opened, 8)  # two rows of three articles
    near = 12
    left, right, low, high = x0 - near, x1 + near, y0 + near, y1 - near
    corners = [(left, low), (right, low), (right, high), (left, high)]
    draw(opened, tool, corners if "lasso" in tool else [corners[0], corners[2]])
    expect(opened.get_by_role("heading", level=2)).to_have_text("6 articles selected")
    expect(opened.locator(".said")).to_contain_text("6 selected")
    with opened.expect_download() as saved:
        opened.get_by_role("button", name="Download CSV").click()
    saved.value.save_as(tmp_path / "articles.csv")
    with (tmp_path / "articles.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert rows[0] == ["Title", "Readers", "Address"]
    assert [row[1] for row in rows[1:]] == ["9", "8", "7", "3", "2", "1"]
    assert rows[-2][0] == f"'{FORMULA}" and rows[-1] == [HOSTILE, "1", ""]
    opened.locator(".marks").press("Escape")
    expect(opened.locator(".said")).not_to_contain_text("selected")


def test_a_name_shows_its_topic(opened):
    opened.locator(".label", has_text="Bottom").click()
    expect(opened.get_by_role("heading", level=2)).to_have_text("Bottom <b>row</b>")
    assert len(titles(opened)) == SIDE
    opened.get_by_role("button", name="Clear").click()
    expect(opened.get_by_role("heading", level=2)).to_have_text("Explore the map")


def test_finer_names_appear_as_one_zooms_in(opened):
    fine = opened.locator(".label", has_text="The middle")
    expect(fine).to_be_hidden()
    for _ in range(2):
        opened.get_by_role("button", name="Zoom in").click()
    expect(opened.locator(".said")).not_to_contain_text("36 of 36")
    expect(fine).to_be_visible()


def test_the_keyboard_moves_zooms_walks_and_chooses(opened):
    opened.mouse.click(*place(opened, 14))
    first = camera(opened)
    opened.locator(".marks").focus()
    opened.keyboard.press("+")
    opened.keyboard.press("ArrowRight")
    expect(the_map(opened)).not_to_have_attribute("data-camera", first or "")
    opened.keyboard.press("0")
    expect(the_map(opened)).to_have_attribute("data-drawn", "36 of 36")
    opened.keyboard.press("Tab")
    expect(opened.locator(".stop").first).to_be_focused()
    opened.keyboard.press("Tab")
    expect(opened.locator(".tip")).to_contain_text("Article number 15")
    opened.keyboard.press("Enter")
    expect(the_map(opened)).to_have_attribute("data-chosen", "15")
    opened.keyboard.press("Escape")
    expect(the_map(opened)).to_have_attribute("data-chosen", "-1")


def test_two_fingers_zoom_and_one_moves(browser, file):
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(the_map(page)).to_have_attribute("data-drawn", "36 of 36")
    x, y = place(page, 14)
    session = context.new_cdp_session(page)

    def touch(kind: str, *fingers: float) -> None:
        points = [{"x": x + dx, "y": y, "id": at} for at, dx in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -20)
    touch("touchStart", -20, 20)
    for step in range(1, 9):
        touch("touchMove", -20 - 5 * step, 20 + 5 * step)
    touch("touchEnd")
    expect(the_map(page)).not_to_have_attribute("data-drawn", "36 of 36")
    zoomed = (camera(page) or "").split(",")
    assert 2 < float(zoomed[2]) <= 3.01  # the fingers are three times as far apart
    touch("touchStart", 0)
    for step in range(1, 5):
        touch("touchMove", 10 * step)
    touch("touchEnd")
    page.wait_for_function(
        "(x) => document.querySelector('.kindred-map').kindredMap.camera()[0] < x",
        arg=float(zoomed[0]),
    )
    assert (camera(page) or "").split(",")[2] == zoomed[2]
    expect(the_map(page)).to_have_attribute("data-chosen", "-1")
    context.close()


def test_an_entry_of_the_legend_alone_stands_out(opened):
    entry = opened.get_by_role("button", name="Column 2")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(".entry.back")).to_have_count(SIDE - 1)
    entry.click()
    expect(opened.locator(".entry.back")).to_have_count(0)


def test_it_breaks_no_rule_of_accessibility_in_light_or_in_dark(page, file):
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(file.as_uri())
        expect(the_map(page)).to_have_attribute("data-drawn", "36 of 36")
        page.mouse.click(*place(page, 14))
        expect(page.get_by_role("heading", level=2)).to_have_text("Article number 14")
        for rule in AXE.run(page, options=RULES).response["violations"]:
            found[scheme, rule["id"]] = [node["html"] for node in rule["nodes"]]
    assert not found


def test_it_fits_a_telephone(opened):
    opened.set_viewport_size({"width": 375, "height": 700})
    wide = "document.documentElement.scrollWidth"
    opened.wait_for_function(f"{wide} <= 375")
    opened.wait_for_function("document.querySelector('.stage').clientWidth > 300")
    opened.mouse.click(*place(opened, 10))
    expect(opened.get_by_role("heading", level=2)).to_have_text("Article number 10")
    assert opened.evaluate(wide) <= 375


def test_without_webgl_there_is_a_plain_picture_and_it_says_so(page, file):
    page.add_init_script(
        """const own = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
            return kind.startsWith("webgl") ? null : own.call(this, kind, ...more);
        };"""
    )
    page.goto(file.as_uri())
    expect(the_map(page)).to_have_attribute("data-mode", "plain")
    expect(page.locator(".said")).to_contain_text("no WebGL")
    page.mouse.click(*place(page, 10))
    expect(page.get_by_role("heading", level=2)).to_have_text("Article number 10")
    drawn = """canvas => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0)"""
    assert page.locator("canvas.points").evaluate(drawn)


INK = """map => {
    map.kindredMap.paint();
    const canvas = map.querySelector("canvas.points");
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const pen = copy.getContext("2d");
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, copy.width, copy.height);
    return data.reduce((count, value, at) => count + (at % 4 === 3 && value > 128), 0);
}"""
LOSE = """map => new Promise((done) => {
    const canvas = map.querySelector("canvas.points");
    const lost = canvas.getContext("webgl").getExtension("WEBGL_lose_context");
    canvas.addEventListener("webglcontextlost", () => setTimeout(() => lost.restoreContext()));
    canvas.addEventListener("webglcontextrestored", () => requestAnimationFrame(done));
    lost.loseContext();
})"""


def test_points_come_back_after_the_graphics_processor_was_lost(opened):
    before = the_map(opened).evaluate(INK)
    assert before > 36
    the_map(opened).evaluate(LOSE)
    assert the_map(opened).evaluate(INK) == before
