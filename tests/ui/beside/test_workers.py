"""Work beside the pages: order, turns, stopping, and what nobody waits for."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest

from recsys.errors import SettingError, Stopped
from ui.beside.work import Rank, State, Work
from ui.beside.workers import AWAY, NOBODY, TURN, Workers

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


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workers(clock: Clock) -> Workers:
    return Workers(2, clock=clock)


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


def test_what_is_made_once_is_there_for_everybody(workers):
    first = workers.of("key", "name", made("one"), visitor="anna")
    assert first.wait(SECONDS) and first.result == "one" and first.over
    again = workers.of("key", "name", made("two"), visitor="ben", again=True)
    assert again is first and workers.known("key") is first
    assert workers.known("other") is None


def test_of_one_visitor_one_thing_runs_at_a_time_what_is_shown_before_what_is_aside(workers):
    first, first_step = begin(workers, "quality", rank=Rank.ASIDE)
    assert first_step.begun()
    seeds, seeds_step = begin(workers, "seeds")
    assert seeds_step.begun()  # at once, in the other slot
    first_step.step()  # at its next check the quality gives way
    assert until(State.PAUSED, first)
    topics, topics_step = begin(workers, "topics")
    assert topics.state is State.WAITING  # an equal of the same visitor waits its turn
    seeds_step.end()
    assert topics_step.begun() and first.state is State.PAUSED
    topics_step.end()
    assert first_step.begun() and first.state is State.RUNNING
    first_step.end()
    assert first.wait(SECONDS + 1e6) and first.result == "made"


def test_a_click_goes_before_everything_else(workers):
    seeds, seeds_step = begin(workers, "seeds")
    assert seeds_step.begun()
    training, training_step = begin(workers, "training", rank=Rank.CLICKED)
    assert training_step.begun()
    seeds_step.step()
    assert until(State.PAUSED, seeds)
    training_step.end()
    assert seeds_step.begun()
    seeds_step.end()
    assert seeds.wait(1e6)


def test_one_visitors_long_work_never_holds_up_anothers_click(workers, clock):
    steps = [begin(workers, f"long {name}", name, Rank.CLICKED) for name in ("anna", "ben")]
    assert all(step.begun() for _, step in steps)  # both slots are taken
    third, third_step = begin(workers, "short", "carla", Rank.CLICKED)
    assert third.state is State.WAITING
    steps[0][1].step()
    assert steps[0][1].begun() and steps[0][0].state is State.RUNNING  # its turn is not over
    clock.now += TURN
    steps[0][1].step()  # now it is
    assert third_step.begun() and steps[0][0].state is State.PAUSED
    third_step.end()
    assert third.wait(1e6) and steps[0][1].begun()  # and it goes on
    for _, step in steps:
        step.end()
    assert all(work.wait(1e6) for work, _ in steps)


def test_equals_of_one_visitor_do_not_take_turns(workers, clock):
    first, first_step = begin(workers, "seeds")
    second, _ = begin(workers, "topics")
    assert first_step.begun()
    clock.now += 100 * TURN
    workers.look("anna", [first, second])
    first_step.step()
    assert first_step.begun() and first.state is State.RUNNING
    assert second.state is State.WAITING
    for work in (second, first):
        workers.stop(work, "anna")
    first_step.step()
    assert first.wait(1e6) and first.stopped


def test_stop_ends_it_at_its_next_check_and_says_so_at_once(workers):
    work, step = begin(workers, "training")
    assert step.begun()
    workers.stop(work, "anna")
    assert work.stopping and work.over_for("anna") and work.stopped_for("anna")
    step.step()
    assert work.wait(1e6) and work.stopped and work.result is None and not work.stopping


def test_what_waits_for_its_turn_is_stopped_at_once(workers):
    running, step = begin(workers, "first")
    waiting, _ = begin(workers, "second")
    workers.stop(waiting, "anna")
    assert waiting.over and waiting.stopped
    step.end()
    assert running.wait(1e6)


def test_what_is_paused_can_be_stopped(workers):
    low, low_step = begin(workers, "quality", rank=Rank.ASIDE)
    assert low_step.begun()
    high, high_step = begin(workers, "training", rank=Rank.CLICKED)
    assert high_step.begun()
    low_step.step()
    assert until(State.PAUSED, low)
    workers.stop(low, "anna")
    assert low.wait(1e6) and low.stopped
    high_step.end()
    assert high.wait(1e6)


def test_what_one_stops_goes_on_for_another(workers):
    work, step = begin(workers, "seeds", "anna")
    workers.look("ben", [work])
    assert step.begun()
    workers.stop(work, "anna")
    assert work.stopped_for("anna") and work.over_for("anna")
    assert not work.over_for("ben") and not work.stopping
    step.end()
    assert work.wait(1e6) and work.result == "made" and not work.stopped_for("anna")


def test_what_was_stopped_begins_again_when_it_is_asked_for(workers):
    work, step = begin(workers, "seeds")
    assert step.begun()
    workers.stop(work, "anna")
    step.step()
    assert work.wait(1e6) and workers.known("seeds") is work
    assert workers.of("seeds", "seeds", made("no"), visitor="anna") is work
    other = workers.of("seeds", "seeds", made("for ben"), visitor="ben")  # who did not stop it
    assert other is not work and other.wait(1e6) and other.result == "for ben"
    first, step = begin(workers, "topics")
    assert step.begun()
    workers.stop(first, "anna")
    step.step()
    assert first.wait(1e6)
    again = workers.of("topics", "topics", made("again"), visitor="anna", again=True)
    assert again.wait(1e6) and again.result == "again" and not again.stopped_for("anna")


@pytest.mark.parametrize("visitor", ["anna", "ben"])
def test_what_is_asked_for_again_while_it_ends_begins_anew(workers, visitor):
    old, old_step = begin(workers, "training", rank=Rank.CLICKED)
    assert old_step.begun()
    workers.stop(old, "anna")
    assert old.stopping
    again = visitor == "anna"
    new = workers.of("training", "training", made("new"), visitor=visitor, again=again)
    assert new is not old and new.wait(1e6) and new.result == "new"
    old_step.step()
    assert old.wait(1e6)
    assert workers.known("training") is new and not new.stopped_for(visitor)


def test_what_nobody_waits_for_any_more_is_dropped_and_begins_anew(workers, clock):
    running, step = begin(workers, "training", rank=Rank.CLICKED)
    assert step.begun()
    waiting, _ = begin(workers, "seeds")
    clock.now += NOBODY
    workers.look("anna", [running])
    assert waiting.over and workers.known("seeds") is None
    again, again_step = begin(workers, "seeds")
    assert again is not waiting
    step.end()
    assert running.wait(1e6)  # what was clicked is made, whoever looks
    again_step.end()
    assert again.wait(1e6) and again.result == "made"


def test_what_was_clicked_is_never_dropped(workers, clock):
    first, first_step = begin(workers, "first", rank=Rank.CLICKED)
    second, second_step = begin(workers, "second", rank=Rank.CLICKED)
    assert first_step.begun()
    clock.now += 10 * NOBODY  # the tab was closed
    other, other_step = begin(workers, "other", "ben")
    assert other_step.begun()
    assert not second.over
    for step in (first_step, other_step, second_step):
        step.end()
    assert all(work.wait(1e6) and work.result for work in (first, second, other))


def test_what_is_shown_to_somebody_goes_before_what_nobody_waits_for(workers, clock):
    old, old_step = begin(workers, "old", "anna", Rank.CLICKED)
    older, older_step = begin(workers, "older", "ben", Rank.CLICKED)
    assert old_step.begun() and older_step.begun()
    clock.now += NOBODY
    new, new_step = begin(workers, "new", "carla", Rank.ASIDE)
    old_step.step()
    assert new_step.begun() and until(State.PAUSED, old)
    for step in (old_step, older_step, new_step):
        step.end()
    assert all(work.wait(1e6) for work in (old, older, new))


def test_what_is_looked_at_goes_before_what_was_asked_for_on_a_page_that_was_left(workers, clock):
    left, steps_left = begin(workers, "training of a page left")
    assert steps_left.begun()
    seen, steps = begin(workers, "seeds", rank=Rank.DOUBT)
    clock.now += AWAY
    workers.look("anna", [seen])
    steps_left.step()
    assert steps.begun() and until(State.PAUSED, left)
    workers.look("anna", [seen, left])  # the person is back on that page
    steps.step()
    assert steps_left.begun() and until(State.PAUSED, seen)
    for one in (steps_left, steps):
        one.end()
    assert left.ended.wait(SECONDS) and seen.ended.wait(SECONDS)


def test_what_was_clicked_goes_first_also_when_its_page_was_left(workers, clock):
    clicked, steps = begin(workers, "training", rank=Rank.CLICKED)
    assert steps.begun()
    seen, _ = begin(workers, "seeds", rank=Rank.DOUBT)
    clock.now += AWAY
    workers.look("anna", [seen])
    steps.step()
    assert steps.begun() and seen.state is State.WAITING
    steps.end()
    assert clicked.ended.wait(SECONDS)


def test_its_progress_is_known(workers):
    def make(work: Work[str]) -> str:
        work.follow(1, 4, "a quarter")
        return f"{work.share} {work.said}"

    assert workers.of("key", "name", make, visitor="anna").wait(SECONDS)
    assert workers.known("key").result == "0.25 a quarter"


def test_what_fails_unexpectedly_is_in_the_log_and_says_what_to_do(workers, caplog):
    def fail(work):
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        work = workers.of("key", "Looking for topics", fail, visitor="anna")
        assert work.wait(SECONDS)
    assert "ZeroDivisionError" in caplog.text and work.failed and not work.stopped
    assert "ZeroDivisionError" in str(work.error) and "log" in work.error.todo
    assert workers.of("key", "name", made("again"), visitor="anna") is work
    again = workers.of("key", "name", made("again"), visitor="anna", again=True)
    assert again.wait(SECONDS) and again.result == "again"


@pytest.mark.parametrize("error", [SettingError("no."), Stopped()])
def test_what_the_page_says_is_not_in_the_log(workers, caplog, error):
    def fail(work):
        raise error

    with caplog.at_level(logging.ERROR):
        work = workers.of("key", "name", fail, visitor="anna")
        assert work.wait(SECONDS)
    assert not caplog.text and work.error is (error if isinstance(error, SettingError) else None)


def test_a_page_waits_for_work_only_from_when_it_was_begun(workers):
    work, step = begin(workers, "key")
    assert step.begun()
    work.begun -= 30  # as if half a minute ago
    assert not work.wait(30)  # that time is over
    step.end()
    assert work.wait(30 + SECONDS)


def test_many_visitors_works_are_all_made_and_never_more_run_than_there_is_room_for():
    workers, running, most = Workers(3), [], []

    def make(work: Work[str]) -> str:
        for _ in range(20):
            work.check()
            running.append(work.key)
            most.append(len(set(running)))
            running.remove(work.key)
        return work.key

    works = [
        workers.of(f"{who}-{what}", "name", make, visitor=str(who), rank=Rank(what % 3))
        for who in range(8)
        for what in range(6)
    ]
    assert all(work.wait(SECONDS + 60) and work.result == work.key for work in works)
    assert max(most) <= 3


def test_there_are_at_least_two_slots_so_that_a_click_never_waits():
    assert Workers().slots >= 2
