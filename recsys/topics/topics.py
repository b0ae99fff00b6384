"""Topics that are found in the data: articles that the same people read, named by their titles.

The directions of the articles' factors are grouped (`recsys.topics.clusters`), and the groups are
named (`recsys.topics.names`). See docs/topics.md for what was measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.models import Model
from recsys.ranking import unit
from recsys.text import ContentIndex
from recsys.topics.clusters import OnProgress, find_clusters
from recsys.topics.names import name_groups

MOST = 200  # topics that may be asked for
NO_TOPIC = ""  # the name where an article has none
_SURE = 5  # readers beside which an article's own count little for where a centre lies
_NEAREST = 10  # articles that decide about the topic of one that nobody read
_LIKE = 0.1  # cosine of the nearest content below which an article is like nothing
_BLOCK = 512  # of those that are looked at together


@dataclass(frozen=True, kw_only=True, eq=False)
class Topics:
    """Topics of a model's articles, the largest first.

    Attributes
    ----------
    names
        Distinct; empty where none can be found (collapsed factors).
    of
        ``(n_items,)`` int32 place in `names` of each article of the model; -1 for none.
    sizes
        ``(topics,)`` articles of each.
    closeness
        ``(n_items,)`` float32 cosine of each article with the centre of its topic; 0 for none.
    covered
        ``(topics,)`` share of the titles that hold a word of the name; NaN where the name is not
        made of words. A low one: the name says little about the others.
    separation
        How far apart the topics are, 0 (not at all) to 1; see `recsys.topics.clusters.Clusters`.
    formerly
        Places of other names by which topics are known, as those that were found and then changed
        by hand; see `recsys.topics.renaming`.
    """

    names: tuple[str, ...]
    of: np.ndarray
    sizes: np.ndarray
    closeness: np.ndarray
    covered: np.ndarray
    separation: float
    formerly: Mapping[str, int] = field(default_factory=dict)

    def place(self, name: str) -> int:
        """The place of a topic, by its name or one that it had.

        Raises
        ------
        SettingError
            If there is none of that name.
        """
        if name in self.names:
            return self.names.index(name)
        if name in self.formerly:
            return self.formerly[name]
        known = "; ".join(self.names) or "none"
        raise SettingError(f"no topic {name[:80]!r};", where="topic", todo=f"known: {known}.")

    def name_of(self, places: np.ndarray) -> np.ndarray:
        """Names of places; `NO_TOPIC` for -1."""
        return np.array([*self.names, NO_TOPIC], dtype=object)[places]


def find_topics(
    model: Model, count: int | None = None, on_progress: OnProgress | None = None
) -> Topics:
    """Group a model's articles by who reads them, and name the groups by their titles.

    An article with r readers has a say of (r + 1) / (r + 6) about where the centres lie: the
    direction of one with two readers is mostly chance. The same model gives the same topics on the
    same machine.

    Parameters
    ----------
    count
        How many topics at most; None: as `recsys.topics.clusters.find_clusters` chooses.
    on_progress
        Called as ``(done, total)`` random starts of the search; what it raises ends the work.

    Raises
    ------
    SettingError
        If `count` is not between 1 and 200.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> topics = recsys.find_topics(model, 5)
    >>> len(topics.names) <= 5 and len(topics.of) == len(model.items)
    True
    """
    if count is not None and not 1 <= count <= MOST:
        raise SettingError(
            f"{count} is not allowed.", where="count", todo=f"Give a number from 1 to {MOST}."
        )
    of = np.full(len(model.items), -1, dtype=np.int32)
    closeness = np.zeros(len(of), dtype=np.float32)
    known = np.flatnonzero((model.item_norms > 0) & np.isfinite(model.item_norms))
    separation = 0.0
    if len(known) and not model.collapsed:
        directions = unit(model.item_factors[known])
        say = say_of(model.readers[known])
        found = find_clusters(directions, say, count, on_progress=on_progress)
        order = np.argsort(-np.bincount(found.of, minlength=len(found.centres)), kind="stable")
        of[known] = np.argsort(order)[found.of]
        closeness[known] = np.einsum("ij,ij->i", directions, found.centres[found.of])
        separation = found.separation
    titles = model.items[Col.TITLE].tolist()
    names, covered = name_groups(titles, of, closeness, model.readers)
    return Topics(
        names=tuple(names),
        of=of,
        sizes=np.bincount(of[of >= 0], minlength=len(names)),
        closeness=closeness,
        covered=covered,
        separation=separation,
    )


def say_of(readers: np.ndarray) -> np.ndarray:
    """How much articles with so many readers have to say about where a centre lies, 0 to 1."""
    return (readers + 1) / (readers + 1 + _SURE)


def topics_by_content(
    topics: Topics, model: Model, index: ContentIndex, on_progress: OnProgress | None = None
) -> np.ndarray:
    """Topics of all articles of an index, those that nobody has read by what they say.

    An article that the model does not know, or knows no direction of, gets the topic with the
    highest sum of cosines among the ten articles whose contents are nearest and whose topics are
    known; none where it has no title and no text, or no other is near (cosine below 0.1).

    Parameters
    ----------
    index
        The contents of articles, of the model's and others.
    on_progress
        Called as ``(done, total)`` articles of unknown topic; what it raises ends the work.

    Returns
    -------
    numpy.ndarray
        ``(articles of the index,)`` int32 place in `topics.names`; -1 for none.
    """
    positions = np.array([model.positions.get(item, -1) for item in index.item_ids], dtype=int)
    places = np.append(topics.of, -1).astype(np.int32)[positions]
    known, unknown = np.flatnonzero(places >= 0), np.flatnonzero(places < 0)
    if not len(known):
        return places
    contents, theirs = index.vectors[known].T.tocsr(), places[known]
    for start in range(0, len(unknown), _BLOCK):
        rows = unknown[start : start + _BLOCK]
        places[rows] = _nearest_topic((index.vectors[rows] @ contents).tocsr(), theirs)
        if on_progress is not None:
            on_progress(start + len(rows), len(unknown))
    return places


def _nearest_topic(cosines: csr_matrix, theirs: np.ndarray) -> np.ndarray:
    """``(rows,)`` topic of the nearest columns of each row; -1 where it has none."""
    found = np.full(cosines.shape[0], -1, dtype=np.int32)
    for row, (start, end) in enumerate(zip(cosines.indptr, cosines.indptr[1:], strict=False)):
        near, columns = cosines.data[start:end], cosines.indices[start:end]
        if len(near) > _NEAREST:  # most are far: only those as near as the tenth are sorted
            close = near >= np.partition(near, -_NEAREST)[-_NEAREST]
            near, columns = near[close], columns[close]
        best = np.lexsort((columns, -near))[:_NEAREST]
        if near[best].max(initial=0.0) >= _LIKE:
            found[row] = np.bincount(theirs[columns[best]], weights=near[best]).argmax()
    return found


def topic_names(
    topics: Topics,
    model: Model,
    index: ContentIndex | None = None,
    on_progress: OnProgress | None = None,
) -> dict[str, str]:
    """The topic of each article by its id, `NO_TOPIC` for none.

    Parameters
    ----------
    index
        The contents of all articles; without it, the articles of the model alone have topics.
    on_progress
        See `topics_by_content`.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> topics = recsys.find_topics(model, 5)
    >>> names = recsys.topic_names(topics, model)
    >>> len(names) == len(model.items)
    True
    """
    if index is None:
        return dict(zip(model.items[Col.ITEM], topics.name_of(topics.of), strict=True))
    places = topics_by_content(topics, model, index, on_progress)
    return dict(zip(index.item_ids, topics.name_of(places), strict=True))


def by_topic(parts: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """What the articles of each topic of a person's past add to the score of one article.

    Parameters
    ----------
    parts
        Contributions to one article's score, with history_item_id, strength and contribution.
    names
        The topic of each article by its id; see `topic_names`.

    Returns
    -------
    pandas.DataFrame
        topic, items (articles of the past), strength, contribution (sums), largest contribution
        first. The contributions add up to the score, as those of the articles do.
    """
    topics = [names.get(item, NO_TOPIC) for item in parts[Col.HISTORY]]
    found = (
        parts.assign(**{Col.TOPIC: topics})
        .groupby(Col.TOPIC, sort=False)
        .agg(
            **{
                Col.ITEMS: (Col.HISTORY, "size"),
                Col.STRENGTH: (Col.STRENGTH, "sum"),
                Col.CONTRIBUTION: (Col.CONTRIBUTION, "sum"),
            }
        )
        .reset_index()
    )
    return found.sort_values(Col.CONTRIBUTION, ascending=False, kind="stable", ignore_index=True)


def topic_table(topics: Topics, model: Model, n: int = 3) -> pd.DataFrame:
    """The topics, largest first.

    Parameters
    ----------
    n
        How many titles of each.

    Returns
    -------
    pandas.DataFrame
        rank, topic, items (articles), pairs (of a person and an article that they read),
        covered (see `Topics`), most_read (titles or ids of the most-read articles, a list).

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> list(recsys.topic_table(recsys.find_topics(model, 5), model))
    ['rank', 'topic', 'items', 'pairs', 'covered', 'most_read']
    """
    members = [np.flatnonzero(topics.of == place) for place in range(len(topics.names))]
    order = [rows[np.argsort(-model.readers[rows], kind="stable")[:n]] for rows in members]
    return pd.DataFrame(
        {
            Col.RANK: np.arange(1, len(members) + 1),
            Col.TOPIC: list(topics.names),
            Col.ITEMS: topics.sizes,
            Col.PAIRS: np.array([model.readers[rows].sum() for rows in members], dtype=np.int64),
            Col.COVERED: topics.covered,
            Col.MOST_READ: [[model.labels[row] for row in rows] for rows in order],
        }
    )
