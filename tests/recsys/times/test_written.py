"""Dates as people and programs write them: each form comes back, and nothing else is a time."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from recsys.times.written import (
    CERTAIN,
    DAY_FIRST,
    DAY_MONTH,
    EITHER,
    FORMS,
    ISO,
    MONTH_FIRST,
    WORDS,
    YEAR_FIRST,
    swapped,
    written,
)

DAY = datetime(2021, 3, 1, tzinfo=UTC).timestamp()
TIME = datetime(2021, 3, 1, 9, 8, 26, tzinfo=UTC).timestamp()


def one(text):
    """What one text says; beside another it must say the same, as not all of a kind are then."""
    alone, beside = written(pa.array([text])), written(pa.array([text, "junk"]))
    np.testing.assert_array_equal(alone.seconds, beside.seconds[:1])
    assert (alone.form[0], alone.order[0]) == (beside.form[0], beside.order[0])
    return float(alone.seconds[0])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2021-03-01", DAY),
        ("2021-03", DAY),
        ("2021-3-1", DAY),
        (" 2021-03-01\t", DAY),
        ("2021-03-01 09:08:26", TIME),
        ("2021-03-01T09", DAY + 9 * 3600),
        ("2021-03-01T09:08", TIME - 26),
        ("2021-03-01 09:08:26 UTC", TIME),
        ("2021-03-01 09:08:26 GMT", TIME),
        ("2021-03-01 09:08:26 EST", TIME + 5 * 3600),
        ("2021-03-01T09:08:26Z", TIME),
        ("2021-03-01T09:08:26+01:00", TIME - 3600),
        ("2021-03-01T09:08:26 +0100", TIME - 3600),
        ("2021-03-01T09:08:26+01", TIME - 3600),
        ("2021-03-01T09:08:26-03:30", TIME + 3.5 * 3600),
        ("2021-03-01T09:08:26+01:00[Europe/Berlin]", TIME - 3600),
        ("2021-03-01 09:08:26.5 +0000 UTC", TIME + 0.5),
        ("2021-03-01T09:08:26.123456789Z", TIME + 0.123456),
        ("2021-03-01T09:08:26,25", TIME + 0.25),
        ("20210301T090826Z", TIME),
        ("20210301 09:08:26", TIME),
        ("20210301090826Z", TIME),
        ("2021-03-01-09.08.26.500000", TIME + 0.5),
        ("2021/03/01", DAY),
        ("2021.03.01 09:08:26", TIME),
        ("2021年3月1日", DAY),
        ("01-Mar-2021", DAY),
        ("1 March 2021", DAY),
        ("1st of March 2021", DAY),
        ("01-MAR-21", DAY),
        ("Mar 1, 2021", DAY),
        ("March 2021", DAY),
        ("2021-Mar-01", DAY),
        ("Mar 1, 2021 10:05 PM", DAY + 22 * 3600 + 300),
        ("Mar 1, 2021, 10:05\u202fPM", DAY + 22 * 3600 + 300),
        ("Mar 1, 2021 12:05 am", DAY + 300),
        ("Monday, March 1st, 2021 at 9:08:26 a.m.", TIME),
        ("Mon, 01 Mar 2021 09:08:26 +0000", TIME),
        ("Mon Mar 01 09:08:26 +0000 2021", TIME),
        ("Mon Mar  1 09:08:26 2021", TIME),
        ("Mon Mar  1 09:08:26 UTC 2021", TIME),
        ("Mon Mar 01 2021 09:08:26 GMT+0100 (Central European Standard Time)", TIME - 3600),
        ("[01/Mar/2021:09:08:26 +0000]", TIME),
        ("01MAR2021:09:08:26", TIME),
        ("Mar  1 2021  9:08AM", TIME - 26),
        ("01-MAR-21 09.08.26.500000 AM +00:00", TIME + 0.5),
        ("01 Mar 2021, 09:08", TIME - 26),
        ("2021-03-01 09:08:26 CET", TIME - 3600),
        ("12 30, 1999", datetime(1999, 12, 30, tzinfo=UTC).timestamp()),
        ("01-Jan-1995", datetime(1995, 1, 1, tzinfo=UTC).timestamp()),
        ("1 Jan 69", datetime(1969, 1, 1, tzinfo=UTC).timestamp()),
        ("1 Jan 68", datetime(2068, 1, 1, tzinfo=UTC).timestamp()),
        ("30/12/1999", datetime(1999, 12, 30, tzinfo=UTC).timestamp()),
        ("12-30-1999", datetime(1999, 12, 30, tzinfo=UTC).timestamp()),
        ("30.12.99 09:05", datetime(1999, 12, 30, 9, 5, tzinfo=UTC).timestamp()),
        ("12/30/1999 9:05 PM", datetime(1999, 12, 30, 21, 5, tzinfo=UTC).timestamp()),
    ],
)
def test_a_date_is_read(text, seconds):
    assert one(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        *("now", "today", "NOW", "yesterday", "tomorrow", "noon", "", "NaT", "nan", "None", "x"),
        *("10:05", "09:08:26", "10:05 PM", "May", "Monday", "12", "2021-W09", "9/2021", "P1D"),
        *("2021-02-29", "2021-13-01", "2021-00-01", "2021-03-00", "0000-00-00 00:00:00"),
        *("31/02/2021", "13/13/2021", "2021-03-01 24:00", "2021-03-01 09:60", "31 April 2021"),
        *("2021-03-01 13:05 PM", "2021-03-01T09:08:26+25:00", "2021-03-01 to 2021-03-02"),
        *(
            "2021-03-01 09:08:26 BST",
            "2021-03-01 09:08:26 Mars",
            "2021-03-01T09:08:26[Europe/Berlin]",
            "1.2.3.4",
        ),
    ],
)
def test_what_is_no_time_is_none(text):
    assert np.isnan(one(text))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("03/04/2021", EITHER),
        ("03-03-2021", CERTAIN),
        ("13.04.2021", DAY_FIRST),
        ("04/13/2021", MONTH_FIRST),
        ("2021-03-04", CERTAIN),
    ],
)
def test_which_order_a_date_can_have(text, order):
    assert written(pa.array([text])).order[0] == order


@pytest.mark.parametrize(
    ("text", "form"),
    [("2021-03-04", ISO), ("2021/03/04", YEAR_FIRST), ("4 May 2021", WORDS), ("4.3.21", DAY_MONTH)],
)
def test_the_form_is_said(text, form):
    assert FORMS[written(pa.array([text])).form[0]] == form


def stamp(pattern):
    return lambda when: when.strftime(pattern)


FORMATS = {
    "date and time": (stamp("%Y-%m-%d %H:%M:%S"), 1),
    "with a fraction": (lambda when: when.isoformat(), 1e-6),
    "slashes": (stamp("%Y/%m/%d %H:%M:%S"), 1),
    "day": (stamp("%Y-%m-%d"), 86_400),
    "basic": (stamp("%Y%m%dT%H%M%SZ"), 1),
    "half a day": (stamp("%Y-%m-%d %I:%M:%S %p"), 1),
    "in words": (stamp("%d %B %Y %H:%M:%S"), 1),
    "American": (stamp("%b %d, %Y %I:%M %p"), 60),
    "RFC 2822": (stamp("%a, %d %b %Y %H:%M:%S +0000"), 1),
    "ctime": (stamp("%a %b %d %H:%M:%S %Y"), 1),
    "Twitter": (stamp("%a %b %d %H:%M:%S +0000 %Y"), 1),
    "Apache": (stamp("%d/%b/%Y:%H:%M:%S +0000"), 1),
    "two digits": (stamp("%d-%b-%y"), 86_400),
}
times = st.datetimes(datetime(1969, 1, 1), datetime(2068, 12, 31), timezones=st.just(UTC))


@given(times=st.lists(times, min_size=1, max_size=8), form=st.sampled_from(sorted(FORMATS)))
def test_every_time_comes_back_from_every_form(times, form):
    write, step = FORMATS[form]
    found = written(pa.array([write(when) for when in times])).seconds
    for when, seconds in zip(times, found, strict=True):
        exact = (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        size = round(step * 1_000_000)
        assert round(seconds * 1_000_000) == exact // size * size


@given(when=times, minutes=st.integers(-14 * 60, 14 * 60), colon=st.booleans())
def test_a_zone_moves_the_clock_and_not_the_time(when, minutes, colon):
    local = when.astimezone(timezone(timedelta(minutes=minutes))).replace(microsecond=0)
    text = local.isoformat() if colon else local.strftime("%Y-%m-%d %H:%M:%S%z")
    assert one(text) == local.timestamp()


@given(when=times, day=st.integers(1, 12), month=st.integers(1, 12))
def test_day_and_month_swap(when, day, month):
    when = when.replace(day=day, month=month)
    other = when.replace(day=month, month=day)
    found = swapped(np.array([when.timestamp()]))[0]
    assert found == pytest.approx(other.timestamp(), abs=1e-6)  # float64 holds a microsecond
    assert swapped(np.array([found]))[0] == pytest.approx(when.timestamp(), abs=1e-6)
