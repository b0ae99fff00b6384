"""When things were read: periods, weekdays and hours, against the calendar."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.dataset import timeline
from recsys.errors import SettingError
from tests.recsys.dataset.hand_made import DAY, rows, tables_of


def test_by_time_in_days_names_every_day_with_every_type(small):
    found = timeline.by_time(small)
    assert (found.every, found.timeless) == ("day", 1)
    table = found.table
    assert table["event_type"].tolist() == ["VIEW", "LIKE"] * 21
    assert table["period"].iloc[[0, -1]].tolist() == [
        pd.Timestamp("2016-01-04"),
        pd.Timestamp("2016-01-24"),
    ]
    counted = table[table["count"] > 0]
    assert counted[["event_type", "count"]].to_numpy().tolist() == [
        ["VIEW", 2],
        ["LIKE", 1],
        ["VIEW", 1],
        ["VIEW", 1],
    ]


@pytest.mark.parametrize(
    ("every", "starts", "counts"),
    [
        ("week", ["2016-01-04", "2016-01-11", "2016-01-18"], [2, 1, 1, 0, 1, 0]),
        ("month", ["2016-01-01"], [4, 1]),
        ("year", ["2016-01-01"], [4, 1]),
    ],
)
def test_by_time_in_longer_periods(small, every, starts, counts):
    table = timeline.by_time(small, every).table
    assert table["period"].dt.strftime("%Y-%m-%d").unique().tolist() == starts
    assert table["count"].tolist() == counts


@pytest.mark.parametrize(
    ("span", "every"),
    [(91, "day"), (92, "week"), (1097, "week"), (1098, "month"), (14_640, "year")],
)
def test_the_period_fits_the_span(span, every):
    two = tables_of(("p", "a", "VIEW", 0), ("p", "a", "VIEW", span * DAY))
    assert timeline.by_time(two).every == every


@given(rows, st.sampled_from(["month", "year", None]))
def test_by_time_counts_as_the_calendar_does(events, every):
    try:
        found = timeline.by_time(tables_of(*events), every)
    except SettingError as error:
        assert every == "month" and "longer period" in error.todo
        return
    starts = [(_start(when, found.every), kind) for *_, kind, when in events]
    expected = Counter(start for start in starts if start[0] is not None)
    counted = found.table[found.table["count"] > 0]
    cells = zip(counted["period"], counted["event_type"], strict=True)
    assert dict(zip(cells, counted["count"], strict=True)) == expected
    assert found.timeless == len(events) - expected.total()


def _start(when: float, every: str) -> pd.Timestamp | None:
    if not -62_135_596_800 <= when < 253_402_300_800:
        return None
    day = np.datetime64(int(when // DAY), "D")
    if every == "week":
        return pd.Timestamp(day - (int(when // DAY) + 3) % 7)
    return pd.Timestamp(day.astype(f"M8[{every[0].upper()}]").astype("M8[s]"))


def test_rare_types_are_counted_together():
    names = [name for name, times in zip("ABCDEFGH", range(8, 0, -1), strict=True)
             for _ in range(times)]  # fmt: skip
    names[0] = timeline.OTHER_TYPES  # a type may have that name
    table = timeline.by_time(tables_of(*(("p", "a", name, 0) for name in names))).table
    assert dict(zip(table["event_type"], table["count"], strict=True)) == {
        "A": 7, "B": 7, "C": 6, "D": 5, "E": 4, timeline.OTHER_TYPES: 3 + 2 + 1 + 1,
    }  # fmt: skip


def test_by_time_refuses_what_it_cannot_show(small):
    with pytest.raises(SettingError, match="no period 'hour'.*day, week, month, year"):
        timeline.by_time(small, "hour")
    long = tables_of(("p", "a", "VIEW", 0), ("p", "a", "VIEW", 10_000 * DAY))
    with pytest.raises(SettingError, match="10,001 periods of a day"):
        timeline.by_time(long, "day")


def test_by_weekday_hour(small):
    counts = timeline.by_weekday_hour(small)
    assert counts.index.tolist()[0] == "Monday" and counts.columns.tolist() == list(range(24))
    assert counts.loc["Monday", 10] == 2  # the same hour, two weeks
    assert counts.loc["Monday", 11] == 2
    assert counts.loc["Sunday", 10] == 1
    assert counts.to_numpy().sum() == 5


@given(st.floats(-6e10, 2.5e11))
def test_weekday_and_hour_agree_with_the_calendar(when):
    counts = timeline.by_weekday_hour(tables_of(("p", "a", "VIEW", when)))
    moment = np.datetime64(int(np.floor(when)), "s").item()
    assert counts.iloc[moment.weekday(), moment.hour] == 1
