"""The exported map on a telephone, without a graphics processor, and for assistive technology."""

from playwright.sync_api import expect

from tests.browser.maps.conftest import camera, place, the_map
from tests.browser.test_accessible import AXE, RULES


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
