"""Numbers as people write them."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from recsys.reading.account import Account
from recsys.reading.amounts import Amounts


def read(*texts):
    amounts, account = Amounts(name="plays"), Account(name="f")
    found = amounts.read(pa.array(texts, pa.string()))
    amounts.say(account)
    return found.tolist(), account._notes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234), ("12,345,678.5", 12345678.5), ("1 234", 1234), ("1\u00a0234,5", 1234.5),
        ("1'234", 1234), ("1.234.567", 1234567), ("1.234,5", 1234.5), ("3,5", 3.5), (",5", 0.5),
        ("0,125", 0.125), ("-1,234", -1234),
    ],
)  # fmt: skip
def test_each_form_is_read_and_said(text, value):
    found, notes = read("1", text)
    assert found == [1, value]
    assert notes and repr(text) in notes[0] and f"was read as {value:.12g}" in notes[0]


@pytest.mark.parametrize("text", ["", "1,2,3", "1,23,456", "nan", "12;5", "1 2", "three", "1.2.3"])
def test_what_is_no_number_stays_none(text):
    found, notes = read("1", text)
    assert found[0] == 1 and np.isnan(found[1]) and not notes


def test_plain_numbers_are_not_remarked_on():
    assert read("1234", "3.5", "-1e3", " 7 ") == ([1234, 3.5, -1000, 7], [])


@given(st.integers(1_000, 10**12))
def test_thousands_come_back(number):
    assert read(f"{number:,}")[0] == [number]
    assert read(f"{number:,}".replace(",", " "))[0] == [number]
