"""The article that shows what a model has found."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.neighbours.example import example_item
from recsys.neighbours.read_together import evidence
from recsys.neighbours.similarity import similar_items


def worst(model, item: str) -> float:
    """How far above chance the common readers of its worst neighbour surely are."""
    table = evidence(model, item, similar_items(model, item, 5))
    own = model.readers[model.positions[item]]
    by_chance = own * table["readers"] / len(model.user_ids)
    both = table["readers_of_both"]
    z = (both - 2 * np.sqrt(both) - by_chance) / np.sqrt(by_chance)
    titled = table["title"].str.strip() != ""
    return float(z.where(titled & (both >= 5), -np.inf).min())


def test_it_is_among_the_best_supported_of_the_well_read_and_its_neighbours_stand_out(start_model):
    item = example_item(start_model)
    english = np.flatnonzero(start_model.items["language"] == "en")
    assert len(english) > len(start_model.items) / 2 and start_model.positions[item] in english
    order = english[np.argsort(-start_model.readers[english], kind="stable")[:250]]
    ids = start_model.items["item_id"].iloc[order]
    best = sorted(ids, key=lambda one: worst(start_model, one))[-10:]
    assert item in best and worst(start_model, item) > 3
    falls = {one: -np.diff(similar_items(start_model, one, 6)["score"])[-1] for one in best}
    assert falls[item] == max(falls.values())
    table = similar_items(start_model, item, 5)
    assert (table["readers_of_both"] >= 5).all()


def test_an_article_without_a_title_and_one_that_was_removed_show_nothing(start_model):
    first = example_item(start_model)
    place = start_model.positions[first]
    for change in ({"title": "  "}, {"removed": True}):
        items = start_model.items.copy()
        for name, value in change.items():
            items.loc[place, name] = value
        assert example_item(replace(start_model, items=items)) != first


@pytest.mark.parametrize("change", ["collapsed", "no title"])
def test_where_nothing_can_be_shown_it_is_the_most_read(start_model, change):
    if change == "collapsed":
        model = replace(start_model, item_factors=start_model.item_factors * np.float32(1e-12))
    else:
        model = replace(start_model, items=start_model.items.assign(title=""))
    most = start_model.items["item_id"].iloc[int(start_model.readers.argmax())]
    assert example_item(model) == most
