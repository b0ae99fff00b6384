"""Bringing data in Chromium: files of other names and formats, and what was left out of them."""

import gzip

import pytest

from tests.browser.conftest import see, shown
from tests.browser.test_journeys import heading, settled
from tests.conftest import ML_100K


@pytest.mark.slow
def test_movielens_goes_through_with_nothing_but_clicks(server, page):
    if not ML_100K.is_dir():
        pytest.skip("the MovieLens files are not here (../shared/data/ml_100k)")
    page.goto(f"{server.url}/data")
    settled(page)
    names = ("ml-100k.inter", "ml-100k.item")
    page.locator("input[type=file]").set_input_files([ML_100K / name for name in names])
    shown(page.get_by_role("button", name="Read with these columns")).click()
    see(page.get_by_text("100,000 rows, 100,000 kept"))
    shown(page.get_by_role("button", name="Use this data")).click()
    see(page.get_by_role("heading", name="In use: ml-100k"))
    shown(page.get_by_role("link", name="Strengths & training", exact=True)).click()
    see(page.get_by_role("heading", name="Strengths & training", exact=True))
    settled(page)
    shown(page.get_by_role("button", name="Train", exact=True)).click()
    see(page.get_by_text("Most similar to the most-read article, Star Wars"))
    shown(page.get_by_role("link", name="Find similar articles")).click()
    see(page.get_by_role("heading", name="Similar articles"))
    assert heading(page) == "Star Wars"


@pytest.mark.slow
def test_rows_left_out_are_downloaded_with_their_lines(server, page, tmp_path):
    rows = [f"{u};{i};{u + i}" for u in range(6) for i in range(5) if (u + i) % 3]
    lines = ["visitor;track;plays", *rows[:3], ";9;1", *rows[3:], "7;=1+1;many", "8;1"]
    file = tmp_path / "plays.csv.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator("input[type=file]").set_input_files([file])
    shown(page.get_by_role("button", name="Read with these columns")).click()
    see(page.get_by_text(f"{len(rows) + 3} rows, {len(rows)} kept"))
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rows that were left out").first.click()
    text = download.value.path().read_text()
    last = len(lines)
    assert text.splitlines() == [
        "line,reason,visitor,track,plays",
        "5,visitor is empty,,9,1",
        f"{last - 1},plays is not a number,7,'=1+1,many",
        text.splitlines()[3],
    ]
    assert text.splitlines()[3].startswith(f"{last},malformed")


@pytest.mark.slow
def test_the_example_files_dropped_back_are_used_from_the_top_of_a_small_window(
    server, page, tmp_path
):
    page.set_viewport_size({"width": 420, "height": 500})
    page.goto(f"{server.url}/data")
    settled(page)
    shown(page.get_by_role("button", name="Example files")).click()
    files = []
    for name in ("articles.csv", "interactions.csv"):
        with page.expect_download() as download:
            shown(page.get_by_role("button", name=f"Download {name}")).click()
        assert download.value.suggested_filename == name
        files.append(tmp_path / name)
        download.value.save_as(files[-1])
    page.keyboard.press("Escape")
    page.locator("input[type=file]").set_input_files(files)
    use = page.get_by_role("button", name="Use this data")
    see(use)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    use.click()
    see(page.get_by_role("heading", name="In use: interactions"))
    settled(page)
    assert main.evaluate("main => main.scrollTop") == 0
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
    shown(page.get_by_role("link", name="Find similar articles")).click()
    see(page.get_by_role("heading", name="Similar articles"))
    assert heading(page)
