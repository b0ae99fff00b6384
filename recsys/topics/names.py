"""What groups of titles are about, in a few of their own words.

Class-based TF-IDF (M. Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF
procedure", arXiv:2203.05794, 2022) with the square root of the frequency, as BERTopic's
``reduce_frequent_words``. No list of stop words: see `_spread`. See docs/topics.md.
"""

import html
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import gammaln

from recsys.text import folded, read_words

WORDS = 3  # words and pairs of words in a name
MOST_TITLES = 1_000  # of a group that are read, the nearest to its centre
SPREAD = 0.73  # of a word over the groups, from which on it says nothing about one
COVERS = 0.15  # of a group's titles that hold a word of its name, at least
_LEAST, _LEAST_SHARE = 3, 0.04  # titles of a group that hold a word of its name
_LONGEST_WORD, _LONGEST_TITLE = 40, 32  # signs, in a name
_SHORT = 3  # letters up to which a word must be written with capitals: AI, not "An" or "das"
_SAME = 5  # first letters that two words have in common: bike and bikes are one
_EXACT = 400  # titles of a word up to which chance is counted out
_TOGETHER = 0.5  # of the titles with the rarer of two words have them side by side


def name_groups(
    titles: Sequence[str], of: np.ndarray, closeness: np.ndarray, readers: np.ndarray
) -> tuple[list[str], np.ndarray]:
    """A distinct name for each group.

    Parameters
    ----------
    titles
        ``(n,)`` text; ``""`` where there is none.
    of
        ``(n,)`` place of each title's group, from 0 on without gaps; -1 for none.
    closeness
        ``(n,)`` weight of each title in its group, above 0 at the centre.
    readers
        ``(n,)`` people who read each: titles name a group that its words do not.

    Returns
    -------
    list of str
        ``"machine learning, AI"`` after its words; ``"like “Fargo” and “Heat”"`` after the
        most-read titles near the centre where no words stand out; ``"Topic 7 (no titles)"``.
    numpy.ndarray
        ``(groups,)`` the share of a group's titles that hold a word of its name; NaN where the
        name is not made of words.
    """
    plain = np.array([html.unescape(title).strip() for title in titles], dtype=object)
    count = int(of.max(initial=-1)) + 1
    names, covered = [], np.full(count, np.nan)
    rows = [_read(plain, np.flatnonzero(of == group), closeness) for group in range(count)]
    scores, has, words = _scores(plain, rows, closeness)
    for group, members in enumerate(rows):
        parts, covers = _parts_of(scores[:, group], has[group], words, plain[members])
        if parts and covers >= COVERS:
            names.append(", ".join(parts))
            covered[group] = covers
        elif len(members):
            names.append(_after_titles(plain, members, readers))
        else:
            names.append(f"Topic {group + 1} (no titles)")
    return _distinct(names), covered


def _read(titles: np.ndarray, members: np.ndarray, closeness: np.ndarray) -> np.ndarray:
    """Members with a title, the nearest to the centre first, at most `MOST_TITLES`."""
    titled = members[np.array([bool(title) for title in titles[members]], dtype=bool)]
    return titled[np.argsort(-closeness[titled], kind="stable")[:MOST_TITLES]]


