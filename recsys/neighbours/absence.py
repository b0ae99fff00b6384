"""Why an article is not among the neighbours."""

from dataclasses import dataclass

import numpy as np

from recsys.errors import SettingError, UnknownItemError
from recsys.limits import NO_LIMITS, Limit, Limits
from recsys.models import Model
from recsys.neighbours.agreement import cosines_of
from recsys.neighbours.directions import positions_of
from recsys.neighbours.ranked import Candidates
from recsys.text import ContentIndex
from recsys.training import Ensemble


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Where an article stands that is looked for among the neighbours.

    Attributes
    ----------
    item_id
        The article looked for.
    shown
        Whether it is among the neighbours after all.
    rank, rankable
        Its rank among all that can be ranked, whatever the limits, and how many these are. The
        rank is None where nothing makes it like the articles asked about (nobody read it, and
        contents do not take part or say nothing).
    rank_within, within
        The same among what the limits leave; the rank is None where they remove it.
    score, last, gap
        Its score, that of the last neighbour shown, and what it lacks: last − score, below 0 where
        only a limit is in the way. None where there is no such score.
    removed_by
        The limits that remove it, all of them.
    readers, both
        How many read it, and how many of these also read an article asked about.
    in_model
        Whether anybody read it, so that the model knows it.
    has_text
        Whether its title or text has anything in common with any other article; None without
        contents.
    rank_by_text, texts
        Its rank by contents alone, and how many have something in common with the articles asked
        about; the rank is None where it has nothing, or without contents.
    seed_ranks
        Its rank in each model, whatever the limits, the model's own first; empty without other
        seeds, and where `rank` is None or no article asked about was read.
    """

    item_id: str
    shown: bool
    rank: int | None
    rankable: int
    rank_within: int | None
    within: int
    score: float | None
    last: float | None
    gap: float | None
    removed_by: tuple[Limit, ...]
    readers: int
    both: int
    in_model: bool
    has_text: bool | None
    rank_by_text: int | None
    texts: int
    seed_ranks: tuple[int, ...]


def why_not(
    model: Model,
    found: Candidates,
    item_id: str,
    n: int = 10,
    limits: Limits = NO_LIMITS,
    *,
    contents: ContentIndex | None = None,
    ensemble: Ensemble | None = None,
) -> WhyNot:
    """Why an article is not among the `n` nearest.

    Parameters
    ----------
    found
        As `recsys.candidates` gives it for the model and the articles asked about.
    n, limits
        As in the table that is shown.
    contents
        What the articles say: what rank it has by them, and articles that nobody read.
    ensemble
        Models of other seeds.

    Raises
    ------
    UnknownItemError
        If there is no such article.
    SettingError
        If it is one of those asked about, `n` is not between 1 and 1,000, or the ensemble was
        made from another model.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> found = recsys.candidates(model, item)
    >>> far = found.table(20)["item_id"][19]
    >>> why = recsys.why_not(model, found, far)
    >>> why.rank_within, why.gap > 0, why.removed_by
    (20, True, ())
    """
    _check(model, found, contents, item_id)
    place = found.places.get(item_id)
    chosen = found.nearest(n, limits)
    allowed = found.allowed(limits)
    last = float(found.scores[chosen[-1]]) if len(chosen) else None
    rank = rank_within = score = None
    removed_by: tuple[Limit, ...] = ()
    seed_ranks: tuple[int, ...] = ()
    if place is not None:
        removed_by = limits.why_left_out(found.items, found.readers, place, both=found.both)
        if found.possible[place]:
            rank, score = found.rank(place), float(found.scores[place])
            rank_within = found.rank(place, allowed) if allowed[place] else None
            if ensemble is not None:
                seed_ranks = _seed_ranks(ensemble, model, found, place)
    elif contents is not None:  # of contents alone: nobody read it
        row = contents.row_of(item_id)
        none = np.zeros(len(contents.items), dtype=int)
        removed_by = limits.why_left_out(contents.items, none, row, both=none)
    rank_by_text, texts = _by_text(found, contents, item_id)
    in_model = item_id in model.positions
    return WhyNot(
        item_id=item_id,
        shown=place is not None and place in chosen,
        rank=rank,
        rankable=int(found.possible.sum()),
        rank_within=rank_within,
        within=int(allowed.sum()),
        score=score,
        last=last,
        gap=None if score is None or last is None else last - score,
        removed_by=removed_by,
        readers=int(model.readers[model.positions[item_id]]) if in_model else 0,
        both=0 if place is None else int(found.both[place]),
        in_model=in_model,
        has_text=None if contents is None else contents.says_something(item_id),
        rank_by_text=rank_by_text,
        texts=texts,
        seed_ranks=seed_ranks,
    )


def _check(model: Model, found: Candidates, contents: ContentIndex | None, item: str) -> None:
    if item in found.asked:
        raise SettingError(
            "it is asked about itself.", where="why not", todo="Choose another article."
        )
    if item not in found.places and (contents is None or item not in contents.positions):
        raise UnknownItemError(
            f"no article {item!r} here.",
            where="why not",
            todo=f"The model has {len(model.items):,} articles.",
        )


def _seed_ranks(ensemble: Ensemble, model: Model, found: Candidates, place: int) -> tuple[int, ...]:
    asked = [item for item in found.asked if item in model.positions]
    if not asked:
        return ()
    near = cosines_of(ensemble.of(model), positions_of(model, asked))
    return tuple(found.scored(found.blend(one)).rank(place) for one in near)


def _by_text(found: Candidates, contents: ContentIndex | None, item: str) -> tuple[int | None, int]:
    """The rank by contents alone, and how many have anything in common."""
    if contents is None:
        return None, 0
    scores = contents.scores(dict.fromkeys(found.asked, 1.0))
    possible = scores > 0
    possible[[contents.row_of(one) for one in found.asked]] = False
    row = contents.row_of(item)
    before = possible & (scores > scores[row])
    before[:row] |= possible[:row] & (scores[:row] == scores[row])
    return (1 + int(before.sum()) if possible[row] else None), int(possible.sum())
