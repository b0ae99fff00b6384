"""The exported map, opened from disk without a network."""

import csv

import pytest
from playwright.sync_api import Page, expect

from tests.browser.maps.conftest import FORMULA, HOSTILE, SIDE, camera, place, the_map


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


def test_an_entry_of_the_legend_alone_stands_out(opened):
    entry = opened.get_by_role("button", name="Column 2")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(".entry.back")).to_have_count(SIDE - 1)
    entry.click()
    expect(opened.locator(".entry.back")).to_have_count(0)
