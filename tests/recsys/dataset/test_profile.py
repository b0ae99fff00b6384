"""The profile of small tables, worked out by hand, and of random ones, counted the slow way."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.dataset import graph, profile, timeline
from recsys.dataset.tables import Tables, read_tables
from recsys.errors import SettingError
from tests.conftest import articles_csv, events_csv

HOUR, DAY = 3600, 86_400
# Monday 4 January 2016, 10:00 UTC
MONDAY = int(datetime(2016, 1, 4, 10, tzinfo=UTC).timestamp())


def tables_of(*events: tuple, articles: str = "abcde") -> Tables:
    """Tables of ``(user, item, event type, seconds)``; the reader has no say in the times."""
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{item},HTML,u,T,en" for item in articles)),
        events_csv(*(f",{kind},{item},{user}" for user, item, kind, _ in events)),
    )
    times = pd.to_numeric(pd.Series([when for *_, when in events]), errors="coerce")
    return replace(tables, events=tables.events.assign(timestamp=times.astype("float64")))


@pytest.fixture
def small() -> Tables:
    """p and q read a, p reads b twice more; r and c are a part of their own; d, e unread."""
    return tables_of(
        ("p", "a", "VIEW", MONDAY),
        ("p", "b", "VIEW", MONDAY + HOUR),
        ("p", "b", "LIKE", MONDAY + HOUR + 59),
        ("p", "b", "VIEW", MONDAY + 7 * DAY),
        ("q", "a", "VIEW", MONDAY + 20 * DAY),
        ("r", "c", "LIKE", "unknown"),
    )


seconds = st.one_of(
    st.integers(-(10**12), 10**12), st.sampled_from([float("nan"), float("inf"), -1e300, 1e300])
)
rows = st.lists(
    st.tuples(
        st.sampled_from("pqrstuvw"), st.sampled_from("abcde"), st.sampled_from("XYZ"), seconds
    ),
    min_size=1,
    max_size=40,
)


def test_summary(small):
    assert profile.summary(small) == profile.Summary(
        users=3,
        items=3,
        articles=5,
        events=6,
        pairs=4,
        density=4 / 9,
        repeated=1 / 4,
        first=datetime(2016, 1, 4, 10, tzinfo=UTC),
        last=datetime(2016, 1, 24, 10, tzinfo=UTC),
        timeless=1,
    )


@given(rows)
def test_summary_counts_as_python_does(events):
    found = profile.summary(tables_of(*events))
    pairs = [(user, item) for user, item, _, _ in events]
    assert found.pairs == len(set(pairs))
    several = {pair for pair in pairs if pairs.count(pair) > 1}
    assert found.repeated == pytest.approx(len(several) / len(set(pairs)))
    known = [when for *_, when in events if -62_135_596_800 <= when < 253_402_300_800]
    assert found.timeless == len(events) - len(known)


def test_both_ways_of_finding_distinct_pairs_agree(monkeypatch):
    left, right = np.random.default_rng(0).integers(0, 9, (2, 200))
    marked = graph.distinct_pairs(left, right, 9)
    monkeypatch.setattr(graph, "BITMAP", 0)
    assert marked.tolist() == graph.distinct_pairs(left, right, 9).tolist()
    assert marked.tolist() == sorted({9 * a + b for a, b in zip(left, right, strict=True)})


def test_small_codes_do_not_overflow():
    """200 users and 3 articles have 8-bit codes; their pairs have not."""
    events = [(f"u{n:03}", "abc"[n % 3], "VIEW", 1) for n in range(200)]
    assert profile.summary(tables_of(*events)).pairs == 200
    assert profile.components(tables_of(*events)).table["users"].tolist() == [67, 67, 66]


def test_by_time_in_days_names_every_day_with_every_type(small):
    found = profile.by_time(small)
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
    table = profile.by_time(small, every).table
    assert table["period"].dt.strftime("%Y-%m-%d").unique().tolist() == starts
    assert table["count"].tolist() == counts


@pytest.mark.parametrize(
    ("span", "every"),
    [(91, "day"), (92, "week"), (1097, "week"), (1098, "month"), (14_640, "year")],
)
def test_the_period_fits_the_span(span, every):
    two = tables_of(("p", "a", "VIEW", 0), ("p", "a", "VIEW", span * DAY))
    assert profile.by_time(two).every == every


@given(rows, st.sampled_from(["month", "year", None]))
def test_by_time_counts_as_the_calendar_does(events, every):
    try:
        found = profile.by_time(tables_of(*events), every)
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
    table = profile.by_time(tables_of(*(("p", "a", name, 0) for name in names))).table
    assert dict(zip(table["event_type"], table["count"], strict=True)) == {
        "A": 7, "B": 7, "C": 6, "D": 5, "E": 4, timeline.OTHER_TYPES: 3 + 2 + 1 + 1,
    }  # fmt: skip


def test_by_time_refuses_what_it_cannot_show(small):
    with pytest.raises(SettingError, match="no period 'hour'.*day, week, month, year"):
        profile.by_time(small, "hour")
    long = tables_of(("p", "a", "VIEW", 0), ("p", "a", "VIEW", 10_000 * DAY))
    with pytest.raises(SettingError, match="10,001 periods of a day"):
        profile.by_time(long, "day")


def test_without_any_time_the_tables_are_empty_not_wrong():
    tables = tables_of(("p", "a", "VIEW", ""))
    assert profile.summary(tables).first is profile.summary(tables).last is None
    assert len(profile.by_time(tables).table) == 0
    assert profile.by_time(tables).timeless == 1
    assert profile.by_weekday_hour(tables).to_numpy().sum() == 0
    assert profile.by_type(tables)["first"].isna().all()


def test_by_weekday_hour(small):
    counts = profile.by_weekday_hour(small)
    assert counts.index.tolist()[0] == "Monday" and counts.columns.tolist() == list(range(24))
    assert counts.loc["Monday", 10] == 2  # the same hour, two weeks
    assert counts.loc["Monday", 11] == 2
    assert counts.loc["Sunday", 10] == 1
    assert counts.to_numpy().sum() == 5


@given(st.floats(-6e10, 2.5e11))
def test_weekday_and_hour_agree_with_the_calendar(when):
    counts = profile.by_weekday_hour(tables_of(("p", "a", "VIEW", when)))
    moment = np.datetime64(int(np.floor(when)), "s").item()
    assert counts.iloc[moment.weekday(), moment.hour] == 1


def test_by_type(small):
    table = profile.by_type(small)
    assert table.drop(columns=["first", "last"]).to_numpy().tolist() == [
        ["VIEW", 4, 4 / 6, 2, 2],
        ["LIKE", 2, 2 / 6, 2, 2],
    ]
    assert table["first"].tolist() == [
        pd.Timestamp("2016-01-04 10:00"),
        pd.Timestamp("2016-01-04 11:00:59"),
    ]
    assert table["last"].tolist() == [
        pd.Timestamp("2016-01-24 10:00"),
        pd.Timestamp("2016-01-04 11:00:59"),
    ]


def test_spreads(small):
    users, items = profile.per_user(small), profile.per_item(small)
    assert users.counts.tolist() == [4, 1, 1]
    assert users.table().to_numpy().tolist() == [[1, 2], [4, 1]]
    assert items.table().to_numpy().tolist() == [[1, 1], [2, 1], [3, 1]]
    assert (users.head, items.head) == (1, 1)
    # Mean absolute difference of 4, 1, 1 over twice the mean: (4 × 3 / 9) / (2 × 2).
    assert users.gini == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("counts", "share", "expected"),
    [([1, 1, 1, 1], 0.5, 2), ([1, 2, 7], 0.5, 1), ([1, 2, 7], 0.8, 2), ([1, 2, 7], 1.0, 3),
     ([1, 1, 1], 0.5, 2), ([], 0.5, 0)],
)  # fmt: skip
def test_head(counts, share, expected):
    assert profile.head(np.array(counts), share) == expected


def test_the_same_for_all_is_no_inequality():
    assert profile.Spread(counts=np.full(7, 3)).gini == pytest.approx(0)
    assert profile.Spread(counts=np.array([0] * 99 + [5])).gini == pytest.approx(0.99)


def test_components(small):
    found = profile.components(small)
    assert found.table.to_numpy().tolist() == [[2, 2, 5], [1, 1, 1]]
    assert found.table.columns.tolist() == ["users", "items", "events"]
    assert (found.share, found.tiny) == (4 / 6, 2)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=120))
def test_components_agree_with_union_find(edges):
    parent = {}

    def root(node):
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for user, item in edges:
        parent[root(("user", user))] = root(("item", item))
    parts = {}
    for node in list(parent):
        parts.setdefault(root(node), []).append(node[0])
    events = {top: sum(root(("user", user)) == top for user, _ in edges) for top in parts}
    expected = [
        (sides.count("user"), sides.count("item"), events[top]) for top, sides in parts.items()
    ]
    articles = "abcdefghijklmno"
    tables = tables_of(*((u, articles[i], "VIEW", 1) for u, i in edges), articles=articles)
    table = profile.components(tables).table
    assert sorted(map(tuple, table.to_numpy().tolist())) == sorted(expected)
    order = list(zip(table["users"] + table["items"], table["events"], strict=True))
    assert order == sorted(order, reverse=True)


def test_an_edge_that_is_there_very_often_still_connects():
    events = [("p", "a", "VIEW", 1)] * 4096 + [("p", "b", "VIEW", 1)] * 4096
    assert profile.components(tables_of(*events)).table.to_numpy().tolist() == [[1, 2, 8192]]


def test_thin(small):
    assert profile.thin(small, 2) == profile.Thin(
        k=2, users=2, items=2, events_of_users=2, events_of_items=4, events=5
    )
    nobody = profile.thin(small, 1)
    assert (nobody.users, nobody.items, nobody.events) == (0, 0, 0)


def test_a_value_column_changes_nothing(small):
    more = replace(small, events=small.events.assign(value=1.5))
    assert profile.summary(more) == profile.summary(small)
    assert profile.by_type(more).equals(profile.by_type(small))


def test_deskdrop(deskdrop):
    found = profile.summary(deskdrop)
    assert (found.users, found.items, found.events, found.pairs) == (1895, 2987, 72_312, 40_710)
    assert profile.components(deskdrop).table.to_numpy().tolist() == [[1894, 2986, 72_311],
                                                                      [1, 1, 1]]  # fmt: skip
    assert (profile.per_user(deskdrop).head, profile.per_item(deskdrop).head) == (105, 439)
    assert profile.by_weekday_hour(deskdrop).to_numpy().sum() == 72_312


@given(day=st.dates())
def test_a_day_begins_at_its_midnight_in_utc(day):
    assert timeline.midnight(day) == datetime.combine(day, time(), UTC).timestamp()
