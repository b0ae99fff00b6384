"""Which numbers are taken for ratings, and what each choice keeps."""

from dataclasses import replace

import pytest

from recsys.strengths.interactions import build_interactions
from recsys.strengths.ratings import RatingStep, liked, rating_steps
from recsys.strengths.weights import EventWeights
from tests.conftest import tables_of


def steps(name, values):
    rows = [(f"u{n // 4}", f"i{n % 7}", name, float(v)) for n, v in enumerate(values)]
    return rating_steps(tables_of(rows))


def thresholds(name, values):
    return [step.threshold for step in steps(name, values)]


@pytest.mark.parametrize(
    "name", ["rating", "Book-Rating", "stars", "userRating", "overall", "score"]
)
def test_a_column_of_that_name_holds_ratings(name):
    assert thresholds(name, [1, 2, 3, 4, 5] * 4) == [None, 2, 3, 4, 5]


def test_points_of_a_scale_are_ratings_whatever_they_are_called():
    assert thresholds("opinion", [1, 3, 4, 4, 5, 5] * 4) == [None, 3, 4, 5]
    assert thresholds("opinion", [0.5, 3.5, 4, 4.5, 5] * 4) == [None, 3.5, 4, 4.5, 5]
    assert thresholds("opinion", [1, 1, 1, 1, 2, 5] * 4) == []  # as counts are
    assert thresholds("opinion", [1, 3, 4, 4, 6] * 4) == []


@pytest.mark.parametrize(
    "name",
    ["plays", "quantity", "hours", "playCount", "duration", "Pageviews", "rating_count", "views_n"],
)
def test_a_count_is_no_rating(name):
    assert thresholds(name, [1, 3, 4, 4, 5, 5] * 4) == []


def test_many_different_ratings_are_asked_in_whole_numbers_or_tens():
    assert thresholds("score", [n / 7 for n in range(1, 70)]) == [None, *range(1, 10)]
    assert thresholds("score", range(3, 100)) == [None, *range(10, 100, 10)]
    assert thresholds("score", [n / 70 for n in range(1, 70)]) == []
    assert thresholds("rating", [1e-10, 2e-10, 5e-10]) == []
    assert thresholds("rating", [5, 5, 5]) == []


def test_what_is_negative_or_zero_is_no_liking_at_any_step():
    assert thresholds("rating", [-1, 0, 5, 7, 10]) == [None, 5, 7, 10]
    assert thresholds("rating", [-5, 5, -5, 5]) == [None, 5]


def test_each_step_says_what_the_matrix_would_have():
    rows = [
        ("a", "x", 5), ("a", "y", 4), ("b", "x", 4), ("b", "y", 5), ("b", "x", 1), ("c", "z", 2),
        ("d", "z", 0),
    ]  # fmt: skip
    tables = tables_of([(u, i, "rating", v) for u, i, v in rows])
    found = rating_steps(tables)
    assert found == (
        RatingStep(threshold=None, rows=6, people=3, articles=3),
        RatingStep(threshold=1.0, rows=6, people=3, articles=3),
        RatingStep(threshold=2.0, rows=5, people=3, articles=3),
        RatingStep(threshold=4.0, rows=4, people=2, articles=2),
        RatingStep(threshold=5.0, rows=2, people=2, articles=2),
    )
    for step in found:
        weights = replace(EventWeights.of({"rating": 1}), threshold=step.threshold)
        assert build_interactions(tables, weights).user_items.shape == (step.people, step.articles)


def test_four_of_five_and_seven_of_ten_are_liking():
    assert liked(steps("rating", [1, 2, 3, 4, 5])).threshold == 4
    assert liked(steps("rating", [0.5, 3, 3.5, 4, 5])).threshold == 3.5
    assert liked(steps("rating", range(1, 11))).threshold == 7


def test_no_values_no_ratings(sample_tables):
    assert rating_steps(sample_tables) == ()
    assert rating_steps(tables_of([("a", "x", "rating", 1.0)] * 3, values=False)) == ()
