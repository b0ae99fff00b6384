"""What is said of an article that is not recommended."""

from recsys.limits import Limit
from recsys.recommendations.why_not import WhyNotRecommended
from ui.people.why_not import in_words


def standing(**changes):
    told = {
        "item_id": "a", "n": 10, "removed_by": (), "score": 0.412, "rank": 37, "offered": 1499,
        "rank_of_unread": 37, "unread": 1499, "last": 0.53,
    }  # fmt: skip
    return WhyNotRecommended(**{**told, **changes})


def test_its_place_and_what_it_lacks_are_said():
    assert in_words(standing(), in_list=False) == (
        "It is number 37 of the 1,499 that may be recommended. Its score is 0.412, 0.118 below the "
        "last in the list (0.530)."
    )
    under_limits = standing(offered=80, rank=12)
    words = in_words(under_limits, in_list=False)
    assert "number 12 of the 80 that may be recommended (number 37 of the 1,499 not read" in words


def test_all_that_removes_it_is_named():
    words = in_words(standing(removed_by=(Limit.READ, Limit.LANGUAGE)), in_list=False)
    assert words.startswith("It is left out: this reader has already read it, and it is in another")
    assert "Otherwise it would be number 37" in words


def test_what_the_options_moved_out_of_the_list_is_told_from_what_has_too_low_a_score():
    assert "*More variety*" in in_words(standing(rank=4), in_list=False)
    assert in_words(standing(rank=4, last=0.3), in_list=True) == (
        "It is in the list: number 4 of the 1,499 that may be recommended. Its score is 0.412."
    )
    assert "nothing in common" in in_words(standing(rank=None), in_list=False)
