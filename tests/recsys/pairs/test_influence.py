"""What hangs on one reader, against solving for the factors anew without that reader."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.models.params import ALSParams
from recsys.neighbours.directions import cosines
from recsys.neighbours.similarity import similar_items
from recsys.pairs.influence import most_influential
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train


def solved(model, place, without=None):
    """An article's factors for the people's as they are, by the definition of the loss."""
    strengths = model.user_items[:, [place]].toarray().ravel()
    if without is not None:
        strengths[without] = 0
    read = strengths > 0
    confidence = np.where(read, model.params.alpha * strengths, 1.0)
    people = model.user_factors.astype(np.float64)
    matrix = (people.T * confidence) @ people
    matrix += model.params.regularization * np.eye(people.shape[1])
    return np.linalg.solve(matrix, people.T @ (confidence * read))


def cosine(a, b):
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


@pytest.mark.parametrize("alpha", [0.3, 40.0])
def test_against_solving_anew(sample_tables, alpha):
    params = ALSParams(factors=6, iterations=4, alpha=alpha, regularization=0.5)
    model = train(sample_tables, EventWeights.default(), params)
    for place in (0, 30, 200):
        item = model.items["item_id"].iloc[place]
        table = similar_items(model, item, 5)
        for other in table.loc[table["readers_of_both"] > 0, "item_id"]:
            beside = model.positions[other]
            both = np.intersect1d(model.item_users[place].indices, model.item_users[beside].indices)
            left = [
                cosine(solved(model, place, reader), solved(model, beside, reader))
                for reader in both
            ]
            found = most_influential(model, item, other)
            whole = cosine(solved(model, place), solved(model, beside))
            assert found.similarity == pytest.approx(whole, abs=1e-8)
            assert found.without == pytest.approx(min(left), abs=1e-8)
            assert found.user_id in {
                model.user_ids[reader]
                for reader, value in zip(both, left, strict=True)
                if value == pytest.approx(min(left), abs=1e-8)
            }
            assert found.share == pytest.approx(np.clip(1 - min(left) / whole, 0, 1), abs=1e-8)


def test_the_similarity_is_nearly_that_of_the_model(start_model):
    """Training ends with the articles: its few steps come near to the exact solution."""
    place = int(np.argmax(start_model.readers))
    item = start_model.items["item_id"].iloc[place]
    other = similar_items(start_model, item, 1)["item_id"].iloc[0]
    found = most_influential(start_model, item, other)
    beside = start_model.positions[other]
    assert found.similarity == pytest.approx(cosines(start_model, place)[beside], abs=0.02)


def test_nothing_hangs_on_nobody(model):
    ids, matrix = model.items["item_id"], model.user_items
    both = (matrix.T @ matrix).toarray()
    a, b = np.argwhere(both == 0)[0]
    assert most_influential(model, ids[a], ids[b]) is None
    collapsed = replace(model, user_factors=np.zeros_like(model.user_factors))
    place = int(np.argmax(model.readers))
    beside = int(np.argsort(-both[place])[1])
    assert most_influential(collapsed, ids[place], ids[beside]) is None
