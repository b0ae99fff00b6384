"""Strengths: the documented example, and the matrix against a group-by in pandas."""

import re
from fractions import Fraction as F

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recsys.errors import DataError, SettingError
from recsys.interactions import build_interactions
from recsys.report import FileReport, Report
from recsys.stages import stages
from recsys.strengths import dense_ranks, scaled
from recsys.tables import Tables
from recsys.weights import EventWeights, default_weights
from tests.conftest import ROOT

PAIR = ["user_id", "item_id"]


def tables_of(rows, values=True):
    """Tables of ``(user, item, event type, value)`` rows."""
    events = pd.DataFrame(rows, columns=[*PAIR, "event_type", "value"])
    for name in (*PAIR, "event_type"):
        events[name] = events[name].astype("category")
    events["timestamp"] = np.nan
    events["value"] = events["value"].astype(float)
    items = list(events["item_id"].cat.categories)
    articles = pd.DataFrame({"item_id": items})
    file = FileReport(name="i.csv", rows=len(events), kept=len(events))
    return Tables(
        articles=articles,
        events=events if values else events.drop(columns="value"),
        report=Report(articles=file, events=file),
        fingerprint="0" * 32,
    )


def cells(made):
    """The matrix as a mapping of (user, item) to strength."""
    found = made.user_items.tocoo()
    items = made.items["item_id"].to_numpy()
    return {
        (made.user_ids[row], items[column]): value
        for row, column, value in zip(found.row, found.col, found.data, strict=True)
    }


# The documented example. Views 1, likes 2, follows 4; follows are constant, two sums tie.
# (person, article): raw values, normalised values, combined, rank, strength
FEATURES = ("views", "likes", "follows")
WIDE = {
    ("ann", "a"): ((2, 0, 1), (F(0), F(0), F(0)), F(0), 1, F(1)),
    ("ann", "b"): ((10, 1, 1), (F(1), F(1, 4), F(0)), F(3, 2), 3, F(11, 2)),
    ("bob", "a"): ((6, 0, 1), (F(1, 2), F(0), F(0)), F(1, 2), 2, F(13, 4)),
    ("bob", "c"): ((2, 1, 1), (F(0), F(1, 4), F(0)), F(1, 2), 2, F(13, 4)),
    ("cleo", "b"): ((4, 4, 1), (F(1, 4), F(1), F(0)), F(9, 4), 5, F(10)),
    ("cleo", "c"): ((8, 2, 1), (F(3, 4), F(1, 2), F(0)), F(7, 4), 4, F(31, 4)),
}
WIDE_WEIGHTS = EventWeights.of(
    {"views": 1, "likes": 2, "follows": 4}, normalise=True, scale="rank", low=1, high=10
)
PLAYS = {
    ("ann", "a"): ((1, 2), F(3), F(2)),
    ("ann", "b"): ((15,), F(15), F(4)),
    ("bob", "a"): ((7,), F(7), F(3)),
    ("bob", "b"): ((1,), F(1), F(1)),
    ("cleo", "b"): ((0,), F(0), F(0)),
}
RATINGS = {
    ("ann", "a"): ((F(5),), 0, F(1)),
    ("ann", "b"): ((F(3),), 1, F(0)),
    ("bob", "a"): ((F(4),), 0, F(1)),
    ("bob", "b"): ((F(4), F(5)), 0, F(2)),
    ("cleo", "b"): ((F(2), F(7, 2)), 2, F(0)),
}


@pytest.fixture(scope="module")
def wide():
    rows = [
        (*pair, name, value)
        for pair, (raw, *_) in WIDE.items()
        for name, value in zip(FEATURES, raw, strict=True)
    ]
    return tables_of(rows)


def column_of(name, example):
    rows = [(*pair, name, float(value)) for pair, (raw, *_) in example.items() for value in raw]
    return tables_of(rows)


def documented():
    """The tables of docs/strengths.md that are about pairs: (person, article) to cells."""
    text = (ROOT / "docs" / "strengths.md").read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        header, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()
        ]
        if header[:2] == ["person", "article"]:
            numbers = [[tuple(map(F, cell.split(" + "))) for cell in row[2:]] for row in rows]
            found.append(
                (header[2:], dict(zip(((r[0], r[1]) for r in rows), numbers, strict=True)))
            )
    return found


