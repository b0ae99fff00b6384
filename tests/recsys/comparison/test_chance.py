"""The noise floor of one list, on cases whose answer is known."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from recsys.comparison.chance import (
    LARGER,
    SMALLER,
    WITHIN,
    ListChange,
    Noise,
    article_noise,
    list_change,
    overlap_in_words,
    person_noise,
)  # fmt: skip
from recsys.errors import UnknownItemError, UnknownUserError
from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.ranking.overlap import rbo
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from recsys.training.seeds import train_ensemble

QUICK = ALSParams(factors=6, iterations=4)


def noise(*shares, model="A"):
    kept = np.array(shares, dtype=np.float32)[:, None]
    return Noise(model=model, kept=kept, rbo=kept / 2)


def listed(items):
    return pd.DataFrame({"item_id": list(items)})


@pytest.fixture(scope="module")
def models(sample_tables):
    return [
        train(sample_tables, EventWeights.default(), replace(QUICK, seed=seed))
        for seed in (0, 1, 2)
    ]


@pytest.mark.parametrize(
    ("kept", "verdict"), [(6, LARGER), (7, WITHIN), (8, WITHIN), (9, WITHIN), (10, SMALLER)]
)
def test_all_pairs_of_seeds_have_to_say_the_same(kept, verdict):
    change = ListChange(kept=kept, n=10, noise=(noise(0.7, 0.9, 0.8),))
    assert change.verdict == verdict


def test_the_sentence_says_what_stayed_and_what_chance_keeps():
    change = list_change(listed("abcd"), listed("axyz"), (noise(0.5, 1.0),))
    assert (change.kept, change.n) == (1, 4)
    assert change.sentence == (
        "More than random variation: 1 of 4 stayed. With another seed alone, model A "
        "keeps 2 to 4 (3.0 on average)."
    )
    same = list_change(listed("ab"), listed("ba"), (noise(1.0, 1.0),))
    assert "always keeps 2." in same.sentence and same.verdict == WITHIN


def test_of_two_models_the_one_that_keeps_less_is_the_measure():
    change = ListChange(kept=4, n=10, noise=(noise(0.9), noise(0.3, 0.5, model="B")))
    assert change.floor.model == "B" and change.verdict == WITHIN


def test_two_empty_lists_are_no_change():
    nothing = list_change(listed(""), listed(""), (noise(1.0, 1.0),))
    assert nothing.n == 0 and nothing.verdict == WITHIN


def test_without_seeds_nothing_is_said_of_chance():
    change = list_change(listed("abcd"), listed("axyz"), ())
    assert change.sentence.startswith(
        "1 of 4 stayed. Whether this is more than random variation is known once"
    )


def test_an_overlap_stands_beside_what_two_seeds_have():
    floors = [
        Noise(model=name, kept=np.ones((2, 2)), rbo=np.array(values))
        for name, values in (("B", [[0.1, 0.3], [0.5, 0.7]]), ("A", [[1, 1], [0.999, 1]]))
    ]
    assert overlap_in_words(0.4142, floors, 0.8) == (
        "rank-biased overlap 0.41 (p = 0.8); with another seed alone 1.00 in A and "
        "0.20 to 0.60 in B"
    )
    assert overlap_in_words(0.4142, ()) == "rank-biased overlap 0.41 (p = 0.9)"


def test_an_articles_noise_is_counted_list_by_list(models):
    model = models[0]
    item = model.items["item_id"].iloc[3]
    seeds = train_ensemble(model, 3)
    lists = [similar_items(one, item, 10)["item_id"].tolist() for one in models]
    expected = [len(set(a) & set(b)) / 10 for a, b in combinations(lists, 2)]
    found = article_noise("A", model, seeds, item, 10)
    assert found.kept[:, 0] == pytest.approx(expected)
    overlaps = [rbo(a, b).value for a, b in combinations(lists, 2)]
    assert found.rbo[:, 0] == pytest.approx(overlaps)
    with pytest.raises(UnknownItemError):
        article_noise("A", model, seeds, "nothing", 10)


def test_a_persons_noise_is_counted_list_by_list(models):
    model = models[0]
    seeds = train_ensemble(model, 3)
    unread = np.ones(len(model.items), dtype=bool)
    unread[model.user_items[[7]].indices] = False
    unread &= ~model.items["removed"].to_numpy(dtype=bool)
    best = []
    for one in models:
        scores = one.item_factors @ one.user_factors[7]
        best.append(np.flatnonzero(unread)[np.argsort(-scores[unread])[:10]].tolist())
    expected = [len(set(a) & set(b)) / 10 for a, b in combinations(best, 2)]
    found = person_noise("B", model, seeds, str(model.user_ids[7]), 10)
    overlaps = [rbo(a, b).value for a, b in combinations(best, 2)]
    assert found.rbo[:, 0] == pytest.approx(overlaps)
    assert found.kept[:, 0] == pytest.approx(expected) and found.model == "B"
    with pytest.raises(UnknownUserError):
        person_noise("B", model, seeds, "nobody", 10)
