"""Whole-catalogue exports against one query at a time."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError, Stopped
from recsys.exports import tiles as export_all
from recsys.exports.catalogue import all_neighbours, all_recommendations
from recsys.limits import Limits
from recsys.models.model import Model
from recsys.neighbours.similarity import similar_items
from recsys.recommendations.explain import Solver
from recsys.recommendations.next_reads import recommend
from recsys.writing import write_parts


def one_by_one(model: Model, n: int, every: int = 1, **options: bool) -> pd.DataFrame:
    """The export as a loop over `similar_items`, for one article of so many."""
    parts = []
    asked = model.items.iloc[::every]
    for item, title in zip(asked["item_id"], asked["title"], strict=True):
        near = similar_items(model, item, n, Limits(**options))
        columns = {"item_id": "neighbour_id", "title": "neighbour_title"}
        part = near[["rank", "item_id", "title", "score"]].rename(columns=columns)
        part.insert(0, "item_id", item)
        part.insert(1, "title", title)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def whole(parts: Iterator[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)


def of(found: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """What is found for the articles that the others are for."""
    return found[found["item_id"].isin(others["item_id"])]


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Every row in its place; scores but for the rounding of float32."""
    assert found.columns.tolist() == expected.columns.tolist()
    for name in expected.columns.drop("score"):
        assert found[name].tolist() == expected[name].tolist(), name
    np.testing.assert_allclose(found["score"], expected["score"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("options", [{}, {"include_removed": True}])
def test_all_neighbours_are_those_of_one_query_each(sample_model, options, monkeypatch):
    monkeypatch.setattr(export_all, "TILE_SCORES", 200 * 1_500)  # several tiles, the last smaller
    expected = one_by_one(sample_model, 10, every=4, **options)
    found = whole(all_neighbours(sample_model, 10, Limits(**options)))
    assert found["item_id"].unique().tolist() == sample_model.items["item_id"].tolist()
    same(of(found, expected), expected)


def test_all_neighbours_of_deskdrop(deskdrop_model):
    expected = one_by_one(deskdrop_model, 10, every=10)
    same(of(whole(all_neighbours(deskdrop_model, 10)), expected), expected)


def test_more_than_there_are_gives_all(sample_model):
    few = made(np.random.RandomState(0).randn(7, 3), sample_model)
    assert len(whole(all_neighbours(few, 1000))) == 7 * 6
    same(whole(all_neighbours(few, 1000)), one_by_one(few, 1000))
    assert whole(all_neighbours(made([[1.0]], sample_model))).empty


def made(item_factors, like: Model, removed=()) -> Model:
    """A model of these item factors; two people, who read the first article, or the last two."""
    factors = np.array(item_factors, dtype=np.float32)
    n = len(factors)
    items = pd.DataFrame({name: [""] * n for name in like.items.columns})
    items["item_id"] = [f"i{place}" for place in range(n)]
    items["removed"] = np.isin(np.arange(n), removed)
    read = np.zeros((2, n))
    read[0, 0] = read[1, -2:] = 1.0
    return replace(
        like,
        item_factors=factors,
        user_factors=np.ones((2, factors.shape[1]), dtype=np.float32),
        user_ids=np.array(["u0", "u1"], dtype=object),
        user_items=type(like.user_items)(read),
        items=items,
    )


@given(
    st.lists(st.lists(st.sampled_from([-1, 0, 0.5, 1, 3]), min_size=3, max_size=3), min_size=2,
             max_size=40),
    st.integers(1, 12),
    st.sets(st.integers(0, 39)),
)  # fmt: skip
def test_ties_zero_factors_and_removed_articles(sample_model, factors, n, removed):
    model = made(factors, sample_model, sorted(removed))
    same(whole(all_neighbours(model, n)), one_by_one(model, n))


def test_ties_by_the_hundred(sample_model):
    draw = np.random.RandomState(0)
    kinds = draw.randn(5, 8)
    model = made(kinds[draw.randint(0, 5, 400)], sample_model, removed=range(0, 400, 7))
    same(whole(all_neighbours(model, 10)), one_by_one(model, 10))
    zeros = made(np.zeros((400, 8)), sample_model)
    same(whole(all_neighbours(zeros, 3)), one_by_one(zeros, 3))


def test_scores_that_differ_in_the_last_digit(sample_model):
    draw = np.random.RandomState(0)
    alike = draw.randn(3, 17)[draw.randint(0, 3, 400)] * draw.uniform(0.1, 9, (400, 1))
    model = made(alike, sample_model)
    same(whole(all_neighbours(model, 10)), one_by_one(model, 10))


def recommended(model: Model, n: int, people: np.ndarray, hidden: np.ndarray) -> pd.DataFrame:
    """All scores at once, all sorted."""
    rows = []
    for user, person in enumerate(people):
        scores = model.item_factors.astype(np.float64) @ person.astype(np.float64)
        read = set(model.user_items[user].indices)
        order = [i for i in np.argsort(-scores, kind="stable") if i not in read and not hidden[i]]
        for rank, item in enumerate(order[:n], start=1):
            about = model.items.iloc[item]
            rows.append(
                (model.user_ids[user], rank, about["item_id"], about["title"], scores[item])
            )
    return pd.DataFrame(rows, columns=["user_id", "rank", "item_id", "title", "score"])


def test_recommendations_leave_out_what_was_read_and_removed(sample_model, monkeypatch):
    monkeypatch.setattr(export_all, "TILE_SCORES", 300 * 1_500)
    removed = sample_model.items["removed"].to_numpy()
    assert removed.any()
    people = sample_model.user_factors
    expected = recommended(sample_model, 5, people, removed)

    def export(**options):
        return whole(
            all_recommendations(sample_model, 5, factors_of=lambda rows: people[rows], **options)
        )

    same(export(), expected)
    expected = recommended(sample_model, 5, people, np.zeros_like(removed))
    same(export(include_removed=True), expected)


def test_everybodys_recommendations_are_those_of_one_person_each(sample_model):
    found = whole(all_recommendations(sample_model, 7)).set_index("user_id")
    solver = Solver(sample_model)
    for user in sample_model.user_ids[::50]:
        expected = recommend(solver, user, 7)
        assert found.loc[user, "item_id"].tolist() == expected["item_id"].tolist()
        np.testing.assert_allclose(found.loc[user, "score"], expected["score"], atol=1e-9)


def test_recommendations_worked_out_by_hand(sample_model):
    model = made([[1, 0], [0, 2], [3, 0], [2, 0], [5, 5], [0, 1]], sample_model, removed=[2])
    table = whole(all_recommendations(model, 3, factors_of=lambda rows: model.user_factors[rows]))
    assert table["user_id"].tolist() == ["u0"] * 3 + ["u1"] * 3
    assert table["item_id"].tolist() == ["i4", "i1", "i3", "i1", "i3", "i0"]
    assert table["score"].tolist() == [10, 2, 2, 2, 2, 1]
    assert table["rank"].tolist() == [1, 2, 3, 1, 2, 3]


def test_recommendations_by_other_factors_of_the_people(sample_model):
    people = np.random.RandomState(0).randn(*sample_model.user_factors.shape)  # float64
    removed = sample_model.items["removed"].to_numpy()
    table = whole(all_recommendations(sample_model, 4, factors_of=lambda rows: people[rows]))
    same(table, recommended(sample_model, 4, people, removed))


@pytest.mark.parametrize("export", [all_neighbours, all_recommendations])
@pytest.mark.parametrize("n", [0, 1001])
def test_n_has_bounds(sample_model, export, n):
    with pytest.raises(SettingError, match="not allowed"):
        next(export(sample_model, n))


def test_progress_is_told_and_can_stop_the_work(sample_model, monkeypatch, tmp_path):
    n = len(sample_model.items)
    monkeypatch.setattr(export_all, "TILE_SCORES", 600 * n)
    told: list[tuple[int, int]] = []
    whole(all_neighbours(sample_model, 1, on_progress=lambda *done: told.append(done)))
    assert told == [(600, n), (1_200, n), (n, n)]

    def stop(done: int, total: int) -> None:
        if done == 1_200:
            raise Stopped

    path = tmp_path / "n.csv"
    path.write_text("what was there")
    with pytest.raises(Stopped):
        write_parts(all_neighbours(sample_model, 1, on_progress=stop), path)
    assert [file.name for file in tmp_path.iterdir()] == ["n.csv"]
    assert path.read_text() == "what was there"
