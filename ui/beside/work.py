"""Work beside the pages: one thing in the making.

One mechanism for all of it. Whatever takes long (a training, other seeds, a file to read) is a
`Work` with a key; `ui.beside.workers` decides which of them run. Nothing here knows Streamlit, or
what is made.
"""

import logging
import threading
import time
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Generic, TypeVar

from recsys.errors import KindredError, Stopped
from ui.beside.pace import Pace

T = TypeVar("T")


class Rank(IntEnum):
    """What goes first."""

    CLICKED = 0  # somebody asked for it and waits; it is never dropped
    SHOWN = 1  # what the page in view shows
    DOUBT = 2  # how far to trust what it shows
    ASIDE = 3  # what it can do without


class State(IntEnum):
    """Where a work is."""

    WAITING = 0
    RUNNING = 1
    PAUSED = 2
    OVER = 3


class Work(Generic[T]):
    """One thing in the making: how far it is, what came of it, and a way to stop it.

    Whoever makes it calls `follow` or `check` often: there it learns that it is to stop, and there
    it pauses while something more urgent goes first.

    Attributes
    ----------
    key
        Stands for what is made, by content. The same for all visitors.
    name
        What is done, for the screen: ``"Measuring the quality"``.
    share
        How much of it is done, 0 to 1.
    make
        How it is made, while nothing has come of it.
    said
        Where it is, for the screen: ``"iteration 3 of 15"``.
    pace
        How long it will take yet.
    shares
        What of the result is held elsewhere as well; whoever makes it says so.
    """

    def __init__(
        self, key: str, name: str, make: "Callable[[Work[T]], T] | None", rank: Rank
    ) -> None:
        self.key, self.name, self.rank = key, name, rank
        self.share, self.said = 0.0, ""
        self.pace = Pace()
        self.state = State.WAITING
        self.result: T | None = None
        self.error: KindredError | None = None
        self.begun = time.monotonic()
        self.make = make
        self.to_end, self.ended = threading.Event(), threading.Event()
        # What follows belongs to `ui.beside.workers.Workers` and is guarded by its lock.
        self.give_way: Callable[[Work[T]], None] | None = None
        self.seen: dict[str, float] = {}  # by visitor, when they waited for it last
        self.left: set[str] = set()  # visitors who stopped it
        self.place, self.turn = 0, 0.0  # among equals, and when its turn began
        self.dropped = False  # nobody waited for it any more
        self.shares: tuple[Any, ...] = ()  # what of the result is held elsewhere

    def follow(self, done: float, total: float, said: str = "") -> None:
        """Note how far it is; called by whoever makes it. Raises what `check` raises."""
        self.share, self.said = min(1.0, done / total) if total else 0.0, said or self.said
        self.pace.step(self.share)
        self.check()

    def check(self) -> None:
        """Pause here while something more urgent goes first.

        Raises
        ------
        Stopped
            If nobody wants it any more.
        """
        if self.give_way is not None and not self.to_end.is_set():
            since = self.pace.now()
            self.give_way(self)
            self.pace.rest(since)
        if self.to_end.is_set():
            raise Stopped

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most until so long after it was begun; whether it is."""
        return self.ended.wait(max(0.0, self.begun + seconds - time.monotonic()))

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state is State.OVER

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end and has not ended yet."""
        return self.to_end.is_set() and not self.over

    @property
    def stopped(self) -> bool:
        """Whether it ended because somebody stopped it."""
        return self.over and self.to_end.is_set() and self.result is None and self.error is None

    def over_for(self, visitor: str) -> bool:
        """Whether this visitor has nothing to wait for: it is over, or they stopped it."""
        return self.over or visitor in self.left

    def stopped_for(self, visitor: str) -> bool:
        """Whether it was stopped, or this visitor stopped it while others go on waiting."""
        return self.stopped or (visitor in self.left and self.result is None)

    def stopped_by_others(self, visitor: str) -> bool:
        """Whether it was stopped, and not by this visitor."""
        return self.stopped and visitor not in self.left

    @property
    def failed(self) -> bool:
        """Whether it is over and nothing came of it."""
        return self.over and self.result is None

    def run(self) -> None:
        """Make it; what goes wrong is kept for whoever asks for the result."""
        try:
            self.check()
            assert self.make is not None
            self.result = self.make(self)
            self.make = None  # what it holds is freed
        except Stopped:
            self.to_end.set()
        except KindredError as error:  # it is shown where the result is asked for
            self.error = error
        except Exception as error:
            logging.getLogger(__name__).exception("work beside the page failed: %s", self.key)
            self.error = KindredError(
                f"failed unexpectedly ({type(error).__name__}).",
                where=self.name,
                todo="The server's log says more.",
            )
