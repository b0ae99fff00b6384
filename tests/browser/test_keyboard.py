"""Five tasks of a person without a mouse: keys alone, and the focus is never lost."""

from urllib.parse import urlsplit

import pandas as pd
from playwright.sync_api import Page, expect

from tests.browser.conftest import see
from tests.browser.test_journeys import heading, neighbours_are_complete, query, rows, settled

MOST_TABS = 120
FOCUSED = """() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    const labels = [one.getAttribute("aria-label"), one.getAttribute("placeholder")];
    const text = [...labels, one.innerText].filter((part) => part).join(" ");
    return [one.tagName.toLowerCase(), text.replaceAll("\\u2060", "").replace(/\\s+/g, " ").trim()];
}"""


def focused(page: Page) -> tuple[str, str]:
    """What has the focus: its tag, and what it is called."""
    tag, name = page.evaluate(FOCUSED)
    return tag, name


def tab_to(page: Page, tag: str, name: str = "") -> str:
    """Press Tab until something of that tag whose name holds that has the focus; gives its name."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1][0] == tag and name in passed[-1][1]:
            return passed[-1][1]
    raise AssertionError(f"Tab does not reach {tag} {name!r}: {passed}")


def title_of(page: Page, place: int, table: int = 0) -> str:
    return rows(page, table).nth(place).get_by_role("rowheader").inner_text()


def has_focus(page: Page, tag: str, name: str) -> None:
    """Wait until that has the focus, which comes with a run of the page."""
    settled(page)
    for _ in range(50):
        if focused(page)[0] == tag and name in focused(page)[1]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{focused(page)} has the focus, not {tag} {name!r}")


def test_search_and_open_an_article(server, page):
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    tab_to(page, "input", "Search")
    page.keyboard.type("telescopes")
    page.keyboard.press("Enter")  # before what is found has been drawn
    page.wait_for_url("**/similar?*item=*")
    assert "telescopes" in heading(page).lower()
    has_focus(page, "h2", heading(page))
    field = page.get_by_placeholder("words of a title")
    assert field.input_value() == ""
    field.focus()
    page.keyboard.type("history")
    see(page.get_by_text("best match first"))
    settled(page)
    found = [title_of(page, place) for place in range(2)]
    page.keyboard.press("ArrowDown")
    assert found[0] in focused(page)[1]
    page.keyboard.press("ArrowDown")
    assert found[1] in focused(page)[1] and field.input_value() == "history"
    page.keyboard.press("Space")
    has_focus(page, "h2", found[1])


def test_look_at_a_neighbour_and_open_it(server, page):
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    first, address = heading(page), page.url
    tab_to(page, "tr")
    for key, place in (("ArrowDown", 1), ("ArrowDown", 2), ("End", 9), ("PageUp", 0), ("Home", 0),
                       ("ArrowUp", 0), ("PageDown", 9), ("ArrowUp", 8)):  # fmt: skip
        page.keyboard.press(key)
        assert title_of(page, place) in focused(page)[1], key
    settled(page)
    assert page.url == address and heading(page) == first  # arrows open nothing
    wanted = title_of(page, 8)
    page.keyboard.press("Enter")
    has_focus(page, "tr", wanted)  # its evidence is shown beside the list, which stays
    assert heading(page) == first and query(page)["pair"]
    tab_to(page, "button", "Open this article")
    page.keyboard.press("Enter")
    has_focus(page, "h2", wanted)


def test_pick_a_reader_and_read_a_reason(server, page):
    page.goto(f"{server.url}/people")
    see(page.get_by_text("trained from different random starts"))
    settled(page)
    tab_to(page, "input", "Search")
    page.keyboard.type("-31")
    expect(rows(page).first.get_by_role("rowheader")).to_contain_text("-31")
    settled(page)
    tab_to(page, "tr")
    page.keyboard.press("ArrowDown")
    reader = title_of(page, 1)
    page.keyboard.press("Enter")
    has_focus(page, "h2", reader)
    tab_to(page, "tr")
    page.keyboard.press("ArrowDown")
    recommended = title_of(page, 1)
    page.keyboard.press("Enter")
    why = page.locator("p", has=page.locator("strong", has_text="Why we recommend"))
    expect(why).to_contain_text(recommended)
    has_focus(page, "tr", recommended)  # the list stays, and so does the focus
    assert query(page)["item"]


def test_change_a_strength_and_train(server, page):
    page.goto(f"{server.url}/train")
    see(page.get_by_text("Most similar to the most-read article"))
    settled(page)
    tab_to(page, "canvas")
    for key in ("ArrowRight", "ArrowRight", "Enter", "Control+a", "3", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)  # the editor of a cell opens and shuts
    see(page.get_by_text("Changed, not trained yet"))
    settled(page)
    tab_to(page, "button", "Train")
    page.keyboard.press("Enter")
    see(page.get_by_role("link", name="Strengths: your own"))
    expect(page.get_by_text("Changed, not trained yet").filter(visible=True)).to_have_count(0)


def test_download_a_table(server, page):
    page.goto(f"{server.url}/similar")
    neighbours_are_complete(page)
    tab_to(page, "button", "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    table = pd.read_csv(download.value.path())
    assert table["Article"].tolist() == [title_of(page, place) for place in range(10)]
    has_focus(page, "button", "CSV")
    assert urlsplit(page.url).path == "/similar"
