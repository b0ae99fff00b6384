"""What is written down of names: entries, and the journal of them."""

import json

import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from recsys.topics.given_names import (
    CORE,
    NO_NAMES,
    TopicName,
    TopicNames,
    cleaned,
    name_line,
    names_of,
)


def entry(name="Coffee", *items, **more) -> TopicName:
    return TopicName(name=name, items=items or ("a", "b"), **more)


def test_an_entry_comes_back_from_its_line():
    one = entry("Café ☕ “x”", share=0.25, finer=True, who="Ana")
    (again,) = names_of([name_line(one).encode()]).entries
    assert again == one and again.key and again.when.endswith("+00:00")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"name": "x"},
        {"items": ("a",)},
        {"name": " x", "items": ("a",)},
        {"name": "x" * 81, "items": ("a",)},
        {"name": "x\u202ey", "items": ("a",)},
        {"name": "x", "items": ("a",) * (CORE + 1)},
        {"name": "x", "items": ("a" * 2_001,)},
        {"name": "x", "items": (7,)},
        {"name": "x", "items": ("a",), "undoes": "k"},
        {"name": "x", "items": ("a",), "share": 0},
        {"name": "x", "items": ("a",), "share": float("nan")},
        {"name": "x", "items": ("a",), "finer": 1},
        {"name": "x", "items": ("a",), "who": "w" * 61},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(SettingError):
        TopicName(**wrong)


def test_lines_that_cannot_be_read_are_told_and_the_others_count():
    good = name_line(entry()).encode()
    torn, empty = good[: len(good) // 2], b"  "
    more = json.loads(good) | {"new": 1}
    lines = [good, torn, empty, b"\xff\x00", json.dumps(more).encode(), b"[" * 100_000, good]
    names = names_of(lines)
    assert names.damaged == (2, 4, 5, 6) and len(names.entries) == 2
    assert len(names.standing) == 1  # of the same key


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_are_a_journal(lines):
    assert not names_of(lines).standing


def test_an_undo_takes_a_name_back_and_what_was_before_stands_again():
    old, new = entry("Old"), entry("New")
    names = TopicNames().add(old, new)
    after = names.add(names.undoing(new.key, who="Bob"))
    assert after.standing == (old,) and len(after.entries) == 3
    for key in (new.key, "none"):
        with pytest.raises(SettingError, match="undone already"):
            after.undoing(key)
    (undo,) = names_of([name_line(after.entries[-1]).encode()]).entries
    assert undo.undoes == new.key and undo.who == "Bob"


def test_the_fingerprint_stands_for_what_counts():
    one = entry()
    names = NO_NAMES.add(one)
    assert names.fingerprint == NO_NAMES.add(entry(who="Bob")).fingerprint
    undone = names.add(names.undoing(one.key)).fingerprint
    assert len({NO_NAMES.fingerprint, names.fingerprint, undone}) == 3
    assert names.fingerprint != NO_NAMES.add(entry("Tea")).fingerprint
    assert names.fingerprint != NO_NAMES.add(entry("Coffee", "a")).fingerprint


@given(st.text(max_size=90))
def test_a_cleaned_name_is_one_line_and_stays_as_it_is(text):
    name = cleaned(text)
    assert cleaned(name) == name and "\n" not in name and "\u202e" not in name
    assert name == name.strip()
