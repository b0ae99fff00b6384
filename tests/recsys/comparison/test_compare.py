"""Two lists and two models side by side, on cases whose answer is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.comparison.chance import LARGER, SMALLER, WITHIN
from recsys.comparison.compare import compare_lists, compare_models
from recsys.errors import DataError, SettingError, Stopped, UnknownItemError
from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.ranking.overlap import rbo
from recsys.strengths.weights import EventWeights
from recsys.training.ensemble import ensemble_of
from recsys.training.pipeline import train
from recsys.training.seeds import train_ensemble

QUICK = ALSParams(factors=6, iterations=4)


def ranked(items):
    items = list(items)
    return pd.DataFrame({"item_id": items, "title": [f"T {item}" for item in items]})


@pytest.fixture(scope="module")
def model(sample_tables):
    return train(sample_tables, EventWeights.default(), QUICK)


@pytest.fixture(scope="module")
def ensemble(model):
    return train_ensemble(model, 5)


def turned(model, factors, name="f" * 32):
    return replace(model, item_factors=factors.astype(np.float32), fingerprint=name)


def test_what_moved_came_and_went():
    found = compare_lists(ranked("abcd"), ranked("acxb"))
    assert found["item_id"].tolist() == ["a", "c", "x", "b", "d"]
    assert found["change"].tolist() == ["same rank", "moved", "came", "moved", "went"]
    assert found["rank_a"].tolist() == [1, 3, pd.NA, 2, 4]
    assert found["rank_b"].tolist() == [1, 2, 3, 4, pd.NA]
    assert found["title"].tolist() == ["T a", "T c", "T x", "T b", "T d"]


@given(*[st.lists(st.sampled_from("abcdefgh"), unique=True)] * 2)
def test_every_entry_of_both_lists_has_its_place(a, b):
    found = compare_lists(ranked(a), ranked(b))
    assert sorted(found["item_id"]) == sorted(set(a) | set(b))
    for row in found.itertuples():
        if row.item_id in a:
            assert row.rank_a == a.index(row.item_id) + 1
        if row.item_id in b:
            assert row.rank_b == b.index(row.item_id) + 1
        expected = (
            ("came" if row.item_id not in a else "went")
            if (row.item_id in a) != (row.item_id in b)
            else ("same rank" if a.index(row.item_id) == b.index(row.item_id) else "moved")
        )
        assert row.change == expected


def test_models_against_one_article_after_another(model, sample_tables):
    other = train(sample_tables, EventWeights.default(), replace(QUICK, alpha=3.0))
    found = compare_models(model, other, n=7)
    assert found.common == len(model.items) == len(found.table)
    assert (found.only_a, found.only_b) == (0, 0)
    for row in found.table.iloc[::4].itertuples():
        a, b = (similar_items(one, row.item_id, 7)["item_id"].tolist() for one in (model, other))
        assert row.kept == pytest.approx(len(set(a) & set(b)) / 7)
        assert row.rbo == pytest.approx(rbo(a, b).value)
        assert row.readers == model.readers[model.positions[row.item_id]]
    order = list(zip(found.table["kept"], found.table["rbo"], -found.table["readers"], strict=True))
    assert order == sorted(order)
    assert len({pair[:2] for pair in order}) < len(set(order))  # readers do decide
    assert found.kept == pytest.approx(found.table["kept"].mean())
    assert found.table["kept_by_another_seed"].isna().all()
    assert found.verdict is None and "once both models" in found.sentence


def test_a_model_and_itself(model, ensemble):
    found = compare_models(model, model, ensemble_a=ensemble)
    assert found.kept == 1 and found.rbo == pytest.approx(1)
    assert found.verdict == SMALLER
    assert found.sentence.startswith("Less than random variation: 100% of the")


def test_factors_turned_in_space_are_the_same_model(model):
    turn, _ = np.linalg.qr(np.random.default_rng(1).standard_normal((6, 6)))
    assert compare_models(model, turned(model, model.item_factors @ turn)).kept > 0.999


def test_factors_of_noise_are_larger_than_chance(model, ensemble):
    noise = np.random.default_rng(2).standard_normal(model.item_factors.shape)
    found = compare_models(model, turned(model, noise), ensemble_a=ensemble)
    assert found.verdict == LARGER
    floor = found.noise[0]
    assert floor.model == "A" and floor.kept.shape == (10, len(model.items))
    assert found.rbo < floor.rbo.mean() < 1
    assert found.sentence == (
        f"More than random variation: {found.kept:.0%} of the 10 most similar articles stayed. "
        f"With another seed alone, model A keeps {floor.mean:.0%}."
    )
    low, high = found.interval
    assert low < found.kept - floor.mean < high < 0


def test_another_seed_is_seldom_more_than_chance(model, ensemble, sample_tables):
    """Nothing but the seed changes: at 95 %, of 12 at most a few may look larger.

    All 12 are judged by one floor, so they go wrong together: with 40 other floors none did 33
    times, at worst 4 of 12. A floor that is none would let most of them.
    """
    verdicts = []
    for seed in range(100, 112):
        other = train(sample_tables, EventWeights.default(), replace(QUICK, seed=seed))
        verdicts.append(compare_models(model, other, ensemble_a=ensemble).verdict)
    assert verdicts.count(LARGER) <= 6
    assert verdicts.count(WITHIN) >= 6


def test_of_two_models_the_one_that_keeps_less_is_the_measure(model, ensemble):
    draw = np.random.default_rng(4)
    noise = [draw.standard_normal(model.item_factors.shape) for _ in range(6)]
    other = turned(model, noise[0])
    wild = ensemble_of([other, *(turned(model, one) for one in noise[1:])])
    found = compare_models(model, other, ensemble_a=ensemble, ensemble_b=wild)
    assert [floor.model for floor in found.noise] == ["B", "A"]
    assert found.noise[0].mean < found.noise[1].mean
    assert found.verdict == WITHIN  # noise against noise


def test_the_interval_is_the_same_every_time(model, ensemble, sample_tables):
    other = train(sample_tables, EventWeights.default(), replace(QUICK, alpha=3.0))
    first, second = (compare_models(model, other, ensemble_a=ensemble) for _ in range(2))
    assert first.interval == second.interval


def test_progress_counts_the_lists_of_all_models_and_can_end_it(model, ensemble):
    seen = []
    compare_models(model, model, ensemble_a=ensemble, on_progress=lambda *step: seen.append(step))
    total = (2 + ensemble.size) * len(model.items)
    assert seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert {whole for _, whole in seen} == {total}

    def stop(done, total):
        raise Stopped

    with pytest.raises(Stopped):
        compare_models(model, model, on_progress=stop)


def test_only_common_articles_are_compared(model, sample_tables):
    gone = set(model.items["item_id"].iloc[::3])
    events = sample_tables.events
    fewer = replace(
        sample_tables, events=events[~events["item_id"].isin(gone)], fingerprint="1" * 32
    )
    other = train(fewer, EventWeights.default(), QUICK)
    found = compare_models(model, other, n=5)
    kept = [item for item in model.items["item_id"] if item in other.positions]
    assert found.common == len(kept) == len(other.items)
    assert (found.only_a, found.only_b) == (len(model.items) - len(kept), 0)
    for row in found.table.head(20).itertuples():
        lists = []
        for one in (model, other):
            table = similar_items(one, row.item_id, 1000)
            lists.append([item for item in table["item_id"] if item in kept][:5])
        assert row.kept == pytest.approx(len(set(lists[0]) & set(lists[1])) / 5)
        assert row.rbo == pytest.approx(rbo(*lists).value)


def test_what_either_model_has_removed_is_nobodys_neighbour(model):
    one = replace(model, items=model.items.assign(removed=model.items.index % 3 == 0))
    other = replace(model, items=model.items.assign(removed=model.items.index % 3 == 1))
    both = replace(model, items=model.items.assign(removed=model.items.index % 3 != 2))
    noise = np.random.default_rng(3).standard_normal(model.item_factors.shape)
    expected = compare_models(both, turned(both, noise)).table
    for a, b in ((one, other), (other, one)):
        assert compare_models(a, turned(b, noise)).table.equals(expected)


def test_chosen_articles_alone(model, ensemble):
    items = model.items["item_id"].iloc[[9, 4]].tolist()
    found = compare_models(model, model, [*items, items[0]], ensemble_a=ensemble)
    assert sorted(found.table["item_id"]) == sorted(items)
    whole = compare_models(model, model, ensemble_a=ensemble).table.set_index("item_id")
    for row in found.table.itertuples():
        assert row.kept_by_another_seed == whole.loc[row.item_id, "kept_by_another_seed"]
    with pytest.raises(UnknownItemError, match="nothing"):
        compare_models(model, model, ["nothing"])


def test_what_cannot_be_compared_is_refused(model, ensemble, sample_model):
    strange = replace(model, items=model.items.assign(item_id=lambda t: "x" + t["item_id"]))
    with pytest.raises(DataError, match="0 articles in common"):
        compare_models(model, strange)
    with pytest.raises(SettingError, match="another model"):
        compare_models(model, sample_model, ensemble_b=ensemble)
    with pytest.raises(SettingError, match="from 1 on"):
        compare_models(model, model, n=0)
    with pytest.raises(SettingError, match=r"\(0, 1\)"):
        compare_models(model, model, p=1.0)
