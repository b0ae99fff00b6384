"""What filters leave: by hand, by brute force, and by their own account."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from recsys.dataset.filtered import Effect, Size, apply_filter, effect
from recsys.dataset.filters import Filter
from recsys.dataset.tables import Tables, read_tables
from recsys.errors import DataError
from recsys.strengths.interactions import build_interactions
from recsys.strengths.weights import EventWeights
from tests.conftest import articles_csv, events_csv

ARTICLES = {"a": "en", "b": "en", "c": "pt", "d": "", "e": "pt"}


def tables_of(*events: tuple) -> Tables:
    """Tables of ``(user, item, event type, time)``; articles a to e, of three languages."""
    return read_tables(
        articles_csv(
            *(
                f"1,CONTENT SHARED,{item},{'HTML' if item < 'd' else 'VIDEO'},u,T,{language}"
                for item, language in ARTICLES.items()
            )
        ),
        events_csv(*(f"{when},{kind},{item},{user}" for user, item, kind, when in events)),
    )


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def small() -> Tables:
    return tables_of(
        ("p", "a", "VIEW", at("2016-03-01")),
        ("p", "a", "LIKE", at("2016-03-01 23:59:59")),
        ("p", "b", "VIEW", at("2016-03-02")),
        ("q", "a", "VIEW", at("2016-03-03")),
        ("q", "b", "VIEW", at("2016-03-03 00:00:01")),
        ("q", "c", "VIEW", at("2016-02-29 23:59:59")),
        ("r", "c", "VIEW", "none"),
    )


rows = st.lists(
    st.tuples(
        st.sampled_from("pqrstu"),
        st.sampled_from("abcde"),
        st.sampled_from("XYZ"),
        st.integers(0, 9 * 86_400) | st.just("none"),
    ),
    min_size=1,
    max_size=40,
)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Filters that leave something of `rows` more often than not."""
    first, last = sorted(draw(st.tuples(*[st.integers(1, 9)] * 2)))
    some = st.booleans().map
    return Filter(
        min_user=draw(st.integers(0, 4)),
        min_item=draw(st.integers(0, 4)),
        since=draw(some(lambda on: date(1970, 1, first) if on else None)),
        until=draw(some(lambda on: date(1970, 1, last) if on else None)),
        events=draw(st.sampled_from([(), ("X",), ("X", "Y"), ("unheard of",)])),
        languages=draw(st.sampled_from([(), ("en",), ("en", ""), ("pt",)])),
        kinds=draw(st.sampled_from([(), ("HTML",), ("VIDEO",)])),
    )


def rows_of(tables: Tables) -> list[tuple]:
    columns = ["user_id", "item_id", "event_type", "timestamp"]
    return [tuple(map(str, row)) for row in tables.events[columns].to_numpy(dtype=object)]


def slowly(events: list[tuple], chosen: Filter) -> list[tuple]:
    """The events left, found one by one, and the largest core by trying all there is to drop."""

    def meets(event: tuple) -> bool:
        _, item, kind, when = event
        if chosen.since or chosen.until:
            if when == "nan":
                return False
            day = datetime.fromtimestamp(float(when), UTC).date()
            if (chosen.since and day < chosen.since) or (chosen.until and day > chosen.until):
                return False
        content = "HTML" if item < "d" else "VIDEO"
        return (
            (not chosen.events or kind in chosen.events)
            and (not chosen.languages or ARTICLES[item] in chosen.languages)
            and (not chosen.kinds or content in chosen.kinds)
        )

    events = [event for event in events if meets(event)]
    return max((core for core in _cores(events, chosen)), key=len, default=[])


def _cores(events: list[tuple], chosen: Filter):
    """Every choice of users, with the articles that they can keep, that meets the thresholds."""
    users = sorted({user for user, *_ in events})
    for mask in range(2 ** len(users)):
        chosen_users = {user for place, user in enumerate(users) if mask >> place & 1}
        left = [event for event in events if event[0] in chosen_users]
        readers: dict[str, set] = {}
        for user, item, *_ in left:
            readers.setdefault(item, set()).add(user)
        left = [event for event in left if len(readers[event[1]]) >= chosen.min_item]
        reads: dict[str, set] = {user: set() for user in chosen_users}
        for user, item, *_ in left:
            reads[user].add(item)
        if all(len(items) >= chosen.min_user for items in reads.values()):
            yield left


@given(rows, filters())
def test_what_is_left_is_the_largest_part_that_meets_all_conditions(events, chosen):
    tables = tables_of(*events)
    found = effect(tables, chosen)
    expected = slowly(rows_of(tables), chosen)
    assert found.after.events == len(expected)
    if expected:
        assert rows_of(apply_filter(tables, chosen)) == expected
    else:
        with pytest.raises(DataError, match="leaves none of the"):
            apply_filter(tables, chosen)


