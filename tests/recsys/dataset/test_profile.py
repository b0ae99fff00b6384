"""The profile of small tables, worked out by hand, and of random ones, counted the slow way."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.dataset import profile
from tests.recsys.dataset.hand_made import rows, tables_of


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


def test_small_codes_do_not_overflow():
    """200 users and 3 articles have 8-bit codes; their pairs have not."""
    events = [(f"u{n:03}", "abc"[n % 3], "VIEW", 1) for n in range(200)]
    assert profile.summary(tables_of(*events)).pairs == 200
    assert profile.components(tables_of(*events)).table["users"].tolist() == [67, 67, 66]


def test_without_any_time_the_tables_are_empty_not_wrong():
    tables = tables_of(("p", "a", "VIEW", ""))
    assert profile.summary(tables).first is profile.summary(tables).last is None
    assert len(profile.by_time(tables).table) == 0
    assert profile.by_time(tables).timeless == 1
    assert profile.by_weekday_hour(tables).to_numpy().sum() == 0
    assert profile.by_type(tables)["first"].isna().all()


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
