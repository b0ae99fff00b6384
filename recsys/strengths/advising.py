"""Strengths from which a model learns little, and what mends it. Measured in docs/strengths.md."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.counting import counted
from recsys.strengths.interactions import Interactions, build_interactions
from recsys.strengths.ratings import liked, rating_steps
from recsys.strengths.sums import scaled
from recsys.strengths.weights import EventWeights, Scale

if TYPE_CHECKING:  # whoever loads a model reads no files
    from recsys.dataset import Tables

Kind = Literal["vanishing", "drowning", "skewed", "ratings"]
# Factors x and y near 0 grow with each half of an iteration by σ/λ, σ being a singular value of the
# confidences: where the largest is below λ, all of them shrink to nothing. Up to 4 λ so few factors
# are left that less than half is found of what ranks would find.
_LEAST_PULL = 4.0
# What all that was read weighs against all that was not, each pair of which weighs 1; the few pairs
# above the 95th percentile, which spoil little, as much as that.
_MOST_READ, _MOST_CONFIDENCE = 10.0, 400.0
_SKEWED, _SKEWED_CONFIDENCE = (
    50.0,
    500.0,
)  # the 99th percentile, as multiple of the middle and alone
_USUAL_ALPHA, _USUAL_REGULARIZATION = 15.0, 0.1
_CALM = 30.0  # the mean confidence of strengths of 2 with the usual alpha
_MENDING: tuple[Scale, ...] = ("log2", "rank")
_ROUNDS = 30
_LONG = 1e12  # from which on a person counts no digits


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What is wrong with strengths, and what mends it.

    Attributes
    ----------
    kind
        ``"vanishing"``, too small to learn from; ``"drowning"``, so large that what was not read
        has no say; ``"skewed"``, a few pairs drown the others; ``"ratings"``, a low rating counts
        as liking.
    text
        What is the case, with its figures.
    label, shell
        What to do, as on a button and as an option of the shell.
    weights
        With which it is mended; None where a parameter mends it.
    params
        The parameters that mend it, by name.
    """

    kind: Kind
    text: str
    label: str = ""
    shell: str = ""
    weights: EventWeights | None = None
    params: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text + (f" {self.label}: {self.shell}" if self.shell else "")


@np.errstate(over="ignore", invalid="ignore")  # of values that no model can learn from
def advice(
    tables: Tables,
    weights: EventWeights,
    *,
    alpha: float = _USUAL_ALPHA,
    regularization: float = _USUAL_REGULARIZATION,
    made: Interactions | None = None,
) -> tuple[Advice, ...]:
    """What speaks against these weights under these parameters; mostly nothing.

    Parameters
    ----------
    alpha, regularization
        As in `recsys.models.ALSParams`.
    made
        What `build_interactions` gives for tables and weights, where it is there already.

    Raises
    ------
    SettingError, DataError
        As `build_interactions`.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> recsys.advice(tables, recsys.default_weights(tables))
    ()
    >>> large = recsys.EventWeights.of(dict.fromkeys(tables.event_counts, 5_000))
    >>> [(one.kind, one.weights.scale) for one in recsys.advice(tables, large)]
    [('drowning', 'log2')]
    """
    strengths = (made or build_interactions(tables, weights)).user_items
    found = (
        _vanishing(strengths, weights, alpha, regularization)
        or _drowning(strengths, weights, alpha)
        or _skewed(strengths, weights, alpha)
    )
    return (*([found] if found else []), *_ratings(tables, weights))


def _vanishing(
    strengths: csr_matrix, weights: EventWeights, alpha: float, regularization: float
) -> Advice | None:
    enough = _LEAST_PULL * regularization / alpha
    pull = largest_singular_value(strengths, enough)
    if pull > enough:
        return None
    low, high = strengths.data.min(), strengths.data.max()
    of = f"a strength of {_figure(low)}" if low == high else (
        f"strengths from {_figure(low)} to {_figure(high)}"
    )  # fmt: skip
    nothing = pull * alpha <= regularization
    text = f"With {of}, alpha {alpha:g} and regularization {regularization:g} " + (
        "nothing is learned: only noise from the random start remains."
        if nothing
        else "little is learned: the model is hardly better than a most-read list."
    )
    ranked = _with_scale(weights, "rank")
    by_rank = strengths.copy()
    by_rank.data = scaled(strengths.data, ranked)
    params: dict[str, float] = {}
    if alpha < 1 and pull * _USUAL_ALPHA > _LEAST_PULL * regularization:
        params = {"alpha": _USUAL_ALPHA}
    elif (
        regularization > _USUAL_REGULARIZATION
        and pull * alpha > _LEAST_PULL * _USUAL_REGULARIZATION
    ):
        params = {"regularization": _USUAL_REGULARIZATION}
    ranks_mend = weights.scale != "rank" and largest_singular_value(by_rank, enough) > enough
    if ranks_mend and not (params and np.median(strengths.data) >= 0.5):
        return _by_scale(ranked, "vanishing", text)
    return _by(params, "vanishing", text)