def test_the_document_shows_the_example():
    def one(*cells):
        return [(F(cell),) for cell in cells]

    raw, steps, plays, ratings = documented()
    assert raw == ([*FEATURES], {pair: one(*row[0]) for pair, row in WIDE.items()})
    assert steps == (
        [*FEATURES, "combined", "rank", "strength"],
        {pair: one(*row[1], *row[2:]) for pair, row in WIDE.items()},
    )
    assert plays == (
        ["plays", "sum", "strength"],
        {pair: [row[0], *one(*row[1:])] for pair, row in PLAYS.items()},
    )
    assert ratings == (
        ["ratings", "left out", "strength"],
        {pair: [row[0], *one(*row[1:])] for pair, row in RATINGS.items()},
    )


def test_the_example_is_what_the_library_computes(wide):
    assert cells(build_interactions(wide, WIDE_WEIGHTS)) == {
        pair: float(row[-1]) for pair, row in WIDE.items()
    }
    shown = stages(wide, WIDE_WEIGHTS, list(WIDE)).set_index(PAIR)
    for pair, (raw, normalised, combined, rank, strength) in WIDE.items():
        row = shown.loc[pair]
        assert [row[f"raw: {name}"] for name in FEATURES] == list(raw)
        assert [row[f"counted: {name}"] for name in FEATURES] == list(normalised)
        assert (row["combined"], row["rank"], row["ranks"]) == (combined, rank, 5)
        assert row["strength"] == strength


def test_log2_comes_after_the_sum():
    made = build_interactions(
        column_of("plays", PLAYS), EventWeights.of({"plays": 1}, scale="log2")
    )
    assert cells(made) == {pair: float(row[-1]) for pair, row in PLAYS.items() if row[-1]}
    assert made.left_out["pairs of strength 0"] == made.left_out["people with no other event"] == 1


def test_what_reaches_the_threshold_counts_one():
    weights = EventWeights.of({"rating": 1}, threshold=4)
    made = build_interactions(column_of("rating", RATINGS), weights)
    assert cells(made) == {pair: float(row[-1]) for pair, row in RATINGS.items() if row[-1]}
    below = sum(row[1] for row in RATINGS.values())
    assert made.left_out["events below the threshold"] == below
    assert made.left_out["people with no other event"] == 1


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
    weak, below = made.left_out["events of strength 0"], made.left_out["events below the threshold"]
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
    with pytest.raises(DataError, match=r"i\.csv: 2 of 4 values are negative, down to -3.*rank"):
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
    with pytest.raises(SettingError, match="no values"):
        build_interactions(tables, EventWeights.of({"x": 1}, **settings))


@pytest.mark.parametrize("settings", [{}, {"normalise": True}])
def test_values_too_large_to_add_are_refused(settings):
    rows = [("p", "a", "x", 1.7e308), ("p", "a", "x", 1.7e308), ("q", "b", "x", 1)]
    rows += [("q", "a", "x", -1.7e308)] if settings else []
    with pytest.raises(DataError, match="too large"):
        build_interactions(tables_of(rows), EventWeights.of({"x": 1}, **settings))


def test_the_default_follows_from_the_data(wide, sample_tables):
    assert default_weights(sample_tables) == EventWeights.default()
    assert default_weights(wide) == EventWeights.of(
        dict.fromkeys(FEATURES, 1), normalise=True, scale="rank"
    )
    rated = column_of("rating", RATINGS)
    assert default_weights(rated) == EventWeights.of({"rating": 1})
    several = tables_of([("p", "a", "buy", 1), ("q", "b", "VIEW", 1)], values=False)
    assert default_weights(several).missing(several.event_counts) == ["buy"]


def test_the_stages_are_spread_over_the_strengths(sample_tables, wide):
    weights = EventWeights.default()
    made = cells(build_interactions(sample_tables, weights))
    shown = stages(sample_tables, weights, n=5)
    assert len(shown) == 5 and shown["strength"].is_monotonic_increasing
    assert shown["strength"].iloc[[0, -1]].tolist() == [min(made.values()), max(made.values())]
    pairs = list(zip(shown["user_id"], shown["item_id"], strict=True))
    assert [made[pair] for pair in pairs] == shown["strength"].tolist()
    assert "rank" not in shown
    assert stages(sample_tables, weights, n=5).equals(shown)
    assert stages(wide, WIDE_WEIGHTS)["rank"].tolist() == [1, 2, 3, 4, 5]
    for pair in (("ann", "c"), ("nobody", "a"), ("ann", "")):
        with pytest.raises(DataError, match=f"{pair[0]}.*no event"):
            stages(wide, WIDE_WEIGHTS, [pair])
