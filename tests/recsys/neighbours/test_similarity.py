"""Neighbours by readers, under limits and by other scores."""

import numpy as np
import pytest

from recsys.errors import SettingError
from recsys.limits import Limits
from recsys.neighbours.directions import cosines
from recsys.neighbours.read_together import readers_of_both
from recsys.neighbours.similarity import similar_items


def test_other_scores_rank_the_same_table(sample_model):
    item = sample_model.items["item_id"].iloc[3]
    own = cosines(sample_model, 3)
    assert similar_items(sample_model, item, 9, scores=own).equals(
        similar_items(sample_model, item, 9)
    )
    turned = similar_items(sample_model, item, 9, scores=-own)
    allowed = np.flatnonzero(~sample_model.items["removed"].to_numpy(dtype=bool))
    allowed = allowed[allowed != 3]
    least = allowed[np.argsort(own[allowed], kind="stable")[:9]]
    assert turned["item_id"].tolist() == sample_model.items["item_id"].iloc[least].tolist()
    assert turned["score"].tolist() == (-own[least]).tolist()


@pytest.mark.parametrize("at", [0, 9, 33])
def test_limits_take_away_and_the_rest_moves_up(sample_model, at):
    items = sample_model.items
    item, both = items["item_id"].iloc[at], readers_of_both(sample_model, at)
    limits = Limits(languages=("pt",), least_readers=8, least_both=2, include_removed=True)
    whole = similar_items(sample_model, item, 1000, Limits(include_removed=True))
    places = [sample_model.positions[other] for other in whole["item_id"]]
    kept = [
        items["item_id"].iloc[place]
        for place in places
        if items["language"].iloc[place] == "pt"
        and sample_model.readers[place] >= 8
        and both[place] >= 2
    ]
    found = similar_items(sample_model, item, 7, limits)
    assert found["item_id"].tolist() == kept[:7]
    assert found["rank"].tolist() == list(range(1, len(found) + 1))


@pytest.mark.parametrize("n", [0, 1001])
def test_how_many_is_checked(sample_model, n):
    with pytest.raises(SettingError, match="Give a number from 1 to 1,000"):
        similar_items(sample_model, sample_model.items["item_id"].iloc[0], n)
