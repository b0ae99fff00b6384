"""Columns that were not used and look as if they could be are named, with what takes them in."""

import argparse

import pytest

from recsys.commands.arguments import add_file_options, tables_of
from recsys.dataset.reader import NothingLeft
from recsys.dataset.tables import read_tables
from recsys.formats.source import Source
from recsys.reading.looking import look
from recsys.reading.mapping import ArticleMapping, EventMapping
from tests.recsys.reading.test_guessing import row


def source(header, form, n=60, name="f"):
    text = "".join(f"{one}\n" for one in (header, *(row(form, i) for i in range(n))))
    return Source(name=name, data=text.encode())


def hinted(header, form, **mapping):
    chosen = EventMapping(**mapping) if mapping else None
    report = read_tables(None, source(header, form), event_mapping=chosen).report.events
    return [(hint.text, hint.shell) for hint in report.hints if hint.text.startswith("Not used")]


def test_numbers_beside_a_number_that_are_kinds_of_events():
    header, form = "user_id,item_id,views,likes,follows", "{user},{item},{big},{few},{bit}"
    said = "Not used: likes, follows (numbers)."
    assert hinted(header, form) == [(said, "--features views,likes,follows")]
    wide = {"user": "user_id", "item": "item_id", "features": ("views", "likes")}
    every = "--features views,likes,follows"
    assert hinted(header, form, **wide) == [("Not used: follows (numbers).", every)]
    wide["features"] += ("follows",)
    assert hinted(header, form, **wide) == []


def test_a_number_beside_an_event():
    option = "--columns user=user_id,item=item_id,event=event,value=quantity"
    assert hinted("user_id,item_id,event,quantity", "{user},{item},{kind},{few}") == [
        ("Not used: quantity (numbers).", option)
    ]


def test_kinds_of_events_and_times():
    header, form = (
        "user_id,item_id,rating,action,timestamp,session start",
        ("{user},{item},{few},{kind},{unix},{day}"),
    )
    plain = {"user": "user_id", "item": "item_id"}
    assert hinted(header, form, **plain, value="rating", timestamp="timestamp") == [
        (
            "Not used: action (event types).",
            "--columns user=user_id,item=item_id,event=action,value=rating,timestamp=timestamp",
        ),
        ("Not used: session start (times).", ""),
    ]
    assert hinted("user_id,item_id,session start", "{user},{item},{day}", **plain) == [
        (
            "Not used: session start (times).",
            "--columns user=user_id,item=item_id,timestamp=session%20start",
        )
    ]
    assert hinted("user_id,item_id,what", "{user},{item},{kind}") == [
        ("Not used: what (event types).", "--columns user=user_id,item=item_id,event=what")
    ]


def test_ids_constants_row_numbers_and_what_is_said_of_people_are_not_named():
    header = "user_id,item_id,n,order_id,one,age,country,note"
    assert hinted(header, "{user},{item},{row},{big},1,{few},c{bit},About {row}") == []


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("artist", "Name {few}"),
        ("user", "Ana {few}"),
        ("took", "0{few}:30:00"),
        ("spent", "{few}h"),
        ("title", "Name {few}"),
        ("__index_level_0__", "{big}"),
        ("Unnamed: 0", "{big}"),
    ],
)
def test_names_durations_and_the_index_of_pandas_are_no_kinds_of_events(name, cell):
    mapping = {"user": "user_id", "item": "item_id"}
    assert hinted(f"user_id,item_id,{name}", f"{{user}},{{item}},{cell}", **mapping) == []


def test_amounts_that_are_no_numbers_are_named_with_a_cell():
    assert hinted("user_id,item_id,hours", "{user},{item},{few}h") == [
        ("Not used: hours. Its cells, such as '0h', are not numbers.", "")
    ]
    assert hinted("user_id,item_id,note", "{user},{item},About {row}") == []


def test_yes_and_no_beside_a_number():
    header, form = "user_id,item_id,liked,mobile,seconds", "{user},{item},{yes},{yes},1{few}"
    text = "".join(
        f"{row(form.replace('{yes}', ('true', 'false')[i % 2]), i)}\n" for i in range(60)
    )
    file = Source(name="f", data=f"{header}\n{text}".encode())
    option = "--columns user=user_id,item=item_id,event=liked,value=seconds"
    assert [(hint.text, hint.shell) for hint in read_tables(None, file).report.events.hints] == [
        ("Not used: liked (event types).", option)
    ]


def test_the_kinds_of_events_of_steam_come_before_the_hours():
    header, form = "user-id,game-title,behavior-name,value", "{uno},{name},{kind},{few}.0"
    option = "--columns user=user-id,item=game-title,event=behavior-name,value=value"
    assert hinted(header, form) == [("Not used: value (numbers).", option)]


def test_texts_of_articles_by_the_end_of_their_name():
    for name in ("post_content", "detail_desc"):
        file = source(f"article_id,title,{name}", "{row},{name},A body of {row}")
        assert look(file).guess.articles.text == name


def test_details_of_articles():
    articles = source("item_id,headline,body,link", "{item},{name},{prose},http://x/{item}")
    events = source("user,item", "{user},{item}")
    told = read_tables(articles, events, article_mapping=ArticleMapping(item="item_id"))
    assert [(hint.text, hint.shell) for hint in told.report.articles.hints] == [
        ("Not used: headline (perhaps the title).", _details("title=headline")),
        ("Not used: link (perhaps the link).", _details("url=link")),
        ("Not used: body (perhaps the text).", _details("text=body")),
    ]
    guessed = read_tables(articles, events)
    assert guessed.report.articles.hints == ()


def test_where_nothing_is_left_it_is_not_said():
    articles = source("item,title", "other{row},A", name="articles")
    events = source("user,item,event,likes", "{user},{item},{kind},{few}")
    with pytest.raises(NothingLeft) as caught:
        read_tables(articles, events)
    assert not [one for report in caught.value.reports for one in report.hints]
    assert hinted("user,item,event,likes", "{user},{item},{kind},{few}")


def _details(part):
    return f"--article-columns item=item_id,{part}"


def test_the_option_is_said_so_that_the_shell_takes_it(tmp_path):
    path = tmp_path / "f.csv"
    lines = ["user id;item;what;5% off", *(row("{user};{item};{kind};{few}", i) for i in range(60))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plain = EventMapping(user="user id", item="item", event="what")
    (hint,) = read_tables(None, Source.open(path), event_mapping=plain).report.events.hints
    assert hint.text == "Not used: 5% off (numbers)."
    assert str(hint).endswith(
        " Option: --columns user=user%20id,item=item,event=what,value=5%25%20off"
    )
    parser = argparse.ArgumentParser()
    add_file_options(parser)
    tables = tables_of(parser.parse_args(["--interactions", str(path), *hint.shell.split()]))
    assert tables.report.events.mapping["value"] == "5% off"
    assert not [one for one in tables.report.events.hints if one.text.startswith("Not used")]
