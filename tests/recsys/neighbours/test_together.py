"""Several articles at once, against the formula in plain numpy."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.errors import SettingError, UnknownItemError
from recsys.limits import Limits
from recsys.neighbours.agreement import agreed_by, consensus, stability
from recsys.neighbours.blending import blended_neighbours, candidates, content_share
from recsys.neighbours.read_together import evidence
from recsys.neighbours.similarity import similar_items
from recsys.neighbours.together import of_each, similar_to_all
from recsys.text.content import ContentIndex


@pytest.fixture(scope="module")
def three(model):
    return model.items["item_id"].iloc[[3, 11, 40]].tolist()


@pytest.fixture(scope="module")
def contents(sample_tables):
    """The contents of the sample, with one more article that nobody read."""
    articles = sample_tables.articles
    return ContentIndex.build(
        [*articles["item_id"], "new"], [*articles["title"], articles["title"].iloc[0]]
    )


def directions(model):
    factors = model.item_factors.astype(np.float64)
    return factors / np.linalg.norm(factors, axis=1)[:, None]


def expected_scores(model, ids):
    unit = directions(model)
    middle = unit[[model.positions[item] for item in ids]].mean(axis=0)
    return unit @ middle / np.linalg.norm(middle)


def test_together_by_the_formula(model, three):
    scores, unit = expected_scores(model, three), directions(model)
    members = [model.positions[item] for item in three]
    removed = model.items["removed"].to_numpy(dtype=bool)
    order = [x for x in np.argsort(-scores, kind="stable") if x not in members and not removed[x]]
    found = similar_to_all(model, three, 12)
    assert found["item_id"].tolist() == model.items["item_id"].iloc[order[:12]].tolist()
    np.testing.assert_allclose(found["score"], scores[order[:12]], atol=1e-6)
    np.testing.assert_allclose(
        found["least_score"], (unit[order[:12]] @ unit[members].T).min(axis=1), atol=1e-6
    )


def test_who_read_it_with_them(model, three):
    matrix = model.user_items.toarray() > 0
    readers = {item: set(np.flatnonzero(matrix[:, x])) for item, x in model.positions.items()}
    found = evidence(model, three, similar_to_all(model, three, 20))
    members = [readers[item] for item in three]
    each = of_each(model, three, found).set_index(["item_id", "member_id"])
    for row in found.itertuples():
        theirs, anybody = readers[row.item_id], set.union(*members)
        assert row.readers_of_both == len(theirs & anybody)
        assert row.readers_of_all == len(theirs & set.intersection(*members))
        assert row.jaccard == pytest.approx(len(theirs & anybody) / len(theirs | anybody))
        both = each.loc[row.item_id, "readers_of_both"]
        assert both.to_dict() == {item: len(theirs & readers[item]) for item in three}
        assert each.loc[row.item_id, "score"].min() == pytest.approx(row.least_score, abs=1e-6)


def test_one_article_is_that_article(model, three):
    one = three[:1]
    assert similar_to_all(model, one, 9).equals(similar_items(model, one[0], 9))
    assert similar_to_all(model, one * 3, 9).equals(similar_items(model, one[0], 9))


def test_limits_hold_for_several(model, three):
    limits = Limits(least_both=4, languages=("en",))
    found = similar_to_all(model, three, 10, limits)
    assert (found["readers_of_both"] >= 4).all()
    whole = similar_to_all(model, three, 1000)
    kept = [row.item_id for row in whole.itertuples() if row.item_id in set(found["item_id"])]
    assert found["item_id"].tolist() == kept


def test_other_seeds_of_several(model, ensemble, three):
    models = [replace(model, item_factors=one) for one in ensemble.item_factors]
    mean = np.mean([expected_scores(one, three) for one in models], axis=0)
    np.testing.assert_allclose(consensus(ensemble, model, three), mean, atol=1e-6)
    table = similar_to_all(model, three, 8)
    lists = [set(similar_to_all(one, three, 8)["item_id"]) for one in models]
    seen = [sum(item in one for one in lists) for item in table["item_id"]]
    assert stability(ensemble, model, three, table)["seen_by"].tolist() == seen


def test_directions_that_cancel_out_are_like_nothing(model):
    factors = model.item_factors.copy()
    factors[1] = -factors[0]
    turned = replace(model, item_factors=factors)
    with np.errstate(all="raise"):
        found = similar_to_all(turned, model.items["item_id"].iloc[:2].tolist(), 5)
    assert not found["score"].any()


@pytest.mark.parametrize("weight", [0.0, 0.7])
def test_an_unread_article_among_several_speaks_by_its_content(model, contents, three, weight):
    asked = [*three[:2], "new"]
    found = candidates(model, asked, contents=contents, weight=weight)
    by_model = expected_scores(model, three[:2])
    near = np.array([by_model[model.positions[i]] if i in model.positions else 0
                     for i in contents.item_ids])  # fmt: skip
    readers = np.array([model.readers[model.positions[i]] if i in model.positions else 0
                        for i in contents.item_ids])  # fmt: skip
    share = np.mean(
        [
            *(content_share(np.minimum(readers, model.readers[model.positions[item]]), weight)
              for item in three[:2]),
            np.ones(len(readers)),
        ],
        axis=0,
    )  # fmt: skip
    text = np.mean([contents.scores({item: 1.0}) for item in asked], axis=0)
    others = ~np.isin(contents.item_ids, asked)
    stretch = near[others].max() / text[others].max()
    np.testing.assert_allclose(found.scores, (1 - share) * near + share * text * stretch, atol=1e-6)
    table = found.table(10)
    assert not set(table["item_id"]) & set(asked)
    # One of the three has no readers: nobody read a neighbour and all of them.
    assert (table["readers_of_all"] == 0).all()


def test_candidates_are_what_the_plain_functions_give(model, ensemble, contents, three):
    item, limits = three[0], Limits(least_readers=3)
    assert candidates(model, item).table(7, limits).equals(similar_items(model, item, 7, limits))
    blended = candidates(model, item, contents=contents, weight=0.4)
    assert blended.table(7, limits).equals(
        blended_neighbours(model, contents, item, 7, limits, weight=0.4)
    )
    unread = candidates(model, "new", contents=contents)
    assert unread.table(7).equals(blended_neighbours(model, contents, "new", 7))
    with pytest.raises(UnknownItemError):
        agreed_by(ensemble, model, unread, unread.table(7))
    agreed = consensus(ensemble, model, item)
    assert (
        candidates(model, item, scores=agreed, contents=contents)
        .table(7)
        .equals(similar_items(model, item, 7, scores=agreed))
    )


def test_what_cannot_be_asked(model, contents, three):
    with pytest.raises(UnknownItemError, match="'new' in this model"):
        candidates(model, [*three, "new"])
    with pytest.raises(UnknownItemError, match="'nowhere' among the contents"):
        candidates(model, [*three, "nowhere"], contents=contents)
    with pytest.raises(SettingError, match="contents are to take part"):
        candidates(model, three, weight=0.5)
    with pytest.raises(SettingError, match="weight: 2 is not allowed"):
        candidates(model, three, contents=contents, weight=2)
    for ids in ([], model.items["item_id"].tolist()[:51]):
        with pytest.raises(SettingError, match="Give 1 to 50"):
            similar_to_all(model, ids)
