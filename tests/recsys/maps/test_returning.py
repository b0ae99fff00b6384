"""A map that follows an older one: what stayed stays, what changed moves."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.errors import Stopped
from recsys.maps.moves import movement
from recsys.maps.places import Before, neighbour_places, pca_places
from recsys.maps.returning import can_return
from tests.recsys.maps.planting import groups, model_with

TURN = np.array([[0.0, -1.0], [-1.0, 0.0]])


@pytest.fixture(scope="module")
def older(grouped, mapped):
    """The map of the grouped articles, turned, mirrored, moved and scaled as nobody would."""
    before = Before.of(replace(grouped, fingerprint="old"), mapped)
    return replace(before, xy=before.xy @ TURN * 7 + [100, 50])


def radius(xy):
    return np.sqrt(((xy - xy.mean(axis=0)) ** 2).sum(axis=1).mean())


def test_a_model_from_another_seed_keeps_orientation_size_and_most_places(grouped, mapped, older):
    """A seed of the training turns the factors and moves them a little."""
    draw = np.random.default_rng(8)
    turn = np.linalg.qr(draw.normal(size=(12, 12)))[0]
    factors = (grouped.item_factors + draw.normal(0, 0.02, (180, 12))) @ turn
    model = model_with(factors, "new")
    aligned, anew = neighbour_places(model, before=older), neighbour_places(model)
    assert aligned.aligned_to == "old" and not anew.aligned_to
    apart = np.linalg.norm(aligned.xy - older.xy, axis=1)
    assert np.median(apart) < 0.1 * radius(older.xy)
    found = movement(older.items, older.xy, model.items["item_id"].to_numpy(), anew.xy)
    assert np.median(apart) < 0.5 * found["distance"].median()
    assert radius(aligned.xy) == pytest.approx(radius(older.xy), rel=1e-4)
    assert aligned.xy.mean(axis=0) == pytest.approx(older.xy.mean(axis=0), rel=1e-4)
    assert aligned.faithfulness.kept > anew.faithfulness.kept - 0.1
    assert (neighbour_places(model, before=older).xy == aligned.xy).all()


def test_an_article_that_has_other_neighbours_now_moves_to_them(grouped, older):
    """The first article of the first group and the last of the last have changed places."""
    factors = grouped.item_factors.copy()
    factors[[0, 179]] = factors[[179, 0]]
    places = neighbour_places(model_with(factors, "new"), before=older)
    apart = np.linalg.norm(places.xy - older.xy, axis=1)
    home = np.linalg.norm(older.xy[150:179].mean(axis=0) - older.xy[:60].mean(axis=0))
    assert apart[0] > 0.5 * home and apart[179] > 0.5 * home
    assert np.median(apart[1:179]) < 0.1 * radius(older.xy)
    assert np.linalg.norm(places.xy[0] - older.xy[150:179].mean(axis=0)) < 0.5 * home


def test_new_articles_come_to_their_group_and_the_old_ones_stay(grouped, older):
    sizes = (60, 50, 40, 30)
    more = groups((8, 8, 8, 8), spread=0.2)
    model = model_with(np.concatenate([more, grouped.item_factors]), "new")
    ids = [f"new{place}" for place in range(32)] + grouped.items["item_id"].tolist()
    model = replace(model, items=model.items.assign(item_id=ids))
    places = neighbour_places(model, before=older)
    old = places.xy[32:]
    assert np.median(np.linalg.norm(old - older.xy, axis=1)) < 0.15 * radius(older.xy)
    of = np.repeat(np.arange(4), sizes)
    centres = np.stack([old[of == group].mean(axis=0) for group in range(4)])
    apart = np.linalg.norm(places.xy[:32, None] - centres, axis=2)
    assert (apart.argmin(axis=1) == np.repeat(np.arange(4), 8)).all()


def test_articles_without_a_direction_and_gone_ones_do_not_disturb(grouped, older):
    factors = grouped.item_factors[:150].copy()
    factors[[0, 9]] = 0
    places = neighbour_places(model_with(factors, "new"), before=older)
    assert np.isfinite(places.xy).all() and places.without_place == 2
    apart = np.linalg.norm(places.xy - older.xy[:150], axis=1)[places.placed]
    assert np.median(apart) < 0.15 * radius(older.xy)


@pytest.mark.parametrize("n", [2, 5, 9])
def test_few_articles_are_laid_over_the_older_map_too(grouped, older, n):
    places = neighbour_places(model_with(grouped.item_factors[:n], "new"), before=older)
    assert np.isfinite(places.xy).all() and places.method == "pca"
    assert places.aligned_to == ("old" if n >= 3 else "")
    if n >= 3:
        assert places.xy.mean(axis=0) == pytest.approx(older.xy[:n].mean(axis=0), rel=1e-4)


def test_principal_components_can_be_laid_over_an_older_map(grouped, older):
    places, plain = pca_places(grouped, before=older), pca_places(grouped)
    assert places.aligned_to == "old" and places.faithfulness == plain.faithfulness
    items = grouped.items["item_id"].to_numpy()
    alone = movement(items, places.xy, items, plain.xy)
    assert alone["distance"].max() < 1e-3 * radius(places.xy)


def test_with_an_older_map_of_others_it_begins_anew(grouped, mapped, older):
    strangers = replace(older, items=older.items + " of another catalogue")
    places = neighbour_places(grouped, before=strangers)
    assert (places.xy == mapped.xy).all() and not places.aligned_to


@pytest.mark.parametrize("xy", [np.zeros((180, 2)), np.full((180, 2), 3.5)])
def test_an_older_map_with_all_at_one_place_is_no_obstacle(grouped, older, xy):
    places = neighbour_places(grouped, before=replace(older, xy=xy))
    assert np.isfinite(places.xy).all() and not places.aligned_to
    assert np.percentile(np.abs(places.xy).max(axis=1), 99) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("known", "n", "enough"), [(0, 0, False), (2, 2, False), (3, 6, True), (3, 7, False)]
)
def test_half_of_the_articles_and_three_are_enough_to_begin_from(known, n, enough):
    old = np.full((n, 2), np.nan)
    old[:known] = 1
    assert can_return(old) is enough


def test_progress_of_a_map_that_follows_rises_to_its_end_and_stops_it(grouped, older):
    told = []
    neighbour_places(grouped, before=older, on_progress=lambda *step: told.append(step))
    done, totals = zip(*told, strict=True)
    assert list(done) == sorted(done) and set(totals) == {done[-1]}

    def stop(done, total):
        told.append((done, total))
        if len(told) > 8:
            raise Stopped

    told.clear()
    with pytest.raises(Stopped):
        neighbour_places(grouped, before=older, on_progress=stop)
    assert len(told) == 9
