"""Traps of the libraries underneath, each with the guard that it fails without."""

import os
import subprocess
import sys
import warnings

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from recsys.__main__ import main
from recsys.engines import als
from recsys.errors import DataError, SettingError
from recsys.params import ALSParams
from recsys.pipeline import train
from recsys.similarity import MAX_NEIGHBOURS, similar_items
from recsys.tables import read_tables
from recsys.weights import EventWeights
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
    class Odd(als.AlternatingLeastSquares):
        def fit(self, *arguments, **options):
            super().fit(*arguments, **options)
            getattr(self, side)[0, 0] = value

    monkeypatch.setattr(als, "AlternatingLeastSquares", Odd)
    with pytest.raises(DataError, match="broke down numerically"):
        train(tables_of(rows(1)), EventWeights.of({"VIEW": 1}), ALSParams(iterations=2))


@pytest.mark.skipif(sys.platform != "linux", reason="GNU's OpenMP alone says how it is set")
def test_threads_that_wait_for_each_other_sleep():
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    done = subprocess.run(
        [sys.executable, "-c", "from recsys.engines import als"],
        cwd=ROOT,
        env=environment | {"OMP_DISPLAY_ENV": "verbose"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "GOMP_SPINCOUNT = '0'" in done.stderr  # 300,000 where nobody says so
