"""Traps of the libraries underneath, each with the guard that it fails without."""

import os
import subprocess
import sys
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from implicit.cpu.als import AlternatingLeastSquares
from threadpoolctl import threadpool_info, threadpool_limits

from recsys.__main__ import main
from recsys.dataset.tables import read_tables
from recsys.errors import DataError, SettingError, Stopped
from recsys.limits import Limits
from recsys.machine.threads import one_thread
from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.ranking import MOST
from recsys.strengths.interactions import build_interactions
from recsys.strengths.weights import EventWeights
from recsys.training.engines import implicit as als
from recsys.training.pipeline import train
from tests.conftest import ROOT, articles_csv, events_csv, tables_of

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
    table = similar_items(sample_model, item, MOST, Limits(include_removed=True))
    assert len(table) == MOST
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


def rows(value):
    """Six people and six articles, four cells in a row, of strengths around `value`."""
    return [
        (user, item, "VIEW", value * (1 + 0.1 * ((7 * x + 3 * y) % 5)))
        for x, user in enumerate("pqrstu")
        for y, item in enumerate("abcdef")
        if (x + y) % 3
    ]


@pytest.mark.parametrize(
    ("value", "params"),
    [
        (1e6, ALSParams(alpha=1e6, regularization=0, factors=4)),
        *(
            (value, ALSParams(factors=factors, regularization=much, iterations=3))
            for value in (1e20, 1e25, 1e38, 1e300)
            for factors in (4, 20)
            for much in (0, 0.1)
        ),
    ],
)
def test_a_fit_that_breaks_down_is_said_in_our_words(value, params):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(DataError, match="broke down numerically.*Use more regularization"):
            train(tables_of(rows(value)), EventWeights.of({"VIEW": 1}), params)