@given(rows, filters())
def test_the_account_adds_up_and_agrees_with_the_tables(events, chosen):
    tables = tables_of(*events)
    found = effect(tables, chosen)
    assert found.before.events == found.after.events + sum(count for _, count in found.removed)
    assert found.table()["events"].sum() == found.before.events - found.after.events
    assert found.before == effect(tables, Filter()).after
    if found.after.events:
        left = apply_filter(tables, chosen)
        assert effect(left, Filter()).before == found.after
        for column in ("user_id", "item_id", "event_type"):
            categories = left.events[column].cat.categories
            assert categories.tolist() == sorted(set(left.events[column]))
        assert left.events.index.equals(type(left.events.index)(range(len(left.events))))
        assert effect(left, chosen).after == found.after  # once is enough


def test_each_condition_in_its_order(small):
    chosen = Filter(
        since=date(2016, 3, 1), until=date(2016, 3, 2), events=("VIEW",), min_user=2, min_item=1
    )
    assert effect(small, chosen) == Effect(
        before=Size(articles=5, users=3, items=3, events=7, pairs=6),
        after=Size(articles=5, users=1, items=2, events=2, pairs=2),
        removed=(
            ("no time", 1),
            ("before 2016-03-01", 1),
            ("after 2016-03-02", 2),
            ("other event types", 1),
            ("readers with fewer than 2 articles", 0),
            ("articles with fewer than 1 reader", 0),
        ),
        rounds=0,
    )
    assert rows_of(apply_filter(small, chosen)) == [
        ("p", "a", "VIEW", f"{at('2016-03-01')}.0"),
        ("p", "b", "VIEW", f"{at('2016-03-02')}.0"),
    ]


def test_thresholds_hold_for_what_is_left():
    """A chain: leaving out one person takes the next article below, and so on to the square."""
    square = [(user, item) for user in "pq" for item in "ab"]
    chain = [("r", "b"), ("r", "c"), ("s", "c"), ("s", "d"), ("t", "d")]
    tables = tables_of(*((user, item, "VIEW", 1) for user, item in square + chain))
    found = effect(tables, Filter(min_user=2, min_item=2))
    # t (one article) goes, then d; s, then c; r, whose b keeps p and q.
    assert found.rounds == 3
    assert found.removed == (
        ("readers with fewer than 2 articles", 3),
        ("articles with fewer than 2 readers", 2),
    )
    assert (found.after.users, found.after.items, found.after.pairs) == (2, 2, 4)


def test_distinct_counterparts_count_not_events():
    tables = tables_of(*[("p", "a", "VIEW", 1)] * 5, ("q", "a", "VIEW", 1), ("q", "b", "VIEW", 1))
    left = apply_filter(tables, Filter(min_user=2))
    assert set(left.events["user_id"]) == {"q"}


def test_languages_and_kinds_choose_among_the_articles_unread_ones_too(small):
    left = apply_filter(small, Filter(languages=("pt",)))
    assert left.articles["item_id"].tolist() == ["c", "e"]
    assert left.articles.index.tolist() == [0, 1]
    assert set(left.events["item_id"]) == {"c"}
    assert apply_filter(small, Filter(kinds=("HTML",))).articles["item_id"].tolist() == list("abc")
    with pytest.raises(DataError, match="none of the 7 events .other languages: 7"):
        apply_filter(small, Filter(languages=("",)))  # d is read by nobody
    assert len(apply_filter(small, Filter(min_item=2)).articles) == 5


def test_no_filter_is_the_same_object_and_filters_have_fingerprints_of_their_own(small):
    assert apply_filter(small, Filter()) is small
    one, two = (apply_filter(small, Filter(min_item=n)) for n in (1, 2))
    assert len({small.fingerprint, one.fingerprint, two.fingerprint}) == 3
    assert one.fingerprint == apply_filter(small, Filter(min_item=1)).fingerprint
    assert len(one.fingerprint) == 32 and int(one.fingerprint, 16)
    assert one.report is small.report


def test_filtered_tables_train(small):
    left = apply_filter(small, Filter(min_user=2, min_item=2))
    interactions = build_interactions(left, EventWeights.default())
    assert interactions.user_ids.tolist() == ["p", "q"]
    assert interactions.user_items.toarray().tolist() == [[3, 1], [1, 1]]


def test_the_last_day_there_is(small):
    assert effect(small, Filter(until=date.max)).after.events == 6
    assert effect(small, Filter(since=date.min)).after.events == 6


def test_deskdrop(deskdrop):
    found = effect(deskdrop, Filter(min_user=5, min_item=5))
    left = apply_filter(deskdrop, Filter(min_user=5, min_item=5))
    pairs = left.events[["user_id", "item_id"]].drop_duplicates()
    assert pairs["user_id"].value_counts().min() >= 5
    assert pairs["item_id"].value_counts().min() >= 5
    assert (found.after.users, found.after.items, found.after.pairs) == (1125, 2084, 36_853)
