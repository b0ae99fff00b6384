"""Work beside the pages: what is made, stopped, dropped and begun again."""

import logging

import pytest

from recsys.errors import SettingError, Stopped
from tests.ui.beside.stepping import SECONDS, begin, made, until
from ui.beside.work import Rank, State, Work
from ui.beside.workers import NOBODY, Workers


def test_what_is_made_once_is_there_for_everybody(workers):
    first = workers.of("key", "name", made("one"), visitor="anna")
    assert first.wait(SECONDS) and first.result == "one" and first.over
    again = workers.of("key", "name", made("two"), visitor="ben", again=True)
    assert again is first and workers.known("key") is first
    assert workers.known("other") is None


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
