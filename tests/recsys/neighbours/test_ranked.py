"""Which articles limits keep out of a table, counted one after another."""

import numpy as np
import pandas as pd
import pytest

from recsys.limits import Limit, Limits
from recsys.neighbours.ranked import Candidates
from recsys.neighbours.similarity import by_readers


def made(scores, **columns):
    """Candidates with these scores, of which the first is asked about."""
    n = len(scores)
    items = pd.DataFrame(
        {
            "item_id": [f"i{place}" for place in range(n)],
            "title": "T",
            "language": columns.get("language", ["en"] * n),
            "content_type": "HTML",
            "timestamp": "",
            "removed": columns.get("removed", [False] * n),
        }
    )
    return Candidates(
        asked=("i0",),
        items=items,
        places={item: place for place, item in enumerate(items["item_id"])},
        scores=np.array(scores, dtype=np.float32),
        possible=np.arange(n) > 0,
        readers=np.array(columns.get("readers", [9] * n)),
        both=np.array(columns.get("both", [5] * n)),
        blend=lambda near: near,
    )


LANGUAGES = ["en", "pt", "en", "pt", "en", "pt", "en"]


def test_left_out_counts_what_stands_before_the_last_shown():
    found = made([1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4], language=LANGUAGES, both=[0, 0, 5, 5, 0, 5, 5])
    limits = Limits(languages=("en",), least_both=1)
    assert found.table(2, limits)["item_id"].tolist() == ["i2", "i6"]
    # i1 is in another language and has no reader of both: it counts once, for the first of these.
    assert found.left_out(2, limits) == {Limit.LANGUAGE: 3, Limit.BOTH: 1}
    assert found.left_out(1, limits) == {Limit.LANGUAGE: 1}
    assert found.left_out(2) == {}


def test_left_out_counts_everything_where_the_table_is_not_full():
    found = made([1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4], language=LANGUAGES)
    limits = Limits(languages=("pt",))
    assert len(found.table(4, limits)) == 3
    assert found.left_out(4, limits) == {Limit.LANGUAGE: 3}
    assert found.left_out(3, limits) == {Limit.LANGUAGE: 2}  # i6 is farther than the last shown
    none = Limits(only=frozenset())
    assert found.table(4, none).empty
    assert found.left_out(4, none) == {Limit.ONLY: 6}


def test_equal_scores_stand_in_the_order_of_the_articles():
    found = made([1, 0.5, 0.5, 0.5], removed=[False, True, False, True])
    assert found.table(1)["item_id"].tolist() == ["i2"]
    assert found.left_out(1) == {Limit.REMOVED: 1}  # i1; i3 comes after the last shown
    assert [found.rank(place) for place in (1, 2, 3)] == [1, 2, 3]
    assert found.rank(2, found.allowed()) == 1


@pytest.mark.parametrize("limits", [Limits(), Limits(least_both=3, titled=True)])
def test_left_out_against_a_loop(sample_model, limits):
    for at in np.argsort(-sample_model.readers)[[0, 17, 50]]:
        item = sample_model.items["item_id"].iloc[at]
        found = by_readers(sample_model, item)
        order = found.table(1000, Limits(include_removed=True))["item_id"].tolist()
        shown, passed = [], []
        for other in order:
            if len(shown) == 10:
                break
            place = found.places[other]
            why = limits.why_left_out(found.items, found.readers, place, both=found.both)
            passed.extend(why[:1])
            if not why:
                shown.append(other)
        assert found.table(10, limits)["item_id"].tolist() == shown
        expected = {limit: passed.count(limit) for limit in Limit if limit in passed}
        assert len(shown) == 10 and found.left_out(10, limits) == expected
