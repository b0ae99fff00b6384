"""Bad and unusual files: each is refused with a place, or read and counted."""

import pytest

from recsys.dataset.tables import kind_of, read_tables
from recsys.errors import DataError, FileError, KindredError, SettingError
from recsys.formats.source import Source
from recsys.models.params import ALSParams
from recsys.strengths.interactions import build_interactions
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import articles_csv, events_csv

GOOD_ARTICLES = ("1,CONTENT SHARED,a,HTML,u,A,en", "2,CONTENT SHARED,b,HTML,u,B,pt")
GOOD_EVENTS = ("1,VIEW,a,p", "2,VIEW,b,p", "3,VIEW,a,q")


def adds_up(report):
    return report.rows == report.kept + sum(part.count for part in report.left_out)


def test_good_files():
    tables = read_tables(articles_csv(*GOOD_ARTICLES), events_csv(*GOOD_EVENTS))
    assert tables.articles["item_id"].tolist() == ["a", "b"]
    assert tables.event_counts == {"VIEW": 3}
    assert tables.report.articles.left_out == tables.report.events.left_out == ()


def test_the_files_are_told_apart_by_their_columns():
    assert kind_of(articles_csv(*GOOD_ARTICLES)) == "articles"
    assert kind_of(events_csv(*GOOD_EVENTS)) == "interactions"
    with pytest.raises(
        FileError, match="neither an interactions file nor an articles file.*'x', 'y'"
    ):
        kind_of(Source(name="other.csv", data=b"x,y\n1,2\n"))


def test_ids_beyond_2_53_survive_a_gap():
    big = ["-9223372036854775807", "9007199254740993"]
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{x},,,T,en" for x in big), "1,CONTENT SHARED,,,,T,en"),
        events_csv(*(f"1,VIEW,{x},{x}" for x in big), "1,VIEW,,5", f"1,VIEW,{big[0]},"),
    )
    assert tables.articles["item_id"].tolist() == big
    assert sorted(tables.events["user_id"].unique()) == sorted(big)
    assert [part.reason for part in tables.report.events.left_out] == [
        "contentId is empty",
        "personId is empty",
    ]
    assert adds_up(tables.report.events) and adds_up(tables.report.articles)


def test_an_article_shared_twice_counts_once_its_latest_row_in_any_order():
    rows = ("5,CONTENT SHARED,a,,,new,en", "1,CONTENT SHARED,a,,,old,en", GOOD_ARTICLES[1])
    tables = read_tables(articles_csv(*rows), events_csv(*GOOD_EVENTS))
    titles = dict(zip(tables.articles["item_id"], tables.articles["title"], strict=True))
    assert titles["a"] == "new"
    assert sum(part.count for part in tables.report.articles.left_out) == 1


@pytest.mark.parametrize(("when", "removed"), [("9", True), ("0", False)])
def test_removed_only_if_that_is_its_latest_event(when, removed):
    tables = read_tables(
        articles_csv(*GOOD_ARTICLES, f"{when},CONTENT REMOVED,a,,,A,en"), events_csv(*GOOD_EVENTS)
    )
    flags = dict(zip(tables.articles["item_id"], tables.articles["removed"], strict=True))
    assert flags == {"a": removed, "b": False}
    assert adds_up(tables.report.articles)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"\xef\xbb\xbf\n ", "is empty"),
        (" \n".encode("utf-16"), "is empty"),
        (b"PK\x03\x04\x00\x00", "cannot be read as one"),
        (b"\x1f\x8b\x08\x00", "cannot be unpacked"),
        (b"PAR1\x00\x00PAR1", "Parquet file that cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00", "is an image"),
        (b"timestamp,eventType,contentId\n1,VIEW,a\n", "is an articles file"),
        (b"timestamp,event,content,individual\n1,VIEW,a,p\n", "Swap|say which"),
        (b"when,what,who\n1,VIEW,a\n", "no columns that look like reader and article ids"),
        (b"1465413032,VIEW,-34999,-8845\n1,VIEW,a,p\n", "looks like data"),
        (b"timestamp,eventType,contentId,personId\n", "no rows below the column names"),
        (b"timestamp,eventType,contentId,personId,personId\n1,VIEW,a,p,p\n", "twice"),
        (b"timestamp,eventType,contentId,personId\n1,VIEW,zz,p\n", "article is not in the art"),
    ],
)
def test_a_bad_interactions_file_is_refused_by_name(data, words):
    with pytest.raises(KindredError, match=words) as caught:
        read_tables(articles_csv(*GOOD_ARTICLES), Source(name="bad.csv", data=data))
    assert "bad.csv" in str(caught.value)
    assert caught.value.todo


