"""What picks and rules cost: how many hidden readings stand below the reader's other articles."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.evaluation import hide_one
from recsys.exports.read_next import LIMITS, near_links, together
from recsys.limits import Limits
from recsys.models import ALSParams, Model
from recsys.picks import Rules, pins_of
from recsys.progress import Check, unchecked
from recsys.ranking import checked_count
from recsys.strengths import EventWeights
from recsys.training import OnIteration, train

_Z95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class RuleCost:
    """Recall of hidden readings by the lists below articles, with the rules and without.

    One article of each reader who has five or more is hidden from the training, see
    `recsys.evaluation.hide_one`. For each of the reader's other articles the list below it either
    has the hidden one or has not; the share of the other articles whose list has it is the reader's
    recall, and the mean over the readers is the recall of the lists: how likely the hidden article
    is to stand below an article of theirs drawn at random. It is low by nature, because a list is
    short and the same for everybody.

    Attributes
    ----------
    readers
        How many readers had an article hidden.
    without_rules, with_rules
        The recall of the lists, 0 to 1.
    interval
        95 % interval of with_rules - without_rules: the mean of the readers' differences, ± 1.96
        standard errors of it. (0, 0) where no reader's recall changes: the test sees nothing of the
        rules then, which does not mean that they cost nothing.
    lost, won
        How many places (a reader, one of their articles with the hidden one below it) the rules
        take away and add.
    """

    readers: int
    without_rules: float
    with_rules: float
    interval: tuple[float, float]
    lost: int
    won: int

    @property
    def difference(self) -> float:
        """with_rules - without_rules."""
        return self.with_rules - self.without_rules


def rule_cost(
    tables: Tables,
    weights: EventWeights,
    params: ALSParams,
    rules: Rules,
    n: int = 5,
    limits: Limits = LIMITS,
    *,
    fill: bool = False,
    on_iteration: OnIteration | None = None,
    check: Check = unchecked,
) -> RuleCost:
    """What the rules cost in hidden readings found; see `RuleCost`.

    Trains one model without the hidden readings, and makes the lists of `read_next` from it, once
    without rules and once with them.

    Raises
    ------
    DataError
        If nobody has enough articles.
    SettingError
        If `n` is not between 1 and 1,000.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> cost = recsys.rule_cost(
    ...     tables, recsys.default_weights(tables), recsys.ALSParams(iterations=5), recsys.Rules()
    ... )
    >>> cost.readers > 100, cost.difference, cost.interval
    (True, 0.0, (0.0, 0.0))
    """
    checked_count(n)
    split = hide_one(tables, weights, check=check)
    check()
    model = train(split.tables, weights, params, on_iteration, check)
    check()
    rows = {user: row for row, user in enumerate(model.user_ids)}
    users = np.array([rows.get(user, -1) for user in split.users])
    items = np.array([model.positions.get(item, -1) for item in split.items])
    known = (users >= 0) & (items >= 0)
    found = [
        _places(model, _lists(model, n, limits, one, fill), users[known], items[known])
        for one in (Rules(), rules)
    ]
    others = np.diff(model.user_items.indptr)[users[known]]
    shares = [np.asarray(places.sum(axis=1)).ravel() / others for places in found]
    before, after = (
        np.bincount(np.flatnonzero(known), share, minlength=len(known)) for share in shares
    )
    change = after - before
    middle, error = change.mean(), change.std(ddof=1) / np.sqrt(len(change))
    ends = (middle - _Z95 * error, middle + _Z95 * error)
    moved = found[1].astype(np.int8) - found[0].astype(np.int8)
    return RuleCost(
        readers=len(known),
        without_rules=float(before.mean()),
        with_rules=float(after.mean()),
        interval=(float(ends[0]), float(ends[1])),
        lost=int((moved < 0).sum()),
        won=int((moved > 0).sum()),
    )


def _lists(model: Model, n: int, limits: Limits, rules: Rules, fill: bool) -> csr_matrix:
    """``(n_items, n_items)`` bool: what stands below each article of the model."""
    links, _ = near_links(model, n, limits, rules)
    pairs = [(item, other, "picked") for item, one in rules.picked.items() for other in one.others]
    pairs += [(item, other, "pinned") for item in rules.pins for other in pins_of(rules, item)]
    decided = pd.DataFrame(pairs, columns=[Col.ITEM, Col.NEIGHBOUR, Col.BY], dtype=object)
    links = together(pd.concat([decided, links], ignore_index=True), rules, n, fill)
    if not limits.include_removed:  # nothing stands below a removed article
        removed = model.items[Col.ITEM][model.items[Col.REMOVED].to_numpy(dtype=bool)]
        links = links[~links[Col.ITEM].isin(removed)]
    rows, columns = (links[name].map(model.positions) for name in (Col.ITEM, Col.NEIGHBOUR))
    there = (rows.notna() & columns.notna()).to_numpy()
    cells = rows[there].to_numpy(dtype=int), columns[there].to_numpy(dtype=int)
    shape = (len(model.items), len(model.items))
    return csr_matrix((np.ones(len(cells[0]), dtype=bool), cells), shape=shape)


def _places(model: Model, lists: csr_matrix, users: np.ndarray, items: np.ndarray) -> csr_matrix:
    """``(readers, n_items)`` bool: the reader's articles whose list has the hidden one."""
    read = model.user_items[users].astype(bool)
    above = lists.T.tocsr()[items]
    return read.multiply(above).tocsr()
