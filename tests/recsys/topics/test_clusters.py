"""Groups of directions: planted ones, and what holds for any."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from sklearn.cluster import KMeans

from recsys.errors import Stopped
from recsys.ranking.nearness import unit
from recsys.topics import clusters
from recsys.topics.clusters import COARSE, COUNTS, FINE, SMALLEST, assign, find_clusters


def planted(groups: int, each: int, noise: float, seed: int = 0, size: int = 16):
    draw = np.random.default_rng(seed)
    centres = np.linalg.qr(draw.normal(size=(size, size)))[0][:groups]
    of = np.repeat(np.arange(groups), each)
    return unit(centres[of] + noise * draw.normal(size=(len(of), size))), of


def same_groups(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@pytest.mark.parametrize("groups", [2, 3, 5, 7, 12])
def test_planted_groups_are_found_and_counted(groups):
    directions, of = planted(groups, 15, 0.08)
    found = find_clusters(directions, np.ones(len(of)))
    assert same_groups(found.of, of)
    assert found.separation > 0.8


def test_directions_without_groups_are_hardly_separated():
    directions = unit(np.random.default_rng(1).normal(size=(600, 16)))
    assert find_clusters(directions, np.ones(600)).separation < 0.4


def test_each_centre_is_nearly_the_mean_direction_of_its_group():
    directions, _ = planted(6, 60, 0.35)
    weights = np.linspace(0.2, 1, len(directions))
    found = find_clusters(directions, weights, count=6)
    for group, centre in enumerate(found.centres):
        members = found.of == group
        mean = unit((weights[members, None] * directions[members]).sum(axis=0))
        assert mean @ centre > 0.99


def test_separation_is_the_mean_of_the_plain_formula():
    directions, of = planted(4, 20, 0.3)
    weights = np.linspace(0.1, 1, len(of))
    found = find_clusters(directions, weights, count=4)
    parts = []
    for direction in directions.astype(float):
        own, other = sorted(1 - float(direction @ centre) for centre in found.centres)[:2]
        parts.append((other - own) / other)
    assert found.separation == pytest.approx(np.average(parts, weights=weights), abs=1e-5)


def test_heavy_directions_decide_where_the_centre_lies():
    east, north = unit(np.array([[1.0, 0.0], [0.0, 1.0]]))
    directions = np.array([east] * 4 + [north] * 4, dtype=np.float32)
    found = find_clusters(directions, np.array([9.0] * 4 + [1.0] * 4), count=1)
    assert found.centres[0] == pytest.approx(unit(np.array([9.0, 1.0])), abs=1e-6)


@pytest.mark.parametrize("count", [None, 1])
def test_opposite_directions_that_cancel_out_are_groups_all_the_same(count):
    directions = np.array([[1.0, 0.0], [-1.0, 0.0]] * SMALLEST, dtype=np.float32)
    found = find_clusters(directions, np.ones(len(directions)), count)
    assert len(found.centres) == (count or 2)
    assert found.separation == (0 if count else 1)


def test_a_group_that_is_too_small_is_given_to_the_others():
    directions, of = planted(3, 20, 0.05)
    lonely = unit(-directions[:2])
    found = find_clusters(np.concatenate([directions, lonely]), np.ones(62), count=4)
    assert np.bincount(found.of).min() >= SMALLEST
    assert same_groups(found.of[:60], of)


def test_many_directions_are_not_put_into_a_few_coarse_groups():
    directions, _ = planted(2, 4 * COARSE, 0.3)
    found = find_clusters(directions, np.ones(len(directions)))
    assert 8 <= len(found.centres) <= max(COUNTS)
    assert min(len(directions) // COARSE, FINE) == 8


def test_more_directions_than_are_learned_from_are_all_grouped(monkeypatch):
    monkeypatch.setattr(clusters, "_LEARN_FROM", 100)
    monkeypatch.setattr(clusters, "_BLOCK", 64)
    directions, of = planted(4, 120, 0.08)
    assert same_groups(find_clusters(directions, np.ones(len(of))).of, of)


@given(
    size=st.integers(1, 40),
    seed=st.integers(0, 999),
    count=st.one_of(st.none(), st.integers(1, 12)),
    same=st.booleans(),
)
def test_whatever_the_directions_each_is_with_its_nearest_centre(size, seed, count, same):
    draw = np.random.default_rng(seed)
    directions = unit(np.ones((size, 3)) if same else draw.normal(size=(size, 3)))
    weights = draw.uniform(0.1, 1, size)
    found, again = (find_clusters(directions, weights, count) for _ in range(2))
    assert (found.of == assign(directions, found.centres)).all()
    assert (found.of == again.of).all() and (found.centres == again.centres).all()
    sizes = np.bincount(found.of, minlength=len(found.centres))
    assert len(sizes) == 1 or sizes.min() >= SMALLEST
    assert 0 <= found.separation <= 1
    assert np.linalg.norm(found.centres, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(("count", "starts"), [(None, 10 * 6 + 4 * 6), (3, 2 * 6)])
def test_progress_counts_the_random_starts_and_can_end_the_work(count, starts):
    directions, of = planted(3, 18, 0.1)  # 1 to 10 groups of 5 and more are tried
    told: list[tuple[int, int]] = []
    found = find_clusters(
        directions, np.ones(len(of)), count, on_progress=lambda *step: told.append(step)
    )
    assert told == [(done, starts) for done in range(1, starts + 1)]
    assert (found.of == find_clusters(directions, np.ones(len(of)), count).of).all()

    def stop(done: int, total: int) -> None:
        if done == 7:
            raise Stopped

    with pytest.raises(Stopped):
        find_clusters(directions, np.ones(len(of)), count, on_progress=stop)


def test_the_starts_one_by_one_are_those_of_scikit_learn():
    directions, _ = planted(6, 40, 0.6)
    weights = np.linspace(0.2, 1, len(directions))
    means = KMeans(8, n_init=6, random_state=0).fit(directions, sample_weight=weights)
    own = clusters._centres(directions, weights, 8, 6, 0, lambda: None)
    assert own == pytest.approx(unit(np.unique(means.cluster_centers_, axis=0)), abs=1e-6)
