"""t-SNE's parts: the graph, the start, the steps."""

import subprocess
import sys
import threading

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from recsys.errors import Stopped
from recsys.maps.neighbouring import (
    divergence,
    from_components,
    graph_of,
    settle,
    steps_from,
)
from recsys.maps.projection import principal
from recsys.ranking import unit
from tests.conftest import ROOT
from tests.recsys.maps.planting import groups

DIRECTIONS = unit(groups((40, 30, 20)))


@pytest.fixture(scope="module")
def graph():
    return graph_of(DIRECTIONS)


def test_the_graph_holds_the_nearest_of_all_and_shares_that_add_up_to_one(graph):
    expected = NearestNeighbors(n_neighbors=5).fit(DIRECTIONS.astype(float)).kneighbors()[1]
    assert (graph.near[:, :5] == expected).mean() > 0.99  # but for what rounding swaps
    shares = graph.affinities.toarray()
    assert shares.sum() == pytest.approx(1) and (shares >= 0).all()
    assert shares == pytest.approx(shares.T)
    of = np.repeat(np.arange(3), (40, 30, 20))
    assert shares[of[:, None] == of].sum() > 0.95


@pytest.mark.parametrize("n", [4, 10, 92])
def test_where_there_are_few_the_perplexity_is_less(n):
    found = graph_of(unit(np.random.default_rng(n).normal(size=(n, 6))))
    assert found.near.shape == (n, min(90, n - 1)) and (found.near >= 0).all()
    assert np.isfinite(found.affinities.data).all()


def test_steps_make_the_divergence_smaller_and_leave_the_graph_as_it_was(graph):
    before = graph.affinities.copy()
    start = from_components(principal(DIRECTIONS)[0], seed=0)
    told = []
    places = settle(graph, start, early=20, steps=60, on_steps=told.append)
    assert divergence(graph, places) < 0.5 * divergence(graph, start)
    assert (graph.affinities != before).nnz == 0
    assert sum(told) == 80
    steps = steps_from(graph, start, 30)
    found = [next(steps)[1] for _ in range(4)]
    assert found == sorted(found, reverse=True)


def test_what_progress_raises_comes_out_and_nothing_goes_on(graph):
    start, threads = from_components(principal(DIRECTIONS)[0], seed=0), threading.active_count()
    calls = []

    def stop(steps):
        calls.append(steps)
        if len(calls) == 3:
            raise Stopped

    for early in (100, 0):
        calls.clear()
        with pytest.raises(Stopped):
            settle(graph, start, early=early, steps=100, on_steps=stop)
        assert len(calls) == 3 and threading.active_count() == threads


@pytest.mark.parametrize(
    "points", [np.zeros((20, 2)), np.random.default_rng(0).normal(size=(20, 2))]
)
def test_a_start_is_small_and_has_no_two_at_one_place(points):
    start = from_components(points, seed=1)
    assert len(np.unique(start, axis=0)) == 20
    assert 0 < start.std() < 3e-4
    assert (from_components(points, seed=1) == start).all()
    assert (from_components(points, seed=2) != start).any()


def test_t_sne_is_loaded_once_it_is_needed():
    code = (
        "import sys, recsys.maps as m; [getattr(m, name) for name in m.__all__]; "
        "print([name for name in ('openTSNE', 'sklearn') if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
