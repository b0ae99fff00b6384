"""How long a work will take yet."""

import pytest

from ui.beside.pace import Pace


@pytest.fixture
def pace(clock) -> Pace:
    return Pace(clock)


def test_what_comes_before_the_first_step_does_not_count(pace, clock):
    clock.now += 60
    pace.step(0.1)
    assert pace.left() is None
    clock.now += 2
    pace.step(0.2)
    assert pace.left() == pytest.approx(16)
    clock.now += 1
    assert pace.left() == pytest.approx(15)


def test_pauses_do_not_count(pace, clock):
    pace.step(0.0)
    clock.now += 1
    since = pace.now()
    clock.now += 100
    pace.rest(since)
    clock.now += 1
    pace.step(0.5)
    assert pace.left() == pytest.approx(2)


def test_a_step_that_takes_longer_than_the_rest_was_thought_to_leaves_nothing_below_zero(
    pace, clock
):
    pace.step(0.0)
    clock.now += 1
    pace.step(0.9)
    clock.now += 50
    assert pace.left() == 0


def test_nothing_is_said_of_steps_too_short_to_measure_or_that_do_not_go_on(pace, clock):
    pace.step(0.1)
    clock.now += 0.01
    pace.step(0.2)
    assert pace.left() is None
    clock.now += 10
    pace.step(0.2)
    pace.step(0.1)
    assert pace.left() is None
