"""Which works run: the best first, in turns, and only what somebody waits for."""

import os
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from ui.beside.work import Rank, State, Work

T = TypeVar("T")
TURN = 2.0  # seconds after which equals take turns
AWAY = 5.0  # seconds unseen after which who waits looks at something else; a page asks each half
NOBODY = 150.0  # after so many seconds unseen, nobody waits; a hidden tab still asks each minute
MOST_PAUSED = 4  # each holds its memory: beyond these, what runs goes on


class Workers:
    """Decides which works run.

    The best `slots` of them, of each visitor one at a time: what somebody waits for before what
    nobody waits for, what was clicked or is looked at now before what was asked for on a page that
    was left, then by `Rank`, then in turns of `TURN` seconds. What runs and is not among
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
            ends = work is not None and work.stopping and (again or visitor not in work.left)
            if work is None or ends or (again and work.failed) or work.stopped_by_others(visitor):
                left = set() if work is None else work.left
                if work is not None and ends:
                    work.dropped = True  # nobody asks for what it ends with
                work = self._works[key] = Work(key, name, make, rank)
                work.give_way, work.left = self.give_way, left - {visitor}
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

    def end(self) -> None:
        """Let all end at its next check, whoever waits for it."""
        with self._changed:
            for work in list(self._works.values()):
                work.dropped = True
                self._end(work)

    def give_way(self, work: Work[Any]) -> None:
        """Wait while another goes first; called by the work itself."""
        with self._changed:
            if not self._is_to_pause(work):
                return
            work.state = State.PAUSED
            self._to_the_end(work)
            self._plan()
            while work.state is State.PAUSED and not work.to_end.is_set():
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

    def _class(self, work: Work[Any]) -> tuple[bool, bool, Rank]:
        """What counts before the place among equals; the least goes first."""
        now = self._clock()
        looked_at = any(now - seen < AWAY for seen in work.seen.values())
        left = work.rank is not Rank.CLICKED and not looked_at
        return not self._visitors(work), left, work.rank

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
            if work.stopping:
                continue  # what somebody stopped while it was paused is kept as stopped
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
        work.run()
        with self._changed:
            self._finish(work)
            self._plan()

    def _end(self, work: Work[Any]) -> None:
        """Let it end at its next check; at once where it has not begun."""
        work.to_end.set()
        if work.state is State.WAITING:
            self._finish(work)
        self._changed.notify_all()

    def _finish(self, work: Work[Any]) -> None:
        work.state, work.give_way = State.OVER, None
        if self._works.get(work.key) is work:
            del self._works[work.key]
        if not work.dropped:
            self._keep(work)
        work.ended.set()
