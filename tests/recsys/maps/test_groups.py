"""Some articles beside the rest, and a reader on the map."""

import numpy as np
import pytest

from recsys.columns import Col
from recsys.maps import beside_the_rest, path_of, where_is, words_of_group
from recsys.ranking import unit


@pytest.fixture
def rows(sample_topics):
    return np.flatnonzero(sample_topics.of == 1)


def test_shares_and_medians_are_those_of_the_articles(
    sample_model, sample_tables, sample_topics, rows
):
    table = beside_the_rest(sample_model, sample_tables, rows, sample_topics)
    said = table.set_index(Col.FEATURE)
    rest = np.setdiff1d(np.arange(len(sample_model.items)), rows)
    readers = said.loc["Readers per article (median)"]
    assert readers[Col.THESE] == np.median(sample_model.readers[rows])
    assert readers[Col.OTHERS] == np.median(sample_model.readers[rest])
    topic = said.loc[f"Topic: {sample_topics.names[1]}"]
    assert topic[Col.THESE] == 1 and topic[Col.OTHERS] == 0
    events = table[table[Col.FEATURE].str.startswith("Events: ")]
    assert events[Col.THESE].sum() == pytest.approx(1)
    assert events[Col.OTHERS].sum() == pytest.approx(1)
    ids = set(sample_model.items[Col.ITEM].iloc[rows])
    theirs = sample_tables.events[sample_tables.events[Col.ITEM].isin(ids)][Col.EVENT]
    for event, share in theirs.value_counts(normalize=True).items():
        assert said.loc[f"Events: {event}", Col.THESE] == pytest.approx(share)


def test_beside_no_rest_nothing_is_said_of_it(sample_model, sample_tables):
    everything = np.arange(len(sample_model.items))
    table = beside_the_rest(sample_model, sample_tables, everything)
    assert table[Col.THESE].notna().all() and table[Col.OTHERS].isna().all()


def test_a_group_is_named_by_words_that_the_others_lack(sample_model, rows):
    words = words_of_group(sample_model, rows).split(", ")
    titles = sample_model.items[Col.TITLE].str.casefold()
    often = titles.str.contains(words[0].casefold(), regex=False).to_numpy()
    assert often[rows].mean() > 5 * np.delete(often, rows).mean()


def test_a_reader_s_way_is_in_order_of_time(sample_model, sample_tables):
    user = str(sample_model.user_ids[5])
    path = path_of(sample_model, sample_tables, user)
    assert sorted(path) == sorted(sample_model.user_items[5].indices)
    events = sample_tables.events[sample_tables.events[Col.USER] == user]
    first = events.groupby(Col.ITEM, observed=True)[Col.TIMESTAMP].min()
    times = first[sample_model.items[Col.ITEM].iloc[path]].to_numpy()
    assert (np.diff(times) >= 0).all()
    assert not len(path_of(sample_model, sample_tables, "nobody"))


def test_a_reader_stands_in_the_middle_of_what_they_like_most(sample_model):
    xy = np.random.default_rng(0).normal(size=(len(sample_model.items), 2)).astype("f4")
    factors = sample_model.user_factors[5]
    cosines = unit(sample_model.item_factors) @ unit(factors)
    expected = xy[np.argsort(-cosines, kind="stable")[:10]].mean(axis=0)
    assert where_is(sample_model, factors, xy) == pytest.approx(tuple(expected), abs=1e-5)
    assert where_is(sample_model, np.zeros_like(factors), xy) is None
