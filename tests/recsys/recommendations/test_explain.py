import numpy as np
import pytest
from hypothesis import given, strategies as st
from implicit.cpu.als import AlternatingLeastSquares

from recsys.dataset.tables import read_tables
from recsys.errors import SettingError, UnknownItemError, UnknownUserError
from recsys.limits import Limits
from recsys.models.params import ALSParams
from recsys.recommendations import explain
from recsys.recommendations.explain import Solver, Taste, contributions, fold_in, taste_of
from recsys.recommendations.next_reads import recommend
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import events_csv


@pytest.fixture(scope="module")
def implicits(sample_model):
    """implicit's own object, with the factors of our model."""
    params = sample_model.params
    als = AlternatingLeastSquares(
        factors=params.factors, regularization=params.regularization, alpha=params.alpha
    )
    als.item_factors = sample_model.item_factors
    als.user_factors = sample_model.user_factors
    return als


def dense(model, strengths):
    """The factors by the formula of the paper, with all matrices written out."""
    items = model.item_factors.astype(float)
    confidence = np.where(strengths > 0, model.params.alpha * strengths, 1.0)
    inverse = np.linalg.inv(
        items.T @ items
        + items.T @ np.diag(confidence - 1) @ items
        + model.params.regularization * np.eye(items.shape[1])
    )
    return inverse @ items.T @ np.diag(confidence) @ (strengths > 0)


def of(model, user):
    return model.user_items[list(model.user_ids).index(user)].toarray()[0]


def test_the_factors_are_those_of_the_formula(solver, sample_model):
    for user in sample_model.user_ids[:20]:
        expected = dense(sample_model, of(sample_model, user))
        np.testing.assert_allclose(taste_of(solver, user).factors, expected, rtol=1e-8, atol=1e-10)


def test_contributions_add_up_to_the_score_that_is_shown(solver, sample_model):
    for user in sample_model.user_ids[::50]:
        shown = recommend(solver, user, 20)
        parts = contributions(solver, user, shown["item_id"].tolist())
        sums = parts.groupby("item_id", sort=False)["contribution"].sum()
        assert sums.index.tolist() == shown["item_id"].tolist()
        np.testing.assert_allclose(sums, shown["score"], atol=1e-9)


def test_contributions_are_over_the_whole_past_largest_first(solver, sample_model):
    user, item = sample_model.user_ids[3], sample_model.items["item_id"].iloc[7]
    parts = contributions(solver, user, [item])
    past = of(sample_model, user)
    ids = sample_model.items["item_id"].to_numpy()
    assert set(parts["history_item_id"]) == set(ids[past > 0])
    assert parts["contribution"].is_monotonic_decreasing
    strengths = dict(zip(ids, past, strict=True))
    assert parts["strength"].tolist() == [strengths[i] for i in parts["history_item_id"]]
    titles = dict(zip(ids, sample_model.items["title"], strict=True))
    assert parts["title"].tolist() == [titles[i] for i in parts["history_item_id"]]


def test_contributions_by_hand_with_one_factor(sample_model):
    """With one factor W is a number. Strengths 1 and 2, alpha 2, λ 0.5."""
    model = _one_factor()
    items = model.item_factors.astype(float)[:, 0]
    read = {"a": 1.0, "b": 2.0}
    places = [model.positions[item] for item in read]
    confidence = [2.0, 4.0]
    weight = 1 / (
        (items**2).sum()
        + sum((c - 1) * items[i] ** 2 for c, i in zip(confidence, places, strict=True))
        + 0.5
    )
    parts = contributions(Solver(model), fold_in(Solver(model), read), ["c"])
    found = dict(zip(parts["history_item_id"], parts["contribution"], strict=True))
    wanted = items[model.positions["c"]]
    for item, place, c in zip(read, places, confidence, strict=True):
        assert found[item] == pytest.approx(wanted * weight * items[place] * c)


def _one_factor():
    rows = [f"1,VIEW,{item},{user}" for user in "pqrs" for item in "abc"]
    params = ALSParams(factors=1, alpha=2, regularization=0.5, iterations=3)
    return train(read_tables(None, events_csv(*rows, "1,VIEW,d,t")), EventWeights.default(), params)


def test_implicit_explains_the_same(solver, sample_model, implicits):
    for row in range(0, 1000, 100):
        user = sample_model.user_ids[row]
        shown = recommend(solver, user, 3)
        for item, score in zip(shown["item_id"], shown["score"], strict=True):
            total, theirs, _ = implicits.explain(
                row, sample_model.user_items, sample_model.positions[item], N=10_000
            )
            assert total == pytest.approx(score, abs=1e-4)
            parts = contributions(solver, user, [item])
            places = [sample_model.positions[i] for i in parts["history_item_id"]]
            ours = dict(zip(places, parts["contribution"], strict=True))
            assert ours == pytest.approx(dict(theirs), abs=1e-4)


