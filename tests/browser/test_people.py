"""Readers and Compare in Chromium: from a person to reasons, from a new reader to a list."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import another_window, cells, click_row, heading, query, settled

pytestmark = pytest.mark.slow


def test_a_recommendation_is_explained_and_leads_on(server, page):
    page.goto(f"{server.url}/people")
    see(page.get_by_text("Recommended articles."))
    settled(page)
    why = page.locator("p", has=page.locator("strong", has_text=re.compile("^Why we recommend")))
    first = why.inner_text()
    click_row(page, 2)
    expect(why).not_to_have_text(first)
    assert query(page)["item"]
    bars = page.locator(".js-plotly-plot .bars .point")
    assert 2 <= bars.count() <= 10
    shown(page.get_by_role("link", name="Open this article")).click()
    see(page.get_by_role("heading", name="Similar articles"))
    article = heading(page)
    shown(page.get_by_text("About this article")).click()
    see(page.get_by_text("Most engaged readers"))
    settled(page)
    click_row(page, 1, table=0)
    see(page.get_by_role("heading", name="Readers", exact=True))
    assert query(page)["user"]
    page.go_back()
    assert heading(page) == article


def test_a_new_reader_is_clicked_together(server, page):
    page.goto(f"{server.url}/people")
    settled(page)
    shown(page.get_by_text("New reader", exact=True)).click()
    for words in ("marathon", "telescopes"):
        field = page.get_by_placeholder("Words of a title")
        field.press_sequentially(words, delay=30)
        see(page.get_by_text("best match first"))
        click_row(page, 1)
        see(page.get_by_role("button", name="Remove"))
    see(page.get_by_role("heading", name="New reader"))
    see(page.get_by_text("the sum of what 2 articles read so far add"))
    assert page.get_by_role("button", name="Remove").count() == 2
    shown(page.get_by_role("button", name="Don't recommend this")).click()
    see(page.get_by_role("button", name="Allow it again"))
    settled(page)
    shown(page.get_by_role("button", name="Link to this view")).click()
    link = page.get_by_test_id("stCode").inner_text()
    window = another_window(page)
    window.goto(link)
    see(window.get_by_text("the sum of what 2 articles read so far add"))
    settled(window)
    assert cells(window) == cells(page)
    assert window.get_by_role("button", name="Allow it again").is_visible()
    window.context.close()
    page.go_back()  # the exclusion
    expect(page.get_by_role("button", name="Allow it again")).to_be_hidden()
    page.go_back()  # the last click
    see(page.get_by_text("the sum of what 1 article read so far adds"))
    assert page.get_by_role("button", name="Remove").count() == 1
    settled(page)
    shown(page.get_by_role("link", name="Similar articles", exact=True)).click()
    see(page.get_by_role("heading", name="Similar articles"))
    settled(page)
    shown(page.get_by_role("link", name="Readers", exact=True)).click()
    see(page.get_by_text("the sum of what 1 article read so far adds"))


def test_two_models_are_compared_with_what_chance_does(server, page):
    page.goto(f"{server.url}/compare")
    floor = page.get_by_text("With another seed alone, model")
    expect(floor.first).to_be_visible(timeout=90_000)
    expect(floor.last).to_contain_text("of 10 stayed")  # of the one article below
    expect(page.locator(".js-plotly-plot .xaxislayer-above").nth(1)).to_be_attached()
    page.wait_for_timeout(1000)  # what is drawn above the table has taken its place
    settled(page)
    click_row(page, 1)  # the article that changed most
    assert query(page)["item"]
    became = page.get_by_role("gridcell", name=re.compile("^(stayed|moved|came|went)$"))
    expect(became.first).to_be_attached()
    window = another_window(page)
    window.goto(page.url)
    floor = window.get_by_text("With another seed alone, model")
    expect(floor.first).to_be_visible(timeout=60_000)
    assert heading(window) == heading(page)
    window.context.close()


def test_neighbours_say_in_how_many_models_they_are(server, page):
    page.goto(f"{server.url}/similar")
    see(page.get_by_text("trained from different random starts"), timeout=60_000)
    shown(page.get_by_role("button", name="Columns")).click()
    shown(page.get_by_role("combobox", name="Columns beside the title")).click()
    shown(page.get_by_role("option", name="Repeats", exact=True)).click()
    settled(page)
    repeats = [cell for cell in cells(page) if " of 5" in cell]
    assert len(repeats) == 10
    assert all(re.fullmatch(r"[0-5] of 5( \([0-4] readers?\))?", cell) for cell in repeats)
    page.keyboard.press("Escape")
    shown(page.get_by_role("button", name="Ranking")).click()
    shown(page.get_by_text("Mean of 5 models")).click()
    settled(page)
    assert query(page)["agreed"] == ["true"]
    window = another_window(page)
    window.goto(page.url)
    settled(window)
    assert cells(window)[:6] == cells(page)[:6]
    window.context.close()
