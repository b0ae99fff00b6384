"""Whose turn it is: what is asked for, shown and clicked, by one visitor and by several."""

from tests.ui.beside.stepping import SECONDS, begin, until
from ui.beside.work import Rank, State
from ui.beside.workers import AWAY, NOBODY, TURN


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
    seen, other_steps = begin(workers, "seeds", rank=Rank.DOUBT)
    clock.now += AWAY
    workers.look("anna", [seen])
    steps.step()
    assert steps.begun() and seen.state is State.WAITING
    steps.end()
    other_steps.end()
    assert clicked.ended.wait(SECONDS) and seen.ended.wait(SECONDS)
