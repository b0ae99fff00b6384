"""The method against a plain transcription of its formulas."""

import implicit
import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits

from recsys.dataset.tables import read_tables
from recsys.limits import Limits
from recsys.maps.projection import pca_map
from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.strengths.interactions import build_interactions
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from recsys.training.engines import implicit as als
from recsys.training.pipeline import train
from tests.conftest import DESKDROP, articles_csv, events_csv


def transcribed(folder):
    """The tutorial's steps in pandas and numpy; ids of articles and V, in code order."""
    articles = pd.read_csv(folder / "shared_articles.csv", dtype={"contentId": str})
    shared = articles[articles["eventType"] == "CONTENT SHARED"]
    shared = shared.sort_values("timestamp").drop_duplicates("contentId", keep="last")
    last = articles.sort_values("timestamp").drop_duplicates("contentId", keep="last")
    removed = set(last.loc[last["eventType"] == "CONTENT REMOVED", "contentId"])
    events = pd.read_csv(
        folder / "users_interactions.csv", dtype={"contentId": str, "personId": str}
    )
    events = events.merge(shared[["contentId"]], on="contentId")
    events["strength"] = events["eventType"].map(DEFAULT_STRENGTHS)
    pairs = events.groupby(["personId", "contentId"])["strength"].sum().reset_index()
    person = pairs["personId"].astype("category")
    article = pairs["contentId"].astype("category")
    matrix = sparse.csr_matrix(
        (pairs["strength"].astype(float), (person.cat.codes, article.cat.codes))
    )
    with threadpool_limits(1, "blas"):
        model = implicit.cpu.als.AlternatingLeastSquares(
            factors=20, regularization=0.1, iterations=50, alpha=15, random_state=0
        )
        model.fit(matrix, show_progress=False)
    return article.cat.categories.tolist(), model.item_factors, removed


@pytest.fixture(scope="module")
def transcription(deskdrop):
    return transcribed(DESKDROP)


@pytest.mark.parametrize("removed_too", [False, True])
def test_same_neighbours_same_order_article_by_article(deskdrop_model, transcription, removed_too):
    ids, factors, removed = transcription
    assert deskdrop_model.items["item_id"].tolist() == ids
    norms = np.sqrt((factors * factors).sum(axis=1))
    place = {item: i for i, item in enumerate(ids)}
    for i, item in list(enumerate(ids))[:: 9 if removed_too else 6]:
        scores = factors.dot(factors[i]) / norms / norms[i]
        order = [
            j
            for j in np.argsort(-scores, kind="stable")
            if j != i and (removed_too or ids[j] not in removed)
        ][:10]
        got = similar_items(deskdrop_model, item, 10, Limits(include_removed=removed_too))
        places = [place[other] for other in got["item_id"]]
        assert len(set(places)) == 10
        # Rounding alone may turn two around.
        np.testing.assert_allclose(scores[places], scores[order], atol=1e-6, err_msg=item)
        np.testing.assert_allclose(got["score"], scores[order], atol=1e-5)


def test_the_matrix_has_people_as_rows_and_summed_strengths():
    tables = read_tables(
        articles_csv("1,CONTENT SHARED,a,,,A,en", "1,CONTENT SHARED,b,,,B,en"),
        events_csv("1,VIEW,a,p", "2,COMMENT CREATED,a,p", "3,LIKE,b,q", "3,VIEW,a,q"),
    )
    made = build_interactions(tables, EventWeights.default())
    assert made.user_items.toarray().tolist() == [[6.0, 0.0], [1.0, 2.0]]
    assert made.item_users.toarray().tolist() == [[6.0, 1.0], [0.0, 2.0]]
    assert made.user_items.dtype == made.item_users.dtype == np.float64
    assert (made.user_items.format, made.item_users.format) == ("csr", "csr")
    assert made.readers.tolist() == [2, 1]


def test_strength_zero_leaves_no_stored_zero_and_is_counted():
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{x},,,T,en" for x in "abc")),
        events_csv("1,VIEW,a,p", "1,VIEW,b,q", "1,LIKE,c,r", "1,LIKE,a,p", "1,VIEW,a,q"),
    )
    made = build_interactions(tables, EventWeights.of({"VIEW": 1, "LIKE": 0}))
    assert (made.user_items.data > 0).all()
    assert made.user_items.shape == (2, 2)
    assert made.left_out["events with strength 0"] == 2
    assert made.left_out["readers with no other events"] == 1
    assert made.left_out["articles with no other events"] == 1


def test_confidence_is_alpha_times_strength_applied_once(sample_tables):
    weights = EventWeights.default()
    doubled = EventWeights.of({name: 2 * value for name, value in weights.as_dict().items()})
    one = train(sample_tables, weights, ALSParams(alpha=10, iterations=5))
    two = train(sample_tables, doubled, ALSParams(alpha=5, iterations=5))
    np.testing.assert_allclose(one.item_factors, two.item_factors, atol=1e-5)


