"""Filters of the search: what passes, and what they hide from the ranking."""

from datetime import date

import pytest

from recsys.errors import SettingError
from recsys.text.search_filter import SearchFilter
from tests.recsys.text.test_search import found, index_for

DAY = 86_400


def test_filters_are_taken_before_the_ranking():
    index = index_for(
        *["same word"] * 5,
        readers=[5, 4, 3, 2, 1],
        languages=["en", "pt", "en", "", "en"],
        kinds=["HTML", "HTML", "VIDEO", "HTML", ""],
        timestamps=["0", str(DAY - 1), str(DAY), str(2 * DAY), ""],
    )

    def places(**conditions):
        return [p for p, _ in found(index, "word", chosen=SearchFilter(**conditions))]

    assert places() == [0, 1, 2, 3, 4]
    assert places(languages=("en",)) == [0, 2, 4]
    assert places(languages=("pt", "")) == [1, 3]
    assert places(kinds=("VIDEO", "")) == [2, 4]
    assert places(since=date(1970, 1, 2)) == [2, 3]
    assert places(until=date(1970, 1, 1)) == [0, 1]
    assert places(since=date(1970, 1, 2), until=date(1970, 1, 2)) == [2]
    assert places(min_readers=2, max_readers=4) == [1, 2, 3]
    assert places(languages=("en",), min_readers=2) == [0, 2]
    assert places(languages=("xx",)) == []


def test_what_the_filter_hides_does_not_stand_in_the_way_of_typos_or_some_words():
    index = index_for("machine", "machines", "machine room", languages=["en", "pt", "en"])
    only = SearchFilter(languages=("pt",))
    assert found(index, "machine", 1, only) == [(1, "beginnings of words")]
    assert found(index, "machien", 1, only) == [(1, "similar words")]
    assert found(index, "machine room", chosen=only) == [(1, "some of the words")]


@pytest.mark.parametrize(
    "conditions",
    [
        {"since": date(2020, 1, 2), "until": date(2020, 1, 1)},
        {"min_readers": -1},
        {"min_readers": 5, "max_readers": 4},
    ],
)
def test_a_filter_that_nothing_can_pass_is_refused(conditions):
    with pytest.raises(SettingError):
        SearchFilter(**conditions)


def test_topics_are_filtered_by_name_whenever_they_are_given():
    later = index_for("One", "Two", "Three", readers=[1, 3, 2]).with_topics(["a", "b", ""])
    at_once = index_for("One", "Two", "Three", readers=[1, 3, 2], topics=["a", "b", ""])
    for index in (later, at_once):
        assert [place for place, _ in found(index, "", chosen=SearchFilter(topics=("b",)))] == [1]
        both = SearchFilter(topics=("", "a"))
        assert [place for place, _ in found(index, "", chosen=both)] == [2, 0]
        assert len(found(index, "")) == 3
        assert found(index, "one", chosen=SearchFilter(topics=("c",))) == []
