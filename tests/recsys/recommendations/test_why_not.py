"""Why an article is not recommended: its place, what removes it, what would bring it in."""

import numpy as np
import pytest

from recsys.errors import UnknownItemError
from recsys.limits import Limit, Limits
from recsys.models.params import ALSParams
from recsys.recommendations import bringing_in
from recsys.recommendations.explain import Solver, fold_in, taste_of
from recsys.recommendations.next_reads import recommend, strengths_of
from recsys.recommendations.why_not import why_not_recommended
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights
from recsys.training.pipeline import train
from tests.recsys.recommendations.blends import TITLES, blended, people_of

EVENTS = ["", *sorted(DEFAULT_STRENGTHS, key=DEFAULT_STRENGTHS.__getitem__)]
FEW = ALSParams(factors=8, iterations=4, regularization=2.0, alpha=8.0)


@pytest.fixture(scope="module")
def few(sample_tables):
    """A model in which one article changes much."""
    return Solver(train(sample_tables, params=FEW))


def list_after(solver, past, place, event, n, limits, item, sure, known=True):
    """Whether the article is in the list of somebody whose past has that change: solved anew."""
    ids = solver.model.items["item_id"]
    past = dict(past)
    if event:
        worth = DEFAULT_STRENGTHS[event]
        past[place] = past.get(place, 0.0) + worth if known else worth
    else:
        del past[place]
    if not past:
        return False
    taste = fold_in(solver, {ids.iloc[i]: strength for i, strength in past.items()})
    table = recommend(solver, taste, n + 1, limits)
    if len(table) > n and abs(table["score"].iloc[n - 1] - table["score"].iloc[n]) < 1e-9:
        return sure  # too near to tell
    return item in table["item_id"].tolist()[:n]


@pytest.mark.parametrize(("user", "rank"), [(3, 6), (17, 7), (40, 12)])
@pytest.mark.parametrize("limits", [Limits(), Limits(include_read=True), Limits(languages=("en",))])
def test_exactly_those_changes_are_found_that_bring_it_in(few, user, rank, limits):
    n, user = 5, few.model.user_ids[user]
    ranked = recommend(few, user, 40, limits)
    item = ranked["item_id"].iloc[rank - 1]
    found = why_not_recommended(few, user, item, n, limits)
    assert (found.rank, found.removed_by, found.shown) == (rank, (), False)
    assert found.gap == pytest.approx(ranked["score"].iloc[n - 1] - ranked["score"].iloc[rank - 1])
    table, taste = found.changes.table, taste_of(few, user)
    assert found.changes.complete
    rows = zip(table["item_id"], table["event_type"], strict=True)
    brings = {(few.model.positions[changed], event) for changed, event in rows}
    past = dict(zip(taste.items, taste.strengths, strict=True))
    generator = np.random.default_rng(0)
    tried = {place for place, _ in brings} | set(generator.permutation(len(few.model.items))[:10])
    tried = (tried | set(taste.items)) - {few.model.positions[item]}
    for place in generator.permutation(sorted(tried))[:24]:
        weakest = None
        for event in EVENTS[1:]:
            is_named = (place, event) in brings
            if weakest is None and list_after(few, past, place, event, n, limits, item, is_named):
                weakest = event
        named = [event for changed, event in brings if changed == place and event]
        assert named == ([weakest] if weakest else []), (place, named, weakest)
        if place in past:
            gone = (place, "") in brings
            assert gone == list_after(few, past, place, "", n, limits, item, gone)


def test_after_the_change_it_stands_where_it_is_said(few):
    user = few.model.user_ids[17]
    item = recommend(few, user, 8)["item_id"].iloc[6]
    table = why_not_recommended(few, user, item, 5).changes.table
    assert len(table) and table["strength"].iloc[0] == 1.0  # a view is the weakest event
    taste = taste_of(few, user)
    ids = few.model.items["item_id"]
    past = dict(zip(ids.iloc[taste.items], taste.strengths, strict=True))
    for row in table.head(20).itertuples():
        changed = {**past, row.item_id: row.strength}
        changed = {changed_id: worth for changed_id, worth in changed.items() if worth}
        ranked = recommend(few, fold_in(few, changed), 5)
        place = ranked["item_id"].tolist().index(item)
        assert (place + 1, row.read) == (row.rank, row.item_id in past)
        assert ranked["score"].iloc[place] == pytest.approx(row.score, abs=1e-8)


