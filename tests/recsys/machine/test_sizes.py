"""Bytes held: against what is known of each kind of thing."""

import sys
from collections import deque
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import sparse

from recsys.machine.sizes import SAMPLE, nbytes
from recsys.recommendations.explain import Solver
from recsys.text.search import build_index
from recsys.training.ensemble import ensemble_of

FEW, MANY = 50, 200_000


def texts(count, length=30):
    return [f"{place:>{length}}" for place in range(count)]


def held(values):
    """Bytes of the distinct objects among some."""
    return sum(sys.getsizeof(value) for value in {id(value): value for value in values}.values())


def test_arrays_count_once_with_all_that_they_are_views_of():
    whole = np.zeros((1000, 20), dtype=np.float32)
    parts = [whole[3:7], whole.T, whole.reshape(-1)[5:], whole.view(np.int32), whole]
    assert nbytes(whole) == 80_000
    assert all(nbytes(part) == 80_000 for part in parts)
    assert nbytes(tuple(parts)) == 80_000 + sys.getsizeof(tuple(parts))
    assert nbytes(whole.copy(), but=[whole]) == 80_000
    assert nbytes(np.broadcast_to(whole, (9, 1000, 20))) == 80_000
    assert nbytes(np.lib.stride_tricks.sliding_window_view(whole, 5, 0)) == 80_000
    assert nbytes(np.zeros(0)) == 0


def test_an_array_upon_bytes_is_those_bytes():
    data = bytes(4000)
    three = np.frombuffer(data), data, memoryview(data)[8:]
    assert nbytes(three) == sys.getsizeof(three) + sys.getsizeof(data)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_objects_in_an_array_or_a_container(count):
    values = texts(count)
    array = np.array(values, dtype=object)
    for made, own in (
        (array, 8 * count),
        (array.reshape(2, -1), 8 * count),
        (values, sys.getsizeof(values)),
        (tuple(values), sys.getsizeof(tuple(values))),
        (set(values), sys.getsizeof(set(values))),
        (deque(values), sys.getsizeof(deque(values))),
        (dict.fromkeys(values), sys.getsizeof(dict.fromkeys(values)) + sys.getsizeof(None)),
        (pd.Series(array, dtype=object), 8 * count),
        (pd.DataFrame({"a": array}, dtype=object), 8 * count + nbytes(pd.Index(["a"]))),
    ):
        assert nbytes(made) == pytest.approx(own + held(values), rel=1e-3)


