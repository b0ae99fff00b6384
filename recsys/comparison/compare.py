"""Two lists, or two models, side by side: what moved, and whether that is more than chance."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.comparison.chance import NOT_YET, SAYS, Noise, verdict_of
from recsys.errors import DataError, SettingError
from recsys.models import Model
from recsys.neighbours import lists_of, offered, position_of
from recsys.progress import OnProgress
from recsys.ranking import P, nearest, rbo_rows, shared, unit
from recsys.training import Ensemble

SAME_RANK, MOVED, CAME, WENT = "same rank", "moved", "came", "went"


def compare_lists(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """What became of each entry of list `a` in list `b`.

    Parameters
    ----------
    a, b
        Ranked, with item_id and title, best first: neighbours, or recommendations.

    Returns
    -------
    pandas.DataFrame
        One row an article of either list, those of `b` in its order, then what went:
        item_id, title, change (same rank, moved, came or went), rank_a, rank_b (Int64, missing
        where it is not in the list).

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> params = [recsys.ALSParams(iterations=5, seed=seed) for seed in (0, 1)]
    >>> a, b = (recsys.train(tables, params=one) for one in params)
    >>> item = recsys.most_read(a, 1)["item_id"][0]
    >>> list(recsys.compare_lists(recsys.similar_items(a, item), recsys.similar_items(b, item)))
    ['item_id', 'title', 'change', 'rank_a', 'rank_b']
    """
    ranks = [
        pd.DataFrame({Col.ITEM: list(table[Col.ITEM]), rank: range(1, len(table) + 1)})
        for table, rank in ((a, Col.RANK_A), (b, Col.RANK_B))
    ]
    both = ranks[0].merge(ranks[1], on=Col.ITEM, how="outer")
    both = both.astype({Col.RANK_A: "Int64", Col.RANK_B: "Int64"})
    both = both.sort_values([Col.RANK_B, Col.RANK_A], ignore_index=True)
    titles = pd.concat([b, a]).drop_duplicates(Col.ITEM).set_index(Col.ITEM)[Col.TITLE]
    came, went = both[Col.RANK_A].isna(), both[Col.RANK_B].isna()
    same = (both[Col.RANK_A] == both[Col.RANK_B]).fillna(False)
    change = np.select([came, went, same], [CAME, WENT, SAME_RANK], MOVED)
    return pd.DataFrame(
        {
            Col.ITEM: both[Col.ITEM],
            Col.TITLE: both[Col.ITEM].map(titles),
            Col.CHANGE: change,
            Col.RANK_A: both[Col.RANK_A],
            Col.RANK_B: both[Col.RANK_B],
        }
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """What the step from model A to model B did to the nearest of the articles.

    Attributes
    ----------
    table
        One row an article that was compared, most changed first, of equally changed ones the most
        read: item_id, title, readers (in A), kept (share of the `n` nearest in A that are so in
        B), rbo, kept_by_another_seed (mean over pairs of seeds; missing where no seeds were given).
    n, p
        Length of the lists, and persistence of the rank-biased overlap.
    common, only_a, only_b
        Articles that both models have, that A alone has, that B alone has. Only the common ones
        were compared, and only they count as neighbours.
    noise
        Of A, of B, or of both, the one that keeps least first; empty where no seeds were given.
    interval
        95 % interval of (kept by the change − kept by another seed), or None.
    """

    table: pd.DataFrame
    n: int
    p: float
    common: int
    only_a: int
    only_b: int
    noise: tuple[Noise, ...]
    interval: tuple[float, float] | None

    @property
    def kept(self) -> float:
        """Mean share of the nearest that the change keeps."""
        return float(self.table[Col.KEPT].mean())

    @property
    def rbo(self) -> float:
        """Mean rank-biased overlap of the lists before and after."""
        return float(self.table[Col.RBO].mean())

    @property
    def verdict(self) -> str | None:
        """`LARGER`, `WITHIN` or `SMALLER`; None where no seeds were given."""
        return None if self.interval is None else verdict_of(self.interval)

    @property
    def sentence(self) -> str:
        """The finding, for the screen."""
        most_similar = f"of the {self.n} most similar articles stayed"
        if self.verdict is None:
            return f"{self.kept:.0%} {most_similar}. {NOT_YET}"
        floor = self.noise[0]
        return (
            f"{SAYS[self.verdict]}: {self.kept:.0%} {most_similar}. With another seed "
            f"alone, model {floor.model} keeps {floor.mean:.0%}."
        )


def compare_models(
    a: Model,
    b: Model,
    item_ids: list[str] | None = None,
    n: int = 10,
    *,
    ensemble_a: Ensemble | None = None,
    ensemble_b: Ensemble | None = None,
    include_removed: bool = False,
    p: float = P,
    on_progress: OnProgress | None = None,
) -> Comparison:
    """Compare the nearest of many articles in two models, beside what another seed changes.

    The verdict asks whether the change keeps less than another seed alone; see `Noise.interval`.
    With the seeds of both models, those that keep less are the measure.

    Parameters
    ----------
    item_ids
        What to compare; all that both models have by default.
    ensemble_a, ensemble_b
        Other seeds of `a` and `b`, for the noise.
    on_progress
        Called as ``(done, total)`` lists of nearest, of all models; what it raises ends the work.

    Raises
    ------
    SettingError
        If `n` or `p` is not allowed, or an ensemble belongs to another model.
    UnknownItemError
        If one of the models does not have an article of `item_ids`.
    DataError
        If the models have fewer than two articles in common.

    Examples
    --------
    >>> import recsys
    >>> tables = recsys.sample_tables()
    >>> params = [recsys.ALSParams(iterations=5, seed=seed) for seed in (0, 1)]
    >>> a, b = (recsys.train(tables, params=one) for one in params)
    >>> comparison = recsys.compare_models(a, b)
    >>> 0 < comparison.kept < 1
    True
    """
    if n < 1:
        raise SettingError(f"{n} is not allowed.", where="n", todo="Give a number from 1 on.")
    common, at_a, at_b = _common(a, b)
    rows = np.arange(len(common)) if item_ids is None else _rows(a, b, common, item_ids)
    allowed = offered(a, None, include_removed)[at_a] & offered(b, None, include_removed)[at_b]
    models = 2 + sum(one.size for one in (ensemble_a, ensemble_b) if one is not None)
    on_rows = _counter(models * len(rows), on_progress)
    before, after = (
        nearest(unit(model.item_factors[at])[None], n, rows=rows, offered=allowed, on_rows=on_rows)
        for model, at in ((a, at_a), (b, at_b))
    )
    noise = []
    for name, model, ensemble, at in (("A", a, ensemble_a, at_a), ("B", b, ensemble_b, at_b)):
        if ensemble is not None:
            seeds = ensemble.of(model, at)
            lists = lists_of(seeds, n, rows=rows, allowed=allowed, on_rows=on_rows)
            noise.append(Noise.of(name, lists, p))
    noise.sort(key=lambda floor: floor.mean)
    table = pd.DataFrame(
        {
            Col.ITEM: common[rows],
            Col.TITLE: a.items[Col.TITLE].to_numpy()[at_a][rows],
            Col.READERS: a.readers[at_a][rows],
            Col.KEPT: shared(before, after),
            Col.RBO: rbo_rows(before, after, p),
            Col.NOISE: noise[0].kept.mean(axis=0) if noise else np.nan,
        }
    )
    return Comparison(
        table=table.sort_values(
            [Col.KEPT, Col.RBO, Col.READERS],
            ascending=[True, True, False],
            kind="stable",
            ignore_index=True,
        ),
        n=n,
        p=p,
        common=len(common),
        only_a=len(a.items) - len(common),
        only_b=len(b.items) - len(common),
        noise=tuple(noise),
        interval=noise[0].interval(table[Col.KEPT].to_numpy()) if noise else None,
    )


def _counter(total: int, on_progress: OnProgress | None) -> Callable[[int], None]:
    """Adds up what is done more to what is done."""
    done = 0

    def more(rows: int) -> None:
        nonlocal done
        done += rows
        if on_progress is not None:
            on_progress(done, total)

    return more


def _common(a: Model, b: Model) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ids of the articles that both models have, and their positions in each."""
    of_a, of_b = (model.items[Col.ITEM].to_numpy() for model in (a, b))
    common, at_a, at_b = np.intersect1d(of_a, of_b, assume_unique=True, return_indices=True)
    if len(common) < 2:
        raise DataError(
            f"the two models have {len(common)} articles in common.",
            todo="Compare models of the same data.",
        )
    return common, at_a, at_b


def _rows(a: Model, b: Model, common: np.ndarray, item_ids: list[str]) -> np.ndarray:
    """Places of the ids among those that both models have."""
    for item in item_ids:
        position_of(a, item)
        position_of(b, item)
    places = {item: place for place, item in enumerate(common)}
    return np.array([places[item] for item in dict.fromkeys(item_ids)], dtype=int)
