"""The limits of BLAS and OpenMP, where several threads need them at once."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from recsys.machine.threads import one_blas_thread, one_thread
from recsys.topics.clusters import find_clusters
from tests.conftest import ROOT


def threads(kind="blas"):
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == kind}


@pytest.fixture(autouse=True)
def two_threads():
    with threadpool_limits(2):
        yield


class Someone(threading.Thread):
    """Enters and leaves when it is told to."""

    def __init__(self, limit=one_blas_thread):
        super().__init__(daemon=True)
        self._limit = limit
        self._entered, self._may_leave = threading.Event(), threading.Event()

    def run(self):
        with self._limit():
            self._entered.set()
            self._may_leave.wait(60)

    def enter(self):
        self.start()
        assert self._entered.wait(60)

    def leave(self):
        self._may_leave.set()
        self.join()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_last_who_leaves_lifts_the_limit(order):
    both = Someone(), Someone()
    seen = [threads()]
    for one in both:
        one.enter()
        seen.append(threads())
    for place in order:
        both[place].leave()
        seen.append(threads())
    assert seen == [{2}, {1}, {1}, {1}, {2}]


def test_it_is_lifted_by_another_thread_than_the_one_that_set_it_and_still_lives():
    first, last = Someone(), Someone()
    first.enter()
    with one_blas_thread():
        last.enter()
        assert threads() == {1}
    first.leave()
    assert threads() == {1}
    last.leave()
    assert threads() == {2}


def test_who_enters_first_may_live_on():
    """threadpoolctl lets only that thread set the number again; here it is the main one."""
    last = Someone()
    with one_blas_thread():
        last.enter()
    assert threads() == {1}
    last.leave()
    assert threads() == {2}


def test_it_may_be_entered_again_within_and_what_is_raised_leaves_it():
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        with one_blas_thread():
            assert threads() == {1}
        assert threads() == {1}
        raise ZeroDivisionError
    assert threads() == {2}


def test_many_who_come_and_go():
    def come_and_go(_):
        with one_blas_thread():
            return threads() == {1}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(come_and_go, range(200)))
    assert threads() == {2}


def test_openmp_is_limited_for_the_own_thread_alone():
    someone = Someone(one_thread)
    someone.enter()
    assert (threads(), threads("openmp")) == ({1}, {2})
    with one_thread():
        assert (threads(), threads("openmp")) == ({1}, {1})
    assert (threads(), threads("openmp")) == ({1}, {2})
    someone.leave()
    assert (threads(), threads("openmp")) == ({2}, {2})


def test_all_of_k_means_runs_within_the_limit(monkeypatch):
    from sklearn.cluster import KMeans

    seen = []

    def fit(self, *arguments, before=KMeans.fit, **options):
        seen.append((threads(), threads("openmp")))
        return before(self, *arguments, **options)

    monkeypatch.setattr(KMeans, "fit", fit)
    draw = np.random.default_rng(0).random((60, 3), dtype=np.float32)
    find_clusters(draw, np.ones(60), 3)
    assert seen and all(one == ({1}, {1}) for one in seen)
    assert (threads(), threads("openmp")) == ({2}, {2})


FIRST = """
import numpy as np
from threadpoolctl import threadpool_info
from recsys.topics import clusters

def centres(directions, *_):
    print({pool["num_threads"] for pool in threadpool_info()}, "sklearn" in sys.modules)
    return directions[:1]

assert "sklearn" not in sys.modules
clusters._centres = centres
clusters.find_clusters(np.eye(30, dtype=np.float32), np.ones(30), 1)
"""


def test_the_first_topics_of_a_process_are_within_the_limit():
    """OpenMP comes with scikit-learn, which is imported when it is first needed."""
    environment = os.environ | {"OMP_NUM_THREADS": "2"}
    command = [sys.executable, "-c", "import sys" + FIRST]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("{1} True\n" * 2, "")
