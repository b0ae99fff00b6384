"""What a person does, from the first click to the last, in Chromium."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import TIMEOUT, see, shown

ROW = 35  # pixels of a row of a table of Streamlit's


def settled(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(600)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def bring_titles(server, page: Page, folder: Path, titles: list[str], events: list[str]) -> None:
    """Upload articles of these titles, 0 on, and rows of events on them, and use them."""
    quoted = [title.replace('"', '""') for title in titles]
    articles = [
        f'1,CONTENT SHARED,{i},HTML,http://x.example,"{title}",en' for i, title in enumerate(quoted)
    ]
    header = "timestamp,eventType,contentId"
    for name, columns, rows in (
        ("a.csv", ",contentType,url,title,lang", articles),
        ("i.csv", ",personId", events),
    ):
        (folder / name).write_text("\n".join([header + columns, *rows, ""]))
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator("input[type=file]").set_input_files([folder / "a.csv", folder / "i.csv"])
    shown(page.get_by_role("button", name="Use this data")).click()
    see(page.get_by_role("heading", name="In use: i", exact=True))
    settled(page)


def heading(page: Page) -> str:
    settled(page)
    text = page.locator("[data-testid=stMain] h2").first.inner_text()
    return text.replace("\u2060", "")


def rows(page: Page, table: int = 0) -> Locator:
    """The rows of a table whose rows are chosen, without its head."""
    return page.locator(".frame > table").nth(table).locator("tbody tr")


def another_window(page: Page) -> Page:
    """A window of a browser that knows nothing of the page."""
    assert page.context.browser
    context = page.context.browser.new_context()
    context.set_default_timeout(TIMEOUT)
    return context.new_page()


def lead_on(page: Page, link: Locator) -> None:
    """Click what leads to another view, and wait until the address is that view's."""
    settled(page)
    before = page.url
    link.click()
    page.wait_for_url(lambda url: url != before)
    settled(page)


def click_row(page: Page, row: int, table: int = 0) -> None:
    """Click the title in a row (from 1) of a table whose rows are chosen."""
    lead_on(page, rows(page, table).nth(row - 1).get_by_role("rowheader"))


def open_row(page: Page, row: int) -> None:
    """Choose a row (from 1) of the neighbours, and open that article."""
    click_row(page, row)
    lead_on(page, page.get_by_role("button", name="Open this article"))


def neighbours_are_complete(page: Page) -> None:
    """Wait until the neighbours' stability is known: the table is drawn anew when it is."""
    see(page.get_by_text("trained from different random starts"))
    settled(page)


def cells(page: Page) -> list[str]:
    """The texts of the cells of the first table whose rows are chosen."""
    settled(page)
    rows(page).first.wait_for()
    return rows(page).locator("> *").all_text_contents()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_upload_train_search_two_neighbours_and_back(server, page, other_files):
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator("input[type=file]").set_input_files([str(path) for path in other_files[::-1]])
    see(page.get_by_text("Ready to use"))
    shown(page.get_by_role("button", name="Use this data")).click()
    see(page.get_by_role("heading", name="In use: users_interactions"))

    shown(page.get_by_role("link", name="Strengths & training", exact=True)).click()
    see(page.get_by_text("No model has been trained with these settings"))
    shown(page.get_by_role("button", name="Train", exact=True)).click()
    see(page.get_by_text("Most similar to the most-read article"))
    shown(page.get_by_role("link", name="Find similar articles")).click()
    see(page.get_by_role("heading", name="Similar articles"))
    neighbours_are_complete(page)

    page.get_by_placeholder("Words of a title").press_sequentially("telescopes", delay=30)
    see(page.get_by_text("best match first"))
    click_row(page, 1)
    first = heading(page)
    assert "telescopes" in first.lower()
    assert page.get_by_placeholder("Words of a title").input_value() == ""
    click_row(page, 2)  # is shown beside the list
    assert heading(page) == first
    open_row(page, 1)
    second = heading(page)
    open_row(page, 2)
    third = heading(page)
    assert len({first, second, third}) == 3
    link = page.url

    page.go_back()  # to the row that was chosen
    assert heading(page) == second and "pair" in query(page)
    page.go_back()
    assert heading(page) == second and "pair" not in query(page)
    page.go_forward()
    page.go_forward()
    assert heading(page) == third and page.url == link


