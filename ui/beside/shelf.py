"""What the server holds in memory for all visitors, within a bound in bytes."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from recsys.machine import nbytes

T = TypeVar("T")


class Shelf:
    """Things by key; when they are too much, what was used longest ago goes first.

    What was used within the last `recent` seconds stays, also beyond the bound: a page that needs
    two things that do not both fit would make them in turns for ever.
    """

    def __init__(
        self,
        most_bytes: int,
        recent: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most_bytes, self.recent, self._clock = most_bytes, recent, clock
        self._held: OrderedDict[str, tuple[Any, int]] = OrderedDict()  # the latest used last
        self._used: dict[str, float] = {}
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """Bytes of all that is held."""
        with self._lock:
            return sum(size for _, size in self._held.values())

    def get(self, key: str) -> Any:
        """The thing of that key, or None."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            self._used[key] = self._clock()
            return self._held[key][0]

    def put(self, key: str, thing: Any, size: int) -> None:
        """Hold a thing of so many bytes."""
        with self._lock:
            now = self._clock()
            self._held.pop(key, None)
            self._held[key], self._used[key] = (thing, size), now
            total = sum(size for _, size in self._held.values())
            for oldest in list(self._held)[:-1]:
                if total <= self.most_bytes or now - self._used[oldest] < self.recent:
                    break
                total -= self._held.pop(oldest)[1]
                del self._used[oldest]

    def get_or_make(self, key: str, make: Callable[[], T], *, but: tuple[Any, ...] = ()) -> T:
        """The thing of that key; made once, where several ask for it at the same time.

        Parameters
        ----------
        but
            What of it is held elsewhere, and does not count.
        """
        if (found := self.get(key)) is not None:
            return found
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        try:
            with making:
                if (found := self.get(key)) is None:
                    found = make()
                    self.put(key, found, nbytes(found, but=but))
            return found
        finally:
            with self._lock:
                self._making.pop(key, None)
