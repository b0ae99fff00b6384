"""implicit's alternating least squares on the CPU.

Source: Y. Hu, Y. Koren, C. Volinsky, "Collaborative Filtering for Implicit Feedback Datasets"
(ICDM 2008); https://github.com/benfred/implicit.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from implicit.recommender_base import ModelFitError
from scipy.sparse import csr_matrix

from recsys.errors import DataError, KindredError
from recsys.machine import one_blas_thread
from recsys.models import ALSParams, Model, model_fingerprint
from recsys.progress import Check
from recsys.strengths import Interactions

NAME = "implicit ALS"
OnIteration = Callable[[int, float], None]
LEAST_CELLS = 500_000  # of a block of rows: a tenth to a quarter of a second
# Each block costs YᵀY anew, n·factors² steps against cells·factors: with so many factors a cell at
# most, that stays below 2 %.
FACTORS_A_CELL = 10


def fit(
    interactions: Interactions,
    params: ALSParams,
    on_iteration: OnIteration | None = None,
    check: Check | None = None,
) -> Model:
    """Learn factors of people and articles.

    implicit 0.7 fits people × articles; confidence is ``alpha * strength``, applied once, by
    implicit. Its loss is Σ c(1 − x·y)² over filled cells + Σ (x·y)² over all others
    + λ(Σ|x|² + Σ|y|²), which the callback receives divided by the number of cells and weights.

    Parameters
    ----------
    interactions
        The matrix of strengths.
    params
        Parameters of the fit.
    on_iteration
        Called as ``(iterations done, loss)`` after each; whatever it raises ends the fit.
    check
        Called before the first iteration, between blocks of rows within each, and before the
        loss; whatever it raises ends the fit. The factors are the same to the bit without it.

    Raises
    ------
    DataError
        If the fit breaks down numerically.
    """
    caller = _Caller(on_iteration=on_iteration, check=check)
    started = time.perf_counter()
    als = _fitted(interactions.user_items, params, caller)
    seconds = time.perf_counter() - started
    if not (np.isfinite(als.item_factors).all() and np.isfinite(als.user_factors).all()):
        raise _broke_down(None)
    return Model(
        user_factors=als.user_factors,
        item_factors=als.item_factors,
        user_items=interactions.user_items,
        user_ids=interactions.user_ids,
        items=interactions.items,
        params=params,
        weights=interactions.weights,
        fingerprint=model_fingerprint(interactions.fingerprint, params, NAME),
        data_fingerprint=interactions.data_fingerprint,
        losses=tuple(caller.losses),
        seconds=seconds,
        trained=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=NAME,
        versions={name: version(name) for name in ("implicit", "numpy", "scipy")},
    )


@dataclass(kw_only=True)
class _Caller:
    """Whoever asked for a fit: is told how far it is, and can end it."""

    on_iteration: OnIteration | None
    check: Check | None
    losses: list[float] = field(default_factory=list)
    raised: Exception | None = None

    def after(self, iteration: int, _seconds: float, loss: float) -> None:
        """implicit's callback."""
        self.losses.append(float(loss))
        if self.on_iteration is not None:
            self._ask(partial(self.on_iteration, iteration + 1, float(loss)))

    def between(self) -> None:
        """Call `check`, if there is one."""
        if self.check is not None:
            self._ask(self.check)

    def _ask(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:
            self.raised = error  # not to be taken for an error of the fit
            raise


def _fitted(user_items: csr_matrix, params: ALSParams, caller: _Caller) -> AlternatingLeastSquares:
    # implicit runs its own threads; a threaded BLAS beneath them is up to ten times slower. What
    # overflows is found in the factors.
    with one_blas_thread(), np.errstate(over="ignore", invalid="ignore"):
        # A new object for each fit: fitting one again keeps the shape of the first matrix.
        als = BlockwiseALS(
            factors=params.factors,
            regularization=params.regularization,
            alpha=params.alpha,
            iterations=params.iterations,
            calculate_training_loss=True,
            random_state=params.seed,
        )
        als.between = None if caller.check is None else caller.between
        caller.between()
        try:
            als.fit(user_items, show_progress=False, callback=caller.after)
        except (ValueError, ArithmeticError, ModelFitError) as error:
            if error is caller.raised:
                raise
            raise _broke_down(error) from None
    return als


class BlockwiseALS(AlternatingLeastSquares):
    """implicit's model, which calls `between` after each block of rows.

    A row is solved from the other side's factors alone, and those stay as they are until all rows
    are solved: it makes no difference to a single bit in how many calls that is done.
    """

    between: Check | None = None

    @property
    def solver(self) -> Callable[..., None]:
        """What solves all rows of one side; implicit asks for it once a fit."""
        solve = super().solver
        return solve if self.between is None else partial(_in_blocks, solve, self.between)


class _Rows(NamedTuple):
    """What implicit's solver reads of a CSR matrix."""

    indptr: np.ndarray
    indices: np.ndarray
    data: np.ndarray


def _in_blocks(
    solve: Callable[..., None],
    between: Check,
    matrix: csr_matrix,
    own: np.ndarray,
    other: np.ndarray,
    *arguments: Any,
    **options: Any,
) -> None:
    """Solve the rows of `matrix` for `own`, from the factors of the `other` side."""
    for rows in row_blocks(matrix.indptr, max(LEAST_CELLS, other.size // FACTORS_A_CELL)):
        edges = matrix.indptr[rows.start : rows.stop + 1]
        cells = slice(edges[0], edges[-1])
        block = _Rows(edges - edges[0], matrix.indices[cells], matrix.data[cells])
        solve(block, own[rows], other, *arguments, **options)
        between()


def row_blocks(indptr: np.ndarray, cells: int) -> Iterator[slice]:
    """Rows in blocks of about equally many cells, at least `cells` each where rows are small.

    >>> [(one.start, one.stop) for one in row_blocks(np.array([0, 2, 2, 6, 7, 8, 9]), 4)]
    [(0, 3), (3, 6)]
    """
    count = max(1, int(indptr[-1]) // cells)
    wanted = np.linspace(0, indptr[-1], count + 1)[1:-1]
    edges = np.unique([0, *np.searchsorted(indptr, wanted), len(indptr) - 1])
    for start, stop in zip(edges[:-1], edges[1:], strict=True):
        yield slice(int(start), int(stop))


def _broke_down(error: Exception | None) -> KindredError:
    return DataError(
        f"the fit broke down numerically{f' ({error})' if error else ''}.",
        todo="Use more regularization, a smaller alpha or less uneven strengths.",
        shell="--regularization X, --alpha X or --scale rank",
    )
