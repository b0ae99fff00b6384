"""Columns of any name: recognised, named by a person, or refused."""

import numpy as np
import pandas as pd
import pytest

from recsys.dataset.tables import NothingLeft, kind_of, read_tables
from recsys.errors import SettingError
from recsys.formats.source import Source
from recsys.reading.looking import look
from recsys.reading.mapping import ArticleMapping, EventMapping
from recsys.sample.sample import INTERACTIONS_FILE
from tests.conftest import DESKDROP, ROOT, articles_csv, events_csv

MOVIES = ROOT.parent / "shared" / "data" / "ml_100k"


def source(text, name="f"):
    return Source(name=name, data=text.encode())


def guessed(header, row=""):
    return look(source(f"{header}\n{row}\n")).guess


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("personId,contentId,eventType,timestamp", "personId contentId eventType None timestamp"),
        ("timestamp,visitorid,event,itemid", "visitorid itemid event None timestamp"),
        ("userId,movieId,rating,timestamp", "userId movieId None rating timestamp"),
        ("User ID,Article-ID,Hours,Created_At", "User ID Article-ID None Hours Created_At"),
        (
            "user_id:token,item_id:token,rating:float",
            "user_id:token item_id:token None rating:float None",
        ),
        ("reader,track,plays", "reader track None plays None"),
        ("customer,product,type,quantity", "customer product type None None"),
    ],
)
def test_an_interactions_file_is_recognised_by_its_names(header, expected):
    user, item, event, value, timestamp = (
        None if name == "None" else name for name in _split(expected, header)
    )
    assert guessed(header).events == EventMapping(
        user=user, item=item, event=event, value=value, timestamp=timestamp
    )


def _split(expected, header):
    """The five names, of which some hold a blank."""
    for name in header.split(","):
        expected = expected.replace(name, name.replace(" ", "\x01"))
    return [name.replace("\x01", " ") for name in expected.split()]


def test_only_the_deskdrop_names_are_certain():
    assert guessed("timestamp,eventType,contentId,personId,sessionId").certain
    assert guessed("timestamp,eventType,contentId,contentType,url,title,lang").certain
    assert not guessed("timestamp,eventType,contentId,title,lang").certain
    assert not guessed("timestamp,event,contentId,personId").certain
    assert not guessed("user,item").certain


def test_an_event_column_of_articles_must_say_shared():
    assert guessed("item,type,title", "a,book,A").articles == ArticleMapping(
        item="item", title="title", kind="type"
    )
    assert guessed("contentId,eventType", "a,CONTENT SHARED").articles.event == "eventType"


def test_kinds():
    assert kind_of(source("visitor,sku\np,a\n")) == "interactions"
    assert kind_of(source("sku,name\na,A\n")) == "articles"


def test_a_wide_table_is_offered_not_taken():
    found = guessed("user,item,likes,views,note", "p,a,1,2,x")
    assert found.features == ("likes", "views") and found.events.features == ()
    assert guessed("user,item,likes,note", "p,a,1,x").features == ()
    assert guessed("user,item,event,likes,views", "p,a,VIEW,1,2").features == ()


def test_a_wide_table_is_one_event_for_each_feature():
    mapping = EventMapping(user="user", item="item", features=("likes", "views"))
    text = "user,item,likes,views,x\np,a,1,20,\nq,a,0,-0.5,\nq,b,,3,\nr,b,1,inf,\n"
    tables = read_tables(None, source(text), event_mapping=mapping)
    assert tables.events.drop(columns="timestamp").astype(str).values.tolist() == [
        ["p", "a", "likes", "1.0"],
        ["p", "a", "views", "20.0"],
        ["q", "a", "likes", "0.0"],
        ["q", "a", "views", "-0.5"],
    ]
    report = tables.report.events
    assert (report.rows, report.kept) == (4, 2)
    assert [(part.reason, part.examples[0][0]) for part in report.left_out] == [
        ("likes is not a number", 4),
        ("views is not a number", 5),
    ]


def test_a_number_is_the_value_of_its_row():
    cells = {"3": 3, " 4.5 ": 4.5, "+1": 1, "1e2": 100, ".5": 0.5, "-2": -2}
    bad = ["", "x", "nan", "inf", "-inf", "1e999", "0x10", "1_0"]
    rows = [f'p,a,"{cell}"' for cell in (*cells, *bad)]
    tables = read_tables(None, source("user,item,rating\n" + "\n".join(rows) + "\n"))
    assert tables.events["value"].tolist() == list(cells.values())
    assert tables.event_counts == {"rating": len(cells)}
    (left,) = tables.report.events.left_out
    assert (left.reason, left.count) == ("rating is not a number", len(bad))


