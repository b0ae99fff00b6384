"""Finding articles by what is remembered of their titles, or by their ids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.text.search_filter import ALL, SearchFilter
from recsys.text.words import Match, Vocabulary, folded, read_words, words_of
from recsys.times import DAY, has_time, midnight

MAX_WORDS = 12
MAX_FOUND = 1000
# What may be a part of an id: a year is in too many, and words would be slower to look for.
_PART = re.compile(r"(?=.*\d)\S{5,}")
MOST_READ = "most read"
_NONE = np.iinfo(np.uint16).max


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """What a search found.

    Attributes
    ----------
    table
        item_id, title, readers, match (why it was found, in words), best first.
    positions
        ``(rows of the table,)`` int64 positions of the articles.
    total
        How many articles match, of which the table has the best. Articles with similar words
        are counted only where they were looked for.
    """

    table: pd.DataFrame
    positions: np.ndarray
    total: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Index:
    """Everything that a search needs, built once by `build_index`.

    All arrays are in the order of popularity, so that what stands first is read by most.

    Attributes
    ----------
    positions
        ``(n_items,)`` int64: where each stood in the arrays that the index was built from.
    titles, ids, readers
        ``(n_items,)`` as they were given.
    keys
        The ids, folded.
    vocabulary, has
        The words, and ``(n_words, n_items)`` which titles have them.
    languages, kinds, topics, seconds
        What the filter asks for; NaN where the time is unknown.
    """

    positions: np.ndarray
    ids: np.ndarray
    titles: np.ndarray
    readers: np.ndarray
    keys: pa.ChunkedArray
    vocabulary: Vocabulary
    has: csr_matrix
    languages: pd.Categorical
    kinds: pd.Categorical
    topics: pd.Categorical
    seconds: np.ndarray

    def with_topics(self, topics: Sequence[str] | np.ndarray) -> "Index":
        """The same index with the ``(n_items,)`` topics of the articles, as `build_index` takes."""
        given = np.asarray(topics, dtype=object)
        return replace(self, topics=pd.Categorical(given[self.positions]))

    def find(self, words: str, n: int = 20, chosen: SearchFilter = ALL) -> Found:
        """The `n` articles that the words are most likely to mean.

        The words may stand in any order, be parts of words and lack accents; an id is found as
        well, also by how it begins, with its minus or without it, and by a part of 5 signs or more
        that holds a digit. All words must match; where no title has all, those with most of them
        are found. Words with typos, and two that were typed as one, are looked for where fewer
        than `n` match without.
        Of more than 12 words, the 12 longest count.

        Parameters
        ----------
        words
            What was typed. Without any, the articles that most people read are found.
        n
            At most how many.
        chosen
            Which articles may be found.

        Returns
        -------
        Found
            Whole words before beginnings, before parts, before similar words: the worst-matched
            word of an article decides, then all together, then the number of readers, then the
            order of the articles.

        Raises
        ------
        SettingError
            If `n` is not between 1 and 1,000.
        """
        if not 1 <= n <= MAX_FOUND:
            raise SettingError(
                f"{n} is not allowed.", where="n", todo=f"Give a number from 1 to {MAX_FOUND:,}."
            )
        offered = self._offered(chosen)
        if not words.strip():
            places = np.flatnonzero(offered)
            return self._found(places[:n], [MOST_READ] * n, len(places))
        asked = sorted(words_of(words), key=len, reverse=True)[:MAX_WORDS]
        ranks = self._ranks(folded(words.strip()), asked, n, offered)
        places = np.flatnonzero(ranks != _NONE)
        best = places[np.argsort(ranks[places], kind="stable")[:n]]
        return self._found(best, [Match(rank >> 8).label for rank in ranks[best]], len(places))

    def _ranks(self, key: str, asked: list[str], n: int, offered: np.ndarray) -> np.ndarray:
        """``(n_items,)`` uint16: the kind of match times 256, and how well all words match."""
        ranks = self._ids_like(key)
        ranks[~offered] = _NONE
        if not asked:
            return ranks
        kinds = np.array([self._kinds(word) for word in asked])
        complete = offered & (kinds.max(axis=0) < Match.SOME)
        if np.count_nonzero(complete | (ranks != _NONE)) < n:
            for word, kind in zip(asked, kinds, strict=True):
                similar = self._with(self.vocabulary.typos(word))
                kind[similar] = np.minimum(kind[similar], Match.TYPOS)
                for left, right in self.vocabulary.parted(word):
                    one, other = np.zeros(len(kind), dtype=bool), self.has[right].indices
                    one[self.has[left].indices] = True
                    both = other[one[other]]
                    kind[both] = np.minimum(kind[both], Match.TYPOS)
            complete = offered & (kinds.max(axis=0) < Match.SOME)
        places = np.flatnonzero(complete)
        if not len(places) and (ranks == _NONE).all():
            matched = offered * (kinds < Match.SOME).sum(axis=0, dtype=np.uint8)
            places = np.flatnonzero(matched == max(matched.max(initial=0), 1))
        of_words = kinds[:, places].astype(np.uint16)
        found = of_words.max(axis=0) * 256 + of_words.sum(axis=0, dtype=np.uint16)
        ranks[places] = np.minimum(ranks[places], found)
        return ranks

    def _kinds(self, word: str) -> np.ndarray:
        """``(n_items,)`` uint8: how well each title matches a word, typos left aside."""
        kinds = np.full(len(self.ids), Match.SOME, dtype=np.uint8)
        for match, places in self.vocabulary.matches(word):
            kinds[self._with(places)] = match
        return kinds

    def _with(self, places: np.ndarray) -> np.ndarray:
        """Titles that have any of these (ascending) words."""
        if len(places) and places[-1] - places[0] + 1 == len(places):
            return self.has.indices[self.has.indptr[places[0]] : self.has.indptr[places[-1] + 1]]
        return self.has[places].indices

    def _ids_like(self, key: str) -> np.ndarray:
        """``(n_items,)`` uint16 as `_ranks`; a minus that was not typed makes it one worse."""
        ranks = np.full(len(self.ids), _NONE, dtype=np.uint16)

        def rank(where: pa.ChunkedArray, value: int) -> None:
            ranks[pc.indices_nonzero(where).to_numpy()] = value

        if _PART.fullmatch(key):
            rank(pc.match_substring(self.keys, key), Match.ID_PART * 256)
        for worse, typed in ((1, f"-{key}"), (0, key)):
            rank(pc.starts_with(self.keys, typed), Match.ID_BEGINNING * 256 + worse)
        for worse, typed in ((1, f"-{key}"), (0, key)):
            rank(pc.equal(self.keys, typed), Match.ID * 256 + worse)
        return ranks

    def _offered(self, chosen: SearchFilter) -> np.ndarray:
        """``(n_items,)`` bool: what the filter leaves."""
        offered = self.readers >= chosen.min_readers
        if chosen.max_readers is not None:
            offered &= self.readers <= chosen.max_readers
        for names, column in (
            (chosen.languages, self.languages),
            (chosen.kinds, self.kinds),
            (chosen.topics, self.topics),
        ):
            if names:
                offered &= column.categories.isin(names)[column.codes]
        if chosen.since:
            offered &= self.seconds >= midnight(chosen.since)
        if chosen.until:
            offered &= self.seconds < midnight(chosen.until) + DAY
        return offered

    def _found(self, places: np.ndarray, why: list[str], total: int) -> Found:
        table = pd.DataFrame(
            {
                Col.ITEM: self.ids[places],
                Col.TITLE: self.titles[places],
                Col.READERS: self.readers[places],
                Col.MATCH: np.array(why[: len(places)], dtype=object),
            }
        )
        return Found(table=table, positions=self.positions[places], total=total)


def build_index(
    ids: Sequence[str] | np.ndarray,
    titles: Sequence[str] | np.ndarray,
    readers: np.ndarray,
    *,
    languages: Sequence[str] | np.ndarray | None = None,
    kinds: Sequence[str] | np.ndarray | None = None,
    topics: Sequence[str] | np.ndarray | None = None,
    timestamps: Sequence[str] | np.ndarray | None = None,
) -> Index:
    """Read the titles once, so that every search is quick.

    Parameters
    ----------
    ids, titles
        ``(n_items,)`` text; a title may be missing, which is ``""`` or None.
    readers
        ``(n_items,)`` how many people read each.
    languages, kinds, topics, timestamps
        ``(n_items,)`` text for the filter, a timestamp in seconds since 1970; ``""`` is unknown,
        as is a time before the year 1 or after 9999, and without the array all are.
    """
    readers = np.asarray(readers)
    positions = np.argsort(-readers, kind="stable")

    def ordered(texts: Sequence[str] | np.ndarray | None) -> np.ndarray:
        given = [""] * len(readers) if texts is None else texts
        return pd.Series(given, dtype=object).fillna("").to_numpy()[positions]

    item_ids, item_titles = ordered(ids), ordered(titles)
    vocabulary, has = read_words(item_titles)
    seconds = pd.to_numeric(pd.Series(ordered(timestamps)), errors="coerce").to_numpy(np.float64)
    return Index(
        positions=positions,
        ids=item_ids,
        titles=item_titles,
        readers=readers[positions],
        keys=pa.chunked_array([pa.array([folded(item) for item in item_ids], pa.string())]),
        vocabulary=vocabulary,
        has=has,
        languages=pd.Categorical(ordered(languages)),
        kinds=pd.Categorical(ordered(kinds)),
        topics=pd.Categorical(ordered(topics)),
        seconds=np.where(has_time(seconds), seconds, np.nan),
    )
