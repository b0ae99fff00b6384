"""One thread for BLAS and OpenMP while anybody needs it so, whoever comes and goes meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import OpenBLASController, ThreadpoolController


class _OneThread:
    """The limit is the process's: the first who enters sets it, the last who leaves lifts it.

    With `threadpoolctl.threadpool_limits` alone, of two threads whose limits overlap the one that
    leaves first would lift the limit of the other, and the one that leaves last could set again
    what it found: one thread, for ever.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._found: list[tuple] = []

    def enter(self) -> None:
        """One more needs it."""
        with self._lock:
            if not self._inside:
                libraries = ThreadpoolController().select(user_api="blas").lib_controllers
                self._found = [(library, library.num_threads) for library in libraries]
                _set([(library, 1) for library in libraries])
            self._inside += 1

    def leave(self) -> None:
        """One less does."""
        with self._lock:
            self._inside -= 1
            if not self._inside:
                _set(self._found)
                self._found = []


def _set(threads: list[tuple]) -> None:
    # threadpoolctl lets only the Python thread that set OpenBLAS's number first set it again, and
    # others' calls come to nothing. Who leaves last is seldom who came first.
    OpenBLASController.clear_controlling_thread(force=True)
    for library, count in threads:
        library.set_num_threads(count)
    OpenBLASController.clear_controlling_thread(force=True)


_LIMIT = _OneThread()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Whatever is in it has a BLAS of one thread; several threads may be in it at once.

    implicit, and k-means over many small products, are slower with more by up to ten times, and
    their sums differ with the number.
    """
    _LIMIT.enter()
    try:
        yield
    finally:
        _LIMIT.leave()


@contextmanager
def one_thread() -> Iterator[None]:
    """As `one_blas_thread`, and OpenMP has one thread, too.

    OpenMP counts for each Python thread by itself, so that nobody else is limited. A library that
    is loaded within is not.
    """
    openmp = ThreadpoolController().select(user_api="openmp")
    with one_blas_thread(), openmp.limit(limits=1):
        yield
