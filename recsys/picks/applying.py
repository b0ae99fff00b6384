"""What the rules do to the list of one article."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.limits import Limits
from recsys.picks.decisions import Decision
from recsys.picks.rules import Rules

Find = Callable[[int, Limits], pd.DataFrame]
PINNED = "pinned"


@dataclass(frozen=True, kw_only=True, eq=False)
class Applied:
    """A list with the rules applied.

    Attributes
    ----------
    table
        As it was found, with the column ``rule``: ``pinned``, or empty.
    left_out
        How many articles nearer than the last one shown never stand together with it.
    """

    table: pd.DataFrame
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What one rule does to the list of one article, when the rules before it are applied.

    Attributes
    ----------
    item
        The article whose list it is; a pair that never goes together changes two.
    gone, came
        Id and similarity of the article that leaves the list and of the one that comes into it;
        None where none does. A similarity that is not known is NaN.
    moved
        The places of a pinned article that was in the list already: before, and now.
    """

    decision: Decision
    item: str
    gone: tuple[str, float] | None = None
    came: tuple[str, float] | None = None
    moved: tuple[int, int] | None = None

    def in_words(self) -> str:
        """What it does, as a sentence.

        >>> never = Decision(kind="never", item="a", others=("b",))
        >>> Effect(decision=never, item="a", gone=("b", 0.53), came=("c", 0.31)).in_words()
        'replaces 0.53 with 0.31'
        """
        if self.gone and self.came:
            return f"replaces {_figure(self.gone[1])} with {_figure(self.came[1])}"
        if self.came:
            return f"adds {_figure(self.came[1])}"
        if self.gone:
            return f"leaves out {_figure(self.gone[1])}; nothing takes its place"
        if self.moved and self.moved[0] != self.moved[1]:
            return f"moves it from place {self.moved[0]} to {self.moved[1]}"
        return "changes nothing"


def _figure(similarity: float) -> str:
    return "an unknown similarity" if np.isnan(similarity) else f"{similarity:.2f}"


def pins_of(rules: Rules, item: str) -> tuple[str, ...]:
    """What is pinned below an article, without what never stands there."""
    nevers = rules.nevers.get(item, frozenset())
    return tuple(other for other in rules.pins.get(item, ()) if other not in nevers)


def apply_rules(
    rules: Rules,
    item: str,
    n: int,
    limits: Limits,
    find: Find,
    articles: pd.DataFrame | None = None,
) -> Applied:
    """The `n` articles to show below one: pinned ones first, whatever the limits, then the nearest.

    Parameters
    ----------
    find
        Gives the nearest few under limits, as `recsys.neighbours.Candidates.table` does.
    articles
        With item_id and title: of what is pinned and cannot be found, because nobody read it.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item, other = model.items["item_id"][[0, 1]]
    >>> rules = recsys.Rules().add(recsys.Decision(kind="pin", item=item, others=[other]))
    >>> find = recsys.candidates(model, item).table
    >>> table = recsys.apply_rules(rules, item, 5, recsys.Limits(), find).table
    >>> table["item_id"][0] == other, table["rule"].tolist()
    (True, ['pinned', '', '', '', ''])
    """
    pins, nevers = pins_of(rules, item)[:n], rules.nevers.get(item, frozenset())
    if not pins and not nevers:
        table = find(n, limits)
        return Applied(table=table.assign(**{Col.RULE: ""}))
    found = find(n + len(nevers), replace(limits, exclude=(*limits.exclude, *pins)))
    banned = found[Col.ITEM].isin(nevers).to_numpy()
    places = np.flatnonzero(~banned)[: n - len(pins)]
    last = places[-1] if len(places) == n - len(pins) and len(places) else len(found)
    rest = found.iloc[places].assign(**{Col.RULE: ""})
    parts = [rest] if not pins else [_pinned(pins, find, articles, list(found)), rest]
    table = pd.concat([part for part in parts if len(part)] or [rest], ignore_index=True)
    table[Col.RANK] = np.arange(1, len(table) + 1)
    return Applied(table=table, left_out=int(banned[:last].sum()))


def _pinned(
    pins: tuple[str, ...], find: Find, articles: pd.DataFrame | None, columns: list[str]
) -> pd.DataFrame:
    """The rows of pinned articles, in their order."""
    found = find(len(pins), Limits(only=frozenset(pins), include_removed=True)).set_index(Col.ITEM)
    titles = {} if articles is None else dict(zip(articles[Col.ITEM], articles[Col.TITLE]))  # noqa: B905
    table = found.reindex(list(pins)).reset_index()
    unknown = ~table[Col.ITEM].isin(found.index)
    named = [titles.get(item, "") for item in table[Col.ITEM]]
    # Where none of them was read the column of titles is one of missing numbers.
    table[Col.TITLE] = table[Col.TITLE].astype(object).mask(unknown, pd.Series(named, dtype=object))
    for name in (Col.READERS, Col.BOTH):
        if name in table:
            table[name] = table[name].fillna(0).astype(np.int64)
    return table[columns].assign(**{Col.RULE: PINNED})


def effects_on(rules: Rules, item: str, n: int, limits: Limits, find: Find) -> tuple[Effect, ...]:
    """What each rule about one article's list does to it, in the order in which they are applied.

    First the pairs that never go together, then the pins, each to the list that those before it
    leave, so that all of them together are what `apply_rules` does.
    """
    mine = [one for one in rules.standing if one.kind == "never" and item in one.pair]
    mine += [one for one in rules.standing if one.kind == "pin" and one.item == item]
    if not mine:
        return ()
    found = find(n + len(mine), limits)
    score = dict(zip(found[Col.ITEM], found[Col.SCORE].astype(float), strict=True))
    pins = frozenset(one.others[0] for one in mine if one.kind == "pin")
    if pins:
        told = find(len(pins), Limits(only=pins, include_removed=True))
        score |= dict(zip(told[Col.ITEM], told[Col.SCORE].astype(float), strict=True))
    nearest = list(found[Col.ITEM])
    nevers: set[str] = set()
    pinned: list[str] = []

    def shown() -> list[str]:
        top = [one for one in pinned if one not in nevers]
        return [*top, *(one for one in nearest if one not in nevers and one not in top)][:n]

    made, before = [], shown()
    for one in mine:
        other = one.pair[1] if one.pair[0] == item else one.pair[0]
        if one.kind == "never":
            nevers.add(other)
        else:
            pinned.append(other)
        after = shown()
        gone = [each for each in before if each not in after]
        came = [each for each in after if each not in before]
        moved = None
        if one.kind == "pin" and other in before and other in after:
            moved = before.index(other) + 1, after.index(other) + 1
        made.append(
            Effect(
                decision=one,
                item=item,
                gone=(gone[0], score.get(gone[0], np.nan)) if gone else None,
                came=(came[0], score.get(came[0], np.nan)) if came else None,
                moved=moved,
            )
        )
        before = after
    return tuple(made)