def test_a_new_reader_likes_more_what_was_clicked_before(few):
    ids = few.model.items["item_id"].iloc[[3, 40, 77]]
    taste = fold_in(few, dict.fromkeys(ids, 1.0))
    item = recommend(few, taste, 9)["item_id"].iloc[8]
    table = why_not_recommended(few, taste, item, 5).changes.table
    past = dict.fromkeys(few.model.positions[i] for i in ids)
    past = dict.fromkeys(past, 1.0)
    again = table[table["read"] & (table["event_type"] != "")]
    for place, changed in zip(past, ids, strict=True):
        for event in EVENTS[2:]:
            named = again[again["item_id"] == changed]["event_type"].tolist()
            if list_after(few, past, place, event, 5, Limits(), item, event in named, known=False):
                assert named == [event]
                break
        else:
            assert not named


def test_what_removes_it_is_named_and_its_place_is_as_if_nothing_did(few):
    user = few.model.user_ids[3]
    taste = taste_of(few, user)
    read = few.model.items["item_id"].iloc[taste.items[0]]
    found = why_not_recommended(few, user, read, 5, Limits(languages=("xx",)))
    assert found.removed_by == (Limit.READ, Limit.LANGUAGE) and found.last is None
    assert (found.rank, found.offered, found.gap) == (1, 1, None)
    third = recommend(few, user, 3)["item_id"].iloc[2]
    found = why_not_recommended(few, user, third, 5, Limits(exclude=(third,)))
    assert found.removed_by == (Limit.EXCLUDED,) and found.rank == 3
    assert not found.shown and found.gap < 0 and found.rank_of_unread >= 3


def test_what_is_in_the_list_says_so(few):
    user = few.model.user_ids[3]
    found = why_not_recommended(few, user, recommend(few, user, 3)["item_id"].iloc[2], 5)
    assert found.shown and found.rank == 3
    with pytest.raises(UnknownItemError):
        why_not_recommended(few, user, "nothing", 5)


def test_of_too_many_changes_the_most_promising_are_tried(few, monkeypatch):
    user = few.model.user_ids[3]
    item = recommend(few, user, 6)["item_id"].iloc[5]
    whole = why_not_recommended(few, user, item, 5).changes
    monkeypatch.setattr(bringing_in, "PAIRS", 10 * len(few.model.items))
    part = why_not_recommended(few, user, item, 5).changes
    assert whole.complete and not part.complete
    assert 0 < len(part.table) < len(whole.table)
    rows = zip(whole.table["item_id"], whole.table["event_type"], strict=True)
    known = set(rows)
    first = part.table[part.table["event_type"] == "VIEW"]
    assert set(zip(first["item_id"], first["event_type"], strict=True)) <= known


@pytest.mark.parametrize("scale", ["log2", "rank"])
def test_other_scales_weigh_an_event_as_training_does(sample_tables, scale):
    weights = EventWeights.of(DEFAULT_STRENGTHS, scale=scale)
    solver = Solver(train(sample_tables, weights, FEW))
    user = solver.model.user_ids[3]
    item = recommend(solver, user, 7)["item_id"].iloc[6]
    table = why_not_recommended(solver, user, item, 5).changes.table
    first = table[~table["read"]].iloc[0]
    expected = strengths_of(solver.model, [(first["item_id"], first["event_type"], None)])
    assert first["strength"] == pytest.approx(expected[first["item_id"]])
    if scale == "rank":
        assert not (table["read"] & (table["event_type"] != "")).any()


def test_with_text_the_place_is_that_of_the_blended_list(small):
    blend = blended(small, people_of(small)[0], 1.0)
    table = blend.recommend(len(TITLES))
    for rank in (1, 2, len(table)):
        found = blend.why_not(table["item_id"].iloc[rank - 1], 2)
        assert (found.rank, found.shown, found.changes) == (rank, rank <= 2, None)
        assert found.score == pytest.approx(table["score"].iloc[rank - 1])