def _drowning(strengths: csr_matrix, weights: EventWeights, alpha: float) -> Advice | None:
    unread = strengths.shape[0] * strengths.shape[1] - strengths.nnz
    if not _drowns(strengths.data, unread, alpha):
        return None
    low, middle, high = np.quantile(strengths.data, [0, 0.5, 1])
    text = (
        f"Strengths range from {_figure(low)} to {_figure(high)}, half of them above "
        f"{_figure(middle)}. With alpha {alpha:g} this is too high: the model is often worse than "
        "a most-read list."
    )
    if weights.scale == "sum":
        for scale in _MENDING:
            mended = _with_scale(weights, scale)
            if not _drowns(scaled(strengths.data, mended), unread, alpha):
                return _by_scale(mended, "drowning", text)
    calm = _CALM * alpha / _confidence(strengths.data, alpha)
    return _by({"alpha": float(f"{calm:.0e}")}, "drowning", text)


def _drowns(data: np.ndarray, unread: int, alpha: float) -> bool:
    confidence = _confidence(data, alpha)
    return confidence >= _MOST_CONFIDENCE and confidence * len(data) >= _MOST_READ * unread


def _confidence(data: np.ndarray, alpha: float) -> float:
    """The mean one, the highest 5 % of the strengths counting as much as the lowest of them."""
    return alpha * float(np.minimum(data, np.quantile(data, 0.95)).mean())


def _skewed(strengths: csr_matrix, weights: EventWeights, alpha: float) -> Advice | None:
    middle, upper, high = np.quantile(strengths.data, [0.5, 0.99, 1])
    if weights.scale != "sum" or upper * alpha < _SKEWED_CONFIDENCE or upper < _SKEWED * middle:
        return None
    text = (
        f"The strongest 1% of reads have strengths from {_figure(upper)} to {_figure(high)}, the "
        f"median is {_figure(middle)}. They outweigh the others, and the model is usually better "
        "with log2."
    )
    return _by_scale(_with_scale(weights, "log2"), "skewed", text)


def _ratings(tables: Tables, weights: EventWeights) -> list[Advice]:
    if weights.threshold is not None or not (steps := rating_steps(tables)):
        return []
    step = liked(steps)
    values = tables.events[Col.VALUE].to_numpy()
    values = values[values > 0]
    lowest = values.min()
    if not ((values > lowest) & (values < values.max())).any():
        return []  # of two ratings, nobody knows whether the lower one is liking, too
    return [
        Advice(
            kind="ratings",
            text=f"Ratings go up to {_figure(steps[-1].threshold or 0)}, and even a "
            f"{_figure(lowest)} counts as a like, only less.",
            label=f"Only count ratings of {_figure(step.threshold or 0)} or more "
            f"({step.rows:,} of {counted(steps[0].rows, 'rows')})",
            shell=f"--threshold {step.threshold:g}",
            weights=replace(weights, threshold=step.threshold),
        )
    ]


def _with_scale(weights: EventWeights, scale: Scale) -> EventWeights:
    return replace(weights, scale=scale, low=EventWeights.low, high=EventWeights.high)


def _by_scale(weights: EventWeights, kind: Kind, text: str) -> Advice:
    label = "Use ranks instead" if weights.scale == "rank" else "Use log2 instead"
    return Advice(
        kind=kind, text=text, label=label, shell=f"--scale {weights.scale}", weights=weights
    )


def _by(params: dict[str, float], kind: Kind, text: str) -> Advice:
    said = " and ".join(f"{name} {value:g}" for name, value in params.items())
    shell = " ".join(f"--{name} {value:g}" for name, value in params.items())
    label = f"Use {said} instead" if params else ""
    return Advice(kind=kind, text=text, label=label, shell=shell, params=params)


def largest_singular_value(strengths: csr_matrix, enough: float = np.inf) -> float:
    """It, or a lower bound of it that is above `enough`.

    By power iteration: ``|C v|`` for a unit vector v is never above it.
    """
    vector = np.full(strengths.shape[1], strengths.shape[1] ** -0.5)
    found = 0.0
    for _ in range(_ROUNDS):
        image = strengths @ vector
        found = float(np.linalg.norm(image))
        if found > enough or not found:
            break
        vector = strengths.T @ image
        vector /= np.linalg.norm(vector)
    return found


def _figure(number: float) -> str:
    """Three digits of it, as a person writes them.

    >>> _figure(8_412_345), _figure(0.00012), _figure(4.0), _figure(9e307)
    ('8,410,000', '0.00012', '4', '9e+307')
    """
    rounded = float(f"{number:.3g}")
    return f"{rounded:,.0f}" if 100 <= abs(rounded) < _LONG else f"{rounded:g}"
