"""Filters: how they are written and read back, and what is refused."""

from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st

from recsys.dataset.filters import Filter
from recsys.errors import SettingError

days = st.none() | st.dates()
names = st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=3).map(tuple)


@given(
    st.builds(
        dict,
        min_user=st.integers(0, 10**6),
        min_item=st.integers(0, 10**6),
        since=days,
        until=days,
        events=names,
        languages=names,
        kinds=names,
    )
)
def test_text_and_back(settings):
    if settings["since"] and settings["until"] and settings["since"] > settings["until"]:
        settings["since"], settings["until"] = settings["until"], settings["since"]
    chosen = Filter(**settings)
    text = chosen.as_text()
    assert Filter.parse(text) == chosen
    assert (text == "") == (chosen == Filter())
    assert text.isascii() and not set(text) & set(" &#?+/\"'<>\n")


@given(st.text(max_size=40) | st.text("minuser_tc=,0123456789-%", max_size=30))
def test_any_text_is_a_filter_or_refused(text):
    try:
        chosen = Filter.parse(text)
    except SettingError as error:
        assert error.todo
    else:
        assert Filter.parse(chosen.as_text()) == chosen


def test_equal_filters_are_equal_however_they_were_written():
    one = Filter(events=("b", "a", "b"), languages=["x"])  # type: ignore[arg-type]
    assert one == Filter(events=("a", "b"), languages=("x",))
    assert hash(one) == hash(Filter(events=("a", "b"), languages=("x",)))
    assert Filter(languages=("",)) != Filter()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"min_user": -1}, "min_user: -1 is out of range"),
        ({"min_user": 1.5}, "min_user: '1.5' is not a whole number"),
        ({"min_item": True}, "min_item: 'True' is not a whole number"),
        ({"min_item": float("nan")}, "not a whole number"),
        ({"min_item": None}, "not a whole number"),
        ({"min_item": 10**7}, "out of range"),
        ({"since": "2016-01-01"}, "since: '2016-01-01' is not a day"),
        ({"until": datetime(2016, 1, 1)}, "until.*is not a day"),
        ({"since": date(2016, 1, 2), "until": date(2016, 1, 1)}, "2016-01-02 is after 2016-01-01"),
        ({"events": "VIEW"}, "events.*not a list of names"),
        ({"events": (1,)}, "events.*not a list of names"),
        ({"kinds": 5}, "kinds.*not a list of names"),
        ({"kinds": ("\ud800",)}, "kinds"),
    ],
)
def test_bad_settings_are_refused(settings, words):
    with pytest.raises(SettingError, match=words):
        Filter(**settings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour=red", "no condition 'colour'.*min_user, min_item, since, until, event"),
        (",", "no condition ''"),
        ("min_user=x", "min_user: 'x' is not a whole number"),
        ("min_user=" + "9" * 5000, "min_user"),
        ("since=2016-02-30", "since: '2016-02-30' is not a day"),
        ("since=2016-01-01,since=2016-01-02", "since: is given twice"),
    ],
)
def test_bad_text_is_refused(text, words):
    with pytest.raises(SettingError, match=words):
        Filter.parse(text)
