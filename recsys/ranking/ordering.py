"""The best few of many scores, in one order everywhere."""

import numpy as np

from recsys.errors import SettingError

MOST = 1000


def best(scores: np.ndarray, candidates: np.ndarray, n: int) -> np.ndarray:
    """The `n` candidates with the highest scores; equal scores in the order of the candidates.

    Only what reaches the n-th score is sorted, so that one query of a large catalogue is cheap.

    Parameters
    ----------
    scores
        ``(n_items,)`` finite numbers.
    candidates
        Positions in `scores`, ascending.

    Returns
    -------
    numpy.ndarray
        At most `n` positions.

    >>> best(np.array([1.0, 3.0, 2.0, 3.0]), np.array([0, 1, 3]), 2)
    array([1, 3])
    """
    found = scores[candidates]
    if len(found) > n:
        reached = found >= np.partition(found, -n)[-n]
        candidates, found = candidates[reached], found[reached]
    return candidates[np.argsort(-found, kind="stable")[:n]]


def checked_count(n: int) -> int:
    """Return `n`, or raise `SettingError` where it is not from 1 to 1,000."""
    if not 1 <= n <= MOST:
        raise SettingError(
            f"{n} is not allowed.", where="n", todo=f"Give a number from 1 to {MOST:,}."
        )
    return n


def checked_share(value: float, where: str) -> float:
    """Return `value`, or raise `SettingError` where it is not from 0 to 1."""
    if not 0 <= value <= 1:
        raise SettingError(
            f"{value} is not allowed.", where=where, todo="Give a number from 0 to 1."
        )
    return value
