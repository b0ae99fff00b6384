"""Work beside the pages: what is made in threads of its own, in which order, and how it is stopped.

One mechanism for all of it. Whatever takes long (a training, other seeds, a file to read) is a
`Work` with a key; `Workers` decides which of them run. Nothing here knows Streamlit, or what is
made.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Generic, TypeVar

from recsys.errors import KindredError, Stopped

T = TypeVar("T")
TURN = 2.0  # seconds after which equals take turns
NOBODY = 150.0  # after so many seconds unseen, nobody waits; a hidden tab still asks each minute
MOST_PAUSED = 4  # each holds its memory: beyond these, what runs goes on


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
    shares
        What of the result is held elsewhere as well; whoever makes it says so.
    """

    def __init__(
        self, key: str, name: str, make: "Callable[[Work[T]], T] | None", rank: Rank
    ) -> None:
        self.key, self.name, self.rank = key, name, rank
        self.share, self.said = 0.0, ""
        self.state = State.WAITING
        self.result: T | None = None
        self.error: KindredError | None = None
        self.begun = time.monotonic()
        self.make = make
        self._stop, self._over = threading.Event(), threading.Event()
        # What follows belongs to `Workers` and is guarded by its lock.
        self._workers: Workers | None = None
        self.seen: dict[str, float] = {}  # by visitor, when they waited for it last
        self.left: set[str] = set()  # visitors who stopped it
        self.place, self.turn = 0, 0.0  # among equals, and when its turn began
        self.dropped = False  # nobody waited for it any more
        self.shares: tuple[Any, ...] = ()  # what of the result is held elsewhere

    def follow(self, done: float, total: float, said: str = "") -> None:
        """Note how far it is; called by whoever makes it. Raises what `check` raises."""
        self.share, self.said = min(1.0, done / total) if total else 0.0, said or self.said
        self.check()

    def check(self) -> None:
        """Pause here while something more urgent goes first.

        Raises
        ------
        Stopped
            If nobody wants it any more.
        """
        if self._workers is not None and not self._stop.is_set():
            self._workers.give_way(self)
        if self._stop.is_set():
            raise Stopped

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most until so long after it was begun; whether it is."""
        return self._over.wait(max(0.0, self.begun + seconds - time.monotonic()))

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state is State.OVER

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end and has not ended yet."""
        return self._stop.is_set() and not self.over

    @property
    def stopped(self) -> bool:
        """Whether it ended because somebody stopped it."""
        return self.over and self._stop.is_set() and self.result is None and self.error is None

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

    def _run(self) -> None:
        try:
            self.check()
            assert self.make is not None
            self.result = self.make(self)
            self.make = None  # what it holds is freed
        except Stopped:
            self._stop.set()
        except KindredError as error:  # it is shown where the result is asked for
            self.error = error
        except Exception as error:
            logging.getLogger(__name__).exception("work beside the page failed: %s", self.key)
            self.error = KindredError(
                f"failed unexpectedly ({type(error).__name__}).",
                where=self.name,
                todo="The server's log says more.",
            )


