"""Traps of the libraries underneath, each with the guard that it fails without."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from recsys.errors import SettingError
from recsys.params import ALSParams
from recsys.pipeline import train
from recsys.similarity import MAX_NEIGHBOURS, similar_items
from recsys.tables import read_tables
from recsys.weights import EventWeights
from tests.conftest import articles_csv, events_csv

WEIGHTS = EventWeights.default()


def blas_threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_blas_has_one_thread_during_a_fit_and_its_own_again_after_it(sample_tables):
    seen = []
    with threadpool_limits(2, "blas"):
        train(
            sample_tables,
            WEIGHTS,
            ALSParams(iterations=2),
            lambda *_: seen.append(blas_threads()),
        )
        assert blas_threads() == {2}
    assert seen == [{1}, {1}]


def test_a_smaller_matrix_after_a_larger_one_is_a_fit_of_its_own(sample_tables):
    train(sample_tables, WEIGHTS, ALSParams(iterations=2))
    tables = read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{i},,,A,en" for i in range(3))),
        events_csv(*(f"1,VIEW,{i},{u}" for u in range(4) for i in range(3) if (i + u) % 3)),
    )
    model = train(tables, WEIGHTS, ALSParams(iterations=2, factors=5))
    assert model.item_factors.shape == (3, 5) and model.user_factors.shape == (4, 5)


def test_more_neighbours_than_articles_brings_no_padding(sample_model):
    item = sample_model.items["item_id"].iloc[3]
    table = similar_items(sample_model, item, MAX_NEIGHBOURS, include_removed=True)
    assert len(table) == MAX_NEIGHBOURS
    small = train(
        read_tables(
            articles_csv(*(f"1,CONTENT SHARED,{i},,,A,en" for i in range(3))),
            events_csv(*(f"1,VIEW,{i},{u}" for u in range(4) for i in range(3) if (i + u) % 3)),
        ),
        WEIGHTS,
        ALSParams(iterations=2),
    )
    table = similar_items(small, "1", 100)
    assert sorted(table["item_id"]) == ["0", "2"] and table["rank"].tolist() == [1, 2]
    assert np.isfinite(table["score"]).all()
    with pytest.raises(SettingError, match="n: 0 is not allowed"):
        similar_items(small, "1", 0)
