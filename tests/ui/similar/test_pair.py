"""The sentence about a pair never says more than the readers do."""

from types import SimpleNamespace

import pytest

from recsys.pairs import LEAST_FAIR
from ui.similar.pair import sentence


def said(**known) -> str:
    given = {"readers_a": 23, "both": 8, "expected": 0.2, "lift": 39.0, "beyond_chance": True}
    return sentence(SimpleNamespace(**{**given, **known}), "A *title*")


def test_the_main_thing_is_said_in_one_sentence():
    assert said() == (
        "**8 of the 23 readers of *A \\*title\\** also read this**, 39 times as many as by chance "
        "(fewer than one)."
    )
    assert "2.5 times as many as by chance (about 11)" in said(both=28, expected=11.2, lift=2.5)


@pytest.mark.parametrize("both", range(1, LEAST_FAIR))
def test_few_readers_may_be_chance_however_high_the_lift(both):
    words = said(both=both, lift=400.0)
    assert "may be chance" in words and "times" not in words


def test_no_more_than_by_chance_is_not_called_more():
    words = said(both=LEAST_FAIR + 5, expected=12.0, lift=0.8, beyond_chance=False)
    assert "about 12" in words and "proves little" in words and "times" not in words


def test_without_a_reader_of_both_the_sentence_says_so():
    assert said(both=0, lift=0.0).startswith("**No reader of *A \\*title\\** has read this.**")


def test_what_stands_near_by_its_text_is_not_said_to_be_so_by_its_readers():
    known = SimpleNamespace(readers_a=4, both=0, expected=0.0, lift=0.0, beyond_chance=False)
    assert sentence(known, "A", text_only=True).endswith("They are similar in title and text.")
