"""A model trained again from other random starts."""

from dataclasses import replace

from recsys.errors import SettingError
from recsys.models import BOUNDS, Model
from recsys.progress import Check, OnProgress
from recsys.training.engines import implicit
from recsys.training.ensemble import MAX_SIZE, SIZE, Ensemble, ensemble_of


def seeds(seed: int, size: int) -> list[int]:
    """`seed` and those that follow; after the largest allowed comes 0.

    >>> seeds(7, 3), seeds(2**32 - 1, 2)
    ([7, 8, 9], [4294967295, 0])
    """
    return [(seed + step) % (int(BOUNDS["seed"].high) + 1) for step in range(size)]


def train_ensemble(
    model: Model,
    size: int = SIZE,
    on_progress: OnProgress | None = None,
    check: Check | None = None,
) -> Ensemble:
    """Train `model` again from the seeds after its own; it is the first of `size` models.

    The matrix, weights and parameters are the model's. The same model gives the same ensemble on
    the same machine.

    Parameters
    ----------
    on_progress
        Called as ``(iterations done, iterations in all)`` after each iteration of each fit;
        whatever it raises ends the training.
    check
        As in `recsys.training.engines.implicit.fit`.

    Raises
    ------
    SettingError
        If `size` is not between 2 and 50.
    DataError
        If a fit breaks down numerically.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> seeds = recsys.train_ensemble(model, 2)
    >>> seeds.size, seeds.item_factors[1].shape
    (2, (1459, 20))
    """
    if not 2 <= size <= MAX_SIZE:
        raise SettingError(
            f"{size} is not allowed.", where="size", todo=f"Give a number from 2 to {MAX_SIZE}."
        )
    each = model.params.iterations
    fits = [model]
    for place, seed in enumerate(seeds(model.params.seed, size)[1:]):

        def follow(iteration: int, _loss: float, before: int = place * each) -> None:
            if on_progress is not None:
                on_progress(before + iteration, (size - 1) * each)

        fits.append(
            implicit.fit(model.interactions, replace(model.params, seed=seed), follow, check)
        )
    return ensemble_of(fits)
