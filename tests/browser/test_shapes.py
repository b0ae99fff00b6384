"""Data sets that people bring, from dropped files to neighbours with clicks alone."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import shapes
from tests.browser.test_journeys import cells, heading, settled


@dataclass(frozen=True)
class Choose:
    """An option in one of the boxes of that name: the first file's or the second's."""

    box: str
    option: str
    file: int = 0


@dataclass(frozen=True)
class Press:
    """A button, or another thing to click, by its words."""

    words: str
    role: str = "button"
    file: int = 0


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What is dropped, what is clicked, and what the page says then.

    Attributes
    ----------
    make
        The files by name; the first is the first on the page.
    before, after
        Clicks before the columns are confirmed, and after.
    said
        Of the report; ``{rows}`` stands for the lines of data of the interactions.
    names
        Lines of names in the interactions.
    name
        By which the data is called.
    shown
        How an article is shown, by its number in `tests.shapes`.
    """

    make: Callable[[], dict[str, bytes]]
    before: tuple[Choose | Press, ...] = ()
    after: tuple[Choose | Press, ...] = ()
    said: tuple[str, ...]
    names: int = 1
    name: str
    shown: Callable[[int], str] = shapes.title


def by_id(first: int, step: int) -> Callable[[int], str]:
    """How an article without a title is shown."""
    return lambda article: f"(no title) {first + step * article}"


FIRST_LINE = Press("Read the first line as data")
SHAPES = {
    "Last.fm": Shape(
        make=shapes.last_fm,
        said=("{rows} rows, {rows} kept", "artists.dat: 16 rows, 16 kept"),
        name="user_artists",
    ),
    "Goodreads": Shape(
        make=shapes.goodreads,
        after=(Press("3 and above", role="radio"),),
        said=("{rows} rows, {rows} kept", "Which ratings count?"),
        name="ratings",
    ),
    "Book-Crossing": Shape(
        make=shapes.book_crossing,
        after=(Press("Count zeros as read (1 each)"),),
        said=("{rows} rows, {rows} kept", "BX-Books.csv: 16 rows, 16 kept", "Zeros: count 1"),
        name="BX-Book-Ratings",
    ),
    "RetailRocket": Shape(
        make=shapes.retail_rocket,
        said=("{rows} rows, {rows} kept", "Check how much each event should count"),
        name="events",
        shown=by_id(355908, 13),
    ),
    "Yoochoose": Shape(
        make=shapes.yoochoose,
        before=(FIRST_LINE,),
        said=("{rows} rows, {rows} kept", "First line: data"),
        names=0,
        name="yoochoose-clicks",
        shown=by_id(214536502, 1),
    ),
    "MIND": Shape(
        make=shapes.mind,
        before=(
            FIRST_LINE,  # of the behaviours
            FIRST_LINE,  # of the news
            Press("interactions", role="radio", file=1),
            Choose("Readers", "column 2"),
            Choose("Articles", "column 4", file=1),
        ),
        after=(Press("Read each article separately"),),
        said=("{rows} rows", "news.tsv: 16 rows, 16 kept"),
        names=0,
        name="behaviors",
    ),
    "H&M": Shape(
        make=shapes.hm,
        said=("{rows} rows, {rows} kept", "articles.csv: 16 rows, 16 kept"),
        name="transactions_train",
    ),
    "Steam": Shape(
        make=shapes.steam,
        before=(FIRST_LINE,),
        said=("Check how much each event should count",),
        names=0,
        name="steam-200k",
    ),
    "Google Analytics": Shape(
        make=shapes.google_analytics,
        said=("Skipped before the first row: 5 lines"),
        name="Analytics All Web Site Data Pages 20190601-20190630",
    ),
}


def click(page: Page, step: Choose | Press) -> None:
    """Do one thing and wait for what comes of it."""
    if isinstance(step, Press):
        found = page.get_by_role(step.role, name=step.words).nth(step.file)  # type: ignore[arg-type]
        found.click(force=step.role == "radio")  # its label lies over it
    else:
        page.get_by_role("combobox", name=step.box).nth(step.file).click()
        page.get_by_role("option", name=step.option, exact=True).click()
    settled(page)


def plain(page: Page) -> str:
    """The words of the page, without what nobody sees."""
    return page.get_by_test_id("stMain").inner_text().replace("\u2060", "")


EACH_TIME = ("Last.fm",)  # the others with the tests that take long


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(shape, id=name, marks=() if name in EACH_TIME else pytest.mark.slow)
        for name, shape in SHAPES.items()
    ],
)
def test_from_dropped_files_to_neighbours_with_clicks_alone(
    server, page: Page, tmp_path: Path, shape: Shape
):
    files = [(tmp_path / name, data) for name, data in shape.make().items()]
    for path, data in files:
        path.write_bytes(data)
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator("input[type=file]").set_input_files([path for path, _ in files])
    expect(page.get_by_text("How", exact=False).first).to_be_visible()
    settled(page)
    for step in shape.before:
        click(page, step)
    click(page, Press("Read with these columns"))
    for step in shape.after:
        click(page, step)
    use = page.get_by_role("button", name="Use this data")
    expect(use).to_be_visible()
    rows = max(data.count(b"\n") for data in shape.make().values()) - shape.names
    for words in shape.said:
        assert words.format(rows=rows) in plain(page)
    use.click()
    expect(page.get_by_role("heading", name=f"In use: {shape.name}")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Find similar articles").click()
    expect(page.get_by_role("heading", name="Similar articles")).to_be_visible()
    assert heading(page) == shape.shown(0)
    alike = {shape.shown(article) for article in range(2, shapes.ARTICLES, 2)}
    other = {shape.shown(article) for article in range(1, shapes.ARTICLES, 2)}
    nearest = [text for text in cells(page) if text in alike | other]
    assert len(nearest) >= 7 and set(nearest[:4]) <= alike
