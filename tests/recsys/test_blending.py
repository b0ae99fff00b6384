import numpy as np
import pytest

from recsys.blending import blend, blended_neighbours, content_share
from recsys.content import ContentIndex
from recsys.errors import SettingError
from recsys.similarity import similar_items


def test_the_share_of_content_by_hand():
    assert content_share(np.array([0, 5, 15]), 0.8).tolist() == [0.8, 0.4, 0.2]
    got = blend(np.array([1.0, 1.0]), np.array([0.0, 0.5]), np.array([0, 5]), 0.8)
    assert got == pytest.approx([0.2, 0.8])
    model = np.array([0.1, 0.2])
    assert np.array_equal(blend(model, np.array([9.0, 9.0]), np.array([0, 9]), 0), model)
    for weight in (-0.1, 1.1, float("nan")):
        with pytest.raises(SettingError, match="from 0 to 1"):
            blend(model, model, model, weight)


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
        expected = similar_items(sample_model, item, 20, include_removed=True)
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
    expected = similar_items(sample_model, ids[0], 10, include_removed=True)
    assert got["item_id"].tolist() == expected["item_id"].tolist()
