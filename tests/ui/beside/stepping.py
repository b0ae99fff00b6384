"""Work that goes from check to check when a test says so, and a clock that it sets."""

import threading
from collections.abc import Callable
from typing import Any

from ui.beside.work import Rank, State, Work
from ui.beside.workers import Workers

SECONDS = 20  # until a test that waits for what should come gives up


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Step:
    """A work that goes from check to check when the test says so."""

    def __init__(self) -> None:
        self.at = threading.Semaphore(0)  # it stands before a check
        self.go = threading.Semaphore(0)
        self.finish = False

    def __call__(self, work: Work[str]) -> str:
        while True:
            self.at.release()
            assert self.go.acquire(timeout=SECONDS)
            if self.finish:
                return "made"
            work.check()

    def begun(self) -> bool:
        return self.at.acquire(timeout=SECONDS)

    def step(self) -> None:
        """Let it go through a check."""
        self.go.release()

    def end(self) -> None:
        self.finish = True
        self.go.release()


def begin(
    workers: Workers, key: str, visitor: str = "anna", rank: Rank = Rank.SHOWN
) -> tuple[Work[str], Step]:
    step = Step()
    return workers.of(key, key, step, visitor=visitor, rank=rank), step


def until(state: State, work: Work[Any]) -> bool:
    done = threading.Event()
    for _ in range(SECONDS * 100):
        if work.state is state:
            return True
        done.wait(0.01)
    return False


def made(value: str) -> Callable[[Work[str]], str]:
    return lambda work: value
