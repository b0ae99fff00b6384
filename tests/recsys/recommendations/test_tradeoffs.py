import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.errors import SettingError
from recsys.neighbours.similarity import similar_items
from recsys.recommendations.explain import Solver
from recsys.recommendations.next_reads import recommend
from recsys.recommendations.tradeoffs import pool_size, rerank, sameness

STEPS = [0, 0.25, 0.5, 0.75, 1]


@pytest.fixture(scope="module")
def pools(sample_model):
    """The pools of fifty people."""
    solver = Solver(sample_model)
    return [recommend(solver, user, 100) for user in sample_model.user_ids[::20]]


def standardised(values):
    spread = np.std(values)
    return (values - np.mean(values)) / spread if spread else np.zeros(len(values))


def greedy(pool, model, n, diversity, novelty):
    """Ids by maximal marginal relevance, one at a time, by loops."""
    rarity = -np.log(pool["readers"].to_numpy(float))
    worth = (1 - novelty) * standardised(pool["score"].to_numpy()) + novelty * standardised(rarity)
    relevance = (worth - worth.min()) / (worth.max() - worth.min())
    factors = [model.item_factors[model.positions[i]].astype(float) for i in pool["item_id"]]
    left, chosen = sorted(range(len(pool)), key=lambda place: -worth[place]), []

    def value(place):
        likeness = [
            factors[place]
            @ factors[other]
            / np.linalg.norm(factors[place])
            / np.linalg.norm(factors[other])
            for other in chosen
        ]
        return (1 - diversity) * relevance[place] - diversity * max(likeness, default=0)

    while len(chosen) < n:
        chosen.append(max(left, key=value))
        left.remove(chosen[-1])
    return pool["item_id"].to_numpy()[chosen].tolist()


@pytest.mark.parametrize("diversity", [0, 0.3, 0.8, 1])
@pytest.mark.parametrize("novelty", [0, 0.4, 1])
def test_the_choice_is_that_of_the_formula(pools, sample_model, diversity, novelty):
    for pool in pools[:4]:
        got = rerank(pool, sample_model, 8, diversity=diversity, novelty=novelty)
        assert got["item_id"].tolist() == greedy(pool, sample_model, 8, diversity, novelty)


def test_with_both_off_nothing_moves(pools, sample_model):
    for pool in pools:
        got = rerank(pool, sample_model, 30)
        assert got["rank"].tolist() == got["rank_before"].tolist() == list(range(1, 31))
        assert got.drop(columns="rank_before").equals(pool.head(30))


def test_lists_grow_more_varied_with_diversity(pools, sample_model):
    means = [
        np.mean(
            [
                sameness(sample_model, rerank(pool, sample_model, diversity=d)["item_id"].tolist())
                for pool in pools
            ]
        )
        for d in STEPS
    ]
    assert (np.diff(means) < 0).all(), means


def test_lists_grow_less_popular_with_novelty(pools, sample_model):
    means = [
        np.mean([rerank(pool, sample_model, novelty=v)["readers"].mean() for pool in pools])
        for v in STEPS
    ]
    assert (np.diff(means) < 0).all(), means


@given(
    data=st.lists(st.tuples(st.floats(-5, 5), st.integers(1, 10_000)), min_size=1, max_size=40),
    settings_=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    n=st.integers(1, 12),
)
def test_no_list_is_more_popular_under_more_novelty(sample_model, data, settings_, n):
    """Without diversity this holds for every pool, for the mean logarithm of the readers."""
    data.sort(key=lambda row: -row[0])
    pool = pd.DataFrame(data, columns=["score", "readers"])
    pool.insert(0, "rank", np.arange(1, len(pool) + 1))
    pool.insert(1, "item_id", sample_model.items["item_id"].to_numpy()[: len(pool)])
    less, more = sorted(settings_)
    popularity = [
        np.log(rerank(pool, sample_model, n, novelty=v)["readers"]).mean() for v in (less, more)
    ]
    assert popularity[1] <= popularity[0] + 1e-9


def test_neighbours_can_be_reranked_as_well(sample_model):
    pool = similar_items(sample_model, sample_model.items["item_id"].iloc[0], 100)
    got = rerank(pool, sample_model, 10, diversity=0.7)
    assert got["rank_before"].iloc[0] == 1 and got["rank"].tolist() == list(range(1, 11))
    assert set(pool) < set(got)


def test_a_pool_smaller_than_asked_for_and_an_empty_one(pools, sample_model):
    for diversity in (0, 0.5):
        assert len(rerank(pools[0].head(3), sample_model, 10, diversity=diversity)) == 3
        assert len(rerank(pools[0].head(0), sample_model, 10, diversity=diversity)) == 0


def test_sameness_by_hand(sample_model):
    ids = sample_model.items["item_id"].tolist()[:3]
    a, b, c = (sample_model.item_factors[i].astype(float) for i in range(3))

    def cosine(x, y):
        return x @ y / np.linalg.norm(x) / np.linalg.norm(y)

    expected = (cosine(a, b) + cosine(a, c) + cosine(b, c)) / 3
    assert sameness(sample_model, ids) == pytest.approx(expected, abs=1e-6)
    assert sameness(sample_model, ids[:1]) == 0


def test_settings_outside_of_their_range(pools, sample_model):
    for setting in ("diversity", "novelty"):
        for value in (-0.1, 1.1, float("nan")):
            with pytest.raises(SettingError, match=f"{setting}: .* from 0 to 1"):
                rerank(pools[0], sample_model, 5, **{setting: value})
    with pytest.raises(SettingError, match="from 1 to 1,000"):
        rerank(pools[0], sample_model, 0)
    assert [pool_size(n) for n in (1, 20, 50, 500, 1000)] == [100, 100, 250, 1000, 1000]
