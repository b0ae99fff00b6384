"""A column of times is what its cells say, wherever it is cut."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from recsys.times.clock import BLANK, Clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(*cells, order=None, cuts=()):
    clock, parts = Clock(order=order), []
    edges = [0, *sorted(cuts), len(cells)]
    for start, end in zip(edges, edges[1:], strict=False):
        column = pa.array(cells[start:end], pa.string())
        parts.append(clock.seconds(column, np.arange(start, end) + 2))
    times = np.concatenate(parts)
    clock.settle(times)
    return times, clock


def seconds(*when):
    return datetime(*when, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("cells", "expected", "described"),
    [
        (["1614589706", "1614589706.5"], [1614589706, 1614589706.5], "seconds"),
        ([" 1614589706 ", "+1614589706"], [1614589706] * 2, "seconds"),
        (["1614589706000"] * 2, [1614589706] * 2, "milliseconds"),
        (["1614589706000000"], [1614589706], "microseconds"),
        (["1614589706000000000"], [1614589706], "nanoseconds"),
        (
            ["1614589706", "1614589706000", "1614589706000"],
            [1614589706] * 3,
            "milliseconds (2) and seconds (1)",
        ),
        (["20210301", "20211231.0"], [seconds(2021, 3, 1), seconds(2021, 12, 31)], "YYYYMMDD"),
        (["20210301", "20210230"] + ["20210301"] * 2, None, "YYYYMMDD"),
        (["202103", "202112"], [seconds(2021, 3, 1), seconds(2021, 12, 1)], "YYYYMM"),
        (["1999", "2021"], [seconds(1999, 1, 1), seconds(2021, 1, 1)], "years"),
        (["2021030109"], [seconds(2021, 3, 1, 9)], "YYYYMMDDhh"),
        (["202103010908"], [seconds(2021, 3, 1, 9, 8)], "YYYYMMDDhhmm"),
        (["20210301090826"], [seconds(2021, 3, 1, 9, 8, 26)], "YYYYMMDDhhmmss"),
        (["2.0210301090826E+13"], [seconds(2021, 3, 1, 9, 8, 26)], "YYYYMMDDhhmmss"),
        (["20210301090826124"], [seconds(2021, 3, 1, 9, 8, 26) + 0.124], "YYYYMMDDhhmmssSSS"),
        (
            ["44256.5", "44256.41667", "44256"],
            [seconds(2021, 3, 1, 12), seconds(2021, 3, 1, 10), seconds(2021, 3, 1)],
            "days of Excel",
        ),
        (["44256,5", "44256,0"], [seconds(2021, 3, 1, 12), seconds(2021, 3, 1)], "days of Excel"),
        (["13/03/2021", "44256"], [seconds(2021, 3, 13), seconds(2021, 3, 1)], None),
        (["0", "1", "-1"], [0, 1, -1], "seconds"),
        (
            ["26908333", "26908334"],
            [26908333, 26908334],
            "seconds",
        ),  # minutes, which clocks cannot know
        (["3900000000", "1950000000"], [3900000000, 1950000000], "seconds"),
        (["200000000123"], [200000000.123], "milliseconds"),  # 1976: no date by its digits
    ],
)
def test_numbers_are_times_by_their_size_and_their_digits(cells, expected, described):
    times, clock = read(*cells)
    if expected is not None:
        np.testing.assert_array_equal(times, expected)
    else:
        assert np.isnan(times[1]) and clock.example(np.isnan).text == cells[1]
    assert described is None or clock.described == described


@pytest.mark.parametrize("cell", ["nan", "inf", "1e999", "1e200", "-1e15x", "today", "now", "-"])
def test_what_is_no_time_is_nan_and_shown_with_its_line(cell):
    times, clock = read("1614589706", "", cell, " ")
    np.testing.assert_array_equal(times, [1614589706, BLANK, np.nan, BLANK])
    example = clock.example(np.isnan)
    assert (example.text, example.line) == (cell, 4)


def test_a_number_that_is_no_year_among_dates_cannot_be_read():
    times, clock = read(*["20210301"] * 9, "0")
    assert np.isnan(times[-1]) and clock.described == "YYYYMMDD"
    assert clock.example(np.isnan).text == "0"


@pytest.mark.parametrize(
    ("cells", "order", "days"),
    [
        (["03/04/2021", "13/04/2021"], "day first", ["2021-04-03", "2021-04-13"]),
        (["03/04/2021", "04/13/2021"], "month first", ["2021-03-04", "2021-04-13"]),
        (["03/04/2021", "05/05/2021"], None, [None, "2021-05-05"]),
        (["03/04/2021", "13/04/2021", "04/13/2021"], None, [None, "2021-04-13", "2021-04-13"]),
    ],
)
def test_which_of_day_and_month_comes_first_all_dates_together_tell(cells, order, days):
    times, clock = read(*cells)
    assert (clock.order, clock.asks) == (order, days.count(None))
    expected = [
        np.nan
        if day is None
        else datetime.combine(date.fromisoformat(day), EPOCH.timetz()).timestamp()
        for day in days
    ]
    np.testing.assert_array_equal(times, expected)


@pytest.mark.parametrize(("order", "month"), [("day first", 4), ("month first", 3)])
def test_what_is_said_of_day_and_month_holds(order, month):
    cells = ("03/04/2021", "03/04/2021 23:30 -0500", "31/12/2020", "12/31/2020")
    times, clock = read(*cells, order=order)
    day = 7 - month
    assert times[0] == seconds(2021, month, day)
    assert times[1] == seconds(2021, month, day + 1, 4, 30)  # the zone's day is swapped, not UTC's
    contradicts = 3 if order == "day first" else 2
    assert np.isnan(times[contradicts]) and not np.isnan(times[5 - contradicts])
    assert clock.example(np.isnan).text == cells[contradicts] and not clock.asks


def test_a_few_dates_of_the_other_order_do_not_turn_the_file():
    times, clock = read(*["13/01/2021"] * 198, "01/13/2021", "03/04/2021")
    assert clock.order == "day first" and times[-1] == seconds(2021, 4, 3)
    assert np.isnan(times[-2]) and clock.example(np.isnan).line == 200


CELLS = st.one_of(
    st.sampled_from(
        [
            *("", "0", "-1", "x", "today", "2021", "202103", "20210301", "20210230", "2021030109"),
            *("44256.5", "1614589706", "1614589706000", "20210301090826", "202103010908", "5e9"),
            *("03/04/2021", "13/04/2021", "04/13/2021", "2021-03-01", "2021-03-01 09:08:26 UTC"),
            *("03/04/2021 10:00 +0100", "1 March 2021", "1e300", "nan", "0/0/0", "-0.0", "1e-12"),
        ]
    ),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(str),
    st.integers(-(10**19), 10**19).map(str),
    st.floats(0, 1e5).map(str),
    st.text(max_size=5),
)


@given(data=st.data(), cells=st.lists(CELLS, max_size=12))
def test_it_does_not_matter_where_a_column_is_cut(data, cells):
    cuts = data.draw(st.lists(st.integers(0, len(cells)), max_size=4))
    times, clock = read(*cells)
    again, other = read(*cells, cuts=cuts)
    np.testing.assert_array_equal(times, again)
    assert (clock.counts, clock.order, clock.asks) == (other.counts, other.order, other.asks)
    for chosen in (np.isnan, lambda t: t < 0, lambda t: t > 4e9):
        one, same = clock.example(chosen), other.example(chosen)
        assert (one and (one.text, one.line)) == (same and (same.text, same.line))


@given(cells=st.lists(CELLS, max_size=12))
def test_every_cell_is_counted_once(cells):
    times, clock = read(*cells)
    known = int((~np.isnan(times) & (times != BLANK)).sum())
    assert sum(clock.counts.values()) >= known
    assert (times == BLANK).sum() == sum(not cell.strip() for cell in cells)
    inside = (times >= -62_135_596_800) & (times < 253_402_300_800)
    assert inside.sum() == known


@given(
    days=st.lists(st.dates(date(1980, 1, 1), date(2068, 12, 31)), min_size=1, max_size=20),
    order=st.sampled_from(["day first", "month first"]),
    sign=st.sampled_from("/.-"),
    year=st.sampled_from(["%Y", "%y"]),
)
def test_dates_of_either_order_come_back(days, order, sign, year):
    parts = ("%d", "%m") if order == "day first" else ("%m", "%d")
    cells = [day.strftime(sign.join([*parts, year])) for day in days]
    times, clock = read(*cells, order=order)
    expected = [seconds(day.year, day.month, day.day) for day in days]
    np.testing.assert_array_equal(times, expected)
    found, guessed = read(*cells)
    assert guessed.order in (None, order)
    asked = np.array([guessed.order is None and day.day != day.month for day in days])
    np.testing.assert_array_equal(found[~asked], np.array(expected)[~asked])
    assert np.isnan(found[asked]).all() and guessed.asks == asked.sum()


@given(
    when=st.lists(
        st.datetimes(datetime(1980, 1, 1), datetime(2099, 12, 31)), min_size=1, max_size=20
    ),
    pattern=st.sampled_from(["%Y", "%Y%m", "%Y%m%d", "%Y%m%d%H", "%Y%m%d%H%M", "%Y%m%d%H%M%S"]),
    ending=st.sampled_from(["", ".0"]),
)
def test_dates_by_their_digits_come_back(when, pattern, ending):
    times, _ = read(*[one.strftime(pattern) + ending for one in when])
    expected = [
        datetime.strptime(one.strftime(pattern), pattern).replace(tzinfo=UTC).timestamp()
        for one in when
    ]
    np.testing.assert_array_equal(times, expected)


@given(
    when=st.lists(
        st.datetimes(datetime(1990, 1, 1), datetime(2049, 12, 31)), min_size=1, max_size=20
    ),
    decimals=st.integers(6, 12),
)
def test_days_of_excel_come_back_to_the_second(when, decimals):
    whole = [one.replace(microsecond=0) for one in when]
    days = [(one - datetime(1899, 12, 30)).total_seconds() / 86_400 for one in whole]
    times, _ = read(*[f"{day:.{decimals}f}" for day in days])
    np.testing.assert_array_equal(times, [one.replace(tzinfo=UTC).timestamp() for one in whole])
