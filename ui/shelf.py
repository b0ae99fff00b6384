"""What the server holds in memory for all visitors, within a bound in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from recsys.sizes import nbytes

T = TypeVar("T")


class Shelf:
    """Things by key; when they are too much, what was used longest ago goes first.

    What was put last stays in any case.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._held: OrderedDict[str, tuple[Any, int]] = OrderedDict()
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
            return self._held[key][0]

    def put(self, key: str, thing: Any, size: int) -> None:
        """Hold a thing of so many bytes."""
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = thing, size
            total = sum(size for _, size in self._held.values())
            while total > self.most_bytes and len(self._held) > 1:
                _, (_, size) = self._held.popitem(last=False)
                total -= size

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