def test_a_fit_that_breaks_down_is_a_line_in_the_shell(capsys, tmp_path):
    file = tmp_path / "i.csv"
    lines = "".join(f"{user},{item},{value:g}\n" for user, item, _, value in rows(1))
    file.write_text("user,item,value\n" + lines)
    ask = ["train", "--interactions", str(file), "--out", str(tmp_path / "m"), "--factors", "4"]
    ask += ["--columns", "user=user,item=item,value=value", "--weights", "value=1e6"]
    ask += ["--alpha", "1e6", "--regularization", "0"]
    assert main(ask) == 2
    shown = capsys.readouterr()
    assert "the fit broke down numerically" in shown.err and len(shown.err.splitlines()) == 1
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("side", ["item_factors", "user_factors"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_factors_that_are_not_finite_are_refused(monkeypatch, side, value):
    class Odd(als.BlockwiseALS):
        def fit(self, *arguments, **options):
            super().fit(*arguments, **options)
            getattr(self, side)[0, 0] = value

    monkeypatch.setattr(als, "BlockwiseALS", Odd)
    with pytest.raises(DataError, match="broke down numerically"):
        train(tables_of(rows(1)), EventWeights.of({"VIEW": 1}), ALSParams(iterations=2))


@pytest.fixture
def tiny_blocks(monkeypatch):
    """Blocks of about so many cells, whatever the number of factors.

    With one thread: others would wait for each other after each of them.
    """

    def of(cells):
        monkeypatch.setattr(als, "LEAST_CELLS", cells)
        monkeypatch.setattr(als, "FACTORS_A_CELL", 1 << 40)

    with one_thread():
        yield of


@pytest.mark.parametrize("cells", [1, 7, 300, 10**9])
def test_a_fit_in_blocks_is_implicits_plain_fit_to_the_bit(sample_tables, tiny_blocks, cells):
    params = ALSParams(factors=20, iterations=3, alpha=2, seed=5)
    matrix = build_interactions(sample_tables, WEIGHTS)
    tiny_blocks(cells)
    plain = AlternatingLeastSquares(
        factors=20, regularization=0.1, alpha=2, iterations=3, random_state=5
    )
    with threadpool_limits(1, "blas"):
        plain.fit(matrix.user_items, show_progress=False)
    checks = []
    for check in (None, lambda: checks.append(1)):
        model = als.fit(matrix, params, check=check)
        assert np.array_equal(model.user_factors, plain.user_factors)
        assert np.array_equal(model.item_factors, plain.item_factors)
    rows = sum(matrix.user_items.shape)
    expected = {1: rows, 10**9: 2}.get(cells)
    assert 2 < len(checks) - 1 if expected is None else len(checks) == 1 + 3 * expected


def test_as_many_threads_as_there_are_make_no_difference_to_blocks(sample_tables, monkeypatch):
    matrix, params = build_interactions(sample_tables, WEIGHTS), ALSParams(iterations=2)
    plain = als.fit(matrix, params)
    monkeypatch.setattr(als, "LEAST_CELLS", matrix.user_items.nnz // 3)
    found = als.fit(matrix, params, check=lambda: None)
    assert np.array_equal(found.user_factors, plain.user_factors)
    assert np.array_equal(found.item_factors, plain.item_factors)


def test_a_row_without_cells_is_zero_in_blocks_as_well(sample_tables, tiny_blocks):
    matrix = build_interactions(sample_tables, WEIGHTS)
    keep = matrix.user_items.copy()
    keep.data[keep.indptr[3] : keep.indptr[7]] = 0
    keep.eliminate_zeros()
    tiny_blocks(20)
    found = [
        als.fit(replace(matrix, user_items=keep), ALSParams(iterations=2), check=check)
        for check in (None, lambda: None)
    ]
    assert not found[1].user_factors[3:7].any() and found[1].user_factors[7].any()
    assert np.array_equal(found[0].item_factors, found[1].item_factors)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(1, 40))
def test_blocks_hold_every_row_once_and_about_equally_many_cells(counts, cells):
    indptr = np.append(0, np.cumsum(counts)).astype(np.int32)
    blocks = list(als.row_blocks(indptr, cells))
    assert [row for one in blocks for row in range(one.start, one.stop)] == list(range(len(counts)))
    assert all(one.start < one.stop for one in blocks)
    sizes = [indptr[one.stop] - indptr[one.start] for one in blocks]
    parts = max(1, sum(counts) // cells)
    assert len(blocks) <= parts and max(sizes) <= sum(counts) / parts + max(counts)


class Counted:
    """A check that ends the fit when it is called for the n-th time."""

    def __init__(self, last=None, error=Stopped):
        self.calls, self.last, self.error = 0, last, error

    def __call__(self):
        self.calls += 1
        if self.calls == self.last:
            raise self.error


def test_a_check_is_called_before_the_first_iteration_within_each_and_before_the_loss(
    sample_tables, tiny_blocks
):
    tiny_blocks(500)
    matrix = build_interactions(sample_tables, WEIGHTS)
    seen = []
    params = ALSParams(iterations=2)
    als.fit(matrix, params, lambda done, _: seen.append(done), lambda: seen.append("check"))
    each = matrix.user_items.nnz // 500 * 2
    assert each > 4
    assert seen == ["check", *["check"] * each, 1, *["check"] * each, 2]


@pytest.mark.parametrize("error", [Stopped, ValueError, ArithmeticError, KeyError])
@pytest.mark.parametrize("last", [1, 2, 5])
def test_what_a_check_raises_ends_the_fit_as_it_is(sample_tables, error, last):
    check = Counted(last, error)
    with pytest.raises(error):
        als.fit(build_interactions(sample_tables, WEIGHTS), ALSParams(), check=check)
    assert check.calls == last


def test_what_the_callback_raises_is_not_taken_for_a_fit_that_broke_down(sample_tables):
    def stop(*_):
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        train(sample_tables, WEIGHTS, ALSParams(), stop)


@pytest.mark.parametrize("last", range(1, 7))
def test_training_is_checked_while_the_matrix_is_built(sample_tables, monkeypatch, last):
    monkeypatch.setattr(als, "fit", None)
    check = Counted(last)
    with pytest.raises(Stopped):
        train(sample_tables, WEIGHTS, ALSParams(), check=check)
    assert check.calls == last


@pytest.mark.skipif(sys.platform != "linux", reason="GNU's OpenMP alone says how it is set")
def test_threads_that_wait_for_each_other_sleep():
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    done = subprocess.run(
        [sys.executable, "-c", "from recsys.training.engines import implicit"],
        cwd=ROOT,
        env=environment | {"OMP_DISPLAY_ENV": "verbose"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "GOMP_SPINCOUNT = '0'" in done.stderr  # 300,000 where nobody says so
