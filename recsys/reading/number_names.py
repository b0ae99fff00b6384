"""Whether the name of a column of numbers says that it holds counts, or ratings."""

import re

from recsys.reading.column_names import words_of

_RATING = set("rating ratings rate star stars score overall grade mark".split())
_COUNT = set(
    "count counts plays play views view clicks click visits visit sessions session quantity qty "
    "hours minutes seconds duration times number n weight frequency likes shares comments "
    "purchases downloads opens reads listens orders follows hits impressions cnt amount anzahl "
    "menge dauer cantidad quantidade quantite количество".split()
)
_COUNTED = re.compile(r".*(views|plays|clicks|visits|hits|sessions|listens|counts?)$")


def named_as_count(name: str) -> bool:
    """Whether the numbers are counted or measured: a low one says nothing against an article.

    The last word says what a column is, and the others where that says nothing of the kind.

    >>> [named_as_count(name) for name in ("Pageviews", "rating_count", "hours", "view_rating")]
    [True, True, True, False]
    """
    words = words_of(name)
    if not words or words[-1] in _RATING:
        return False
    if _counts(words[-1]):
        return True
    return any(map(_counts, words)) and not named_as_rating(name)


def named_as_rating(name: str) -> bool:
    """Whether the numbers are ratings: a low one says that somebody did not like it.

    >>> [named_as_rating(name) for name in ("Book-Rating", "userrating", "rating_count", "plays")]
    [True, True, False, False]
    """
    words = words_of(name)
    if not words or _counts(words[-1]):
        return False
    return bool(set(words) & _RATING) or any("rating" in word for word in words)


def _counts(word: str) -> bool:
    return word in _COUNT or _COUNTED.fullmatch(word) is not None
