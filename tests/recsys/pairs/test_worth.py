"""How much readers are worth, and neighbours that rest on one of them."""

import pytest

from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.pairs.worth import LEAST_FAIR, LEAST_STRONG, Support, equal_for_one, support
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import tables_of


def test_the_limits_of_support():
    assert support(LEAST_FAIR - 1) is Support.THIN
    assert support(LEAST_FAIR) is support(LEAST_STRONG - 1) is Support.FAIR
    assert support(LEAST_STRONG) is Support.STRONG


@pytest.fixture(scope="module")
def alone():
    """Everybody read a and b; p0 alone read c, d and e too, and p1 f and g."""
    read = {"a": range(8), "b": range(8), **dict.fromkeys("cde", [0]), **dict.fromkeys("fg", [1])}
    rows = [(f"p{who}", item, "read", 1.0) for item, people in read.items() for who in people]
    tables = tables_of(rows)
    tables.articles["title"], tables.articles["removed"] = "", False
    return train(tables, EventWeights.of({"read": 1}), ALSParams(factors=4, iterations=20))


def test_equal_similarities_that_rest_on_one_reader(alone):
    table = similar_items(alone, "a", 6)
    found = {one.user_id: one for one in equal_for_one(alone, "a", table)}
    assert set(found) == {"p0", "p1"}
    assert set(found["p0"].item_ids) == set("cde") and set(found["p1"].item_ids) == set("fg")
    for one in found.values():
        scores = table.set_index("item_id").loc[list(one.item_ids), "score"]
        assert scores.tolist() == pytest.approx([one.score] * len(scores), abs=1e-6)
        assert [item for item in table["item_id"] if item in one.item_ids] == list(one.item_ids)


def test_one_alone_is_not_equal_to_anything(alone):
    table = similar_items(alone, "a", 6)
    some = table[table["item_id"].isin(["b", "c", "f"])]
    assert equal_for_one(alone, "a", some) == ()
    other = table.assign(score=[0.9 - 0.1 * row for row in range(len(table))])
    assert equal_for_one(alone, "a", other) == ()
    assert equal_for_one(alone, "a", table.assign(item_id="nobody")) == ()
