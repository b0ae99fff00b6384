"""The matrix against a group-by in pandas, and the scales by their properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, strategies as st

from recsys.errors import DataError, SettingError
from recsys.strengths.interactions import build_interactions
from recsys.strengths.steps import stages
from recsys.strengths.sums import dense_ranks, scaled
from recsys.strengths.weights import EventWeights
from tests.conftest import cells, tables_of

PAIR = ["user_id", "item_id"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("pqrst"),
        st.sampled_from("abcd"),
        st.sampled_from(["x", "y", "z"]),
        st.integers(-6, 12).map(lambda n: n / 4),
    ),
    min_size=1,
    max_size=40,
)
# Weights that are exact in binary, so that the order of a sum does not matter.
WEIGHTS = st.builds(
    EventWeights.of,
    st.fixed_dictionaries(dict.fromkeys("xyz", st.sampled_from([0, 0.5, 1, 3]))).filter(
        lambda strengths: any(strengths.values())
    ),
    normalise=st.booleans(),
    scale=st.sampled_from(["sum", "log2", "rank"]),
    low=st.sampled_from([0.5, 1]),
    high=st.sampled_from([1, 7]),
    threshold=st.none() | st.integers(-4, 8).map(lambda n: n / 4),
)


def brute_force(events, weights):
    """Strength by pair, row by row: the formula of the document in plain Python."""
    pairs = {}
    for event_type, group in events.groupby("event_type", observed=True):
        low, high = group["value"].min(), group["value"].max()
        for user, item, value in zip(
            group["user_id"], group["item_id"], group["value"], strict=True
        ):
            if weights.threshold is not None:
                if value < weights.threshold:
                    continue
                value = 1.0
            elif weights.normalise:
                value = 0.0 if low == high else (value - low) / (high - low)
            weight = weights.as_dict()[event_type]
            if weight > 0:
                pairs.setdefault((user, item), []).append(weight * value)
    sums = pd.Series({pair: sum(parts) for pair, parts in pairs.items()}, dtype=float)
    if weights.scale == "log2":
        sums = np.log2(1 + sums)
    if weights.scale == "rank" and len(sums):
        ranks = sums.round(9).rank(method="dense")
        share = (ranks - 1) / (ranks.max() - 1) if ranks.max() > 1 else 1.0 + 0 * ranks
        sums = weights.low + (weights.high - weights.low) * share
    return {pair: value for pair, value in sums.items() if value}


@given(ROWS, WEIGHTS)
def test_the_matrix_is_the_group_by(rows, weights):
    tables = tables_of(rows)
    events = tables.events
    counted = events["event_type"].astype(str).map(weights.as_dict()) > 0
    plain = weights.threshold is None and not weights.normalise and weights.scale != "rank"
    if plain and (events.loc[counted, "value"] < 0).any():
        with pytest.raises(DataError, match="negative"):
            build_interactions(tables, weights)
        return
    wanted = brute_force(events, weights)
    people, articles = ({pair[place] for pair in wanted} for place in (0, 1))
    if len(people) < 2 or len(articles) < 2:
        with pytest.raises(DataError, match="is left"):
            build_interactions(tables, weights)
        return
    made = build_interactions(tables, weights)
    got = cells(made)
    assert got == pytest.approx(wanted, rel=1e-12)
    assert list(made.user_ids) == sorted(people) and list(made.items["item_id"]) == sorted(articles)
    assert made.user_items.has_canonical_format and made.user_items.dtype == np.float64
    assert made.readers.tolist() == np.diff(made.item_users.indptr).tolist()
    weak, below = (
        made.left_out["events with strength 0"],
        made.left_out["events below the threshold"],
    )
    assert weak == int((~counted).sum())
    kept = counted & (events["value"] >= (-np.inf if (t := weights.threshold) is None else t))
    assert weak + below + int(kept.sum()) == len(events)
    shown = stages(tables, weights, list(got))
    assert dict(zip(got, shown["strength"], strict=True)) == got
    names = [name for name in "xyz" if f"counted: {name}" in shown]
    total = sum(weights.as_dict()[name] * shown[f"counted: {name}"] for name in names)
    np.testing.assert_allclose(shown["combined"], total, rtol=1e-12, atol=1e-12)


@given(ROWS)
def test_without_values_each_event_counts_one(rows):
    tables = tables_of(rows, values=False)
    assume(tables.events["user_id"].nunique() > 1 < tables.events["item_id"].nunique())
    weights = EventWeights.of({"x": 1, "y": 2, "z": 4})
    strengths = tables.events["event_type"].astype(str).map(weights.as_dict())
    wanted = strengths.groupby([tables.events[name].astype(str) for name in PAIR]).sum()
    assert cells(build_interactions(tables, weights)) == wanted.to_dict()


SUMS = st.lists(st.integers(-50, 50), min_size=1, max_size=60).map(lambda n: np.array(n, float))


@given(SUMS, st.floats(0.01, 5), st.floats(0, 20))
def test_rank_is_monotone_and_reaches_both_ends(sums, low, more):
    weights = EventWeights.of({"x": 1}, scale="rank", low=low, high=low + more)
    got = scaled(sums, weights)
    order = np.argsort(sums)
    assert (np.diff(got[order]) >= 0).all()
    assert got.max() == weights.high
    if len(set(sums)) > 1:
        assert got.min() == weights.low
    for value in sums:
        assert len(set(got[sums == value])) == 1
    if more > 0.1:
        assert len(set(got)) == len(set(sums))


@given(SUMS)
def test_rank_does_not_see_an_increasing_transformation(sums):
    weights = EventWeights.of({"x": 1}, scale="rank")
    for transformed in (3 * sums + 7, sums**3, np.exp(sums / 10)):
        assert np.array_equal(scaled(transformed, weights), scaled(sums, weights))


def test_sums_in_another_order_still_tie():
    ranks, count = dense_ranks(np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.6 + 1e-9, 0.1]))
    assert ranks.tolist() == [2, 2, 3, 1] and count == 3


MIXED = [("p", "a", "x", -1), ("p", "b", "x", 2), ("q", "a", "x", -3), ("q", "b", "x", 5)]


@pytest.mark.parametrize("scale", ["sum", "log2"])
def test_negative_values_are_refused_where_they_mean_nothing(scale):
    with pytest.raises(DataError, match=r"i\.csv: 2 of 4 numbers are negative, down to -3.*rank"):
        build_interactions(tables_of(MIXED), EventWeights.of({"x": 1}, scale=scale))


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"scale": "rank", "high": 4}, [2, 3, 1, 4]),
        ({"normalise": True}, [1 / 4, 5 / 8, 0, 1]),
        ({"threshold": -2}, [1, 1, 0, 1]),
    ],
)
def test_negative_values_can_be_ranked_normalised_or_cut(settings, wanted):
    made = build_interactions(tables_of(MIXED), EventWeights.of({"x": 1}, **settings))
    assert made.user_items.toarray().ravel().tolist() == wanted


@pytest.mark.parametrize("settings", [{"normalise": True}, {"threshold": 2}])
def test_settings_about_values_need_values(settings):
    tables = tables_of([("p", "a", "x", 1), ("q", "b", "x", 2)], values=False)
    with pytest.raises(SettingError, match="no number column"):
        build_interactions(tables, EventWeights.of({"x": 1}, **settings))


@pytest.mark.parametrize("settings", [{}, {"normalise": True}])
def test_values_too_large_to_add_are_refused(settings):
    rows = [("p", "a", "x", 1.7e308), ("p", "a", "x", 1.7e308), ("q", "b", "x", 1)]
    rows += [("q", "a", "x", -1.7e308)] if settings else []
    with pytest.raises(DataError, match="too large"):
        build_interactions(tables_of(rows), EventWeights.of({"x": 1}, **settings))