def test_values_that_are_there_several_times_count_about_once():
    draw = np.random.default_rng(0)
    for distinct in (1, 5, 30_000, MANY):
        pool = np.array(texts(distinct, 60), dtype=object)
        values = pool[draw.integers(0, distinct, MANY)]
        found = nbytes(values) - values.nbytes
        assert found == pytest.approx(held(values), rel=0.6 if distinct >= 30_000 else 1e-3)
    half = np.array([None, None] * (MANY // 2), dtype=object)
    half[::2] = texts(MANY // 2, 60)
    half = draw.permutation(half)
    assert nbytes(half) - half.nbytes == pytest.approx(held(half), rel=0.1)


def test_a_sample_is_all_that_is_looked_at(monkeypatch):
    looked = []
    real = sys.getsizeof
    monkeypatch.setattr(
        "recsys.machine.sizes.sys.getsizeof",
        lambda *one: looked.append(1) or real(*one),
        raising=True,
    )
    nbytes(np.array(texts(MANY), dtype=object))
    assert len(looked) <= SAMPLE


def test_the_same_objects_in_another_container_count_once_where_it_is_as_long():
    values = texts(MANY)
    places = {value: 7 for value in values}
    column = np.array(values, dtype=object)
    own = sys.getsizeof(values) + sys.getsizeof(places) + column.nbytes
    both = [values, places, column]
    assert nbytes(both) == pytest.approx(own + held(values), rel=1e-3)
    assert nbytes(places, but=[column]) < 1.01 * sys.getsizeof(places)


def test_arrays_in_a_long_list_are_all_counted():
    many = [np.zeros(place % 3) for place in range(5000)]
    assert nbytes(many) == sys.getsizeof(many) + sum(one.nbytes for one in many)


def test_frames():
    frame = pd.DataFrame(
        {
            "whole": np.arange(1000),
            "other": np.arange(1000),
            "real": np.arange(1000.0),
            "flag": np.zeros(1000, bool),
            "when": pd.to_datetime(["2020-01-01"] * 1000),
            "zoned": pd.to_datetime(["2020-01-01"] * 1000).tz_localize("UTC"),
            "kind": pd.Categorical(["a", "b"] * 500),
            "nullable": pd.array([1, None] * 500, dtype="Int64"),
        }
    )
    numbers = 1000 * (8 + 8 + 8 + 1 + 8 + 8 + 1 + 9)
    small = nbytes(frame.columns) + nbytes(frame["kind"].cat.categories)
    assert nbytes(frame) == numbers + small and small < 300
    assert nbytes(frame["real"]) == 8000
    # Columns of one kind lie in one block of memory.
    assert nbytes(frame[["whole", "other"]]["whole"], but=[frame]) == 0
    assert nbytes(frame.set_index("real").index) == 8000
    pairs = pd.MultiIndex.from_product([range(100), range(50)])
    assert 2 * 5000 <= nbytes(pairs) <= 2 * 5000 + 8 * 150 + 500


def test_texts_of_pandas_and_arrow():
    series = pd.Series(texts(MANY), dtype="str")
    exact = MANY * (30 + 8)  # the letters, and where each ends
    assert nbytes(series) == pytest.approx(exact, rel=0.01)
    assert nbytes(series[5:9]) == nbytes(series)  # it is a view
    assert nbytes(series[5:9], but=[series]) == 0
    array = pa.array(texts(MANY))
    assert nbytes(array) == pytest.approx(MANY * (30 + 4), rel=0.01)
    table = pa.table({"a": array, "b": array.dictionary_encode(), "c": pa.chunked_array([array])})
    each = array.dictionary_encode()
    assert nbytes(table["a"], but=[array]) == 0
    assert nbytes(table) < nbytes(array) + nbytes(each) + 5000
    assert nbytes(each) > 4 * MANY + 0.99 * nbytes(array)


@pytest.mark.parametrize("kind", ["csr", "csc", "coo", "bsr", "dia", "lil", "dok"])
def test_sparse_matrices(kind):
    made = sparse.random(400, 300, 0.1, random_state=1)
    made = sparse.diags_array(np.ones(12_000)) if kind == "dia" else made.asformat(kind)
    if kind in ("csr", "csc"):
        exact = made.data.nbytes + made.indices.nbytes + made.indptr.nbytes
        assert exact <= nbytes(made) <= exact + 2000
        assert nbytes(made.T, but=[made]) < 2000
    else:
        assert nbytes(made) >= 12_000 * 8


def test_objects_with_attributes():
    @dataclass(frozen=True, slots=True)
    class Slotted:
        one: np.ndarray
        two: object

    class Plain:
        __hidden = 0

        def __init__(self, numbers):
            self.numbers = numbers
            self.itself = self
            self.method = self.__init__
            self.kind = type(self)

    class Secret:
        __slots__ = ("__numbers", "unset")

        def __init__(self, numbers):
            self.__numbers = numbers

    numbers = np.zeros(10_000)
    for made in (Slotted(numbers, None), Slotted(None, Plain(numbers)), Secret(numbers)):
        assert 80_000 < nbytes(made) < 81_000
        assert nbytes(made, but=[numbers]) < 1_000
    assert nbytes(Plain) == nbytes(np) == nbytes(len) == 0


def test_a_deep_nest_is_followed():
    nest = []
    for _ in range(50_000):
        nest = [nest]
    assert nbytes(nest) == 49_999 * sys.getsizeof([0]) + sys.getsizeof([[]]) + sys.getsizeof([])


def test_a_model_and_what_is_made_of_it(sample_model):
    model = replace(sample_model)  # without what others have cached in it
    matrix = model.user_items
    arrays = [model.user_factors, model.item_factors, matrix.data, matrix.indices, matrix.indptr]
    # Where events of one pair were summed up, a matrix may be a view of more.
    exact = sum((array if array.base is None else array.base).nbytes for array in arrays)
    texts = nbytes(model.items) + nbytes(model.user_ids)
    found = nbytes(model)
    assert exact + texts <= found <= exact + texts + 10_000
    transposed = model.item_users
    assert nbytes(model) - found == pytest.approx(nbytes(transposed), abs=1_000)
    assert nbytes(Solver(model), but=[model]) < 1_000

    other = replace(model, item_factors=model.item_factors + 1, user_factors=model.user_factors + 1)
    seeds = ensemble_of([model, other, other])
    beyond = nbytes(seeds, but=[model])
    assert beyond == pytest.approx(model.item_factors.nbytes + model.user_factors.nbytes, abs=2_000)


def test_a_search_index_holds_its_words(sample_tables):
    articles = sample_tables.articles
    index = build_index(
        articles["item_id"].to_numpy(), articles["title"].to_numpy(), np.ones(len(articles))
    )
    assert nbytes(index) > index.has.data.nbytes + held(index.vocabulary.words)