def test_swapped_files():
    with pytest.raises(FileError, match="Swap the two files"):
        read_tables(events_csv(*GOOD_EVENTS), articles_csv(*GOOD_ARTICLES))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match="No such file"):
        Source.open(tmp_path / "none.csv")


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_another_delimiter_is_read_and_said(sign):
    source = events_csv(*GOOD_EVENTS)
    other = Source(name="i.csv", data=source.data.replace(b",", sign.encode()))
    tables = read_tables(articles_csv(*GOOD_ARTICLES), other)
    assert len(tables.events) == 3
    assert "separated" in tables.report.events.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_another_encoding_is_read_and_said(encoding):
    source = articles_csv("1,CONTENT SHARED,a,,,Inteligência,pt", GOOD_ARTICLES[1])
    other = Source(name="a.csv", data=source.data.decode().encode(encoding))
    tables = read_tables(other, events_csv(*GOOD_EVENTS))
    assert tables.articles["title"].iloc[0] == "Inteligência"
    assert any(note.startswith("Read as UTF") for note in tables.report.articles.notes)


def test_malformed_rows_are_counted_with_an_example():
    tables = read_tables(
        articles_csv(*GOOD_ARTICLES), events_csv(*GOOD_EVENTS, "1,VIEW,a", "1,VIEW,a,p,q,r")
    )
    (left,) = tables.report.events.left_out
    assert (left.reason, left.count) == ("malformed line", 2)
    assert left.examples[0] == (5, "3 cells instead of 4: '1,VIEW,a'")
    assert left.examples[1][0] == 6 and left.lines.tolist() == [5, 6]
    assert adds_up(tables.report.events)


def test_quotes_line_breaks_and_null_words_are_text():
    tables = read_tables(
        articles_csv('1,CONTENT SHARED,NA,,,"A, ""b""\nc",en', "1,CONTENT SHARED,null,,,N/A,en"),
        events_csv("1,VIEW,NA,nan", "1,VIEW,null,NULL", "1,VIEW,NA,NULL"),
    )
    assert tables.articles["item_id"].tolist() == ["NA", "null"]
    assert tables.articles["title"].tolist() == ['A, "b"\nc', "N/A"]
    assert sorted(tables.events["user_id"].unique()) == ["NULL", "nan"]


def test_an_unknown_event_type_is_named_with_its_count():
    tables = read_tables(
        articles_csv(*GOOD_ARTICLES), events_csv(*GOOD_EVENTS, "1,VEIW,a,q", "1,VEIW,b,q")
    )
    with pytest.raises(SettingError, match=r"'VEIW' \(2 rows\).*known: .*VIEW"):
        build_interactions(tables, EventWeights.default())


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (("1,VIEW,a,p", "1,VIEW,b,p"), "only 1 reader"),
        (("1,VIEW,a,p", "1,VIEW,a,q"), "only 1 article"),
    ],
)
def test_one_person_or_one_article_is_too_little(events, words):
    tables = read_tables(articles_csv(*GOOD_ARTICLES), events_csv(*events))
    with pytest.raises(DataError, match=words):
        train(tables, EventWeights.default(), ALSParams())


@pytest.mark.parametrize("value", [-1, "x", None, float("nan"), float("inf"), 1e9, 1e-9])
def test_absurd_strengths_are_refused(value):
    with pytest.raises(SettingError, match="strength of 'VIEW'"):
        EventWeights.of({"VIEW": value})


def test_all_strengths_zero_is_refused():
    with pytest.raises(SettingError, match="nothing is left to learn"):
        EventWeights.of({"VIEW": 0, "LIKE": 0})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("factors", 0),
        ("factors", 2.5),
        ("factors", 10_000),
        ("regularization", -1),
        ("iterations", 0),
        ("alpha", 0),
        ("alpha", float("nan")),
        ("seed", -1),
        ("seed", "x"),
        ("seed", True),
    ],
)
def test_parameters_out_of_range_are_refused_with_the_range(name, value):
    with pytest.raises(SettingError, match=f"{name}: .*Give a.*number from"):
        ALSParams(**{name: value})


def test_weights_survive_an_address():
    weights = EventWeights.of({"A=b,c": 1.5, "COMMENT CREATED": 1 / 3, "ünï": 2})
    assert EventWeights.parse(weights.as_text()) == weights
