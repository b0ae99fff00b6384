"""Addresses: what is written is read again, whatever ids and event types hold."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from ui.session import links

TEXT = st.text(min_size=1, max_size=12) | st.sampled_from([",", ":", "%2C", "a,b:c", "&=?#", " +"])
CLICKS = st.lists(st.tuples(TEXT, TEXT), max_size=20, unique_by=lambda click: click[1])


def through_an_address(**query):
    """The query as it arrives when the address is followed."""
    return {
        name: values[0]
        for name, values in parse_qs(urlencode(query), keep_blank_values=True).items()
    }


@given(clicks=CLICKS)
def test_a_new_reader_comes_through_an_address_as_it_is(clicks):
    text = links.write_clicks(tuple(clicks))
    assert links.read(through_an_address(reader=text)).reader == tuple(clicks)


@given(ids=st.lists(TEXT, max_size=20, unique=True))
def test_what_is_excluded_comes_through_an_address_as_it_is(ids):
    view = links.read(through_an_address(exclude=links.write_ids(ids)))
    assert view.exclude == tuple(ids) and view.reader is None


@given(ids=st.lists(TEXT, max_size=20, unique=True), pair=TEXT)
def test_what_is_asked_about_together_comes_through_an_address_as_it_is(ids, pair):
    view = links.read(through_an_address(item="1", pair=pair, **{"with": links.write_ids(ids)}))
    assert (view.item, view.together, view.pair) == ("1", tuple(ids), pair)


def test_a_new_reader_without_articles_is_not_a_person_of_the_data():
    assert links.read({"reader": ""}).reader == ()
    assert links.read({}).reader is None


def test_what_is_named_twice_counts_once():
    assert links.read_clicks("VIEW:1,LIKE:2,LIKE:1") == (("LIKE", "1"), ("LIKE", "2"))
    assert links.read_ids("1,2,1,,", "with") == ("1", "2")


@pytest.mark.parametrize("text", ["VIEW", "VIEW:", ":1", "VIEW:1:2", "VIEW:1,x"])
def test_what_is_no_click_is_named(text):
    with pytest.raises(SettingError, match="is not an event type and an article") as caught:
        links.read({"reader": text})
    assert caught.value.where == "reader in the address"


@pytest.mark.parametrize("text", ["0", "101", "-1", "1e1", "²", "", "9" * 5_000])
def test_a_number_that_is_not_allowed_is_refused_however_long(text):
    with pytest.raises(SettingError) as caught:
        links.read({"n": text})
    assert caught.value.where == "n in the address"


def test_lists_end_at_what_an_address_takes():
    most = tuple(("VIEW", str(place)) for place in range(links.MOST_LISTED))
    text = links.write_clicks(most)
    assert not links.too_long(text) and links.read_clicks(text) == most
    with pytest.raises(SettingError, match="201 articles"):
        links.read({"reader": links.write_clicks((*most, ("VIEW", "more")))})
    with pytest.raises(SettingError, match="are too many"):
        links.read({"exclude": links.write_ids(["é" * links.MAX_LIST])})
