"""A map as what leaves the house."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.maps.exported import COLOURS, Chart, as_drawn, colourings
from recsys.maps.places import pca_places
from recsys.topics.finer import finer_topics
from recsys.topics.topics import find_topics


@pytest.fixture(scope="module")
def chart(model):
    topics = find_topics(model, 4)
    finer = finer_topics(model, topics, 7)
    return Chart(model=model, places=pca_places(model), topics=topics, finer=finer)


@pytest.fixture(scope="module")
def collapsed(model):
    """Of a model whose factors are nearly zero."""
    none = replace(
        model,
        item_factors=model.item_factors * np.float32(1e-12),
        user_factors=model.user_factors * np.float32(1e-12),
    )
    topics = find_topics(none)
    finer = finer_topics(none, topics)
    return Chart(model=none, places=pca_places(none), topics=topics, finer=finer)


def test_the_table_has_a_row_for_each_article_and_finer_topics_lie_within_theirs(chart, model):
    table = chart.table()
    assert list(table) == ["item_id", "title", "x", "y", "topic", "finer_topic", "readers"]
    assert table["item_id"].tolist() == model.items["item_id"].tolist()
    assert table["readers"].tolist() == model.readers.tolist()
    assert np.array_equal(table[["x", "y"]].to_numpy(), chart.places.xy)
    assert (table.groupby("finer_topic")["topic"].nunique() == 1).all()
    assert table["finer_topic"].nunique() > table["topic"].nunique() == 4
    alone = replace(chart, finer=None).table()
    assert (alone["finer_topic"] == alone["topic"]).all()


def test_names_are_at_two_levels_and_what_is_not_divided_is_named_once(chart):
    labels = chart.labels()
    broad = [label.text for label in labels if not label.level]
    fine = [label.text for label in labels if label.level]
    undivided = {
        name for name, one in zip(chart.finer.names, chart.finer.undivided, strict=True) if one
    }
    assert broad == list(chart.topics.names)
    assert fine == [name for name in chart.finer.names if name not in undivided] != []
    assert not any(label.level for label in replace(chart, finer=None).labels())


def test_it_says_how_faithful_it_is(chart, model):
    found = chart.places.faithfulness
    assert f"{len(model.items):,} articles." in chart.said()
    assert f"keeps {found.kept:.0%} of each article's 10 most similar" in chart.said()
    assert "Distance on the map is not similarity." in chart.said()


def test_the_first_colouring_is_the_one_asked_for_and_none_says_nothing(chart, model):
    assert [one.title for one in colourings(chart)][:2] == ["Topic", "Readers"]
    assert {one.title for one in colourings(chart, "recency")} == {
        one.title for one in colourings(chart)
    }
    assert colourings(chart, "recency")[0].title == "Date"
    blank = replace(chart, model=replace(model, items=model.items.assign(language="")))
    assert "Language" not in [one.title for one in colourings(blank)]
    assert colourings(blank, "language")[0].entries == ((0, "Unknown", len(model.items)),)


@pytest.mark.parametrize("name", COLOURS)
def test_the_browser_gets_the_same_colours_and_legend(chart, name):
    one = COLOURS[name](chart)
    drawn = as_drawn(one)
    assert np.array_equal(drawn.index, one.index) and drawn.light == one.light
    both = [*((place, label, 0) for place, label in drawn.ticks), *drawn.entries]
    assert both == list(one.entries)


def test_the_file_has_all_within_and_stays_small(chart):
    page = chart.page(colourings(chart))
    assert page.startswith(b"<!doctype html>") or page.startswith(b"<!DOCTYPE html>")
    assert len(page) < 1_000_000 and page == chart.page(colourings(chart))


def test_a_collapsed_model_has_a_map_that_says_so(collapsed):
    assert "knows too little" in collapsed.said() and "keeps" not in collapsed.said()
    assert set(collapsed.table()["topic"]) == {""}
    first = colourings(collapsed)[0]
    assert first.entries == ((0, "No topic", len(first.index)),)
    assert collapsed.picture(first) and collapsed.page([first]) and collapsed.labels() == []
