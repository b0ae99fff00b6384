"""implicit's alternating least squares on the CPU.

Source: Y. Hu, Y. Koren, C. Volinsky, "Collaborative Filtering for Implicit Feedback Datasets"
(ICDM 2008); https://github.com/benfred/implicit.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from implicit.recommender_base import ModelFitError
from threadpoolctl import threadpool_limits

from recsys.errors import DataError, KindredError
from recsys.interactions import Interactions
from recsys.model import Model, model_fingerprint
from recsys.params import ALSParams

NAME = "implicit ALS"
OnIteration = Callable[[int, float], None]


def fit(
    interactions: Interactions,
    params: ALSParams,
    on_iteration: OnIteration | None = None,
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

    Raises
    ------
    DataError
        If the fit breaks down numerically.
    """
    losses: list[float] = []

    def follow(iteration: int, _seconds: float, loss: float) -> None:
        losses.append(float(loss))
        if on_iteration is not None:
            on_iteration(iteration + 1, float(loss))

    started = time.perf_counter()
    # implicit runs its own threads; a threaded BLAS beneath them is up to ten times slower. What
    # overflows is found in the factors.
    with threadpool_limits(1, "blas"), np.errstate(over="ignore", invalid="ignore"):
        # A new object for each fit: fitting one again keeps the shape of the first matrix.
        als = AlternatingLeastSquares(
            factors=params.factors,
            regularization=params.regularization,
            alpha=params.alpha,
            iterations=params.iterations,
            calculate_training_loss=True,
            random_state=params.seed,
        )
        try:
            als.fit(interactions.user_items, show_progress=False, callback=follow)
        except (ValueError, ArithmeticError, ModelFitError) as error:
            raise _broke_down(error) from None
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
        losses=tuple(losses),
        seconds=seconds,
        trained=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=NAME,
        versions={name: version(name) for name in ("implicit", "numpy", "scipy")},
    )


def _broke_down(error: Exception | None) -> KindredError:
    return DataError(
        f"the fit broke down numerically{f' ({error})' if error else ''}.",
        todo="Use more regularization, a smaller alpha or less uneven strengths.",
    )
