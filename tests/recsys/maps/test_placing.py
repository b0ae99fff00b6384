"""What a map was not learned from lies beside what it is nearest to."""

import numpy as np
import pytest

from recsys.errors import Stopped
from recsys.maps import placing
from recsys.maps.placing import place_rest
from recsys.ranking import nearest, unit

DIRECTIONS = unit(np.random.default_rng(2).normal(size=(300, 4)))
LEARN = np.arange(0, 300, 3)
LEARNED = np.random.default_rng(3).normal(size=(100, 2)) * 20


def nearest_learned(n):
    offered = np.isin(np.arange(300), LEARN)
    return nearest([DIRECTIONS], n, offered=offered)


def test_learned_articles_stay_and_the_rest_lie_beside_their_nearest():
    points = place_rest(DIRECTIONS, LEARN, LEARNED)
    assert (points[LEARN] == LEARNED).all()
    rest = np.setdiff1d(np.arange(300), LEARN)
    near = LEARNED[nearest_learned(1)[rest, 0] // 3]
    apart = np.linalg.norm(points[rest] - near, axis=1)
    assert apart.max() < placing._BESIDE
    assert len(np.unique(points, axis=0)) == 300


def test_one_of_the_nearest_that_lies_elsewhere_has_no_pull():
    directions = unit(np.array([[1, 0, 0], [1, 0.3, 0], [1, 0, 0.4], [1, 0.1, 0.1]]))
    learned = np.array([[0.0, 0], [1, 0], [90, 0]])
    points = place_rest(directions, np.arange(3), learned)
    assert 0 < points[3, 0] < 1 and abs(points[3, 1]) < 0.1


def test_blocks_and_their_progress(monkeypatch):
    whole, told = place_rest(DIRECTIONS, LEARN, LEARNED, seed=4), []
    monkeypatch.setattr(placing, "_BLOCK", 30)
    parts = place_rest(DIRECTIONS, LEARN, LEARNED, seed=4, on_rows=told.append)
    assert parts == pytest.approx(whole) and sum(told) == 200 and len(told) == 7

    def stop(rows):
        raise Stopped

    with pytest.raises(Stopped):
        place_rest(DIRECTIONS, LEARN, LEARNED, on_rows=stop)


def test_copies_of_learned_articles_lie_at_their_places():
    directions = np.concatenate([DIRECTIONS[LEARN], DIRECTIONS[LEARN]])
    points = place_rest(directions, np.arange(100), LEARNED)
    assert points[100:] == pytest.approx(LEARNED, abs=8 * placing._SHIFT)


def test_where_all_were_learned_there_is_nothing_to_place():
    assert place_rest(DIRECTIONS[:100], np.arange(100), LEARNED) is LEARNED
