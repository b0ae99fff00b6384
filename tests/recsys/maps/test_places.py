"""Places on a plane: groups that were planted, bad input, and the same again."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from recsys.errors import Stopped
from recsys.maps import places as module
from recsys.maps.places import Before, Places, neighbour_places, pca_places
from recsys.maps.projection import pca_map, principal
from recsys.models.model import Model
from tests.recsys.maps.planting import groups, model_with

SIZES = (60, 50, 40, 30)


def of_one_group(places: Places, sizes: tuple[int, ...] = SIZES) -> float:
    """Share of the five nearest on the plane that are of the article's own group."""
    of = np.repeat(np.arange(len(sizes)), sizes)
    near = cKDTree(places.xy).query(places.xy, 6)[1][:, 1:]
    return float((of[near] == of[:, None]).mean())


def check(places: Places, model: Model) -> None:
    """What holds for the places of any model."""
    assert places.xy.shape == (len(model.items), 2) and places.xy.dtype == np.float32
    assert np.isfinite(places.xy).all()
    assert places.placed.shape == (len(model.items),) and places.placed.dtype == bool
    assert places.without_place == (~places.placed).sum()
    assert 0 <= places.faithfulness.kept <= 1 and 0 <= places.faithfulness.trustworthiness <= 1


def test_planted_groups_lie_apart_and_most_neighbours_are_kept(grouped, mapped):
    check(mapped, grouped)
    assert of_one_group(mapped) > 0.99
    assert mapped.method == "neighbours" and mapped.learned_from == 180 and not mapped.aligned_to
    by_chance, components = 10 / 179, pca_places(grouped).faithfulness
    assert mapped.faithfulness.kept > max(3 * by_chance, components.kept)
    assert mapped.faithfulness.trustworthiness > 0.9


def test_the_same_model_has_the_same_map_whatever_the_number_of_threads(
    grouped, mapped, monkeypatch
):
    monkeypatch.setattr("recsys.maps.neighbouring.threads", lambda: 2)
    assert (neighbour_places(grouped).xy == mapped.xy).all()
    monkeypatch.setattr("recsys.maps.neighbouring.threads", lambda: 1)
    assert (neighbour_places(grouped).xy == mapped.xy).all()
    assert (neighbour_places(grouped, seed=1).xy != mapped.xy).any()


def test_without_an_older_map_it_is_turned_to_lie_over_the_principal_components(grouped, mapped):
    components = principal(grouped.item_factors / grouped.item_norms[:, None])[0]
    here = mapped.xy.astype(float) - mapped.xy.mean(axis=0, dtype=float)
    # the best turn is found where the product of both is symmetric with eigenvalues of at least 0
    product = here.T @ components
    assert product[0, 1] == pytest.approx(product[1, 0], abs=1e-3 * np.abs(product).max())
    assert np.linalg.eigvalsh((product + product.T) / 2).min() > 0


@pytest.mark.parametrize("make", [pca_places, neighbour_places])
def test_nearly_all_lie_in_the_box_around_the_middle(grouped, make):
    places = make(grouped)
    reach = np.abs(places.xy).max(axis=1)
    assert np.percentile(reach, 99) == pytest.approx(1, abs=1e-5)
    assert places.xy.mean(axis=0) == pytest.approx([0, 0], abs=1e-5)


def test_principal_components_are_those_of_the_older_function(sample_model):
    places, (frame, kept) = pca_places(sample_model), pca_map(sample_model)
    check(places, sample_model)
    assert places.faithfulness.variance == pytest.approx(kept)
    scale = frame["x"].to_numpy() @ places.xy[:, 0] / (frame["x"] @ frame["x"])
    assert scale > 0
    assert places.xy == pytest.approx(frame[["x", "y"]].to_numpy() * scale, abs=1e-5)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 9, 10, 11, 31])
@pytest.mark.parametrize("make", [pca_places, neighbour_places])
def test_few_articles_have_places(n, make):
    model = model_with(np.random.default_rng(n).normal(size=(n, 5)))
    places = make(model)
    check(places, model)
    assert places.without_place == 0 and places.learned_from == n
    few = make is pca_places or n < module.FEWEST
    assert places.method == ("pca" if few else "neighbours")
    if n > 1:
        assert len(np.unique(places.xy, axis=0)) == n
        assert np.abs(places.xy).max() < 1.5


@pytest.mark.parametrize("make", [pca_places, neighbour_places])
@pytest.mark.parametrize("factors", [1, 2])
def test_one_and_two_factors_are_enough(make, factors):
    model = model_with(np.random.default_rng(0).normal(size=(40, factors)))
    check(make(model), model)


