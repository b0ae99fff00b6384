"""A page that is opened cold stays, whatever happens beside it and however busy the machine is."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, see


class StarvedServer(Server):
    """What goes wrong now and then on a busy machine goes wrong here always."""

    program = (str(Path(__file__).with_name("slow_server.py")),)


@pytest.fixture(scope="module")
def starved(browser: Browser, tmp_path_factory: pytest.TempPathFactory):
    running = StarvedServer(tmp_path_factory.mktemp("starved") / "store")
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("address", "title", "there"),
    [
        ("similar", "Similar articles", "trained from different random starts"),
        pytest.param(
            "people?factors=8&iterations=9",
            "Readers",
            "trained from different random starts",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "compare?factors=9&iterations=9",
            "Compare",
            "The articles that changed most",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "train",
            "Strengths & training",
            "Most similar to the most-read article",
            marks=pytest.mark.slow,
        ),
        pytest.param("", "Kindred", "Similar to “", marks=pytest.mark.slow),
    ],  # fmt: skip
)
def test_a_page_opened_cold_is_never_white(
    starved: StarvedServer, page: Page, address: str, title: str, there: str
):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{starved.url}/{address}")
    heading = page.get_by_role("heading", name=title, exact=True)
    see(heading)
    see(page.get_by_text(there))
    # All that goes on beside the page ends, and the page is drawn anew for the last time.
    expect(page.get_by_role("progressbar")).to_have_count(0)
    see(page.get_by_text("Recovers"))
    see(heading)
    assert not errors


@pytest.mark.slow
def test_no_click_is_lost_while_columns_arrive(starved: StarvedServer, page: Page):
    page.goto(f"{starved.url}/similar?factors=7&iterations=9")
    csv = page.get_by_role("button", name="CSV", exact=True)
    csv.wait_for()
    complete = page.get_by_text("trained from different random starts")
    before = after = 0
    while not after:  # while the table waits for its column, when it comes, and once more
        if complete.count():
            after += 1
        else:
            before += 1
        with page.expect_download() as download:
            csv.click()
        assert len(pd.read_csv(download.value.path())) == 10
    assert before
