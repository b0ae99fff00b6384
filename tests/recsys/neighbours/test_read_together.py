"""What the readers say of neighbours, against a count by hand and by brute force."""

import numpy as np
import pytest

from recsys.errors import UnknownItemError
from recsys.models.params import ALSParams
from recsys.neighbours.read_together import LEAST_BOTH, evidence, lift_in_words
from recsys.neighbours.similarity import similar_items
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import tables_of


@pytest.fixture(scope="module")
def counted():
    """20 people. 10 read a, 8 read b, 6 of them both; c has one reader, who read a and b."""
    read = {
        "a": range(10),
        "b": [*range(6), 10, 11],
        "c": [0],
        "d": range(12, 20),
    }
    rows = [(f"p{who:02}", item, "read", 1.0) for item, people in read.items() for who in people]
    tables = tables_of(rows)
    tables.articles["title"] = tables.articles["item_id"].str.upper()
    tables.articles["removed"] = False
    return train(tables, EventWeights.of({"read": 1}), ALSParams(factors=3, iterations=5))


def test_evidence_by_hand(counted):
    table = similar_items(counted, "a", 3)
    found = evidence(counted, "a", table).set_index("item_id")
    assert found.loc["b", "readers_of_both"] == 6
    assert found.loc["b", "jaccard"] == pytest.approx(6 / 12)
    assert found.loc["b", "lift"] == pytest.approx((6 / 20) / (10 / 20 * 8 / 20))
    assert found.loc["c", "jaccard"] == pytest.approx(1 / 10)
    assert np.isnan(found.loc["c", "lift"])  # one reader of both would be a lift of 2
    assert found.loc["d", "jaccard"] == 0 and np.isnan(found.loc["d", "lift"])


def test_evidence_leaves_the_table_as_it_is(counted):
    table = similar_items(counted, "a", 3)
    before = table.copy()
    found = evidence(counted, "a", table)
    assert table.equals(before)
    assert found[list(table)].equals(table)
    assert evidence(counted, "a", table[["item_id"]])["readers_of_both"].tolist() == (
        table["readers_of_both"].tolist()
    )


@pytest.mark.parametrize("at", [0, 7, 40])
def test_evidence_against_sets_of_readers(sample_model, at):
    matrix = sample_model.user_items.toarray() > 0
    readers = {
        item: set(np.flatnonzero(matrix[:, place]))
        for place, item in enumerate(sample_model.items["item_id"])
    }
    item = sample_model.items["item_id"].iloc[at]
    found = evidence(sample_model, item, similar_items(sample_model, item, 1000))
    a, people = readers[item], len(matrix)
    for row in found.itertuples():
        b = readers[row.item_id]
        assert row.jaccard == pytest.approx(len(a & b) / len(a | b))
        if len(a & b) < LEAST_BOTH:
            assert np.isnan(row.lift)
        else:
            by_chance = len(a) / people * len(b) / people
            assert row.lift == pytest.approx(len(a & b) / people / by_chance)


def test_evidence_for_nothing_and_for_a_stranger(counted):
    table = similar_items(counted, "a", 3)
    assert list(evidence(counted, "a", table.head(0)))[-2:] == ["jaccard", "lift"]
    with pytest.raises(UnknownItemError, match="nobody"):
        evidence(counted, "nobody", table)
    stranger = evidence(counted, "a", table.assign(item_id="nobody"))
    assert (stranger["jaccard"] == 0).all() and stranger["lift"].isna().all()


@pytest.mark.parametrize(
    ("lift", "words"),
    [
        (12.4, "read together 12 times as often as chance"),
        (9.97, "read together 10 times as often as chance"),
        (2.04, "read together 2.0 times as often as chance"),
        (1.01, "read together as often as chance"),
        (0.012, "read together 0.012 times as often as chance"),
        (float("nan"), "fewer than 5 readers in common: too few to tell from chance"),
    ],
)
def test_lift_in_words(lift, words):
    assert lift_in_words(lift) == words
