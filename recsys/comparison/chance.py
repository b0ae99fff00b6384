"""Whether a change is more than what another seed alone does: the noise floor.

A fit begins at random, so two models of the same settings differ, too. A change is worth talking of
where it keeps less than they keep of each other. See docs/stability.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.models import Model
from recsys.neighbours import lists_of, offered, pair_overlaps, person_lists, position_of
from recsys.ranking import P, rbo_rows
from recsys.recommendations import user_position
from recsys.training import Ensemble

LARGER, WITHIN, SMALLER = "larger than chance", "within chance", "smaller than chance"
SAYS = {
    LARGER: "More than random variation",
    WITHIN: "Within random variation",
    SMALLER: "Less than random variation",
}
NOT_YET = (
    "Whether this is more than random variation is known once both models have been trained with "
    "other seeds."
)
RESAMPLES = 1000


@dataclass(frozen=True, kw_only=True, eq=False)
class Noise:
    """How much of the nearest another seed alone keeps.

    Attributes
    ----------
    model
        ``"A"`` or ``"B"``: whose seeds.
    kept
        ``(pairs of seeds, articles)`` share of the nearest that both have.
    rbo
        ``(pairs of seeds, articles)`` rank-biased overlap of both lists.
    """

    model: str
    kept: np.ndarray
    rbo: np.ndarray

    @classmethod
    def of(cls, model: str, lists: Sequence[np.ndarray], p: float = P) -> "Noise":
        """Of lists by two seeds or more; see `lists_of` and `person_lists`.

        Parameters
        ----------
        p
            Of the rank-biased overlap.
        """
        rbo = pair_overlaps(lists, partial(rbo_rows, p=p))
        return cls(model=model, kept=pair_overlaps(lists), rbo=rbo)

    @property
    def mean(self) -> float:
        """Share that is kept, over articles and pairs of seeds."""
        return float(self.kept.mean())

    def interval(self, kept: np.ndarray) -> tuple[float, float]:
        """95 % interval of the mean of what a change keeps less what another seed keeps.

        A percentile bootstrap (B. Efron, R. Tibshirani, "An Introduction to the Bootstrap",
        1993, chapter 13) with a fixed seed: each time articles are drawn with replacement, and
        one pair of the seeds, so that it holds what differs between articles and between seeds.

        Parameters
        ----------
        kept
            ``(articles,)`` share of the nearest that the change keeps.
        """
        draw = np.random.default_rng(0)
        less = kept - self.kept
        means = np.empty(RESAMPLES)
        for place in range(RESAMPLES):
            pair = draw.integers(len(less))
            means[place] = less[pair, draw.integers(len(kept), size=len(kept))].mean()
        low, high = np.percentile(means, [2.5, 97.5])
        return float(low), float(high)


def overlap_in_words(rbo: float, noise: Sequence[Noise], p: float = P) -> str:
    """A rank-biased overlap with its p, beside the range of those that pairs of seeds have.

    Of many articles, `rbo` is the mean, and so are those of the pairs.
    """
    ranges = []
    for floor in sorted(noise, key=lambda one: one.model):
        means = floor.rbo.mean(axis=1)
        low, high = f"{means.min():.2f}", f"{means.max():.2f}"
        ranges.append(f"{low if low == high else f'{low} to {high}'} in {floor.model}")
    beside = f"; with another seed alone {' and '.join(ranges)}" if ranges else ""
    return f"rank-biased overlap {rbo:.2f} (p = {p:g}){beside}"


def verdict_of(interval: tuple[float, float]) -> str:
    """`LARGER`, `WITHIN` or `SMALLER`, by where 0 is in an interval of `Noise.interval`."""
    low, high = interval
    return LARGER if high < 0 else SMALLER if low > 0 else WITHIN


@dataclass(frozen=True, kw_only=True, eq=False)
class ListChange:
    """What a change kept of one list, an article's nearest or a person's recommendations.

    Attributes
    ----------
    kept, n
        How many of the `n` of the longer list are in both.
    noise
        Of one row: the list in models of other seeds. Empty where none are trained.
    """

    kept: int
    n: int
    noise: tuple[Noise, ...]

    @property
    def floor(self) -> Noise:
        """The noise that keeps least."""
        return min(self.noise, key=lambda floor: floor.mean)

    @property
    def verdict(self) -> str:
        """`LARGER` where the change keeps less than every pair of seeds does, `SMALLER` where more.

        One list is no sample to draw an interval from, so all pairs have to say the same.
        """
        share = self.kept / self.n if self.n else 1.0  # two empty lists are the same list
        seeds = self.floor.kept
        half = 0.5 / max(self.n, 1)  # shares are counts: half a place is no difference
        if share < seeds.min() - half:
            return LARGER
        return SMALLER if share > seeds.max() + half else WITHIN

    @property
    def sentence(self) -> str:
        """The finding, for the screen."""
        stayed = f"{self.kept} of {self.n} stayed"
        if not self.noise:
            return f"{stayed}. {NOT_YET}"
        counts = self.floor.kept * self.n
        low, high = round(float(counts.min())), round(float(counts.max()))
        mean = f"({counts.mean():.1f} on average)"
        spread = f"always keeps {low}" if low == high else f"keeps {low} to {high} {mean}"
        return (
            f"{SAYS[self.verdict]}: {stayed}. With another seed alone, "
            f"model {self.floor.model} {spread}."
        )


def list_change(a: pd.DataFrame, b: pd.DataFrame, noise: tuple[Noise, ...]) -> ListChange:
    """What became of list `a` in list `b`, both with item_id, beside what seeds do to it."""
    kept = len(set(a[Col.ITEM]) & set(b[Col.ITEM]))
    return ListChange(kept=kept, n=max(len(a), len(b)), noise=noise)


def article_noise(name: str, model: Model, ensemble: Ensemble, item_id: str, n: int) -> Noise:
    """What other seeds keep of an article's `n` nearest.

    Raises
    ------
    UnknownItemError
        If the model does not have the article.
    SettingError
        If the ensemble was made from another model.
    """
    position = position_of(model, item_id)
    allowed = offered(model, position)
    return Noise.of(
        name, lists_of(ensemble.of(model), n, rows=np.array([position]), allowed=allowed)
    )


def person_noise(name: str, model: Model, ensemble: Ensemble, user_id: str, n: int) -> Noise:
    """What other seeds keep of a person's `n` recommendations.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    SettingError
        If the ensemble was made from another model.
    """
    return Noise.of(name, person_lists(ensemble, model, user_position(model, user_id), n))