@pytest.mark.parametrize("make", [pca_places, neighbour_places])
def test_articles_that_are_all_alike_have_places(make):
    model = model_with(np.tile([1.0, 2, 3], (60, 1)))
    places = make(model)
    check(places, model)
    assert places.faithfulness.kept == 1  # any neighbour is as right as another
    assert np.abs(places.xy).max() < 3


def test_copies_of_an_article_lie_together(grouped):
    factors = np.concatenate([grouped.item_factors, grouped.item_factors[[5] * 12]])
    model = model_with(factors)
    places = neighbour_places(model)
    check(places, model)
    copies = places.xy[[5, *range(180, 192)]]
    assert np.ptp(copies, axis=0).max() < 0.5 * np.ptp(places.xy, axis=0).min()


@pytest.mark.parametrize("make", [pca_places, neighbour_places])
def test_articles_without_a_direction_stand_in_a_row_below_the_others(grouped, make):
    factors = grouped.item_factors.copy()
    factors[[3, 90, 170]] = 0
    model = model_with(factors)
    places = make(model)
    check(places, model)
    assert np.flatnonzero(~places.placed).tolist() == [3, 90, 170]
    row = places.xy[[3, 90, 170]]
    others = places.xy[places.placed]
    assert len(set(row[:, 1])) == 1 and row[0, 1] < others[:, 1].min()
    low, high = others[:, 0].min(), others[:, 0].max()
    quarters = [low + share * (high - low) for share in (0.25, 0.5, 0.75)]
    assert row[:, 0].tolist() == pytest.approx(quarters, abs=1e-5)
    rest = make(model_with(factors[places.placed]))
    assert (places.xy[places.placed] == rest.xy).all()
    assert places.faithfulness == rest.faithfulness


@pytest.mark.parametrize("make", [pca_places, neighbour_places])
@pytest.mark.parametrize("size", [0.0, 1e-9])
def test_collapsed_factors_give_no_map_but_a_row(grouped, make, size):
    model = model_with(grouped.item_factors * size)
    assert model.collapsed
    places = make(model)
    check(places, model)
    assert places.without_place == 180 and places.learned_from == 0
    assert len(np.unique(places.xy, axis=0)) == 180


def test_progress_rises_to_its_end_and_stops_the_work_wherever_it_is(grouped):
    told = []
    neighbour_places(grouped, on_progress=lambda done, total: told.append((done, total)))
    done, totals = zip(*told, strict=True)
    assert list(done) == sorted(done) and done[0] == 0 and set(totals) == {done[-1]}
    assert len(set(done)) > 20

    for at in (0, len(told) // 3, len(told) - 1):
        calls = []

        def stop(done, total, calls=calls, at=at):
            calls.append(done)
            if len(calls) > at:
                raise Stopped

        with pytest.raises(Stopped):
            neighbour_places(grouped, on_progress=stop)
        assert len(calls) == at + 1


def test_of_a_large_catalogue_a_part_is_learned_and_the_rest_placed_in_its_group(monkeypatch):
    monkeypatch.setattr(module, "LEARN_FROM", 120)
    monkeypatch.setattr("recsys.maps.placing._BLOCK", 64)
    sizes, told = (200, 150, 100, 50), []
    readers = np.arange(500)[::-1] % 7 + 1
    model = replace(model_with(groups(sizes)), user_items=_read(readers))
    places = neighbour_places(model, on_progress=lambda done, total: told.append(done))
    check(places, model)
    assert places.learned_from == 120 and places.faithfulness.of == 500
    assert of_one_group(places, sizes) > 0.99
    assert told == sorted(told)
    assert (neighbour_places(model).xy == places.xy).all()
    drawn = module._learners(model.readers, 0)
    assert len(set(drawn.tolist())) == 120 and (np.diff(drawn) > 0).all()
    most = np.argsort(-model.readers, kind="stable")[:60]
    assert set(most) <= set(drawn.tolist())
    assert (module._learners(model.readers, 1) != drawn).any()


def _read(readers):
    return csr_matrix((np.arange(readers.max())[:, None] < readers).astype(float))


def test_an_older_map_is_found_by_ids(grouped, mapped):
    before = Before.of(replace(grouped, fingerprint="old"), mapped)
    assert before.fingerprint == "old"
    found = before.at(grouped.items["item_id"][::-1])
    assert found == pytest.approx(mapped.xy[::-1])
    assert np.isnan(before.at(grouped.items["item_id"] + " new")).all()
