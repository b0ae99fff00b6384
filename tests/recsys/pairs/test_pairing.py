"""Two articles beside each other, by hand and by brute force."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from recsys.errors import SettingError, UnknownItemError
from recsys.limits import Limits
from recsys.models.params import ALSParams
from recsys.neighbours.agreement import stability
from recsys.neighbours.directions import cosines
from recsys.neighbours.similarity import similar_items
from recsys.pairs.pairing import pair
from recsys.pairs.together_readers import shared_readers
from recsys.strengths.weights import EventWeights
from recsys.text.content import ContentIndex
from recsys.training.pipeline import train
from tests.conftest import tables_of

DAY = 86_400.0


@pytest.fixture(scope="module")
def made():
    """20 people. 10 read a, 8 read b, 6 of them both; c and d are read by some of these."""
    read = {"a": range(10), "b": [*range(6), 10, 11], "c": [0, 1, 2], "d": range(5, 20)}
    rows = [(f"p{who:02}", item, "VIEW", 1.0) for item, people in read.items() for who in people]
    rows += [("p00", "a", "LIKE", 1.0), ("p01", "b", "LIKE", 1.0), ("p10", "b", "LIKE", 1.0)]
    tables = tables_of(rows, values=False)
    # p03 read b four days after a, p04 forty days after; of p05 one time is not known.
    times = {("p03", "a"): 0, ("p03", "b"): 4, ("p04", "a"): 10, ("p04", "b"): 50, ("p05", "a"): 1}
    tables.events["timestamp"] = [
        1e9 + DAY * times[key] if key in times else np.nan
        for key in zip(tables.events["user_id"], tables.events["item_id"], strict=True)
    ]
    tables.articles["title"] = ["Alpha bike", "Beta bike", "Gamma", "Delta"]
    tables.articles["removed"] = False
    weights = EventWeights.of({"VIEW": 1, "LIKE": 2})
    return tables, train(tables, weights, ALSParams(factors=3, iterations=10))


def test_counts_and_chance_by_hand(made):
    tables, model = made
    found = pair(model, "a", "b", tables=tables)
    assert (found.readers_a, found.readers_b, found.both, found.people) == (10, 8, 6, 20)
    assert found.expected == pytest.approx(4) and found.lift == pytest.approx(1.5)
    exact = fisher_exact([[6, 4], [2, 8]], alternative="greater").pvalue
    assert found.chance == pytest.approx(exact)
    assert not found.beyond_chance and found.support == "strong"
    assert found.seen_by is None and found.seeds is None and found.by_content is None
    assert found.words.empty


def test_who_read_both(made):
    tables, model = made
    topics = {"a": "x", "b": "x", "c": "gardens", "d": "boats"}
    found = shared_readers(model, "a", "b", tables=tables, topics=topics)
    assert found.user_ids == tuple(f"p0{who}" for who in range(6))
    # What else these six read: c three times and d once. All read c 3 and d 15 times, of 36.
    assert found.topics["topic"].tolist() == ["gardens", "boats"]
    assert found.topics["share"].tolist() == [3 / 4, 1 / 4]
    assert found.topics["share_of_everybody"].tolist() == [3 / 36, 15 / 36]
    assert found.events == {"VIEW": 6, "LIKE": 2}
    assert (found.timed, found.within_a_week) == (2, 1)
    assert [(value - 1e9) / DAY for value in (found.first, found.median, found.last)] == [4, 27, 50]


def test_what_is_not_known_is_not_said(made):
    _, model = made
    found = shared_readers(model, "a", "b")
    assert found.timed == found.within_a_week == 0 and math.isnan(found.first)
    assert found.events == {} and found.topics.empty
    nobody = shared_readers(model, "c", "d", tables=made[0])
    assert nobody.user_ids == () and nobody.events == {} and math.isnan(nobody.median)


def test_nobody_read_both(made):
    tables, model = made
    found = pair(model, "c", "d", tables=tables)
    assert found.both == 0 and found.lift == 0 and found.chance == 1
    assert not found.beyond_chance and found.support == "thin" and found.influence is None


def test_ranks_are_those_of_the_lists(sample_model):
    for at in (4, 60):
        item = sample_model.items["item_id"].iloc[at]
        table = similar_items(sample_model, item, 30)
        for rank in (1, 17, 30):
            other = table["item_id"].iloc[rank - 1]
            found = pair(sample_model, item, other)
            assert found.rank_of_b == rank
            assert found.cosine == pytest.approx(table["score"].iloc[rank - 1])
            back = similar_items(sample_model, other, 1000, Limits(include_removed=True))
            before = sample_model.items.set_index("item_id")["removed"][back["item_id"]]
            ids = [one for one in back["item_id"] if not before[one] or one == item]
            assert found.rank_of_a == (ids.index(item) + 1 if item in ids else found.rank_of_a)


def test_how_many_seeds_see_it(model, ensemble):
    item = model.items["item_id"].iloc[11]
    table = stability(ensemble, model, item, similar_items(model, item, 8))
    for row in table.itertuples():
        found = pair(model, item, row.item_id, ensemble=ensemble, n=8)
        assert (found.seen_by, found.seeds) == (row.seen_by, 3)
    far = similar_items(model, item, 1000)["item_id"].iloc[-1]
    assert pair(model, item, far, ensemble=ensemble, n=8).seen_by == 0


def test_what_titles_and_texts_share(made):
    _, model = made
    texts = ["the kubernetes cluster", "the kubernetes storm", "the garden", "the boat"]
    index = ContentIndex.build(list("abcd"), ["Alpha bike", "Beta bike", "Gamma", "Delta"], texts)
    found = pair(model, "a", "b", contents=index)
    assert set(found.words["word"]) == {"bike", "kubernetes"}
    assert found.words["weight"].is_monotonic_decreasing
    assert found.by_content == pytest.approx(index.scores({"a": 1.0})[1])
    assert found.words["weight"].sum() < found.by_content  # letters and "the" have the rest


def test_an_article_that_nobody_read_has_words_alone(made):
    _, model = made
    index = ContentIndex.build([*"abcd", "new"], ["Alpha bike", "Beta", "", "", "New bike"])
    found = pair(model, "a", "new", contents=index)
    assert found.cosine is found.rank_of_b is found.readers is found.influence is None
    assert (found.readers_b, found.both) == (0, 0) and math.isnan(found.lift)
    assert found.words["word"].tolist() == ["bike"]
    with pytest.raises(UnknownItemError, match="nobody read an article 'new'"):
        pair(model, "a", "new")
    with pytest.raises(UnknownItemError, match="no article 'nowhere'"):
        pair(model, "nowhere", "a", contents=index)


def test_an_article_is_not_compared_with_itself(made):
    with pytest.raises(SettingError, match="an article is compared with itself"):
        pair(made[1], "a", "a")


def test_the_cosine_is_that_of_the_table(made):
    _, model = made
    found = pair(model, "a", "d")
    assert found.cosine == pytest.approx(cosines(model, 0)[model.positions["d"]])
    assert isinstance(found.words, pd.DataFrame)
