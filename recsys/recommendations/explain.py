"""Why an article is recommended: what each article of a person's past adds to its score.

With C the confidences of a person's articles (alpha × strength; 1 for all articles that were not
read) and p 1 for what was read, 0 for the rest, alternating least squares gives the person the
factors x = W Yᵀ C p, where W = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹. The score of article i is therefore

    yᵢᵀ x = Σ_j  yᵢᵀ W y_j c_j      over the articles j of the person's past,

a sum of one term for each of them (Y. Hu, Y. Koren, C. Volinsky, "Collaborative Filtering for
Implicit Feedback Datasets", ICDM 2008, section 5). Here the system is solved exactly, in float64.
The factors that training leaves behind differ from these by the error of its few conjugate
gradient steps, so sums over them would not add up; see docs/recommendations.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.linalg import LinAlgError, cho_factor, cho_solve, pinvh

from recsys.columns import Col
from recsys.errors import SettingError, UnknownUserError
from recsys.models import Model
from recsys.neighbours import position_of

_ROWS = 1 << 12  # of the item factors in float64 at once: they stay in the processor's cache


@dataclass(frozen=True, kw_only=True, eq=False)
class Taste:
    """What a person read, and the factors that follow from it.

    Attributes
    ----------
    items
        ``(h,)`` positions of the articles read, ascending.
    strengths
        ``(h,)`` their strengths.
    parts
        ``(factors, h)`` float64: what each article adds to the factors, W y_j c_j.
    """

    items: np.ndarray
    strengths: np.ndarray
    parts: np.ndarray

    @cached_property
    def factors(self) -> np.ndarray:
        """``(factors,)`` float64 factors of the person: the sum of the parts."""
        return self.parts.sum(axis=1)


@dataclass(frozen=True, eq=False)
class Solver:
    """A model, and what of the equations above is the same for all people. Fit to be cached.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> solver = recsys.Solver(model)
    >>> lists = [recsys.recommend(solver, user, 5) for user in model.user_ids[:3]]
    >>> [len(one) for one in lists]
    [5, 5, 5]
    """

    model: Model

    @cached_property
    def gram(self) -> np.ndarray:
        """``(factors, factors)`` float64: YᵀY + λI."""
        gram = self.model.params.regularization * np.eye(self.model.item_factors.shape[1])
        for block in _float64_blocks(self.model.item_factors):
            gram += block.T @ block
        return gram

    def taste(self, items: np.ndarray, strengths: np.ndarray) -> Taste:
        """Solve for a person with these strengths at these (ascending) positions."""
        read = self.model.item_factors[items].astype(np.float64)
        parts = self.solved(items, strengths, read.T) * (self.model.params.alpha * strengths)
        return Taste(items=items, strengths=strengths, parts=parts)

    def solved(self, items: np.ndarray, strengths: np.ndarray, right: np.ndarray) -> np.ndarray:
        """W times some ``(factors, k)`` columns, for somebody with these strengths."""
        read = self.model.item_factors[items].astype(np.float64)
        confidence = self.model.params.alpha * strengths
        return _solved(self.gram + (read.T * (confidence - 1)) @ read, right)

    def scores(self, taste: Taste) -> np.ndarray:
        """``(n_items,)`` float64 scores of all articles."""
        blocks = _float64_blocks(self.model.item_factors)
        return np.concatenate([block @ taste.factors for block in blocks])


def solver_of(model: Model | Solver) -> Solver:
    """What is asked for people: of a model what is the same for all of them, or that itself."""
    return model if isinstance(model, Solver) else Solver(model)


def taste_of(solver: Solver, user_id: str) -> Taste:
    """The taste of a person of the model.

    Raises
    ------
    UnknownUserError
        If the model does not have the person.
    """
    matrix = solver.model.user_items
    row = user_position(solver.model, user_id)
    cells = slice(matrix.indptr[row], matrix.indptr[row + 1])
    order = np.argsort(matrix.indices[cells])
    return solver.taste(matrix.indices[cells][order], matrix.data[cells][order])


def fold_in(model: Model | Solver, strengths: Mapping[str, float]) -> Taste:
    """The taste of a new reader, without training: strength by article id.

    The articles' factors stay as they are and the new reader's are solved for, exactly as for
    anybody of the model: the strengths of a known person give that person's recommendations.

    Raises
    ------
    UnknownItemError
        If the model does not have an article.
    SettingError
        If there is no article, or a strength is not a number above 0.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> item = recsys.most_read(model, 1)["item_id"][0]
    >>> reader = recsys.fold_in(model, {item: 2.0})
    >>> len(recsys.recommend(model, reader, 5))
    5
    """
    if not strengths:
        raise SettingError(
            "no article is chosen.", where="new reader", todo="Choose one or more articles."
        )
    solver = solver_of(model)
    places = {position_of(solver.model, item): item for item in strengths}
    items = np.array(sorted(places), dtype=np.int64)
    values = np.array([strengths[places[item]] for item in items], dtype=np.float64)
    wrong = np.flatnonzero(~(np.isfinite(values) & (values > 0)))
    if len(wrong):
        raise SettingError(
            f"{values[wrong[0]]:g} is not a number above 0.",
            where=f"strength of {places[items[wrong[0]]]}",
            todo="Leave the article out, or give its event type a strength.",
        )
    return solver.taste(items, values)


def contributions(model: Model | Solver, who: str | Taste, item_ids: Sequence[str]) -> pd.DataFrame:
    """What each article of a person's past adds to the scores of some articles.

    Parameters
    ----------
    model
        A model, or ``Solver(model)``, which spares most of the work for the next person.
    who
        A person's id, or the taste of a new reader.
    item_ids
        The articles that are to be explained.

    Returns
    -------
    pandas.DataFrame
        item_id, history_item_id, title (of the past article), strength, contribution: for each
        article in the order given, the whole past, largest contribution first. An article's
        contributions add up to its score.

    Raises
    ------
    UnknownUserError, UnknownItemError
        If the model does not have the person or an article.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> best = recsys.recommend(model, model.user_ids[0], 1)
    >>> parts = recsys.contributions(model, model.user_ids[0], best["item_id"])
    >>> bool(abs(parts["contribution"].sum() - best["score"][0]) < 1e-9)
    True
    """
    solver = solver_of(model)
    model, taste = solver.model, as_taste(solver, who)
    positions = np.array([position_of(model, item) for item in item_ids], dtype=np.int64)
    parts = model.item_factors[positions].astype(np.float64) @ taste.parts
    return as_table(model, taste, item_ids, parts)


def as_table(
    model: Model, taste: Taste, item_ids: Sequence[str], parts: np.ndarray
) -> pd.DataFrame:
    """The table of `contributions`, from ``(n, h)`` contributions of the past to some articles."""
    order = np.argsort(-parts, axis=1, kind="stable")
    past = taste.items[order].ravel()
    return pd.DataFrame(
        {
            Col.ITEM: np.repeat(np.array(item_ids, dtype=object), len(taste.items)),
            Col.HISTORY: model.items[Col.ITEM].iloc[past].to_numpy(),
            Col.TITLE: model.items[Col.TITLE].iloc[past].to_numpy(),
            Col.STRENGTH: taste.strengths[order].ravel(),
            Col.CONTRIBUTION: np.take_along_axis(parts, order, axis=1).ravel(),
        }
    )


def as_taste(solver: Solver, who: str | Taste) -> Taste:
    """The taste of a person of the model, or the one given."""
    return who if isinstance(who, Taste) else taste_of(solver, who)


def user_position(model: Model, user_id: str) -> int:
    """The position of a person, or `UnknownUserError`."""
    found = np.flatnonzero(model.user_ids == user_id)
    if len(found):
        return int(found[0])
    raise UnknownUserError(
        f"no reader {user_id!r} in this model.",
        where="user",
        todo=f"It has {len(model.user_ids):,} readers, for example {model.user_ids[0]}.",
    )


def _solved(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """A⁻¹B of a symmetric matrix; its pseudo-inverse where it is singular.

    That can only be without regularization, with fewer articles than factors.
    """
    try:
        return cho_solve(cho_factor(matrix), right)
    except LinAlgError:
        return pinvh(matrix) @ right


def _float64_blocks(factors: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(factors), _ROWS):
        yield factors[start : start + _ROWS].astype(np.float64)
