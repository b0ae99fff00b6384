"""Why an article is not in the list, in sentences."""

from dataclasses import replace

from recsys.neighbours import WhyNot
from ui.similar.why_not import reasons

NOT = WhyNot(
    item_id="7",
    shown=False,
    within=1499,
    gap=0.12,
    readers=20,
    has_text=True,
    texts=0,
    rank=37,
    rankable=1499,
    rank_within=37,
    score=0.41,
    last=0.53,
    removed_by=(),
    both=4,
    in_model=True,
    rank_by_text=None,
    seed_ranks=(),
)


def said(removed=(), **changes) -> str:
    return " ".join(reasons(replace(NOT, **changes), list(removed)))


def test_the_rank_and_the_gap_are_said():
    assert said() == "It is number 37, similarity 0.41; the last in the list has 0.53."


def test_a_limit_comes_first_and_the_rank_is_without_it():
    words = said(["not in the chosen language"], rank_within=None)
    assert words.startswith("It is not in the chosen language: a limit leaves it out.")
    assert "Without limits it is number 37 of 1,499," in words


def test_an_empty_list_has_no_last():
    assert "the last" not in said(last=None)


def test_other_models_are_asked_as_well():
    assert "it is number 12 to 80." in said(seed_ranks=(12, 80, 40))
    assert "it is number 12." in said(seed_ranks=(12, 12))


def test_what_nobody_has_read_cannot_be_judged_by_readers():
    words = said(rank=None, score=None, in_model=False, both=0, rank_by_text=3)
    assert words == (
        "Nobody has read it yet, so readers say nothing about it. "
        "By title and text alone it is number 3."
    )


def test_without_a_reader_of_both_it_is_said():
    assert said(both=0).endswith("No reader read both.")
