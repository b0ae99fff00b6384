"""What editors decided, and what of it counts."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from recsys.errors import FileError, SettingError
from recsys.picks.decisions import MOST_PICKS, Decision
from recsys.picks.rules import MOST_BYTES, Rules, journal_line, journal_of, read_rules


def pin(item, other, **said):
    return Decision(kind="pin", item=item, others=(other,), **said)


def never(item, other):
    return Decision(kind="never", item=item, others=(other,))


def picks(item, *others):
    return Decision(kind="picks", item=item, others=others)


def test_the_last_picks_count_and_undoing_brings_back_those_before():
    rules = Rules().add(picks("a", "b"), picks("a", "b", "c"), picks("x", "y"))
    assert rules.picks_of("a") == ("b", "c") and rules.picks_of("nobody") == ()
    rules = rules.undo(rules.last_picks("a").key)
    assert rules.picks_of("a") == ("b",) and rules.picks_of("x") == ("y",)
    rules = rules.undo(rules.last_picks("a").key)
    assert rules.picks_of("a") == () and rules.last_picks("a") is None
    with pytest.raises(SettingError, match="undone already"):
        rules.undo(rules.entries[0].key)


def test_picks_that_were_cleared_are_none_but_can_be_undone():
    rules = Rules().add(picks("a", "b"), picks("a"))
    assert rules.picks_of("a") == () and not rules.standing
    assert rules.undo(rules.last_picks("a").key).picks_of("a") == ("b",)


def test_pairs_never_go_together_either_way_and_pins_hold_one_way():
    rules = Rules().add(never("a", "b"), pin("a", "c"), pin("a", "d"))
    assert rules.nevers == {"a": {"b"}, "b": {"a"}}
    assert rules.pins == {"a": ("c", "d")}


def test_a_rule_that_is_made_twice_counts_once_and_the_other_stays_when_it_is_undone():
    rules = Rules().add(never("a", "b"), never("b", "a"), pin("a", "c"), pin("a", "c"))
    assert [entry.kind for entry in rules.standing] == ["never", "pin"]
    last = rules.standing[0]
    assert last.pair == ("b", "a")
    assert rules.undo(last.key).nevers == {"a": {"b"}, "b": {"a"}}


def test_the_fingerprint_is_of_what_counts():
    rules = Rules().add(pin("a", "b", who="Ann"))
    other = Rules().add(pin("a", "c"), pin("a", "b", who="Bob"))
    assert rules.fingerprint != other.fingerprint
    key = other.entries[0].key
    assert other.undo(key).fingerprint == rules.fingerprint
    assert Rules().fingerprint != rules.fingerprint


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "pin", "item": "a", "others": ("a",)},
        {"kind": "never", "item": "a", "others": ("b", "c")},
        {"kind": "picks", "item": "a", "others": ("b", "b")},
        {"kind": "picks", "item": "a", "others": tuple(map(str, range(MOST_PICKS + 1)))},
        {"kind": "picks", "item": "a", "others": (7,)},
        {"kind": "pin", "item": "", "others": ("a",)},
        {"kind": "other", "item": "a"},
        {"kind": "pin", "item": "a", "others": ("b",), "why": "x" * 301},
        {"kind": "pin", "item": "a", "others": ("b",), "who": "x" * 61},
    ],
)
def test_what_makes_no_sense_is_refused(given):
    with pytest.raises(SettingError):
        Decision(**given)


ids = st.text(min_size=1, max_size=8)
decisions = st.one_of(
    st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: pin(*pair)),
    st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: never(*pair)),
    ids.map(lambda item: picks(item, item + "x", item + "y")),
)


@given(st.lists(decisions, max_size=6), st.text(max_size=20))
def test_a_journal_and_a_file_come_back_as_they_were(made, why):
    rules = Rules().add(*(replace(one, why=why) for one in made))
    lines = "".join(map(journal_line, rules.entries)).encode().splitlines()
    assert journal_of(lines) == rules
    assert Rules.parse(rules.as_json()) == rules


def test_a_line_that_cannot_be_read_is_told_and_the_others_count():
    good = journal_line(pin("a", "b")).encode()
    rules = journal_of([good, b'{"kind": "pin"', b"", b"[]", b"\xff", good[:-5], good])
    assert rules.pins == {"a": ("b",)} and rules.damaged == (2, 4, 5, 6)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"format": 2, "entries": []}', '{"format": 1}', "[" * 100_000,
     '{"format": 1, "entries": [{}]}', '{"format": 1, "entries": [3]}',
     json.dumps({"format": 1, "entries": [pin("a", "b").as_dict() | {"more": 1}]}),
     json.dumps({"format": 1, "entries": [pin("a", "b").as_dict() | {"others": "b"}]})],
)  # fmt: skip
def test_a_file_that_holds_no_rules_is_refused(text, tmp_path):
    path = tmp_path / "rules.json"
    path.write_text(text)
    with pytest.raises(FileError, match="rules.json"):
        read_rules(path)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path):
    with pytest.raises(FileError, match="cannot be read"):
        read_rules(tmp_path / "none.json")
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(FileError, match="larger"):
        read_rules(path)
