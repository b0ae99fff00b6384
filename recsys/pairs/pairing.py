"""Everything that speaks for and against one neighbour of an article."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from scipy.stats import hypergeom

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import SettingError, UnknownItemError
from recsys.limits import NO_LIMITS, Limits
from recsys.models import Model
from recsys.neighbours import Candidates, agreed_by, candidates, readers_of_pair
from recsys.pairs.influence import Influence, most_influential
from recsys.pairs.together_readers import SharedReaders, shared_readers
from recsys.pairs.worth import Support, support
from recsys.text import ContentIndex
from recsys.training import Ensemble

SURE = 0.001  # the chance below which so many readers of both are told from chance


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """Two articles beside each other.

    Attributes
    ----------
    a, b
        The article asked about and its neighbour.
    readers_a, readers_b, both, people
        How many read each, both, and anything at all.
    expected
        How many would have read both if readers chose by chance: readers_a · readers_b / people.
    lift
        both / expected; NaN where nothing is expected.
    chance
        How likely at least so many have read both if readers chose by chance (the tail of the
        hypergeometric distribution: Fisher's exact test, one-sided; R. A. Fisher, "The Logic of
        Inductive Inference", Journal of the Royal Statistical Society 98, 1935).
    cosine
        Similarity in the model; None where nobody read one of them.
    rank_of_b, rank_of_a
        The rank of b among the neighbours of a, and of a among those of b, under no limits but
        that removed articles do not count; None where nobody read one of them.
    readers
        Who read both; None where nobody read one of them.
    influence
        The reader of both on whom most hangs; None where nobody read both.
    words
        What titles and texts share: word and weight, see `recsys.ContentIndex.shared_words`;
        empty without contents.
    by_content
        The cosine of their contents; None without contents.
    seen_by, seeds
        In how many of so many models b is among the nearest of a; None without other seeds.
    """

    a: str
    b: str
    readers_a: int
    readers_b: int
    both: int
    people: int
    expected: float
    lift: float
    chance: float
    cosine: float | None
    rank_of_b: int | None
    rank_of_a: int | None
    readers: SharedReaders | None
    influence: Influence | None
    words: pd.DataFrame
    by_content: float | None
    seen_by: int | None
    seeds: int | None

    @property
    def support(self) -> Support:
        """How much the readers of both are worth."""
        return support(self.both)

    @property
    def beyond_chance(self) -> bool:
        """Whether so many readers of both are told from chance: `chance` is below 1 in 1,000.

        A neighbour was chosen among many because it is near, so 1 in 20 would prove nothing.
        """
        return self.both > 0 and self.chance < SURE


def pair(
    model: Model,
    a: str,
    b: str,
    *,
    n: int = 10,
    tables: Tables | None = None,
    topics: Mapping[str, str] | None = None,
    contents: ContentIndex | None = None,
    ensemble: Ensemble | None = None,
) -> Pair:
    """What speaks for b as a neighbour of a.

    Parameters
    ----------
    n
        Of how many neighbours of a the seeds are asked.
    tables
        What the model was trained on: when readers read, and what they did.
    topics
        The topic of each article by its id, as `recsys.topic_names` gives it.
    contents
        What the articles say. With it, articles that nobody read can be asked about.
    ensemble
        Models of other seeds.

    Raises
    ------
    UnknownItemError
        If neither the model nor the contents have an article.
    SettingError
        If both are the same article, or the ensemble was made from another model.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> model = recsys.train(tables, params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> near = recsys.similar_items(model, item, 1)
    >>> found = recsys.pair(model, item, near["item_id"][0], tables=tables)
    >>> bool(found.both == near["readers_of_both"][0]), found.rank_of_b
    (True, 1)
    """
    if a == b:
        raise SettingError("an article is compared with itself.", where="pair", todo="Give two.")
    for item in (a, b):
        _known(model, contents, item)
    places = [model.positions.get(item) for item in (a, b)]
    own, theirs = (0 if place is None else int(model.readers[place]) for place in places)
    count, everybody = 0, len(model.user_ids)
    expected = own * theirs / everybody
    cosine = rank_of_b = rank_of_a = seen_by = who = influence = None
    if places[0] is not None and places[1] is not None:
        count = len(readers_of_pair(model, places[0], places[1]))
        near_a, near_b = (candidates(model, item) for item in (a, b))
        cosine = float(near_a.scores[places[1]])
        rank_of_b, rank_of_a = _rank(near_a, places[1]), _rank(near_b, places[0])
        who = shared_readers(model, a, b, tables=tables, topics=topics)
        influence = most_influential(model, a, b)
        if ensemble is not None:
            seen_by = _seen_by(ensemble, model, near_a, b, n)
    return Pair(
        a=a,
        b=b,
        readers_a=own,
        readers_b=theirs,
        both=count,
        people=everybody,
        expected=expected,
        lift=count / expected if expected else float("nan"),
        chance=float(hypergeom.sf(count - 1, everybody, own, theirs)),
        cosine=cosine,
        rank_of_b=rank_of_b,
        rank_of_a=rank_of_a,
        readers=who,
        influence=influence,
        words=pd.DataFrame({Col.WORD: [], Col.WEIGHT: []})
        if contents is None
        else contents.shared_words(a, b),
        by_content=None
        if contents is None
        else float(contents.scores({a: 1.0})[contents.row_of(b)]),
        seen_by=seen_by,
        seeds=None if ensemble is None else ensemble.size,
    )


def _known(model: Model, contents: ContentIndex | None, item: str) -> None:
    if item not in model.positions and (contents is None or item not in contents.positions):
        raise UnknownItemError(
            f"nobody read an article {item!r}." if contents is None else f"no article {item!r}.",
            where="pair",
            todo=f"The model has {len(model.items):,} articles.",
        )


def _rank(found: Candidates, place: int) -> int:
    return found.rank(place, found.allowed())


def _seen_by(ensemble: Ensemble, model: Model, found: Candidates, b: str, n: int) -> int:
    """In how many models b is among the `n` nearest, the removed left aside unless b is."""
    removed = bool(found.items[Col.REMOVED].iloc[found.places[b]])
    limits = Limits(include_removed=True) if removed else NO_LIMITS
    table = found.table(n, limits)
    if b not in set(table[Col.ITEM]):  # stands for the last of them: so many still count
        table = pd.concat([table.head(n - 1), pd.DataFrame({Col.ITEM: [b]})], ignore_index=True)
    counted = agreed_by(ensemble, model, found, table, limits)
    return int(counted.loc[counted[Col.ITEM] == b, Col.SEEN_BY].iloc[0])
