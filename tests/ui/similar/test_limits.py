"""The words for limits and for what they leave out."""

from datetime import date

from recsys.limits import Limit, Limits
from ui.similar.limits import Wanted, _counted, removers


def wanted(topics=(), **limits) -> Wanted:
    return Wanted(limits=Limits(**limits), topics=topics, none={})


def test_only_what_is_on_is_said():
    assert not wanted().said
    on = wanted(
        topics=("tea, cups",),
        languages=("pt", ""),
        kinds=("HTML",),
        since=date(2016, 3, 1),
        titled=True,
        least_readers=1,
        least_both=2,
        include_removed=True,
    )
    assert set(on.said.values()) == {
        "Language: pt, (unknown)",
        "Type: HTML",
        "Topic: tea, cups",
        "Shared from 2016-03-01",
        "At least 1 reader",
        "At least 2 readers of both",
        "With a title",
        "Include removed articles",
    }


def test_many_values_are_counted():
    assert wanted(languages=tuple("abcde")).said["near-language"] == "Language: a, b, c +2"


def test_what_is_left_out_is_counted_by_limit():
    on = wanted(languages=("pt",), titled=True)
    left_out = {Limit.REMOVED: 9, Limit.LANGUAGE: 8, Limit.TITLE: 4}
    expected = "**12 left out:** 8 not in the chosen language, 4 without a title."
    assert _counted(left_out, on) == expected  # nobody set that removed ones stay out


def test_each_limit_that_removes_an_article_can_be_lifted():
    found = removers((Limit.REMOVED, Limit.LANGUAGE), wanted(languages=("pt",)))
    labels = [label for _, label, _ in found]
    assert labels == ["Show removed articles too", "Remove “Language: pt”"]
