"""Which strengths are advised against, and whether what is advised mends it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.dataset.tables import Tables
from recsys.errors import DataError
from recsys.models.params import PRESETS, ALSParams
from recsys.strengths.advising import Advice, advice, largest_singular_value
from recsys.strengths.interactions import build_interactions
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import tables_of

ONE = EventWeights.of({"X": 1})


def with_values(tables: Tables, values: np.ndarray) -> Tables:
    events = tables.events.assign(event_type=pd.Categorical(["X"] * len(values)), value=values)
    return replace(tables, events=events)


@pytest.fixture(scope="module")
def draw(sample_tables):
    return np.random.default_rng(1).standard_normal(len(sample_tables.events))


def kinds(found: tuple[Advice, ...]) -> list[str]:
    return [one.kind for one in found]


def test_what_is_usual_needs_no_advice(sample_tables, draw):
    assert advice(sample_tables, EventWeights.default()) == ()
    assert advice(sample_tables, EventWeights.default(), regularization=100) == ()
    for spread in (0, 0.5, 1):  # a few plays each
        assert advice(with_values(sample_tables, np.exp(spread * draw)), ONE) == ()


def test_factors_shrink_to_nothing_where_the_largest_singular_value_is_below_lambda(sample_tables):
    tables = with_values(sample_tables, np.ones(len(sample_tables.events)))
    made = build_interactions(tables, ONE)
    largest = largest_singular_value(made.user_items)
    params = ALSParams(factors=6, iterations=40, alpha=1.0)
    for share, remains in ((0.8, False), (8.0, True)):
        regularization = largest / share
        model = train(tables, ONE, replace(params, regularization=regularization))
        assert bool(np.abs(model.item_factors).max() > 1e-3) is remains
        found = advice(tables, ONE, alpha=1.0, regularization=regularization, made=made)
        assert kinds(found) == ([] if remains else ["vanishing"])


def test_the_largest_singular_value_is_that_of_lapack():
    pairs = zip("aabbcc", "xyxzyz", range(1, 7), strict=True)
    tables = tables_of([(user, item, "X", value) for user, item, value in pairs])
    matrix = build_interactions(tables, ONE).user_items
    assert largest_singular_value(matrix) == pytest.approx(
        np.linalg.norm(matrix.toarray(), 2), rel=1e-6
    )


@pytest.mark.parametrize("preset", ["Tutorial", "Stable", "Soft"])
def test_tiny_strengths_are_ranked(sample_tables, draw, preset):
    tables = with_values(sample_tables, 1e-10 * np.exp(draw))
    params = PRESETS[preset]
    given = {"alpha": params.alpha, "regularization": params.regularization}
    (found,) = advice(tables, ONE, **given)
    assert (found.kind, found.shell) == ("vanishing", "--scale rank")
    assert f"alpha {params.alpha:g}" in found.text and "random start" in found.text
    assert advice(tables, found.weights, **given) == ()


@pytest.mark.parametrize(
    ("given", "mends"),
    [
        ({"regularization": 1e5}, {"regularization": 0.1}),
        ({"alpha": 1e-6}, {"alpha": 15.0}),
    ],
)
def test_where_a_parameter_makes_factors_vanish_it_is_that_one_that_mends(
    sample_tables, given, mends
):
    (found,) = advice(sample_tables, EventWeights.default(), **given)
    assert (found.kind, found.params, found.weights) == ("vanishing", mends, None)
    assert advice(sample_tables, EventWeights.default(), **(given | mends)) == ()


@pytest.mark.parametrize("middle", [1_500, 100_000])
def test_durations_do_worse_than_the_most_read_list(sample_tables, draw, middle):
    tables = with_values(sample_tables, middle * np.exp(draw))
    (found,) = advice(tables, ONE)
    assert (found.kind, found.label, found.shell) == (
        "drowning", "Use log2 instead", "--scale log2",
    )  # fmt: skip
    assert found.weights == replace(ONE, scale="log2")
    highest = build_interactions(tables, ONE).user_items.data.max()
    assert f"to {float(f'{highest:.3g}'):,.0f}, half of them above" in found.text
    assert advice(tables, found.weights) == ()


def test_where_alpha_is_large_ranks_mend_what_the_logarithm_does_not():
    pairs = [(u, i) for u in range(40) for i in range(24) if (u + i) % 3 == 0]
    rows = [(f"u{u}", f"i{i}", "X", 1e6 * (1 + u * i % 90)) for u, i in pairs]
    assert advice(tables_of(rows), ONE)[0].shell == "--scale log2"
    (found,) = advice(tables_of(rows), ONE, alpha=40)
    assert (found.kind, found.shell) == ("drowning", "--scale rank")
    assert advice(tables_of(rows), found.weights, alpha=40) == ()


def test_one_outlier_spoils_nothing_and_one_in_a_hundred_is_named(sample_tables):
    values = np.ones(len(sample_tables.events))
    values[7] = 1e9
    assert advice(with_values(sample_tables, values), ONE) == ()
    values[np.random.default_rng(0).choice(len(values), len(values) // 50, replace=False)] = 1e4
    (found,) = advice(with_values(sample_tables, values), ONE)
    assert (found.kind, found.weights) == ("skewed", replace(ONE, scale="log2"))


def test_where_the_logarithm_is_taken_already_alpha_mends(sample_tables, draw):
    tables = with_values(sample_tables, 1_500 * np.exp(draw))
    weights = replace(ONE, scale="log2")
    (found,) = advice(tables, weights, alpha=3_000)
    assert (found.kind, found.weights, list(found.params)) == ("drowning", None, ["alpha"])
    assert found.shell == f"--alpha {found.params['alpha']:g}"
    assert advice(tables, weights, **found.params) == ()


def test_small_dense_data_of_plain_readings_is_as_it_should_be():
    rows = [(f"u{u}", f"i{i}", "X", 1.0) for u in range(12) for i in range(10) if (u * i) % 3]
    assert advice(tables_of(rows), ONE) == ()


def test_a_low_rating_is_no_liking():
    pairs = [(u, i) for u in range(9) for i in range(9)]
    rows = [(f"u{u}", f"i{i}", "rating", 1.0 + (u + i) % 5) for u, i in pairs]
    weights = EventWeights.of({"rating": 1})
    (found,) = advice(tables_of(rows), weights)
    assert (found.kind, found.shell) == ("ratings", "--threshold 4")
    assert "a 1 counts as a like" in found.text and "(33 of 81 rows)" in found.label
    assert found.weights == replace(weights, threshold=4)
    assert advice(tables_of(rows), found.weights) == ()


def test_what_cannot_be_built_is_not_advised_about():
    rows = [("u", "i", "X", -1.0), ("v", "j", "X", 1.0)]
    with pytest.raises(DataError, match="negative"):
        advice(tables_of(rows), ONE)


@pytest.mark.filterwarnings("error")
def test_values_at_the_end_of_all_numbers_are_said_in_few_digits():
    rows = [(user, item, "n", 9e307) for user in "ab" for item in "xy"] + [("c", "z", "n", 1e5)]
    (found,) = advice(tables_of(rows), EventWeights.of({"n": 1}))
    assert found.text.startswith(
        "Strengths range from 100,000 to 9e+307, half of them above 9e+307."
    )


def test_nothing_is_said_where_only_two_ratings_occur():
    rows = [(f"u{n % 9}", f"i{n % 7}", "rating", [0.0, 3.0, 3.0][n % 3]) for n in range(60)]
    assert advice(tables_of(rows), EventWeights.of({"rating": 1})) == ()
    rows = [(f"u{n % 9}", f"i{n % 7}", "rating", [0.0, 1, 2, 3][n % 4]) for n in range(60)]
    assert [one.kind for one in advice(tables_of(rows), EventWeights.of({"rating": 1}))] == [
        "ratings"
    ]
