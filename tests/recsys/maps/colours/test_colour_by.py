"""What each colouring of a model says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.errors import SettingError, UnknownItemError
from recsys.maps.colours import colour_by
from recsys.maps.colours.palette import STEPS
from recsys.strengths.weights import EventWeights
from recsys.topics.topics import Topics
from recsys.training.pipeline import train
from tests.conftest import tables_of
from tests.recsys.conftest import QUICK


@pytest.fixture(scope="module")
def small():
    """Six readers; a is read by all, b by three, c by two, d by one of these."""
    read = {"a": "123456", "b": "123", "c": "45", "d": "6"}
    rows = [(user, item, "VIEW", 1.0) for item, users in read.items() for user in users]
    tables = tables_of(rows, values=False)
    columns = ("title", "url", "language", "content_type", "author", "text", "timestamp")
    details = pd.DataFrame({name: "" for name in columns}, index=range(4))
    articles = pd.concat([tables.articles, details], axis=1).assign(removed=False)
    tables = replace(tables, articles=articles)
    return train(tables, EventWeights.default(), replace(QUICK, factors=2))


def topics_of(names, of):
    of = of.astype(np.int32)
    sizes = np.bincount(of[of >= 0], minlength=len(names))
    near, covered = np.zeros(len(of), dtype=np.float32), np.ones(len(names))
    return Topics(names=names, of=of, sizes=sizes, closeness=near, covered=covered, separation=0.0)


def with_items(model, **columns):
    return replace(model, items=model.items.assign(**columns))


def test_readers_of_the_sample_are_ordered_as_they_are(model):
    found = colour_by.by_readers(model)
    order = np.argsort(model.readers, kind="stable")
    assert (np.diff(found.index[order].astype(int)) >= 0).all()
    assert (found.index[model.readers == model.readers.max()] == STEPS - 1).all()
    assert found.entries[-1][1] == f"{model.readers.max():,}"


def test_dates_are_in_order_and_missing_ones_are_unknown(small):
    dates = ["1456790400", "", "1459468800", "nonsense"]  # the first of March, of April 2016
    found = colour_by.by_recency(with_items(small, timestamp=dates))
    assert found.index.tolist() == [0, STEPS, STEPS - 1, STEPS]
    assert [entry[1:] for entry in found.entries] == [
        ("Mar 2016", 0), ("Apr 2016", 0), ("No date", 2),
    ]  # fmt: skip


def test_languages_and_types_are_those_of_the_file_and_unknown_where_empty(small):
    one = with_items(small, language=["pt", "en", "pt", ""], content_type=["", "", "", "HTML"])
    assert colour_by.by_language(one).entries == ((0, "pt", 2), (1, "en", 1), (2, "Unknown", 1))
    assert colour_by.by_type(one).entries == ((0, "HTML", 1), (1, "Unknown", 3))


def test_topics_have_the_colours_of_their_order_and_no_topic_is_grey():
    names = tuple(f"topic {n}" for n in range(12))
    of = np.append(np.repeat(np.arange(12), np.arange(12, 0, -1)), -1)
    found = colour_by.by_topic(topics_of(names, of))
    assert [entry[1] for entry in found.entries] == [*names[:10], "2 other topics", "No topic"]
    assert found.index.tolist() == np.where((of < 0) | (of > 9), 10, of).tolist()
    none = topics_of((), np.full(3, -1))
    assert colour_by.by_topic(none).entries == ((0, "No topic", 3),)


def test_an_article_has_the_type_of_event_that_it_has_more_of_than_usual():
    counts = np.array([[900, 100], [90, 10], [50, 50], [0, 0], [1, 0]])
    found = colour_by.by_events(("VIEW", "LIKE"), counts)
    of = {place: label for place, label, _ in found.entries}
    assert [of[place] for place in found.index] == [
        "As usual", "As usual", "More LIKE", "As usual", "As usual",
    ]  # fmt: skip


def test_the_share_of_an_event_is_a_scale_and_unknown_without_events():
    counts = np.array([[1, 0], [0, 1], [1, 1], [0, 0]])
    found = colour_by.by_event_share("LIKE", ("VIEW", "LIKE"), counts)
    assert found.index.tolist() == [0, STEPS - 1, round((STEPS - 1) / 2), STEPS]
    with pytest.raises(SettingError, match=r"VIEW, LIKE"):
        colour_by.by_event_share("SHARE", ("VIEW", "LIKE"), counts)


def test_events_are_counted_as_they_are_in_the_tables(model, sample_tables):
    names, counts = colour_by.event_counts(model, sample_tables)
    events = sample_tables.events.astype({"item_id": str, "event_type": str})
    expected = events.groupby(["item_id", "event_type"]).size()
    ids = model.items["item_id"]
    for name, column in zip(names, counts.T, strict=True):
        per_item = expected.xs(name, level="event_type").reindex(ids, fill_value=0)
        assert per_item.tolist() == column.tolist()


def test_shared_readers_are_counted_and_none_is_grey(small):
    found = colour_by.by_shared_readers(small, "b")
    ids = small.items["item_id"].tolist()
    grey = {item for item, place in zip(ids, found.index, strict=True) if place == STEPS}
    assert grey == {"c", "d"} and found.entries[-1] == (STEPS, "None shared", 2)
    everybody = colour_by.by_shared_readers(small, "a")
    assert everybody.index.tolist() == colour_by.by_readers(small).index.tolist()
    with pytest.raises(UnknownItemError):
        colour_by.by_shared_readers(small, "nothing")


def test_scores_that_are_missing_are_grey():
    found = colour_by.by_score(np.array([0.1, np.nan, 0.9]))
    assert found.index.tolist() == [0, STEPS, STEPS - 1]


def test_quality_is_the_share_of_an_articles_tested_readers(small):
    one = dict.fromkeys(small.user_ids, np.nan) | {"1": 1.0, "2": 1.0, "3": 1.0, "4": 0.0}
    found = colour_by.by_quality(small, np.array(list(one.values())))
    of = dict(zip(small.items["item_id"], found.index, strict=True))
    # a: three of four; b: all three; c and d: one and none tested
    assert (of["a"], of["b"], of["c"], of["d"]) == (0, STEPS - 1, STEPS, STEPS)
    assert found.entries[-1] == (STEPS, "Too few tested readers", 2)
