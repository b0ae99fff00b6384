"""How well a word names a group of titles.

Class-based TF-IDF (M. Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF
procedure", arXiv:2203.05794, 2022) with the square root of the frequency, as BERTopic's
``reduce_frequent_words``. No list of stop words: see `_spread`. See docs/topics.md.
"""

import html
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import gammaln

from recsys.text import read_words

MOST_TITLES = 1_000  # of a group that are read, the nearest to its centre
SPREAD = 0.73  # of a word over the groups, from which on it says nothing about one
_LEAST, _LEAST_SHARE = 3, 0.04  # titles of a group that hold a word of its name
_LONGEST_WORD = 40  # signs
_EXACT = 400  # titles of a word up to which chance is counted out


@dataclass(frozen=True, kw_only=True)
class Siblings:
    """What tells groups apart that are the parts of one broader group.

    Attributes
    ----------
    without
        Folded words that name nothing, as those that are spread over the broader groups.
    apart
        How many times as often the titles of a group have a word of its name than those of its
        siblings, at least.
    number
        What goes before the number of a group that has no titles: ``"2."``.
    """

    without: Collection[str] = frozenset()
    apart: float = 2.0
    number: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """The words of some groups' titles.

    Attributes
    ----------
    titles
        ``(n,)`` text without the escapes of HTML.
    rows
        Of each group the titles that were read: places in `titles`, the nearest to the centre
        first.
    score
        ``(n_words, groups)`` how well a word names a group, 0 for not at all.
    has
        Of each group ``(n_words, titles that were read)`` 1 where a title has the word.
    words
        Folded, in alphabetical order.
    even
        Words that are spread over the groups as chance would spread them; none where there are two
        groups or fewer, or where siblings are told apart.
    """

    titles: np.ndarray
    rows: list[np.ndarray]
    score: np.ndarray
    has: list[csr_matrix]
    words: list[str]
    even: frozenset[str]


def score_words(
    titles: Sequence[str],
    of: np.ndarray,
    closeness: np.ndarray,
    siblings: Siblings | None = None,
) -> Scored:
    """Score each word of some groups' titles.

    With t the weighted number of a group's titles that have a word, f the same over all groups
    and A the mean of a group's words: sqrt(t / words of the group) · log(1 + A / f).

    Parameters
    ----------
    titles, of, closeness
        See `recsys.topics.names.name_groups`.
    siblings
        What the words are to tell apart; None: the words that are spread over the groups as chance
        would spread them name none.
    """
    plain = np.array([html.unescape(title).strip() for title in titles], dtype=object)
    count = int(of.max(initial=-1)) + 1
    rows = [_read(plain, np.flatnonzero(of == group), closeness) for group in range(count)]
    vocabulary, has = read_words(np.concatenate([plain[members] for members in rows] or [[]]))
    has = has.astype(np.float64).tocsr()
    has.sum_duplicates()
    has.data[:] = 1.0  # a title that repeats a word has it once
    ends = np.cumsum([0, *map(len, rows)])
    parts = [has[:, start:end] for start, end in zip(ends[:-1], ends[1:], strict=True)]
    words: list[str] = vocabulary.words if len(vocabulary.words) and rows else []
    if not words:
        score = np.zeros((0, count))
        return Scored(titles=plain, rows=rows, score=score, has=parts, words=[], even=frozenset())
    weights = [closeness[members].clip(1e-6) for members in rows]
    often = np.array([part @ weight for part, weight in zip(parts, weights, strict=True)]).T
    number = np.array([np.diff(part.indptr) for part in parts]).T
    everywhere, total = often.sum(axis=1, keepdims=True), often.sum(axis=0)
    score = np.sqrt(often / np.where(total > 0, total, 1)) * np.log1p(total.mean() / everywhere)
    sizes = np.array([len(members) for members in rows])
    spread = np.zeros(len(words))
    if np.count_nonzero(sizes) > 2 and siblings is None:
        spread = _spread(number[:, sizes > 0], sizes[sizes > 0])
    said = (spread < SPREAD) & [_says_something(word) for word in words]
    least = np.maximum(np.minimum(_LEAST, np.maximum(1, sizes // 4)), _LEAST_SHARE * sizes)
    names = said[:, None] & (number >= least)
    if siblings is not None:
        names &= np.array([word not in siblings.without for word in words])[:, None]
        others = (number.sum(axis=1, keepdims=True) - number) * sizes
        names &= number * (sizes.sum() - sizes) >= siblings.apart * others
    return Scored(
        titles=plain,
        rows=rows,
        score=score * names,
        has=parts,
        words=words,
        even=frozenset(words[place] for place in np.flatnonzero(spread >= SPREAD)),
    )


def _read(titles: np.ndarray, members: np.ndarray, closeness: np.ndarray) -> np.ndarray:
    """Members with a title, the nearest to the centre first, at most `MOST_TITLES`."""
    titled = members[np.array([bool(title) for title in titles[members]], dtype=bool)]
    return titled[np.argsort(-closeness[titled], kind="stable")[:MOST_TITLES]]


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