def test_implicit_recommends_the_same_when_it_recalculates_the_person(
    solver, sample_model, implicits
):
    for row in range(0, 1000, 50):
        user = sample_model.user_ids[row]
        shown = recommend(solver, user, 10, Limits(include_removed=True))
        ids, scores = implicits.recommend(
            row, sample_model.user_items[row], N=10, recalculate_user=True
        )
        np.testing.assert_allclose(shown["score"], scores, atol=1e-4)
        places = [sample_model.positions[item] for item in shown["item_id"]]
        exact = solver.scores(taste_of(solver, user))
        np.testing.assert_allclose(exact[places], exact[ids], atol=1e-4)


def test_the_past_of_a_known_person_folds_in_to_that_person(solver, sample_model):
    ids = sample_model.items["item_id"].to_numpy()
    for user in sample_model.user_ids[::20]:
        past = of(sample_model, user)
        places = np.flatnonzero(past)[::-1]  # the order in which they are clicked is of no matter
        taste = fold_in(solver, {ids[i]: past[i] for i in places})
        assert recommend(solver, taste, 30).equals(recommend(solver, user, 30))
        item = [ids[0]]
        assert contributions(solver, taste, item).equals(contributions(solver, user, item))


@given(
    places=st.sets(st.integers(0, 59), min_size=1, max_size=40),
    strength=st.floats(1e-3, 1e4),
)
def test_any_new_reader_has_contributions_that_add_up(solver, sample_model, places, strength):
    ids = sample_model.items["item_id"].to_numpy()
    taste = fold_in(solver, {ids[place]: strength * (1 + place) for place in places})
    shown = recommend(solver, taste, 5)
    parts = contributions(solver, taste, shown["item_id"].tolist())
    sums = parts.groupby("item_id", sort=False)["contribution"].sum().to_numpy()
    np.testing.assert_allclose(sums, shown["score"], rtol=1e-9, atol=1e-9)


def test_without_regularization_and_with_fewer_articles_than_factors():
    rows = [f"1,VIEW,{item},{user}" for user in "pqr" for item in "ab" if user + item != "ra"]
    params = ALSParams(factors=8, regularization=0, iterations=5)
    model = train(read_tables(None, events_csv(*rows)), EventWeights.default(), params)
    solver = Solver(model)
    shown = recommend(solver, "r", 5)
    assert shown["item_id"].tolist() == ["a"]
    assert np.isfinite(shown["score"]).all()
    parts = contributions(solver, "r", ["a"])
    assert parts["contribution"].sum() == pytest.approx(shown["score"].iloc[0], abs=1e-6)


def test_a_catalogue_larger_than_a_block_gives_the_same(solver, sample_model, monkeypatch):
    monkeypatch.setattr(explain, "_ROWS", 7)  # the catalogue is not a multiple of it
    blocked = Solver(sample_model)
    np.testing.assert_allclose(blocked.gram, solver.gram, rtol=1e-12, atol=1e-12)
    taste = taste_of(solver, sample_model.user_ids[1])
    np.testing.assert_allclose(blocked.scores(taste), solver.scores(taste), atol=1e-12)


def test_the_model_is_left_as_it_was(sample_model):
    before = (sample_model.item_factors.copy(), sample_model.user_factors.copy())
    recommend(Solver(sample_model), sample_model.user_ids[0], 10)
    assert np.array_equal(before[0], sample_model.item_factors)
    assert np.array_equal(before[1], sample_model.user_factors)


def test_who_is_not_there_is_said(solver, sample_model):
    item = sample_model.items["item_id"].iloc[0]
    with pytest.raises(UnknownUserError, match="no reader 'nobody'.*1,000 readers"):
        taste_of(solver, "nobody")
    with pytest.raises(UnknownItemError, match="no article 'nothing'"):
        contributions(solver, sample_model.user_ids[0], ["nothing"])
    with pytest.raises(UnknownItemError, match="no article 'nothing'"):
        fold_in(solver, {"nothing": 1.0})
    for bad in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(SettingError, match=f"strength of {item}"):
            fold_in(solver, {item: bad})
    with pytest.raises(SettingError, match="no article is chosen"):
        fold_in(solver, {})


def test_nothing_to_explain_is_an_empty_table(solver, sample_model):
    parts = contributions(solver, sample_model.user_ids[0], [])
    assert len(parts) == 0
    assert list(parts) == ["item_id", "history_item_id", "title", "strength", "contribution"]
    assert isinstance(taste_of(solver, sample_model.user_ids[0]), Taste)
