"""What moved between maps, and what moved more than other seeds move it."""

import numpy as np
import pytest

from recsys.errors import SettingError
from recsys.maps.moves import moved_by_seeds, moved_more, movement

DRAW = np.random.default_rng(5)
XY = DRAW.normal(size=(200, 2))
IDS = np.array([f"i{place}" for place in range(200)], dtype=object)
TURN = np.array([[0.0, 1.0], [1.0, 0.0]])


def test_the_one_article_that_moved_is_found_whatever_was_done_to_the_whole():
    there = XY.copy()
    there[17] += [3, -1]
    order = DRAW.permutation(200)
    found = movement(IDS, XY, IDS[order], (there @ TURN * 4 + 9)[order])
    assert found["item_id"].tolist() == IDS.tolist()
    assert found["distance"].idxmax() == 17
    # the others carry 1/200 of it, and what the size took from it
    assert found.loc[17, ["dx", "dy"]].tolist() == pytest.approx([3, -1], abs=0.1)
    assert found["distance"].drop(17).max() < 0.1
    assert found["distance"].tolist() == pytest.approx(np.hypot(found["dx"], found["dy"]).tolist())


def test_articles_of_one_map_alone_are_left_out():
    found = movement(IDS[:120], XY[:120], IDS[100:], XY[100:])
    assert found["item_id"].tolist() == IDS[100:120].tolist()
    assert found["distance"].max() < 1e-9


@pytest.mark.parametrize("both", [0, 1, 2])
def test_of_fewer_than_three_articles_nothing_is_aligned(both):
    found = movement(IDS[:both], XY[:both], IDS[:both], XY[:both] + [3, 4])
    assert found["distance"].tolist() == pytest.approx([5] * both)


def test_what_other_seeds_do_is_the_furthest_of_them_for_each_article():
    one, two = XY.copy(), XY @ TURN
    one[3] += 0.5
    two[8] += 0.7
    by_seeds = moved_by_seeds(XY, [one, two])
    alone = [movement(IDS, XY, IDS, other)["distance"] for other in (one, two)]
    assert by_seeds.tolist() == np.maximum(*alone).tolist()
    assert set(np.argsort(by_seeds)[-2:]) == {3, 8}


def test_no_map_of_another_seed_is_refused():
    for others in ([], [XY[:5]]):
        with pytest.raises(SettingError, match="other seeds"):
            moved_by_seeds(XY, others)


def test_moved_more_is_more_than_its_own_and_than_nearly_all_others():
    by_seeds = np.linspace(0.01, 1, 100)
    distance = np.zeros(100)
    distance[[10, 50, 99]] = [0.5, 0.97, 0.98]
    # 0.5 is more than its own 0.11, not than the 0.95 of all; 0.98 is less than its own 1
    assert np.flatnonzero(moved_more(distance, by_seeds)).tolist() == [50]
    assert np.flatnonzero(moved_more(distance, by_seeds, level=0.4)).tolist() == [10, 50]
    assert moved_more(np.zeros(0), np.zeros(0)).tolist() == []


def test_a_map_from_another_seed_moves_less_than_chance_says_at_that_level():
    """Six maps of one spread: one of them exceeds five others for an article once in six times."""
    maps = [XY + DRAW.normal(0, 0.1, XY.shape) for _ in range(6)]
    by_seeds = moved_by_seeds(XY, maps[:5])
    more = moved_more(movement(IDS, XY, IDS, maps[5])["distance"].to_numpy(), by_seeds)
    assert more.mean() < 0.05
