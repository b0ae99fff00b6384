"""What is taken away from a page, byte by byte."""

import csv

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import bring_titles, settled

FORMULA = '=HYPERLINK("http://x.example";"a")'


@pytest.mark.slow
def test_no_downloaded_table_runs_a_formula(server, page, tmp_path):
    titles = [FORMULA, "+1", "@x", *(f"Title {number}" for number in range(5))]
    views = [f"1,VIEW,{i},{u}" for u in range(9) for i in range(8) if (i + u) % 3 or i == 4]
    bring_titles(server, page, tmp_path, titles, views)
    shown(page.get_by_role("link", name="Similar articles", exact=True)).click()
    see(page.get_by_text("trained from different random starts"))
    settled(page)
    with page.expect_download() as download:
        shown(page.get_by_role("button", name="CSV", exact=True)).click()
    rows = list(csv.DictReader(download.value.path().read_text().splitlines()))
    titles = {row["Article"] for row in rows}
    assert {f"'{FORMULA}", "'+1", "'@x"} & titles and len(rows) == 7
    assert not any(title.startswith(("=", "+", "@")) for title in titles)


def test_a_table_offers_our_download_and_no_other(server, page):
    page.goto(f"{server.url}/train")
    shown(page.get_by_text("Loss per iteration")).click()
    box = page.get_by_test_id("stExpander").filter(has_text="Loss per iteration")
    table = box.get_by_test_id("stDataFrame")
    see(table)
    settled(page)
    table.scroll_into_view_if_needed()
    table.hover()
    see(page.get_by_role("button", name="Search: The loss after"))  # the toolbar
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    box.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        shown(page.get_by_role("button", name="Parquet", exact=True)).click()
    assert download.value.suggested_filename == "losses.parquet"
    assert download.value.path().read_bytes()[:4] == b"PAR1"
