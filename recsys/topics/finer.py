"""Topics within topics: what tells the articles of one topic apart.

Each topic that is large enough is grouped once more by the directions of its articles
(`recsys.topics.clusters`). Names are made of words that tell a finer topic from the others within
the same broader one (`recsys.topics.names`).
"""

from dataclasses import dataclass, replace
from heapq import heapify, heapreplace

import numpy as np

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.models import Model
from recsys.progress import OnProgress
from recsys.ranking import unit
from recsys.topics.clusters import SMALLEST, find_clusters
from recsys.topics.names import distinct, name_groups
from recsys.topics.scoring import Siblings, score_words
from recsys.topics.topics import Topics, say_of

MOST_FINER = 2_000  # finer topics that may be asked for, in all
MOST_WITHIN = 8  # finer topics of one, where their number is found
LARGE, MEAN = 60, 30  # articles from which on a topic is divided; of a finer one on average
_LONGEST = 24  # signs of a broader name behind a finer one


@dataclass(frozen=True, kw_only=True, eq=False)
class FinerTopics(Topics):
    """Topics within topics: those of the first broader one first, the largest of each first.

    Attributes
    ----------
    within
        ``(finer,)`` int32 place of the broader topic that each lies in. Each broader topic has one
        or more; where it has one, that is the broader one itself, under the same name.
    separation
        The mean of the separations within the topics that are divided, by their articles.
    """

    within: np.ndarray

    @property
    def undivided(self) -> np.ndarray:
        """``(finer,)`` whether each is a whole broader topic."""
        return np.bincount(self.within)[self.within] == 1

    def under(self, topics: Topics) -> "FinerTopics":
        """The same with the names that the broader topics have now, where they are undivided."""
        names, formerly = list(self.names), dict(self.formerly)
        own = {int(self.within[place]): int(place) for place in np.flatnonzero(self.undivided)}
        for broad, place in own.items():
            if names[place] != topics.names[broad]:
                formerly[names[place]] = place
                names[place] = topics.names[broad]
        formerly |= {old: own[at] for old, at in topics.formerly.items() if at in own}
        kept = {old: place for old, place in formerly.items() if old not in names}
        return replace(self, names=tuple(names), formerly=kept)