@pytest.mark.slow
def test_a_stranger_who_follows_a_link_to_a_private_upload_brings_the_files(
    server, page, other_files
):
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator("input[type=file]").set_input_files([str(path) for path in other_files])
    shown(page.get_by_role("button", name="Use this data")).click()
    shown(page.get_by_role("link", name="Find similar articles")).click()
    see(page.get_by_role("heading", name="Similar articles"))
    neighbours_are_complete(page)
    open_row(page, 2)
    third, link = heading(page), page.url

    # A private upload: whoever else follows the link is told which data it needs.
    stranger = another_window(page)
    stranger.goto(link)
    see(stranger.get_by_text("This link needs data you don't have"))
    assert third not in stranger.inner_text("body")
    shown(stranger.get_by_role("link", name="Bring the files")).click()
    settled(stranger)
    stranger.locator("input[type=file]").set_input_files([str(path) for path in other_files])
    shown(stranger.get_by_role("button", name="Use this data")).click()
    see(stranger.get_by_role("heading", name="Similar articles"))
    assert heading(stranger) == third
    assert query(stranger)["item"] == parse_qs(urlsplit(link).query)["item"]
    stranger.context.close()


@pytest.mark.slow
@pytest.mark.own_server
def test_a_link_to_the_sample_opens_the_same_view_for_anyone_also_after_a_restart(server, page):
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    open_row(page, 3)
    title, link = heading(page), page.url
    for restarted in (False, True):
        if restarted:
            server.restart()
        window = another_window(page)
        window.goto(link)
        assert heading(window) == title
        see(window.get_by_role("link", name="Map", exact=True))
        window.context.close()


@pytest.mark.slow
def test_home_leads_to_an_article(server, page):
    page.goto(server.url)
    click_row(page, 2)
    see(page.get_by_role("heading", name="Similar articles"))
    assert query(page)["item"]


@pytest.mark.slow
def test_any_title_is_shown_letter_by_letter(server, page, tmp_path):
    title = "<img src=x onerror=alert(1)> **b** $a^2$ :smile: :material/home: [l](http://x.example)"
    right_to_left, endless = "مقالات تستحق القراءة", "x" * 300
    names = [title, right_to_left, endless, "", *(f"Other {number}" for number in range(3))]
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    views = [f"1,VIEW,{i},{u}" for u in range(8) for i in range(7) if i == 0 or (i + u) % 3]
    bring_titles(server, page, tmp_path, names, views)
    shown(page.get_by_role("link", name="Similar articles", exact=True)).click()
    see(page.get_by_role("heading", name="Similar articles", exact=True))
    expect(page.locator("[data-testid=stMain] h2").first).to_contain_text("onerror")
    assert heading(page) == title
    neighbours_are_complete(page)
    assert {right_to_left, endless, "(no title) 3"} < set(cells(page))
    width = len(cells(page)) // rows(page).count()
    row = cells(page).index(endless) // width + 1
    open_row(page, row)
    assert title in cells(page)
    assert heading(page) == endless
    line = page.locator("[data-testid=stMain] h2").first.bounding_box()
    link = page.get_by_role("link", name="Read it").first.bounding_box()
    assert line and link and link["y"] < line["y"] + line["height"] < 2 * ROW + link["y"]
    page.go_back()
    assert heading(page) == title and query(page)["pair"] == ["2"]
    assert page.locator(".st-key-pair img, .st-key-pair .katex").count() == 0
    shown(page.get_by_role("link", name="Show it on the map", exact=True)).click()
    see(page.get_by_role("heading", name="Map", exact=True))
    assert heading(page) == title
    assert (
        page.locator("[data-testid=stMain] h2 :is(img, a:not([href^='#']), strong, .katex)").count()
        == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not alerts
