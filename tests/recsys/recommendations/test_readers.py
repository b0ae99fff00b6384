import numpy as np
import pytest

from recsys.errors import SettingError, UnknownUserError
from recsys.recommendations.explain import Solver, fold_in, taste_of
from recsys.recommendations.readers import people, readable_person, similar_people


def test_the_liveliest_come_first(sample_model):
    counts = (sample_model.user_items.toarray() > 0).sum(axis=1)
    order = sorted(range(len(counts)), key=lambda row: (-counts[row], sample_model.user_ids[row]))
    got = people(sample_model, 40)
    assert got["user_id"].tolist() == [sample_model.user_ids[row] for row in order[:40]]
    assert got["items"].tolist() == [counts[row] for row in order[:40]]
    totals = sample_model.user_items.toarray().sum(axis=1)
    np.testing.assert_allclose(got["strength"], totals[order[:40]])


def test_ids_are_found_by_their_beginning(sample_model):
    prefix = sample_model.user_ids[0][:2]
    wanted = {user for user in sample_model.user_ids if user[:2] == prefix}
    got = people(sample_model, 1000, begins_with=prefix)
    assert set(got["user_id"]) == wanted
    assert got["items"].is_monotonic_decreasing
    whole = people(sample_model, begins_with=sample_model.user_ids[5])
    assert whole["user_id"].tolist() == [sample_model.user_ids[5]]
    assert len(people(sample_model, begins_with="no such id")) == 0


def test_a_draw_repeats_and_another_seed_draws_others(sample_model):
    first = people(sample_model, 10, order="random", seed=1)
    assert first.equals(people(sample_model, 10, order="random", seed=1))
    other = people(sample_model, 10, order="random", seed=2)
    assert set(first["user_id"]) != set(other["user_id"])
    everyone = people(sample_model, 1000, order="random")["user_id"]
    assert set(everyone) == set(sample_model.user_ids)
    with pytest.raises(SettingError, match="'best' is not an order"):
        people(sample_model, order="best")


def brute_force(model, query, read, left_out):
    """rank, id, cosine, articles, articles of both, by a loop over people."""
    rows = []
    for row, user in enumerate(model.user_ids):
        if row == left_out:
            continue
        factors = model.user_factors[row].astype(float)
        cosine = factors @ query / np.linalg.norm(factors) / np.linalg.norm(query)
        theirs = set(model.user_items[row].indices)
        rows.append((user, cosine, len(theirs), len(theirs & read)))
    return sorted(rows, key=lambda found: -found[1])[:15]


def test_similar_people_against_a_loop(sample_model):
    for row in (0, 7, 500):
        query = sample_model.user_factors[row].astype(float)
        read = set(sample_model.user_items[row].indices)
        expected = brute_force(sample_model, query, read, row)
        got = similar_people(sample_model, sample_model.user_ids[row], 15)
        assert got["rank"].tolist() == list(range(1, 16))
        assert got["user_id"].tolist() == [user for user, *_ in expected]
        np.testing.assert_allclose(got["score"], [found[1] for found in expected], atol=1e-6)
        assert got["items"].tolist() == [found[2] for found in expected]
        assert got["items_of_both"].tolist() == [found[3] for found in expected]


def test_similar_people_of_a_new_reader(sample_model):
    solver = Solver(sample_model)
    ids = sample_model.items["item_id"]
    taste = fold_in(solver, {ids.iloc[2]: 1.0, ids.iloc[9]: 3.0})
    expected = brute_force(sample_model, taste.factors, {2, 9}, None)
    got = similar_people(sample_model, taste, 15)
    assert got["user_id"].tolist() == [user for user, *_ in expected]
    assert got["items_of_both"].tolist() == [found[3] for found in expected]
    known = similar_people(sample_model, taste_of(solver, sample_model.user_ids[4]), 1)
    assert known["user_id"].tolist() == [sample_model.user_ids[4]]


def test_what_is_not_there_is_said(sample_model):
    with pytest.raises(UnknownUserError, match="no reader 'nobody'"):
        similar_people(sample_model, "nobody")
    for n in (0, 1001):
        with pytest.raises(SettingError, match="from 1 to 1,000"):
            similar_people(sample_model, sample_model.user_ids[0], n)
        with pytest.raises(SettingError, match="from 1 to 1,000"):
            people(sample_model, n)


def alike(model, user):
    """The mean cosine over all pairs of what somebody read, pair by pair."""
    read = np.flatnonzero(model.user_items[list(model.user_ids).index(user)].toarray()[0])
    unit = model.item_factors[read] / np.linalg.norm(model.item_factors[read], axis=1)[:, None]
    pairs = [(a, b) for a in range(len(read)) for b in range(a)]
    return float(np.mean([unit[a] @ unit[b] for a, b in pairs]))


def test_a_readable_person_reads_few_titled_articles_that_are_more_alike_than_others(sample_model):
    user = readable_person(sample_model)
    titled = (sample_model.items["title"].str.strip() != "").to_numpy()
    read = sample_model.user_items.toarray() > 0
    counts = read.sum(axis=1)
    fit = (counts >= 10) & (counts <= 40) & ~(read & ~titled).any(axis=1)
    assert user in sample_model.user_ids[fit]
    best = alike(sample_model, user)
    for other in sample_model.user_ids[fit][:60]:
        assert alike(sample_model, other) <= best + 1e-5


@pytest.mark.parametrize(("least", "most", "count"), [(500, 900, "max"), (0, 0, "min")])
def test_where_nobody_reads_so_many_it_is_somebody_who_is_nearest_to_it(
    sample_model, least, most, count
):
    counts = (sample_model.user_items.toarray() > 0).sum(axis=1)
    user = readable_person(sample_model, least, most)
    assert counts[list(sample_model.user_ids).index(user)] == getattr(counts, count)()
