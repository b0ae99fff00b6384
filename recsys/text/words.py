"""The words of many titles, and which of them a typed word may mean."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process
from rapidfuzz.distance import OSA
from scipy.sparse import csr_matrix

_BETWEEN = r"[^\pL\pN\pM]+"  # whatever is no letter, digit or mark parts two words
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_LAST = "\U0010ffff"
_TITLES = 1 << 16  # that are split at once
ONE_TYPO, TWO_TYPOS = 4, 8  # letters from which on a word may have so many
PART = 3  # letters that either of two words has at least that were typed as one
_BEGINNING = 6  # letters from which on a beginning may have typos


class Match(IntEnum):
    """Why something was found, best first."""

    ID = 0
    WORDS = 1
    BEGINNINGS = 2
    ID_BEGINNING = 3
    PARTS = 4
    ID_PART = 5
    TYPOS = 6
    SOME = 7

    @property
    def label(self) -> str:
        """The kind of match in words."""
        return _LABELS[self]


_LABELS = {
    Match.ID: "id",
    Match.WORDS: "words",
    Match.BEGINNINGS: "beginnings of words",
    Match.ID_BEGINNING: "beginning of the id",
    Match.PARTS: "parts of words",
    Match.ID_PART: "part of the id",
    Match.TYPOS: "similar words",
    Match.SOME: "some of the words",
}


def folded(text: str) -> str:
    """Lower case without accents: ``Inteligência`` and ``inteligencia`` are one.

    >>> folded("Inteligência"), folded("STRASSE") == folded("Straße"), folded("Łódź")
    ('inteligencia', True, 'lodz')
    """
    if text.isascii():
        return text.lower()
    text = text.encode("utf-8", "replace").decode()  # half of a surrogate pair is no character
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
    )
    return plain.casefold().translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """The distinct folded words of a text, in their order.

    >>> words_of("<b>Ação</b> & reação, ação!")
    ['b', 'acao', 'reacao']
    """
    signs = (sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in folded(text))
    return list(dict.fromkeys("".join(signs).split()))


def _split(texts: np.ndarray) -> pa.ListArray:
    """The same for very many texts; words repeat, and an empty one may be the first or last."""
    plain = pa.array([folded(text) for text in texts], pa.string())
    return pc.split_pattern_regex(plain, _BETWEEN)


@dataclass(frozen=True, kw_only=True, eq=False)
class Vocabulary:
    """The distinct words of many titles.

    Attributes
    ----------
    words
        Folded, ascending; `array` holds the same for Arrow.
    lengths
        ``(n_words,)`` letters of each.
    signatures
        ``(n_words,)`` uint64, a bit for each letter that a word has (several letters share one).
    """

    words: list[str]
    array: pa.Array
    lengths: np.ndarray
    signatures: np.ndarray

    @classmethod
    def of(cls, array: pa.Array) -> "Vocabulary":
        """The vocabulary of distinct, ascending words."""
        words = array.to_pylist()
        lengths = pc.utf8_length(array).to_numpy().astype(np.int64)
        bits = np.append(_bits("".join(words)), np.uint64(0))  # the empty word may be the last
        signatures = np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)
        return cls(words=words, array=array, lengths=lengths, signatures=signatures)

    def matches(self, word: str) -> Iterator[tuple[Match, np.ndarray]]:
        """Places of the words that a typed word may mean, typos left aside; worst kind first."""
        if not self.words:
            return
        yield Match.PARTS, np.flatnonzero(pc.match_substring(self.array, word).to_numpy(False))
        begin = bisect_left(self.words, word)
        yield Match.BEGINNINGS, np.arange(begin, bisect_left(self.words, word + _LAST))
        if self.words[begin : begin + 1] == [word]:
            yield Match.WORDS, np.array([begin])

    def typos(self, word: str) -> np.ndarray:
        """Places of the words that a typed word may mean if it has typos.

        One typo (a letter too many, missing, wrong, or two exchanged) in words of 4 letters and
        more, two from 8 on. From 6 letters on the word may be the beginning of the one that is
        meant, if its first two letters are right.
        """
        allowed = (len(word) >= ONE_TYPO) + (len(word) >= TWO_TYPOS)
        if not allowed or not self.words:
            return np.array([], dtype=np.int64)
        # A typo changes at most two bits: few of the words have to be compared letter by letter.
        differing = np.bitwise_count(self.signatures ^ np.bitwise_or.reduce(_bits(word)))
        near = (differing <= 2 * allowed) & (np.abs(self.lengths - len(word)) <= allowed)
        whole = np.flatnonzero(near)
        found = whole[_within(allowed, word, [self.words[place] for place in whole])]
        if len(word) < _BEGINNING:
            return found
        begin = bisect_left(self.words, word[:2])
        longer = np.arange(begin, bisect_left(self.words, word[:2] + _LAST))
        longer = longer[self.lengths[longer] > len(word)]
        cut = [self.words[place][: len(word)] for place in longer]
        return np.union1d(found, longer[_within(allowed, word, cut)])

    def parted(self, word: str) -> Iterator[tuple[int, int]]:
        """Places of every two words that are the typed one when the space between is missing."""
        for cut in range(PART, len(word) - PART + 1):
            left, right = self._place(word[:cut]), self._place(word[cut:])
            if left is not None and right is not None:
                yield left, right

    def _place(self, word: str) -> int | None:
        place = bisect_left(self.words, word)
        return place if self.words[place : place + 1] == [word] else None


def _within(allowed: int, word: str, others: list[str]) -> np.ndarray:
    """Which of the other words are no more typos away; what is farther counts one more."""
    distances = process.cdist(
        [word], others, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8
    )
    return distances[0] <= allowed


def _bits(text: str) -> np.ndarray:
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return np.uint64(1) << (points & 63).astype(np.uint64)


def read_words(titles: np.ndarray) -> tuple[Vocabulary, csr_matrix]:
    """The vocabulary of titles, and which titles have each word.

    Parameters
    ----------
    titles
        ``(n_titles,)`` text.

    Returns
    -------
    Vocabulary
        All distinct words.
    scipy.sparse.csr_matrix
        ``(n_words, n_titles)`` bool.
    """
    split = [_split(titles[start : start + _TITLES]) for start in range(0, len(titles), _TITLES)]
    words = pa.chunked_array([part.flatten() for part in split], pa.string())
    encoded = words.dictionary_encode().combine_chunks()
    ascending = pc.array_sort_indices(encoded.dictionary)
    places = np.empty(len(ascending), dtype=np.int32)
    places[ascending.to_numpy()] = np.arange(len(ascending), dtype=np.int32)
    counts = [pc.list_value_length(part).to_numpy() for part in split]
    ends = np.cumsum(np.concatenate([np.zeros(1, dtype=np.int32), *counts]))
    columns = places[encoded.indices.to_numpy()]
    shape = len(titles), len(places)
    has = csr_matrix((np.ones(len(columns), dtype=bool), columns, ends), shape=shape)
    return Vocabulary.of(encoded.dictionary.take(ascending)), has.tocsc().T