@pytest.mark.parametrize(
    ("cells", "seconds", "words"),
    [
        (["1465413032", "1465413033.5"], [1465413032, 1465413033.5], "seconds"),
        (["1465413032500", "1465413033000"], [1465413032.5, 1465413033], "milliseconds"),
        (["1465413032500000", ""], [1465413032.5, None], "microseconds"),
        (["1465413032500000000", "x"], [1465413032.5, None], "nanoseconds"),
        (
            ["2016-06-08T19:10:32Z", "2016-06-08 21:10:32.5+02:00"],
            [1465413032, 1465413032.5],
            "ISO",
        ),
        (["2016-06-08", "nan"], [1465344000, None], "ISO 8601: 2016-06-08 to 2016-06-08"),
    ],
)
def test_times_of_every_unit_are_seconds(cells, seconds, words):
    rows = "".join(f"p,{i},{cell}\n" for i, cell in enumerate(cells))
    tables = read_tables(None, source(f"user,item,time\n{rows}"))
    expected = [np.nan if time is None else time for time in seconds]
    np.testing.assert_array_equal(tables.events["timestamp"], expected)
    assert any(words in note for note in tables.report.events.notes)
    assert any("Events without a readable" in n for n in tables.report.events.notes) == (
        None in seconds
    )


def test_articles_without_events_are_all_articles_the_latest_row_of_an_id_counts():
    events = source("user,item\np,a\nq,b\n")
    articles = source("item,title,date\na,new,2020-01-02\na,old,2020-01-01\nb,B,\n", "articles")
    tables = read_tables(articles, events)
    assert tables.articles["title"].tolist() == ["new", "B"]
    assert tables.articles["timestamp"].tolist() == ["1577923200", ""]
    assert not tables.articles["removed"].any()
    (left,) = tables.report.articles.left_out
    assert (left.reason, left.examples) == (
        "listed again later (the latest row is used)",
        ((3, "a, old, 2020-01-01"),),
    )
    undated = source("item,title\na,old\na,new\nb,B\n", "articles")
    assert read_tables(undated, events).articles["title"].tolist() == ["new", "B"]


def test_without_articles_the_items_stand_for_them():
    tables = read_tables(None, events_csv("1,VIEW,b,p", "1,VIEW,a,q"))
    assert tables.articles["item_id"].tolist() == ["a", "b"]
    assert tables.articles["title"].tolist() == ["", ""]
    assert tables.report.articles.rows == tables.report.articles.kept == 2


def test_ids_with_white_space_stay_as_they_are_and_are_told():
    tables = read_tables(None, source("user,item\np,a\n p,a\np, a\n  ,a\n"))
    assert tables.events["user_id"].tolist() == ["p", " p", "p"]
    [hint] = tables.report.events.hints
    assert hint.text.startswith("1 id in user begins or ends with a space")
    assert (hint.shell, hint.rules) == ("--same-ids trim", {"same_ids": ("trim",)})
    assert [part.reason for part in tables.report.events.left_out] == ["user is empty"]


def test_a_mapping_is_stored_as_json_and_refuses_what_it_does_not_know():
    mapping = EventMapping(user="u", item="i", features=("a", "b"))
    assert EventMapping.from_dict(mapping.as_dict()) == mapping
    assert mapping.as_dict() == {"user": "u", "item": "i", "features": ["a", "b"]}
    for wrong, words in [
        ({"user": "u", "item": "i", "colour": "c"}, "'colour' is not known"),
        ({"user": "u"}, "for the item ids"),
        ({"user": "u", "item": 5}, "item is 5"),
        ({"user": "u", "item": "u"}, "'u' is used twice"),
        ({"user": "u", "item": "i", "event": "e", "features": ["a"]}, "Leave out one or the other"),
    ]:
        with pytest.raises(SettingError, match=words):
            EventMapping.from_dict(wrong)


def test_a_mapping_to_a_column_that_is_not_there_is_refused():
    with pytest.raises(
        SettingError, match="f, header line: has no column sku. Its columns are 'user'"
    ):
        read_tables(None, source("user\np\n"), event_mapping=EventMapping(user="user", item="sku"))


def test_nothing_left_still_has_its_reports():
    with pytest.raises(NothingLeft, match="about the only article") as caught:
        read_tables(
            articles_csv("1,CONTENT SHARED,a,,,A,en"), events_csv("1,VIEW,b,p", "1,VIEW,,p")
        )
    articles, events = caught.value.reports
    assert (articles.kept, events.rows, events.kept) == (1, 2, 0)


@pytest.mark.skipif(not MOVIES.is_dir(), reason="MovieLens is not here")
def test_movielens_is_read_as_it_is():
    files = (Source.open(MOVIES / name) for name in ("ml-100k.item", "ml-100k.inter"))
    tables = read_tables(*files)
    assert (len(tables.articles), len(tables.events)) == (1682, 100_000)
    assert tables.event_counts == {"rating": 100_000}
    assert tables.articles.iloc[0][["title", "content_type"]].tolist() == [
        "Toy Story",
        "Animation Children's Comedy",
    ]
    assert tables.events["value"].sum() == 352_986  # the mean of MovieLens 100k is 3.52986
    assert tables.report.events.left_out == tables.report.articles.left_out == ()


@pytest.mark.skipif(not DESKDROP.is_dir(), reason="Deskdrop is not here")
def test_deskdrop_counts(deskdrop):
    assert (len(deskdrop.articles), len(deskdrop.events)) == (2987, 72312)
    assert deskdrop.event_counts == {
        "VIEW": 61086,
        "LIKE": 5745,
        "BOOKMARK": 2463,
        "COMMENT CREATED": 1611,
        "FOLLOW": 1407,
    }
    plain = pd.read_csv(DESKDROP / INTERACTIONS_FILE)["timestamp"]
    assert (deskdrop.events["timestamp"] == plain).all()