def finer_topics(
    model: Model,
    topics: Topics,
    count: int | None = None,
    on_progress: OnProgress | None = None,
) -> FinerTopics:
    """Divide each topic that is large enough, and name its parts by what tells them apart.

    A topic of fewer than 60 articles stays one. The same model and topics give the same finer
    topics on the same machine.

    Parameters
    ----------
    topics
        Of the model; see `find_topics`.
    count
        How many in all at most, no fewer than the topics: parts are given where they would
        otherwise be largest. None: as `recsys.topics.clusters.find_clusters` chooses within each
        topic, 8 at most, of 30 articles or more on average.
    on_progress
        Called as ``(done, total)`` articles; what it raises ends the work.

    Raises
    ------
    SettingError
        If `count` is less than the number of topics, or more than 2,000.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> topics = recsys.find_topics(model, 5)
    >>> finer = recsys.finer_topics(model, topics, 15)
    >>> len(finer.names) <= 15 and all(finer.within[finer.of] == topics.of)
    True
    """
    shares = _shares(topics.sizes, count)
    titles = model.items[Col.TITLE].tolist()
    even = score_words(titles, topics.of, topics.closeness).even
    of, closeness = topics.of.copy(), topics.closeness.copy()
    parts: list[_Part] = []
    for broad, share in enumerate(shares):
        members = np.flatnonzero(topics.of == broad)
        hear = _in_part(on_progress, topics.sizes, broad)
        part = _divide(model, topics, broad, share, Siblings(without=even), hear)
        of[members] = part.of + sum(len(before.names) for before in parts)
        closeness[members] = part.closeness
        parts.append(part)
        if hear is not None:
            hear(1, 1)
    within = np.repeat(np.arange(len(parts)), [len(part.names) for part in parts]).astype(np.int32)
    names = [name for part in parts for name in part.names]
    apart = np.array([part.separation for part in parts])
    return FinerTopics(
        names=_told_apart(names, within, topics),
        of=of,
        sizes=np.bincount(of[of >= 0], minlength=len(names)),
        closeness=closeness,
        covered=np.concatenate([*(part.covered for part in parts), np.zeros(0)]),
        separation=_mean(apart, topics.sizes * (np.bincount(within, minlength=len(parts)) > 1)),
        within=within,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Part:
    """What became of one broader topic: names and more of its parts; `of` the place of each."""

    names: list[str]
    of: np.ndarray
    closeness: np.ndarray
    covered: np.ndarray
    separation: float


def _divide(
    model: Model,
    topics: Topics,
    broad: int,
    most: int | None,
    siblings: Siblings,
    on_progress: OnProgress | None,
) -> _Part:
    members = np.flatnonzero(topics.of == broad)
    directions, readers = unit(model.item_factors[members]), model.readers[members]
    if most != 1:
        found = find_clusters(
            directions,
            say_of(readers),
            most,
            on_progress=on_progress,
            most=max(1, min(MOST_WITHIN, len(members) // MEAN)),
        )
    if most == 1 or len(found.centres) == 1:
        return _Part(
            names=[topics.names[broad]],
            of=np.zeros(len(members), dtype=np.int32),
            closeness=topics.closeness[members],
            covered=topics.covered[[broad]],
            separation=0.0,
        )
    of = np.argsort(np.argsort(-np.bincount(found.of), kind="stable"))[found.of]
    closeness = np.einsum("ij,ij->i", directions, found.centres[found.of])
    titles = model.items[Col.TITLE].iloc[members].tolist()
    siblings = replace(siblings, number=f"{broad + 1}.")
    names, covered = name_groups(titles, of, closeness, readers, siblings)
    return _Part(
        names=names, of=of, closeness=closeness, covered=covered, separation=found.separation
    )


def _mean(values: np.ndarray, weights: np.ndarray) -> float:
    return float(np.average(values, weights=weights)) if weights.any() else 0.0


def _shares(sizes: np.ndarray, count: int | None) -> list[int | None]:
    """How many parts each topic is divided into at most; None where that is to be found."""
    if count is None:
        return [None if size >= LARGE else 1 for size in sizes]
    if not max(1, len(sizes)) <= count <= MOST_FINER:
        raise SettingError(
            f"{count} is not allowed.",
            where="count",
            todo=f"Give a number from {max(1, len(sizes))} to {MOST_FINER:,}.",
        )
    shares: list[int | None] = [1] * len(sizes)
    largest = [(-float(size), place, 1) for place, size in enumerate(sizes)]
    heapify(largest)
    for _ in range(count - len(sizes) if len(sizes) else 0):
        mean, place, parts = largest[0]
        if -mean < 2 * SMALLEST:
            break
        shares[place] = parts + 1
        heapreplace(largest, (-float(sizes[place]) / (parts + 1), place, parts + 1))
    return shares


def _in_part(on_progress: OnProgress | None, sizes: np.ndarray, place: int) -> OnProgress | None:
    """What hears how far the division of one topic is, and tells it in articles."""
    if on_progress is None:
        return None
    before, size, total = int(sizes[:place].sum()), int(sizes[place]), int(sizes.sum())
    tell: OnProgress = on_progress
    return lambda done, steps: tell(before + size * done // steps, total)


def _told_apart(names: list[str], within: np.ndarray, topics: Topics) -> tuple[str, ...]:
    """Distinct names: one that others have, too, is followed by that of its broader topic."""
    parts = np.bincount(within, minlength=len(topics.names))
    whole = [int(parts[broad]) == 1 for broad in within]
    taken = set(topics.names)
    free = [place for place, is_whole in enumerate(whole) if not is_whole]
    often = {name: 0 for name in names}
    for place in free:
        often[names[place]] += 1
    longer = list(names)
    for place in free:
        if often[names[place]] > 1 or names[place] in taken:
            broad = topics.names[within[place]].split(", ")[0]
            broad = broad if len(broad) <= _LONGEST else broad[: _LONGEST - 1].rstrip() + "…"
            longer[place] = f"{names[place]} ({broad})"
    told = distinct([longer[place] for place in free], taken)
    for place, name in zip(free, told, strict=True):
        longer[place] = name
    return tuple(longer)
