"""What groups of titles are about, in a few of their own words.

The words are those that `recsys.topics.scoring` puts first. See docs/topics.md.
"""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from recsys.text import folded, words_of
from recsys.topics.scoring import Siblings, score_words

WORDS = 3  # words and pairs of words in a name
COVERS = 0.15  # of a group's titles that hold a word of its name, at least
_LONGEST_TITLE = 32  # signs, in a name
_SHORT = 3  # letters up to which a word must be written with capitals: AI, not "An" or "das"
_SAME = 5  # first letters that two words have in common: bike and bikes are one
_TOGETHER = 0.5  # of the titles with the rarer of two words have them side by side


def name_groups(
    titles: Sequence[str],
    of: np.ndarray,
    closeness: np.ndarray,
    readers: np.ndarray,
    siblings: Siblings | None = None,
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
    siblings
        What the words are to tell apart, where the groups are the parts of one; the name after
        titles then has one title alone.

    Returns
    -------
    list of str
        ``"machine learning, AI"`` after its words; ``"like “Fargo” and “Heat”"`` after the
        most-read titles near the centre where no words stand out; ``"Topic 7 (no titles)"``.
    numpy.ndarray
        ``(groups,)`` the share of a group's titles that hold a word of its name; NaN where the
        name is not made of words.
    """
    found = score_words(titles, of, closeness, siblings)
    names, covered = [], np.full(len(found.rows), np.nan)
    for group, members in enumerate(found.rows):
        parts, used = _parts_of(found.score[:, group], found.words, found.titles[members])
        rows = found.has[group][[bisect_left(found.words, word) for word in used]]
        covers = np.count_nonzero(rows.sum(axis=0)) / max(rows.shape[1], 1)
        if parts and covers >= COVERS:
            names.append(", ".join(parts))
            covered[group] = covers
        elif len(members):
            names.append(_after_titles(found.titles, members, readers, 1 if siblings else 2))
        else:
            names.append(f"Topic {siblings.number if siblings else ''}{group + 1} (no titles)")
    return distinct(names), covered


def further_words(
    titles: Sequence[str],
    of: np.ndarray,
    closeness: np.ndarray,
    names: Sequence[str],
    most: int,
    siblings: Siblings | None = None,
) -> list[list[str]]:
    """For each group the words, and pairs of words, that its name does not have; the best first.

    Parameters
    ----------
    titles, of, closeness, siblings
        See `name_groups`.
    names
        Of the groups.
    """
    found = score_words(titles, of, closeness, siblings)
    words = []
    for group, (members, name) in enumerate(zip(found.rows, names, strict=True)):
        scores, own = found.score[:, group], found.titles[members]
        words.append(_parts_of(scores, found.words, own, most, words_of(name))[0])
    return words


def _parts_of(
    scores: np.ndarray,
    words: list[str],
    titles: np.ndarray,
    most: int = WORDS,
    but: Sequence[str] = (),
) -> tuple[list[str], list[str]]:
    """The parts of one group's name as they are written, and the folded words in them."""
    found = _Spellings(titles)
    picked: list[str] = []
    for place in np.argsort(-scores, kind="stable")[: 5 * most]:
        word = words[place]
        if scores[place] <= 0 or (len(word) <= _SHORT and not found.capital(word)):
            continue
        if not any(_alike(word, other) for other in (*but, *picked)):
            picked.append(word)
    parts: list[str] = []
    used: list[str] = []
    for word in picked:
        if word in used or len(parts) == most:
            continue
        beside = (found.pair(word, other) for other in picked if other not in (word, *used))
        named = next(filter(None, beside), (word,))
        used += named
        parts.append(found.commonest(named))
    return parts, used


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


def _after_titles(titles: np.ndarray, members: np.ndarray, readers: np.ndarray, most: int) -> str:
    """A name after the most-read titles of the nearer half."""
    nearer = members[: (len(members) + 1) // 2]
    chosen: dict[str, None] = {}
    for title in titles[nearer[np.argsort(-readers[nearer], kind="stable")]]:
        line = " ".join("".join(s if s.isprintable() else " " for s in title).split())
        cut = line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
        chosen[f"“{cut}”"] = None
        if len(chosen) == most:
            break
    return "like " + " and ".join(chosen)


def distinct(names: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """The names, with a number behind those that were there before, or are taken."""
    names, taken = list(names), set(taken)
    for place, name in enumerate(names):
        number = 1
        while names[place] in taken:
            number += 1
            names[place] = f"{name} ({number})"
        taken.add(names[place])
    return names
