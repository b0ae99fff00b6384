import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.sparse import csr_matrix

from recsys.dataset.tables import Tables, read_tables
from recsys.errors import DataError, Stopped
from recsys.evaluation import hidden
from recsys.evaluation.hidden import (
    Quality,
    Split,
    found,
    found_by_reader,
    hide_one,
    measure,
    ranks,
)
from recsys.models.params import ALSParams
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import articles_csv, events_csv

WEIGHTS = EventWeights.default()


def tables_of(*rows: str, articles: int = 40) -> Tables:
    return read_tables(
        articles_csv(*(f"1,CONTENT SHARED,{i},,,Article {i},en" for i in range(articles))),
        events_csv(*rows),
    )


def checkerboard() -> Tables:
    """Even people read even articles, odd people odd ones: what is hidden can be known."""
    return tables_of(
        *(f"1,VIEW,{i},{u}" for u in range(40) for i in range(40) if i % 2 == u % 2 and i != u)
    )


def pairs(tables: Tables) -> set[tuple[str, str]]:
    return set(zip(tables.events["user_id"], tables.events["item_id"], strict=True))


def test_one_article_of_each_person_is_hidden_with_all_of_its_events(sample_tables):
    split = hide_one(sample_tables, WEIGHTS)
    hidden = set(zip(split.users, split.items, strict=True))
    assert len(hidden) == len(split.users) == len(set(split.users))
    assert pairs(sample_tables) - pairs(split.tables) == hidden
    read = sample_tables.events.drop_duplicates(["user_id", "item_id"])["user_id"].value_counts()
    assert set(split.users) == set(read.index[read >= 5])


def test_the_same_is_hidden_every_time_and_no_more_people_than_asked_for(sample_tables):
    first, again = (hide_one(sample_tables, WEIGHTS, most_people=50) for _ in range(2))
    assert first.users.tolist() == again.users.tolist() and len(first.users) == 50
    assert first.items.tolist() == again.items.tolist()


def test_events_of_strength_0_are_not_hidden_nor_counted():
    rows = [f"1,{'LIKE' if i < 5 else 'VIEW'},{i},{u}" for u in "pq" for i in range(9)]
    weights = EventWeights.of({"VIEW": 0, "LIKE": 1})
    split = hide_one(tables_of(*rows), weights)
    assert all(int(item) < 5 for item in split.items)
    assert len(split.tables.events) == 8


def test_too_thin_data_is_an_error_of_ours():
    with pytest.raises(DataError, match="nobody read 5 articles"):
        measure(tables_of("1,VIEW,1,p", "1,VIEW,2,q"), WEIGHTS, ALSParams())


def test_a_checkerboard_is_found_and_popularity_is_no_help():
    # So much regularization leaves one factor for each colour, see training/test_method.py.
    params = ALSParams(factors=4, iterations=15, regularization=10)
    quality = measure(checkerboard(), WEIGHTS, params)
    # 20 articles of each colour, 19 read, one of them hidden: 2 unread ones of the own colour.
    assert (quality.people, quality.found) == (40, 40)
    # The most-read list ranks the own colour's two among 22 unread ones of equal readership.
    assert quality.found_by_popularity < 30


@given(st.integers(0, 2**32 - 1), st.integers(2, 12))
def test_ranks_are_those_of_sorting(seed, n_items):
    draw = np.random.default_rng(seed)
    scores = draw.integers(0, 4, (5, n_items)).astype(np.float32)  # many ties
    read = draw.random((5, n_items)) < 0.4
    items = draw.integers(0, n_items, 5)
    read[np.arange(5), items] = False
    expected = []
    for row in range(5):
        order = sorted(np.flatnonzero(~read[row]), key=lambda item: (-scores[row, item], item))
        expected.append(order.index(items[row]) + 1)
    assert ranks(scores.copy(), csr_matrix(read), items).tolist() == expected


def test_found_agrees_with_a_ranking_written_out(sample_tables):
    split = hide_one(sample_tables, WEIGHTS)
    model = train(split.tables, WEIGHTS, ALSParams(iterations=5))
    users = model.user_ids.tolist()
    hits = hits_popular = 0
    for user, item in zip(split.users, split.items, strict=True):
        if item not in model.positions:
            continue
        row = users.index(user)
        read = set(model.user_items[row].indices)
        scores = model.item_factors @ model.user_factors[row]
        for kind, values in (("model", scores), ("popular", model.readers)):
            order = [i for i in np.argsort(-values, kind="stable") if i not in read][:10]
            hit = model.positions[item] in order
            hits += hit and kind == "model"
            hits_popular += hit and kind == "popular"
    assert found(model, split) == Quality(
        people=len(split.users), found=hits, found_by_popularity=hits_popular
    )


def test_whom_only_hidden_readings_knew_counts_as_not_found(sample_model):
    split = Split(
        tables=None,
        users=np.array(["nobody", sample_model.user_ids[0]], dtype=object),
        items=np.array([sample_model.items["item_id"].iloc[0], "nothing"], dtype=object),
    )
    assert found(sample_model, split) == Quality(people=2, found=0, found_by_popularity=0)


def test_the_interval_is_wilsons():
    # R: prop.test(15, 50, correct = FALSE)$conf.int
    low, high = Quality(people=50, found=15, found_by_popularity=0).interval
    assert (low, high) == pytest.approx((0.1910, 0.4375), abs=2e-4)


def test_the_measurement_can_be_stopped_at_each_of_its_steps(monkeypatch):
    tables, params = checkerboard(), ALSParams(factors=4, iterations=3)
    monkeypatch.setattr(hidden, "_CELLS", 40 * 10)  # four blocks of ten people
    calls = []
    whole = measure(tables, WEIGHTS, params, check=lambda: calls.append(1))
    assert whole.people == 40
    # The hiding, after it, the matrix, before the fit, each half of each iteration, each block.
    assert len(calls) == 4 + 1 + 6 + 1 + 2 * 3 + 4

    for last in range(1, len(calls) + 1):
        count = iter(range(1, last + 1))

        def check(count=count, last=last):
            if next(count) == last:
                raise Stopped

        with pytest.raises(Stopped):
            measure(tables, WEIGHTS, params, check=check)


def test_what_is_found_for_each_reader_adds_up_to_the_quality(sample_tables):
    params = ALSParams(factors=4, iterations=3)
    model = train(sample_tables, WEIGHTS, params)
    by_reader = found_by_reader(model, sample_tables)
    quality = measure(sample_tables, WEIGHTS, params)
    split = hide_one(sample_tables, WEIGHTS)
    assert by_reader.shape == model.user_ids.shape
    assert set(model.user_ids[np.isfinite(by_reader)]) == set(split.users)
    assert np.nansum(by_reader) == np.nansum(by_reader**2) == quality.found
