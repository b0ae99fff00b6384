"""What is clicked for each of the data sets in `tests.shapes`, and what is said then."""

from collections.abc import Callable
from dataclasses import dataclass

from tests import shapes


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


def rows_of(files: dict[str, bytes], names: int) -> int:
    """Rows of the interactions, the larger of the files, of which some lines are names."""
    return max(data.count(b"\n") for data in files.values()) - names


def refuse_other_neighbours(shape: Shape, texts: list[str]) -> None:
    """What stands in a table of neighbours is of the kind of the article that was asked about."""
    alike = {shape.shown(article) for article in range(2, shapes.ARTICLES, 2)}
    other = {shape.shown(article) for article in range(1, shapes.ARTICLES, 2)}
    nearest = [text for text in texts if text in alike | other]
    assert len(nearest) >= 7 and set(nearest[:4]) <= alike
