"""F5 on every page, and the way back: what is in use stands in the address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import bring_titles, lead_on, settled

# The others go through the same lines: tests.pages.test_following.
PAGES = ["Home", "Data", "Strengths & training", "Compare"]
OWN = "Strengths: your own"
STRENGTHS = "BOOKMARK=3,COMMENT CREATED=5,FOLLOW=4,LIKE=2,VIEW=3"


def query(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.slow
def test_a_page_loaded_anew_shows_the_same_strengths(server, page):
    page.goto(f"{server.url}/train?strengths={STRENGTHS}&factors=8&iterations=3")
    for name in PAGES:
        lead_on(page, page.get_by_role("link", name=name, exact=True))
        see(page.get_by_role("link", name=OWN))
        before = query(page)
        assert before["factors"] == ["8"] and "VIEW=3" in before["strengths"][0]
        page.reload()
        see(page.get_by_role("link", name=OWN))
        settled(page)
        assert query(page) == before


@pytest.mark.slow
@pytest.mark.own_server
def test_kept_data_opens_again_and_a_private_upload_says_which_files_it_needs(
    server, page, tmp_path
):
    events = [f"1,VIEW,{i},{u}" for u in range(12) for i in range(10) if (i + u) % 3]
    bring_titles(server, page, tmp_path, [f"Title {i}" for i in range(10)], events)
    addresses = []
    for name in ("Home", "Data", "Strengths & training"):
        lead_on(page, page.get_by_role("link", name=name, exact=True))
        addresses.append(page.url)
    for address in reversed(addresses):  # F5 on each, the first time on the page that is shown
        page.goto(address)
        expect(
            page.get_by_text("This link needs data you don't have: a.csv and i.csv")
        ).to_be_visible()
    bring_titles(server, page, tmp_path, [f"Title {i}" for i in range(10)], events)
    shown(page.get_by_role("button", name="Keep it on the server")).click()
    shown(page.get_by_role("button", name="Keep", exact=True)).click()
    see(page.get_by_text("Back to the sample data"))
    settled(page)
    for name in ("Home", "Data", "Strengths & training"):
        lead_on(page, page.get_by_role("link", name=name, exact=True))
        page.reload()
        see(page.get_by_role("link", name="Data: i", exact=True))


def test_the_way_back_from_a_page_without_an_address_is_open(server, page):
    page.goto("about:blank")
    page.goto(server.url)
    settled(page)
    home = query(page)
    assert home["data"]
    shown(page.get_by_role("link", name="Data", exact=True)).click()
    see(page.get_by_role("heading", name="Data", exact=True))
    settled(page)
    assert query(page)["data"] == home["data"]
    page.go_back()
    settled(page)
    assert urlsplit(page.url).path == "/" and query(page) == home
    page.go_back()  # the address as it was typed, which the page completes
    settled(page)
    page.go_back()
    assert page.url == "about:blank"
