"""How long a work will take yet, from the steps that it has taken."""

import time
from collections.abc import Callable

LEAST = 0.5  # seconds of steps below which nothing is known


class Pace:
    """The time that a work has run, without its pauses, at its first step and at its last.

    What comes before the first step (reading, building) says nothing about those that follow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rested = 0.0
        self._first: tuple[float, float] | None = None  # (share, seconds)
        self._last = (0.0, 0.0)

    def now(self) -> float:
        """A time to give to `rest`."""
        return self._clock()

    def rest(self, since: float) -> None:
        """It paused from then until now."""
        self._rested += self._clock() - since

    def step(self, share: float) -> None:
        """So much of it is done now, 0 to 1."""
        if self._first is not None and share <= self._last[0]:
            return
        self._last = share, self._clock() - self._rested
        if self._first is None:
            self._first = self._last

    def left(self) -> float | None:
        """Seconds that it will take yet if it goes on so; None where that is not known."""
        if self._first is None:
            return None
        done, took = (last - first for last, first in zip(self._last, self._first, strict=True))
        if done <= 0 or took < LEAST:
            return None
        since = self._clock() - self._rested - self._last[1]
        return max(0.0, took / done * (1 - self._last[0]) - since)
