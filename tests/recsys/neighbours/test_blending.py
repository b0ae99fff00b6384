from dataclasses import replace

import numpy as np
import pytest

from recsys.errors import SettingError, UnknownItemError
from recsys.limits import Limits
from recsys.models.params import ALSParams
from recsys.neighbours.agreement import stability
from recsys.neighbours.blending import blended_neighbours, blended_stability, content_share
from recsys.neighbours.read_together import evidence
from recsys.neighbours.similarity import similar_items
from recsys.strengths.weights import EventWeights
from recsys.text.content import ContentIndex
from recsys.training.ensemble import ensemble_of
from recsys.training.pipeline import train
from recsys.training.seeds import train_ensemble


def test_the_share_of_content_by_hand():
    assert content_share(np.array([0, 5, 15]), 0.8).tolist() == [0.8, 0.4, 0.2]


@pytest.fixture(scope="module")
def whole(sample_tables):
    """The contents of the sample, with one more article that nobody read."""
    articles = sample_tables.articles
    return ContentIndex.build(
        [*articles["item_id"], "new"], [*articles["title"], articles["title"].iloc[0]]
    )


def test_without_weight_the_neighbours_are_those_by_readers(sample_model, whole):
    for item in sample_model.items["item_id"][::50]:
        got = blended_neighbours(sample_model, whole, item, 20)
        expected = similar_items(sample_model, item, 20, EVERYTHING)
        assert got["item_id"].tolist() == expected["item_id"].tolist()
        np.testing.assert_allclose(got["score"], expected["score"], atol=1e-7)
        assert got["readers"].tolist() == expected["readers"].tolist()
        assert (got["content"] == 0).all()


def test_blended_neighbours_against_a_loop(sample_model, whole):
    model = sample_model
    unit_ = model.item_factors.astype(float)
    unit_ /= np.linalg.norm(unit_, axis=1)[:, None]
    for item in [*model.items["item_id"][::60]]:
        query = model.positions[item]
        content = dict(zip(whole.item_ids, whole.scores({item: 1.0}), strict=True))
        cosine = {other: unit_[query] @ unit_[i] for other, i in model.positions.items()}
        others = [other for other in whole.item_ids if other != item]
        stretch = max(cosine[o] for o in others if o in cosine) / max(content[o] for o in others)
        rows = []
        for other in others:
            readers = model.readers[model.positions[other]] if other in cosine else 0
            share = 0.6 * 5 / (5 + min(readers, model.readers[query]))
            score = (1 - share) * cosine.get(other, 0) + share * content[other] * stretch
            rows.append((other, score, readers, share))
        rows.sort(key=lambda row: -row[1])
        got = blended_neighbours(model, whole, item, 15, weight=0.6)
        assert got["item_id"].tolist() == [row[0] for row in rows[:15]]
        np.testing.assert_allclose(got["score"], [row[1] for row in rows[:15]], atol=1e-6)
        assert got["readers"].tolist() == [row[2] for row in rows[:15]]
        np.testing.assert_allclose(got["content"], [row[3] for row in rows[:15]])


def test_an_article_that_nobody_read_has_neighbours_by_content_alone(sample_model, whole):
    got = blended_neighbours(sample_model, whole, "new", 10)
    expected = whole.neighbours("new", 10)
    assert got["item_id"].tolist() == expected["item_id"].tolist()
    assert got["item_id"].iloc[0] == whole.item_ids[0]
    assert (got["content"] == 1).all()
    with pytest.raises(SettingError, match="weight: 7 is not allowed"):
        blended_neighbours(sample_model, whole, "new", 5, weight=7)


def test_an_article_that_nobody_read_is_found_by_what_is_like_it(sample_model, whole):
    double = whole.item_ids[0]
    assert "new" in set(blended_neighbours(sample_model, whole, double, weight=1)["item_id"])
    few = blended_neighbours(sample_model, whole, double, weight=0)
    assert "new" not in set(few["item_id"])


def test_an_article_without_title_keeps_its_neighbours_by_readers(sample_model):
    ids = sample_model.items["item_id"].tolist()
    titles = ["", *sample_model.items["title"].tolist()[1:]]
    index = ContentIndex.build(ids, titles)
    got = blended_neighbours(sample_model, index, ids[0], 10, weight=1)
    expected = similar_items(sample_model, ids[0], 10, EVERYTHING)
    assert got["item_id"].tolist() == expected["item_id"].tolist()


EVERYTHING = Limits(include_removed=True)
QUICK = ALSParams(factors=6, iterations=4)


@pytest.fixture(scope="module")
def seeds(sample_tables):
    """Models that differ in the seed alone."""
    return [
        train(sample_tables, EventWeights.default(), replace(QUICK, seed=seed)) for seed in range(4)
    ]


@pytest.mark.parametrize("weight", [0.3, 1.0])
def test_stability_of_blended_neighbours_against_each_model_by_itself(seeds, whole, weight):
    ensemble = train_ensemble(seeds[0], 4)
    for item in seeds[0].items["item_id"][::40]:
        table = blended_neighbours(seeds[0], whole, item, 8, weight=weight)
        lists = [
            set(blended_neighbours(one, whole, item, 8, weight=weight)["item_id"]) for one in seeds
        ]
        found = blended_stability(ensemble, seeds[0], whole, item, table, weight=weight)
        expected = [sum(other in one for one in lists) for other in table["item_id"]]
        assert found["seen_by"].tolist() == expected
        assert found["stability"].tolist() == [seen / 4 for seen in expected]
        assert found["only_one_seed"].tolist() == [seen == 1 for seen in expected]


def test_without_weight_the_stability_is_that_by_readers(seeds, whole):
    ensemble = train_ensemble(seeds[0], 4)
    item = seeds[0].items["item_id"].iloc[5]
    table = blended_neighbours(seeds[0], whole, item, 10)
    found = blended_stability(ensemble, seeds[0], whole, item, table, weight=0)
    expected = stability(ensemble, seeds[0], item, table, EVERYTHING)
    assert found["seen_by"].tolist() == expected["seen_by"].tolist()


def test_what_all_models_place_alike_is_seen_by_all(seeds, whole):
    same = ensemble_of([seeds[0]] * 3)
    double = whole.item_ids[0]
    table = blended_neighbours(seeds[0], whole, double, 10, weight=1)
    found = blended_stability(same, seeds[0], whole, double, table, weight=1)
    assert "new" in set(found["item_id"]) and (found["seen_by"] == 3).all()
    with pytest.raises(UnknownItemError):
        blended_stability(same, seeds[0], whole, "new", table, weight=1)
    with pytest.raises(SettingError, match="another model"):
        blended_stability(same, seeds[1], whole, double, table, weight=1)


def test_nobody_read_both_where_nobody_read_one(sample_model, whole):
    double = whole.item_ids[0]
    table = blended_neighbours(sample_model, whole, double, weight=1)
    found = evidence(sample_model, double, table).set_index("item_id")
    new = found.loc["new"]
    assert (new["readers_of_both"], new["jaccard"]) == (0, 0) and np.isnan(new["lift"])
    assert (found.drop(index="new")["jaccard"] > 0).any()
