"""How much two ranked lists have in common.

Source: W. Webber, A. Moffat, J. Zobel, "A Similarity Measure for Indefinite Rankings",
ACM Transactions on Information Systems 28 (4), 2010.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from recsys.errors import SettingError

P = 0.9  # the first ten ranks carry 86 % of the weight


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Rank-biased overlap of two lists that are known to some depth.

    Attributes
    ----------
    value
        Extrapolated: as if the lists went on to agree as much as they did so far.
    least
        If they had nothing more in common.
    residual
        What lies between `least` and the most that is possible.
    p
        Persistence: how likely a reader goes on from each rank to the next.
    """

    value: float
    least: float
    residual: float
    p: float


def rbo(a: Sequence[Hashable], b: Sequence[Hashable], p: float = P) -> Overlap:
    """Rank-biased overlap: 1 for the same list, 0 for lists with nothing in common.

    RBO = (1 − p) Σ_d p^(d−1) · X_d / d, where X_d is how many the first d of both share. Ranks
    beyond the end of a list are extrapolated (equation 32 of the paper, RBO_ext); `least` and
    `residual` follow from X_d at the depths that are known (its section 4.3). Two empty lists
    are the same list.

    >>> round(rbo("abc", "bac").value, 4)
    0.9

    Raises
    ------
    SettingError
        If `p` is not between 0 and 1 (both excluded), or a list holds something twice.
    """
    _check(p, a, b)
    short, long = sorted((a, b), key=len)
    s, l = len(short), len(long)  # noqa: E741
    if not s:
        return Overlap(value=float(l == 0), least=float(l == 0), residual=float(l != 0), p=p)
    depth = np.arange(1, l + 1)
    common = _common(short, long)
    weight = (1 - p) * p ** (depth - 1.0)
    x_s, x_l = common[s - 1], common[l - 1]
    beyond = np.where(depth > s, x_s * (depth - s) / s, 0)  # what the short list would add
    value = weight @ ((common + beyond) / depth) + ((x_l - x_s) / l + x_s / s) * p**l
    least = weight @ ((common - x_l) / depth) - (1 - p) / p * x_l * math.log1p(-p)
    return Overlap(
        value=float(min(value, 1.0)),
        least=float(min(least, 1.0)),
        residual=float(max(_residual(s, l, int(x_l), p), 0.0)),
        p=p,
    )


def _residual(s: int, l: int, x_l: int, p: float) -> float:  # noqa: E741
    """Everything unseen agrees: from depth ``f = s + l − X_l`` on the lists can be equal."""
    depth = np.arange(1, s + l - x_l + 1)
    share = p**depth / depth
    full = s + l - x_l
    tail = -math.log1p(-p) - share.sum()
    return float(
        p**s
        + p**l
        - p**full
        - (1 - p) / p * (s * share[s:].sum() + l * share[l:].sum() + x_l * tail)
    )


def weight_of_top(k: int, p: float = P) -> float:
    """Share of the weight of rank-biased overlap that the first `k` ranks carry.

    Equation 21 of the paper: 1 − p^(k−1) + (1 − p)/p · k · (ln 1/(1 − p) − Σ_{i<k} p^i / i).

    >>> round(weight_of_top(10), 4)
    0.8556
    """
    _check(p)
    ranks = np.arange(1, k)
    rest = -math.log1p(-p) - float((p**ranks / ranks).sum())
    return 1 - p ** (k - 1) + (1 - p) / p * k * rest


def shared(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Share of each row of `a` that is anywhere in the same row of `b`.

    Parameters
    ----------
    a, b
        ``(rows, n)`` positions, none twice in a row; -1 is nothing.

    Returns
    -------
    numpy.ndarray
        ``(rows,)`` float32: |A ∩ B| / the longer of both lists; 1 where both are empty.
    """
    both = np.sort(np.concatenate([a, np.where(b < 0, -2, b)], axis=1), axis=1)
    common = ((both[:, 1:] == both[:, :-1]) & (both[:, 1:] >= 0)).sum(axis=1)
    length = np.maximum((a >= 0).sum(axis=1), (b >= 0).sum(axis=1))
    return np.where(length > 0, common / np.maximum(length, 1), 1).astype(np.float32)


def rbo_rows(a: np.ndarray, b: np.ndarray, p: float = P) -> np.ndarray:
    """`rbo`'s value of each row of `a` with the same row of `b`; see `shared` for both.

    Returns
    -------
    numpy.ndarray
        ``(rows,)`` float64.

    Raises
    ------
    SettingError
        If `p` is not between 0 and 1 (both excluded).
    """
    _check(p)
    n = a.shape[1]
    value = np.empty(len(a))
    whole = (a >= 0).all(axis=1) & (b >= 0).all(axis=1)
    for ragged in np.flatnonzero(~whole):
        x, y = (lists[ragged][lists[ragged] >= 0].tolist() for lists in (a, b))
        value[ragged] = rbo(x, y, p).value
    # Lists of one length, all at once: what both hold stands side by side once it is sorted.
    both = np.concatenate([a[whole], b[whole]], axis=1)
    order = np.argsort(both, axis=1, kind="stable")
    ordered = np.take_along_axis(both, order, axis=1)
    row, at = np.nonzero(ordered[:, 1:] == ordered[:, :-1])
    rank = np.maximum(order[row, at], order[row, at + 1] - n)
    common = np.bincount(row * n + rank, minlength=len(both) * n).reshape(-1, n).cumsum(axis=1)
    depth = np.arange(1, n + 1)
    agreement = common / depth
    value[whole] = agreement @ ((1 - p) * p ** (depth - 1.0)) + agreement[:, -1] * p**n
    return value


def _common(short: Sequence[Hashable], long: Sequence[Hashable]) -> np.ndarray:
    """``(len(long),)`` how many of the first d of `long` are in the first d of `short`."""
    place = {item: rank for rank, item in enumerate(short)}
    found = [max(rank, place[item]) for rank, item in enumerate(long) if item in place]
    return np.bincount(found, minlength=len(long)).cumsum().astype(np.int64)


def _check(p: float, *lists: Sequence[Hashable]) -> None:
    if not 0 < p < 1:
        raise SettingError(f"{p:g} is not allowed.", where="p", todo="Give a number in (0, 1).")
    for items in lists:
        if len(set(items)) < len(items):
            raise SettingError("a list contains something twice.", where="overlap")
