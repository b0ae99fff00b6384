"""Numbers that are dates: by their digits, by days, and when they are taken for one."""

import numpy as np
import pytest

from recsys.times import serial


def found(*values):
    forms = serial.Forms()
    forms.add(np.array(values, dtype=float), np.ones(len(values), dtype=int))
    return set(forms.found())


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        ([2021, 1999, 0, 0], {serial.YEARS}),
        ([2021.5, 1999.5], set()),
        ([202103, 202113, 202112], {serial.MONTHS}),
        ([20210301, 20210302, 0], {serial.DATES}),
        ([20210301, 20219999, 20215555], set()),
        ([44256.5, 44257], {serial.EXCEL}),
        ([20_150, 20_160], set()),  # 2025 as days since 1970, 1955 as days of Excel
        ([2021030109, 2021030110], {serial.HOURS}),
        ([2021030109, 2021999999, 2021888888], set()),
        ([202103010908, 20210301], {serial.MINUTES, serial.DATES}),
        (range(1, 30_000), set()),  # a number of the row is no date
        (range(19_000_101, 19_004_000), set()),  # nor are seconds, whatever their digits
        ([], set()),
    ],
)
def test_a_form_is_found_where_most_numbers_have_it(values, forms):
    assert found(*values) == forms


def test_weights_count_as_often_as_they_say():
    forms = serial.Forms()
    forms.add(np.array([44256.5, 7.0]), np.array([99, 1]))
    assert forms.found() == {serial.EXCEL}
    seconds, counts = serial.settled(np.array([44256.5, 0.5]), np.array([99, 1]), [serial.EXCEL])
    assert seconds[0] == 1_614_600_000 and np.isnan(seconds[1])
    assert +counts == {serial.EXCEL: 99}


def test_without_a_form_numbers_are_seconds_or_milliseconds():
    values = np.array([0, 20210301, 2e11])
    seconds, counts = serial.settled(values, np.ones(3, dtype=int), [])
    assert seconds.tolist() == [0, 20210301, 2e8]
    assert counts == {"seconds": 2, "milliseconds": 1}


@pytest.mark.parametrize(
    "value", [0, -1, 20210230, 20211301, 20210300, 20210301.5, 202103011, 9e18]
)
def test_digits_of_no_date_are_none(value):
    assert np.isnan(serial.by_digits(serial.DATES, np.array([value], dtype=float)))[0]
    assert np.isnan(serial.by_excel(np.array([-value - 1], dtype=float)))[0]