def test_the_loss_is_that_of_the_formula(sample_tables):
    params = ALSParams(iterations=3)
    model = train(sample_tables, EventWeights.default(), params)
    filled = model.user_items.toarray()
    confidence = params.alpha * filled
    predicted = model.user_factors.astype(float) @ model.item_factors.astype(float).T
    on, off = filled > 0, filled == 0
    total = (confidence * (1 - predicted) ** 2)[on].sum() + (predicted**2)[off].sum()
    total += params.regularization * (
        (model.user_factors.astype(float) ** 2).sum()
        + (model.item_factors.astype(float) ** 2).sum()
    )
    weight = confidence.sum() + off.sum()
    assert model.losses[-1] == pytest.approx(total / weight, rel=1e-3)


def test_same_seed_same_bits_other_seed_other_model(sample_tables):
    params = ALSParams(iterations=2)
    first = train(sample_tables, EventWeights.default(), params)
    again = train(sample_tables, EventWeights.default(), params)
    other = train(sample_tables, EventWeights.default(), ALSParams(iterations=2, seed=1))
    assert np.array_equal(first.item_factors, again.item_factors)
    assert first.fingerprint == again.fingerprint != other.fingerprint
    assert not np.array_equal(first.item_factors, other.item_factors)


def test_a_fit_can_be_stopped(sample_tables):
    seen = []

    def stop_after_two(iteration, loss):
        seen.append((iteration, loss))
        if iteration == 2:
            raise KeyboardInterrupt

    made = build_interactions(sample_tables, EventWeights.default())
    with pytest.raises(KeyboardInterrupt):
        als.fit(made, ALSParams(), stop_after_two)
    assert [iteration for iteration, _ in seen] == [1, 2]


def test_collapsed_factors_are_noticed(sample_tables):
    model = train(
        sample_tables, EventWeights.default(), ALSParams(regularization=1e6, iterations=3)
    )
    assert model.collapsed


def test_a_checkerboard_is_told_apart():
    """Even people read even articles, odd people odd ones, each all but one.

    The answer is certain, whatever a processor rounds: λ(Σ|x|² + Σ|y|²) is at least 2λ times the
    nuclear norm of the predictions, so the loss has one best matrix of them. It is
    a = (15·19 − λ) / (15·19 + 1) within a colour and 0 across: a third factor, for the article left
    out, would gain at most a + 15(1 − a) = 1.5 and cost λ = 10. Its factors are one direction for
    each colour, at right angles. (Under λ = 0.1 that factor pays, and rounding decides.)
    """
    rows = [f"1,VIEW,{i},{u}" for u in range(40) for i in range(40) if i % 2 == u % 2 and i != u]
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{i},,,Article {i},en" for i in range(40))),
        events_csv(*rows),
    )
    model = train(tables, EventWeights.default(), ALSParams(factors=4, regularization=10))
    colour = model.items["item_id"].astype(int).to_numpy() % 2
    predicted = model.user_factors @ model.item_factors.T
    mine = model.user_ids.astype(int)[:, None] % 2 == colour
    np.testing.assert_allclose(predicted, np.where(mine, 275 / 286, 0), atol=0.01)
    unit = model.item_factors / model.item_norms[:, None]
    np.testing.assert_allclose(unit @ unit.T, colour[:, None] == colour, atol=0.01)
    for item in range(40):
        got = similar_items(model, str(item), 10)
        assert all(int(other) % 2 == item % 2 for other in got["item_id"])
        assert (got["readers_of_both"] >= 18).all()


def test_the_article_itself_and_removed_ones_are_not_offered(sample_model):
    item = sample_model.items["item_id"].iloc[0]
    catalogue = len(sample_model.items)
    removed = int(sample_model.items["removed"].sum()) - int(sample_model.items["removed"].iloc[0])
    assert removed > 0
    got = similar_items(sample_model, item, 1000)
    assert item not in set(got["item_id"])
    assert len(similar_items(sample_model, item, 1000)) == min(1000, catalogue - 1 - removed)
    assert got["score"].is_monotonic_decreasing


def test_readers_of_both_are_counted_people(sample_model):
    matrix = sample_model.user_items.toarray() > 0
    item = sample_model.items["item_id"].iloc[3]
    for _, row in similar_items(sample_model, item, 5).iterrows():
        other = sample_model.positions[row["item_id"]]
        assert row["readers_of_both"] == (matrix[:, 3] & matrix[:, other]).sum()
        assert row["readers"] == matrix[:, other].sum()


def test_the_map_keeps_the_most_variance_and_repeats(sample_model):
    places, kept = pca_map(sample_model)
    unit = sample_model.item_factors / sample_model.item_norms[:, None]
    values = np.linalg.eigvalsh(np.cov(unit.T))[::-1]
    assert kept == pytest.approx(values[:2].sum() / values.sum(), rel=1e-4)
    assert places["x"].var() == pytest.approx(values[0], rel=1e-3)
    assert places.equals(pca_map(sample_model)[0])