def _scores(
    titles: np.ndarray, rows: list[np.ndarray], closeness: np.ndarray
) -> tuple[np.ndarray, list[csr_matrix], list[str]]:
    """``(n_words, groups)`` how well a word names a group, 0 for not at all; who has it; words.

    With t the weighted number of a group's titles that have a word, f the same over all groups
    and A the mean of a group's words: sqrt(t / words of the group) · log(1 + A / f).
    """
    vocabulary, has = read_words(np.concatenate([titles[members] for members in rows] or [[]]))
    has = has.astype(np.float64).tocsr()
    has.sum_duplicates()
    has.data[:] = 1.0  # a title that repeats a word has it once
    ends = np.cumsum([0, *map(len, rows)])
    parts = [has[:, start:end] for start, end in zip(ends[:-1], ends[1:], strict=True)]
    weights = [closeness[members].clip(1e-6) for members in rows]
    often = np.array([part @ weight for part, weight in zip(parts, weights, strict=True)]).T
    number = np.array([np.diff(part.indptr) for part in parts]).T
    if not len(vocabulary.words) or not rows:
        return np.zeros((0, len(rows))), parts, []
    everywhere, total = often.sum(axis=1, keepdims=True), often.sum(axis=0)
    score = np.sqrt(often / np.where(total > 0, total, 1)) * np.log1p(total.mean() / everywhere)
    sizes = np.array([len(members) for members in rows])
    said = np.array([_says_something(word) for word in vocabulary.words])
    if np.count_nonzero(sizes) > 2:
        said &= _spread(number[:, sizes > 0], sizes[sizes > 0]) < SPREAD
    least = np.maximum(np.minimum(_LEAST, np.maximum(1, sizes // 4)), _LEAST_SHARE * sizes)
    return score * said[:, None] * (number >= least), parts, vocabulary.words


def _says_something(word: str) -> bool:
    return 1 < len(word) <= _LONGEST_WORD and not word.isdecimal()


def _spread(number: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """``(n_words,)`` how evenly a word is spread over the groups: 1 as chance would, 0 in one.

    exp(H - E), H the entropy of the word's ``(n_words, groups)`` number of titles over the
    groups, E what H would be on average if its titles fell into the groups by chance, in
    proportion to their sizes. So "the" and "de" are known by their spread, in any language.
    """
    total = number.sum(axis=1).astype(np.int64)
    shares = number / np.where(total > 0, total, 1)[:, None]
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)
    distinct, place = np.unique(total, return_inverse=True)
    groups = sizes / sizes.sum()
    return np.exp(entropy - np.array([_by_chance(count, groups) for count in distinct])[place])


def _by_chance(count: int, groups: np.ndarray) -> float:
    """The mean entropy of `count` titles that fall into groups of these shares."""
    if count > _EXACT:  # the bias of the estimate (G. Miller, 1955) is exact enough
        return float(-(groups * np.log(groups)).sum() - (len(groups) - 1) / (2 * count))
    some = np.arange(1, count + 1)[:, None]
    ways = gammaln(count + 1) - gammaln(some + 1) - gammaln(count - some + 1)
    chance = np.exp(ways + some * np.log(groups) + (count - some) * np.log1p(-groups))
    return float(-(chance * (some / count) * np.log(some / count)).sum())


def _parts_of(
    scores: np.ndarray, has: csr_matrix, words: list[str], titles: np.ndarray
) -> tuple[list[str], float]:
    """The parts of one group's name, and the share of its titles that hold a word of it."""
    found = _Spellings(titles)
    picked: list[str] = []
    for place in np.argsort(-scores, kind="stable")[: 5 * WORDS]:
        word = words[place]
        if scores[place] <= 0 or (len(word) <= _SHORT and not found.capital(word)):
            continue
        if not any(_alike(word, other) for other in picked):
            picked.append(word)
    parts: list[str] = []
    used: list[str] = []
    for word in picked:
        if word in used or len(parts) == WORDS:
            continue
        beside = (found.pair(word, other) for other in picked if other not in (word, *used))
        named = next(filter(None, beside), (word,))
        used += named
        parts.append(found.commonest(named))
    rows = has[[bisect_left(words, word) for word in used]]
    return parts, np.count_nonzero(rows.sum(axis=0)) / max(has.shape[1], 1)


def _alike(word: str, other: str) -> bool:
    return word[:_SAME] == other[:_SAME] or word.startswith(other) or other.startswith(word)


class _Spellings:
    """How words, and words side by side, are written in some titles."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._written: dict[tuple[str, ...], Counter[str]] = {}
        self._capital: dict[str, list[bool]] = {}  # is it written so, where no title begins
        for title in titles:
            signs = (s if unicodedata.category(s)[0] in "LNM" else " " for s in title)
            written = "".join(signs).split()
            plain = [folded(word) for word in written]
            for one, text in zip(plain[1:], written[1:], strict=True):
                letters = text[1:] if len(text) < _SHORT else text
                self._capital.setdefault(one, []).append(letters.lower() != letters)
            for one, text in zip(plain, written, strict=True):
                self._written.setdefault((one,), Counter())[text] += 1
            for place in range(len(plain) - 1):
                two = tuple(plain[place : place + 2])
                text = " ".join(written[place : place + 2])
                self._written.setdefault(two, Counter())[text] += 1

    def capital(self, word: str) -> bool:
        """Whether a short word is mostly written with capitals, or its script has none.

        One within is asked for in words of two letters (AI, US), any in those of three (IoT, Mac).
        """
        seen = self._capital.get(word, [])
        return word.upper() == word or 2 * sum(seen) > len(seen)

    def often(self, words: tuple[str, ...]) -> int:
        """How often the words stand side by side."""
        return self._written.get(words, Counter()).total()

    def pair(self, word: str, other: str) -> tuple[str, str] | None:
        """The two words in their order, if the rarer one mostly stands beside the other."""
        two = max((word, other), (other, word), key=self.often)
        rarer = min(self.often((word,)), self.often((other,)))
        return two if self.often(two) >= max(_TOGETHER * rarer, 2) else None

    def commonest(self, words: tuple[str, ...]) -> str:
        """The words as they are written most; as they are where they are never written so."""
        written = self._written.get(words)
        return written.most_common(1)[0][0] if written else " ".join(words)


def _after_titles(titles: np.ndarray, members: np.ndarray, readers: np.ndarray) -> str:
    """A name after the two most-read titles of the nearer half."""
    nearer = members[: (len(members) + 1) // 2]
    chosen: dict[str, None] = {}
    for title in titles[nearer[np.argsort(-readers[nearer], kind="stable")]]:
        line = " ".join("".join(s if s.isprintable() else " " for s in title).split())
        cut = line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
        chosen[f"“{cut}”"] = None
        if len(chosen) == 2:
            break
    return "like " + " and ".join(chosen)


def _distinct(names: list[str]) -> list[str]:
    """The names, with a number behind those that were there before."""
    taken: set[str] = set()
    for place, name in enumerate(names):
        number = 1
        while names[place] in taken:
            number += 1
            names[place] = f"{name} ({number})"
        taken.add(names[place])
    return names
