"""Why an article is not among the neighbours, against the whole list."""

from dataclasses import replace

import pytest

from recsys.errors import SettingError, UnknownItemError
from recsys.limits import Limit, Limits
from recsys.neighbours.absence import why_not
from recsys.neighbours.blending import candidates
from recsys.neighbours.similarity import similar_items
from recsys.text.content import ContentIndex

EVERYTHING = Limits(include_removed=True)


@pytest.fixture(scope="module")
def contents(sample_tables):
    """The contents of the sample, with two more articles that nobody read."""
    articles = sample_tables.articles
    return ContentIndex.build(
        [*articles["item_id"], "new", "mute"], [*articles["title"], articles["title"].iloc[3], ""]
    )


def test_rank_and_gap_are_those_of_the_list(model):
    item = model.items["item_id"].iloc[3]
    found = candidates(model, item)
    whole = similar_items(model, item, 1000, EVERYTHING)
    limits = Limits(languages=("pt",), least_readers=4)
    within = found.table(1000, limits)
    last = within["score"].iloc[9]
    for row in whole.iloc[[0, 12, 99, 400]].itertuples():
        why = why_not(model, found, row.item_id, 10, limits)
        place = model.positions[row.item_id]
        assert (why.rank, why.rankable) == (row.rank, len(model.items) - 1)
        assert why.score == pytest.approx(row.score) and why.last == pytest.approx(last)
        assert why.gap == pytest.approx(last - row.score)
        assert (why.readers, why.both) == (row.readers, row.readers_of_both)
        assert why.removed_by == limits.why_left_out(
            model.items, model.readers, place, both=found.both
        )
        ranks = within.set_index("item_id")["rank"]
        assert why.rank_within == (None if why.removed_by else ranks[row.item_id])
        assert why.within == len(within)
        assert why.shown == (row.item_id in set(within["item_id"].head(10)))
        assert why.in_model and why.has_text is None and why.seed_ranks == ()


def test_only_a_limit_is_in_the_way(model):
    item = model.items["item_id"].iloc[3]
    nearest = similar_items(model, item, 1, EVERYTHING)["item_id"].iloc[0]
    why = why_not(model, candidates(model, item), nearest, 10, Limits(exclude=(nearest,)))
    assert why.rank == 1 and why.gap < 0 and Limit.EXCLUDED in why.removed_by and not why.shown


def test_ranks_in_other_seeds(model, ensemble):
    item = model.items["item_id"].iloc[3]
    other = similar_items(model, item, 15)["item_id"].iloc[-1]
    why = why_not(model, candidates(model, item), other, ensemble=ensemble)
    expected = []
    for factors in ensemble.item_factors:
        whole = similar_items(replace(model, item_factors=factors), item, 1000, EVERYTHING)
        expected.append(whole.set_index("item_id").loc[other, "rank"])
    assert list(why.seed_ranks) == expected and why.seed_ranks[0] == why.rank


def test_what_nobody_read_has_a_rank_by_its_text_alone(model, contents):
    item = model.items["item_id"].iloc[3]
    assert contents.item_ids[3] != item or contents.titles[3]
    found = candidates(model, contents.item_ids[3], contents=contents)
    why = why_not(model, found, "new", contents=contents, limits=Limits(least_both=1))
    assert why.rank is why.score is why.gap is None and not why.in_model
    assert (why.rank_by_text, why.has_text) == (1, True)
    assert why.texts == len(contents.neighbours(contents.item_ids[3], 1000)) or why.texts > 1000
    assert why.removed_by == (Limit.BOTH,) and (why.readers, why.both) == (0, 0)
    mute = why_not(model, found, "mute", contents=contents, limits=Limits(titled=True))
    assert mute.rank_by_text is None and mute.has_text is False
    assert mute.removed_by == (Limit.TITLE,)


def test_where_contents_take_part_the_unread_is_ranked(model, contents):
    item = contents.item_ids[3]
    found = candidates(model, item, contents=contents, weight=1)
    table = found.table(1000, EVERYTHING).set_index("item_id")
    why = why_not(model, found, "new", 10, EVERYTHING, contents=contents)
    assert why.rank == table.loc["new", "rank"] and why.score == table.loc["new", "score"]
    unread = candidates(model, "new", contents=contents)
    why = why_not(model, unread, item, contents=contents)
    assert why.rank == why.rank_by_text == 1 and why.seed_ranks == () and why.shown


def test_no_list_has_no_last(model):
    item = model.items["item_id"].iloc[3]
    other = model.items["item_id"].iloc[4]
    why = why_not(model, candidates(model, item), other, 10, Limits(only=frozenset()))
    assert why.last is why.gap is why.rank_within is None and why.within == 0
    assert Limit.ONLY in why.removed_by and why.score is not None


def test_what_cannot_be_asked(model):
    item = model.items["item_id"].iloc[3]
    found = candidates(model, item)
    with pytest.raises(SettingError, match="asked about itself"):
        why_not(model, found, item)
    with pytest.raises(UnknownItemError, match="no article 'nowhere'"):
        why_not(model, found, "nowhere")
