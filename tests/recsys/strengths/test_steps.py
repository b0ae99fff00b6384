"""The documented examples, stage by stage."""

import re
from fractions import Fraction as F

import pytest

from recsys.errors import DataError
from recsys.strengths.interactions import build_interactions
from recsys.strengths.steps import stages
from recsys.strengths.weights import EventWeights, default_weights
from tests.conftest import ROOT, cells, tables_of

PAIR = ["user_id", "item_id"]


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
    """The tables of docs/strengths.md that are about pairs: (reader, article) to cells."""
    text = (ROOT / "docs" / "strengths.md").read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        header, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()
        ]
        if header[:2] == ["reader", "article"]:
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
    assert (
        made.left_out["reads with strength 0"] == made.left_out["readers with no other events"] == 1
    )


def test_what_reaches_the_threshold_counts_one():
    weights = EventWeights.of({"rating": 1}, threshold=4)
    made = build_interactions(column_of("rating", RATINGS), weights)
    assert cells(made) == {pair: float(row[-1]) for pair, row in RATINGS.items() if row[-1]}
    below = sum(row[1] for row in RATINGS.values())
    assert made.left_out["events below the threshold"] == below
    assert made.left_out["readers with no other events"] == 1


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
    ranked = stages(wide, WIDE_WEIGHTS)
    assert ranked["rank"].tolist() == [1, 2, 3, 4, 5]
    pairs = zip(ranked["user_id"], ranked["item_id"], strict=True)
    assert [WIDE[pair][-1] for pair in pairs] == ranked["strength"].tolist()
    for pair in (("ann", "c"), ("nobody", "a"), ("ann", "")):
        with pytest.raises(DataError, match=f"{pair[0]}.*no event"):
            stages(wide, WIDE_WEIGHTS, [pair])
