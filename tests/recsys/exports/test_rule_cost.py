"""What rules cost, against counting it anew."""

import numpy as np
import pytest

from recsys.evaluation import hide_one
from recsys.exports.read_next import read_next
from recsys.exports.rule_cost import rule_cost
from recsys.limits import Limits
from recsys.models import ALSParams
from recsys.picks.decisions import Decision
from recsys.picks.rules import Rules
from recsys.strengths import EventWeights
from recsys.training import train

PARAMS, LIMITS = ALSParams(iterations=3, factors=8), Limits(least_both=2)


@pytest.fixture(scope="module")
def split(sample_tables):
    return hide_one(sample_tables, EventWeights.default())


@pytest.fixture(scope="module")
def model(split):
    return train(split.tables, EventWeights.default(), PARAMS)


@pytest.fixture(scope="module")
def rules(model):
    ids = model.items["item_id"].tolist()
    read = np.argsort(-model.readers)[:12]
    spoiled = [
        Decision(kind="picks", item=ids[place], others=(ids[int(np.argmin(model.readers))],))
        for place in read
        if place != np.argmin(model.readers)
    ]
    never = Decision(kind="never", item=ids[int(read[0])], others=(ids[int(read[1])],))
    return Rules().add(*spoiled, never)


def recalls(model, split, rules):
    """By reader, the share of their other articles whose list has the hidden one."""
    links = read_next(model, None, 5, LIMITS, rules).links
    lists = links.groupby("item_id")["neighbour_id"].agg(set).to_dict()
    rows = {user: row for row, user in enumerate(model.user_ids)}
    found = []
    for user, hidden in zip(split.users, split.items, strict=True):
        if user not in rows or hidden not in model.positions:
            found.append(0.0)
            continue
        read = model.items["item_id"].to_numpy()[model.user_items[rows[user]].indices]
        found.append(np.mean([hidden in lists.get(item, ()) for item in read]))
    return np.array(found)


def test_it_is_what_counting_reader_by_reader_gives(sample_tables, split, model, rules):
    cost = rule_cost(sample_tables, EventWeights.default(), PARAMS, rules, 5, LIMITS)
    before, after = (recalls(model, split, one) for one in (Rules(), rules))
    assert cost.readers == len(before)
    assert cost.without_rules == pytest.approx(before.mean())
    assert cost.with_rules == pytest.approx(after.mean())
    change = after - before
    half = 1.959964 * change.std(ddof=1) / np.sqrt(len(change))
    assert cost.interval == pytest.approx((change.mean() - half, change.mean() + half))
    assert cost.lost > 0 and cost.difference < 0


def test_rules_that_change_nothing_cost_nothing(sample_tables):
    rules = Rules().add(Decision(kind="never", item="nobody", others=("none",)))
    cost = rule_cost(sample_tables, EventWeights.default(), PARAMS, rules, 5, LIMITS)
    assert (cost.difference, cost.lost, cost.won, cost.interval) == (0, 0, 0, (0, 0))