class Workers:
    """Decides which works run.

    The best `slots` of them, of each visitor one at a time: what somebody waits for before what
    nobody waits for, then by `Rank`, then in turns of `TURN` seconds. What runs and is not among
    them pauses at its next `Work.check`, and goes on later. What was not clicked and nobody has
    looked at for `NOBODY` seconds is dropped while it waits; asked for again, it begins anew.

    Parameters
    ----------
    slots
        How many run at once. By default half the processors, and at least two, since a training
        uses all of them by itself: so one visitor's long work never holds up another's click.
    keep
        Called with each work that is over, to hold it; whoever holds it hands it back by `find`.
    find
        The work of that key that is over, or None where it is held no longer.
    """

    def __init__(
        self,
        slots: int | None = None,
        *,
        keep: Callable[[Work[Any]], None] | None = None,
        find: Callable[[str], Work[Any] | None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        held: dict[str, Work[Any]] = {}
        self.slots = slots or max(2, (os.cpu_count() or 1) // 2)
        self._keep = keep or (lambda work: held.update({work.key: work}))
        self._find = find or held.get
        self._clock = clock
        self._changed = threading.Condition()
        self._works: dict[str, Work[Any]] = {}  # those that are not over
        self._places = 0

    def of(
        self,
        key: str,
        name: str,
        make: Callable[[Work[T]], T],
        *,
        visitor: str,
        rank: Rank = Rank.SHOWN,
        again: bool = False,
    ) -> Work[T]:
        """The work of that key, begun if there is none; the visitor waits for it.

        Parameters
        ----------
        again
            Begin anew what was stopped or has failed; without it, that is what comes back.
        """
        with self._changed:
            work = self._known(key)
            if work is None or (again and work.failed) or work.stopped_by_others(visitor):
                left = set() if work is None else work.left
                work = self._works[key] = Work(key, name, make, rank)
                work._workers, work.left = self, left - {visitor}
                self._to_the_end(work)
            if again:
                work.left.discard(visitor)
            work.rank = min(work.rank, rank)
            self._see(visitor, work)
            self._plan()
            return work

    def hold(self, key: str, result: Any) -> None:
        """Hold what is there already as the result of a work of that key."""
        with self._changed:
            if key not in self._works:
                work: Work[Any] = Work(key, key, None, Rank.ASIDE)
                work.result = result
                self._finish(work)

    def known(self, key: str) -> Work[Any] | None:
        """The work of that key, if it was begun and is not forgotten."""
        with self._changed:
            return self._known(key)

    def look(self, visitor: str, works: "list[Work[Any]]") -> None:
        """Note that the visitor waits for these."""
        with self._changed:
            for work in works:
                self._see(visitor, work)
            self._plan()

    def stop(self, work: Work[Any], visitor: str) -> None:
        """The visitor does not want it any more; where nobody else waits for it, it ends."""
        with self._changed:
            if work.over:
                return
            work.seen.pop(visitor, None)
            work.left.add(visitor)
            if not self._visitors(work):
                self._end(work)
            self._plan()

    def give_way(self, work: Work[Any]) -> None:
        """Wait while another goes first; called by the work itself."""
        with self._changed:
            if not self._is_to_pause(work):
                return
            work.state = State.PAUSED
            self._to_the_end(work)
            self._plan()
            while work.state is State.PAUSED and not work._stop.is_set():
                self._changed.wait(1.0)  # also to see what nobody waits for any more
                self._plan()
            work.state = State.RUNNING

    def _known(self, key: str) -> Work[Any] | None:
        return self._works.get(key) or self._find(key)

    def _see(self, visitor: str, work: Work[Any]) -> None:
        if visitor not in work.left:
            work.seen[visitor] = self._clock()

    def _waits(self, seen: float) -> bool:
        return self._clock() - seen < NOBODY

    def _visitors(self, work: Work[Any]) -> set[str]:
        return {visitor for visitor, seen in work.seen.items() if self._waits(seen)}

    def _to_the_end(self, work: Work[Any]) -> None:
        self._places += 1
        work.place = self._places

    def _class(self, work: Work[Any]) -> tuple[bool, Rank]:
        """What counts before the place among equals; the least goes first."""
        return not self._visitors(work), work.rank

    def _place(self, work: Work[Any]) -> float:
        """Among equals what runs stays, until its turn is over and another visitor waits."""
        if work.state is not State.RUNNING:
            return work.place
        mine, turn_over = self._visitors(work), self._clock() - work.turn >= TURN
        rests = turn_over and any(
            one.state in (State.WAITING, State.PAUSED)
            and self._class(one) == self._class(work)
            and not mine & self._visitors(one)
            for one in self._works.values()
        )
        return float("inf") if rests else -1

    def _best(self, last: Work[Any] | None = None) -> list[Work[Any]]:
        """The works that are to run: the best of each visitor, as many as there is room for.

        Of those whose turn is over, `last` comes last.
        """
        chosen: list[Work[Any]] = []
        busy: set[str] = set()
        wanted = [work for work in self._works.values() if not work.stopping]
        for work in sorted(
            wanted, key=lambda one: (*self._class(one), self._place(one), one is last)
        ):
            visitors = self._visitors(work)
            if len(chosen) < self.slots and not (visitors and visitors <= busy):
                chosen.append(work)
                busy |= visitors
        return chosen

    def _is_to_pause(self, work: Work[Any]) -> bool:
        if len(self._works) == 1:
            return False
        paused = sum(one.state is State.PAUSED for one in self._works.values())
        return paused < MOST_PAUSED and work not in self._best(work)

    def _plan(self) -> None:
        """Let works begin or go on while there is room, and drop what nobody waits for."""
        for work in list(self._works.values()):
            forgotten = work.rank is not Rank.CLICKED and not self._visitors(work)
            if forgotten and work.state in (State.WAITING, State.PAUSED):
                work.dropped = True
                self._end(work)
        running = sum(work.state is State.RUNNING for work in self._works.values())
        for work in self._best():
            if work.state is not State.RUNNING and running < self.slots:
                running += 1
                self._let_go_on(work)

    def _let_go_on(self, work: Work[Any]) -> None:
        work.turn = self._clock()
        if work.state is State.PAUSED:
            work.state = State.RUNNING
            self._changed.notify_all()
            return
        work.state = State.RUNNING
        threading.Thread(
            target=self._run, args=(work,), name=f"work {work.key}", daemon=True
        ).start()

    def _run(self, work: Work[Any]) -> None:
        work._run()
        with self._changed:
            self._finish(work)
            self._plan()

    def _end(self, work: Work[Any]) -> None:
        """Let it end at its next check; at once where it has not begun."""
        work._stop.set()
        if work.state is State.WAITING:
            self._finish(work)
        self._changed.notify_all()

    def _finish(self, work: Work[Any]) -> None:
        work.state, work._workers = State.OVER, None
        self._works.pop(work.key, None)
        if not work.dropped:
            self._keep(work)
        work._over.set()
