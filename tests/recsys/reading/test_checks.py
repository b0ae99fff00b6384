"""What is said of a file whose columns are not known, or whose first line may be data."""

import pytest

from recsys.dataset.tables import read_tables
from recsys.errors import FileError
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.checks import article_mapping_of, event_mapping_of
from recsys.reading.looking import look
from recsys.reading.mapping import ArticleMapping


def found(lines, header=None):
    text = "".join(f"{line}\n" for line in lines)
    return look(Source(name="f", data=text.encode()), ReadOptions(header=header))


def refusal(wanted, *args):
    with pytest.raises(FileError) as caught:
        wanted(found(*args))
    return caught.value


def test_columns_without_names_are_shown_with_a_cell_each():
    yoochoose = [f"{i // 4},2014-04-07T10:51:0{i}Z,{i},0" for i in range(1, 4)]
    error = refusal(event_mapping_of, yoochoose, False)
    assert (
        "Its columns are 'column 1' (0), 'column 2' (2014-04-07T10:51:01Z), 'column 3' (1), "
        "'column 4' (0)."
    ) in str(error)
    assert "--no-header" not in error.shell


def test_where_no_name_is_known_the_first_line_may_be_data():
    lines = [f"i{i}::T {i}::a|b" for i in range(9)]
    error = refusal(article_mapping_of, lines)
    assert error.shell.startswith("--article-no-header, or else --article-columns item=")
    assert refusal(event_mapping_of, lines).shell.startswith("--no-header, or else --columns ")


def test_where_a_name_is_known_the_first_line_is_one_of_names():
    error = refusal(article_mapping_of, ["kennung,title", *(f"i{i},T {i}" for i in range(9))])
    assert error.shell == "--article-columns item=NAME,…"


@pytest.mark.parametrize(("first", "said"), [("a0", True), ("article_id", False)])
def test_a_first_article_that_was_taken_for_a_name_is_remarked_on(first, said):
    lines = [f"{first},T 0", *(f"a{i},T {i}" for i in range(1, 9))]
    articles = Source(name="a", data="".join(f"{line}\n" for line in lines).encode())
    events = Source(name="e", data=b"user,item\nu1,a1\nu1,a2\nu2,a1\n")
    mapping = ArticleMapping(item=first)
    hints = read_tables(articles, events, article_mapping=mapping).report.articles.hints
    assert ("--article-no-header" in [hint.shell for hint in hints]) == said
