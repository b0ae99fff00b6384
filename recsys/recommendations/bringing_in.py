"""Which single article, read, liked more or not read at all, would bring another into a list."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.recommendations.explain import Solver, Taste
from recsys.recommendations.what_if import WhatIf
from recsys.strengths import scaled

PAIRS = 30_000_000  # of a changed article and one whose score is looked at: some 0.3 s
_RIVALS = 60  # beyond the list: the articles that a change is tried against first
_AT_ONCE = 500_000  # pairs: 4 MB


@dataclass(frozen=True, kw_only=True, eq=False)
class Changes:
    """Single changes of what a reader read, each of which brings one article into the list.

    Attributes
    ----------
    table
        item_id (what is changed), title, event_type (``""``: had it not been read), read (whether
        the reader has read it), strength (the new one; 0: not read), rank, score (both of the
        article that is asked about, after the change), readers (of what is changed). One row an
        article and direction: the weakest event that suffices. Those that take the weakest
        event first, of equal ones those that bring it highest.
    complete
        Whether every change was tried against every article. In a catalogue in which that would
        be more than `PAIRS` pairs only the most promising are.
    """

    table: pd.DataFrame
    complete: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Question:
    """Which article is to come into which list.

    Attributes
    ----------
    item
        Its position.
    n
        The length of the list.
    allowed
        ``(n_items,)`` bool: what may be offered, whatever the reader read.
    include_read
        Whether what was read may be offered.
    """

    item: int
    n: int
    allowed: np.ndarray
    include_read: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class _Kind:
    """One kind of change: some articles get one event more, or (``""``) were not read.

    `places` are positions, ascending, and `strengths` the new ones.
    """

    event: str
    places: np.ndarray
    strengths: np.ndarray

    def only(self, wanted: np.ndarray) -> "_Kind":
        return _Kind(event=self.event, places=self.places[wanted], strengths=self.strengths[wanted])


def bring_in(solver: Solver, taste: Taste, question: Question, *, known: bool = True) -> Changes:
    """All single changes that bring an article into a list, whether a limit removes it or not.

    What is read on account of a change leaves the list, and what is not read any more may come
    into it, unless the list offers what was read.

    Parameters
    ----------
    known
        Whether the strengths are those of a reader of the model, to which another event is added;
        otherwise a stronger event takes the place of the one that there is. On the scale ``rank``
        the sums are not known, so nothing that was read gets stronger.
    """
    trial = _Trial(what_if=WhatIf(solver=solver, taste=taste), question=question)
    found, complete = [], True
    for kinds in _directions(solver.model, taste, question.item, known):
        sure = np.zeros(len(solver.model.items), dtype=bool)  # by a weaker event already
        for kind in kinds:
            columns, all_tried = _sufficient(trial, kind.only(~sure[kind.places]))
            found.append(columns)
            complete &= all_tried
            sure[columns[_PLACE]] = True
    joined = {name: np.concatenate([columns[name] for columns in found]) for name in found[0]}
    places = joined.pop(_PLACE)
    articles = solver.model.items.iloc[places]
    table = pd.DataFrame(
        {
            Col.ITEM: articles[Col.ITEM].to_numpy(),
            Col.TITLE: articles[Col.TITLE].to_numpy(),
            Col.READ: trial.what_if.confidences[places] > 0,
            **joined,
            Col.READERS: solver.model.readers[places],
        }
    )
    return Changes(table=table, complete=complete)


_PLACE = "place"  # the position of what is changed


def _directions(model: Model, taste: Taste, item: int, known: bool) -> list[list[_Kind]]:
    """Every change: articles read for the first time, once more, or not at all; weakest first."""
    weights, ranked = model.weights, model.weights.scale == "rank"
    unread = np.setdiff1d(np.arange(len(model.items)), np.append(taste.items, item))
    kept = taste.items != item
    read, strengths = taste.items[kept], taste.strengths[kept]
    more, again = [], []
    for worth, name in sorted((worth, name) for name, worth in weights.strengths if worth > 0):
        alone = np.median(model.user_items.data) if ranked else scaled(np.array(worth), weights)
        more.append(_kind(name, unread, np.full(len(unread), float(alone))))
        if ranked:
            continue
        stronger = _with_another(strengths, worth, weights.scale) if known else float(alone)
        stronger = np.broadcast_to(stronger, strengths.shape)
        again.append(_kind(name, read, stronger).only(stronger > strengths))
    return [more, again, [_kind("", read, np.zeros(len(read)))]]


def _kind(event: str, places: np.ndarray, strengths: np.ndarray) -> _Kind:
    return _Kind(event=event, places=places, strengths=strengths)


def _with_another(strengths: np.ndarray, worth: float, scale: str) -> np.ndarray:
    """The strengths after one more event."""
    if scale == "log2":
        return np.log2(np.exp2(strengths) + worth)
    return strengths + worth


def _sufficient(trial: "_Trial", kind: _Kind) -> tuple[dict[str, np.ndarray], bool]:
    """Those changes of a kind that bring the article in, best first; whether all were tried.

    Against the best of the list first: where n of them stay above it, the change brings nothing,
    whatever the others do. Only what is left is tried against all.
    """
    n, complete = trial.question.n, True
    ranks = trial.ranks(kind, trial.rivals)
    left, ranks = kind.only(ranks <= n), ranks[ranks <= n]
    if len(left.places) and len(trial.rivals) < len(trial.others):
        most = max(PAIRS // len(trial.others), 1)
        if len(left.places) > most:
            complete = False
            left = left.only(np.sort(np.lexsort((-trial.scores(left), ranks))[:most]))
        ranks = trial.ranks(left, trial.others)
    left, ranks = left.only(ranks <= n), ranks[ranks <= n]
    scores = trial.scores(left)
    best = np.lexsort((-scores, ranks))
    columns = {
        _PLACE: left.places,
        Col.EVENT: np.full(len(best), left.event, dtype=object),
        Col.STRENGTH: left.strengths,
        Col.RANK: ranks,
        Col.SCORE: scores,
    }
    return {name: values[best] for name, values in columns.items()}, complete


@dataclass(frozen=True, kw_only=True, eq=False)
class _Trial:
    """Changes tried against the other articles that may be offered."""

    what_if: WhatIf
    question: Question

    @cached_property
    def others(self) -> np.ndarray:
        """Positions of what may be offered beside the article, ascending."""
        offered = self.question.allowed.copy()
        if not self.question.include_read:
            offered[self.what_if.taste.items] = False
        offered[self.question.item] = False
        return np.flatnonzero(offered)

    @cached_property
    def rivals(self) -> np.ndarray:
        """Those of them with the highest scores now."""
        order = np.argsort(-self.what_if.scores[self.others], kind="stable")
        return np.sort(self.others[order[: self.question.n + _RIVALS]])

    @cached_property
    def own(self) -> np.ndarray:
        """``(n_items,)`` how far a step of each article moves the one that is asked about."""
        return self.what_if.moves(np.array([self.question.item]), slice(None))[0]  # K_ij = K_ji

    def scores(self, kind: _Kind) -> np.ndarray:
        """The article's score after each change."""
        steps = self.what_if.steps(kind.places, kind.strengths)
        return self.what_if.scores[self.question.item] + steps * self.own[kind.places]

    def ranks(self, kind: _Kind, others: np.ndarray) -> np.ndarray:
        """The article's rank after each change among some others, given ascending."""
        question, what_if = self.question, self.what_if
        steps = what_if.steps(kind.places, kind.strengths)
        ahead = what_if.scores[others] - what_if.scores[question.item]
        earlier = int(np.searchsorted(others, question.item))  # equal scores: in this order
        ranks = np.ones(len(kind.places), dtype=np.int64)
        rows = max(_AT_ONCE // max(len(others), 1), 1)
        for start in range(0, len(kind.places), rows):
            some = slice(start, start + rows)
            places, step = kind.places[some], steps[some][:, None]
            gaps = what_if.moves(places, others) - self.own[places][:, None]
            gaps *= step
            gaps += ahead
            if kind.event and not question.include_read:  # what is read by it leaves the list
                there = np.flatnonzero(np.isin(places, others))
                gaps[there, np.searchsorted(others, places[there])] = -np.inf
            ranks[some] += np.count_nonzero(gaps[:, :earlier] >= 0, axis=1)
            ranks[some] += np.count_nonzero(gaps[:, earlier:] > 0, axis=1)
        if not kind.event and not question.include_read:  # what is not read any more may come
            gaps = what_if.scores_of_changed(kind.places, kind.strengths) - self.scores(kind)
            above = (gaps > 0) | ((gaps == 0) & (kind.places < question.item))
            ranks += above & question.allowed[kind.places]
        return ranks
