"""The same model from other seeds. `recsys.stability` says what they agree on."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from recsys.engines import als
from recsys.errors import ModelFolderError, SettingError
from recsys.interactions import Interactions, fingerprint_of
from recsys.kept import Damaged, arrays_of, finite, of_shape, said, texts
from recsys.model import Model
from recsys.nearest import unit
from recsys.params import BOUNDS, ALSParams

FORMAT = 1
SIZE = 5
MAX_SIZE = 50
_ARRAYS = ("directions", "norms", "user_factors")
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Ensemble:
    """Models that differ in nothing but the seed; the first is the one on the screen.

    Attributes
    ----------
    directions
        ``(size, n_items, factors)`` float32, item factors brought to length 1.
    norms
        ``(size, n_items)`` float32, their lengths before.
    user_factors
        ``(size, n_users, factors)`` float32.
    model_fingerprint
        Of the first model; the others have the seeds that follow its own.
    params
        Of the first model.
    """

    directions: np.ndarray
    norms: np.ndarray
    user_factors: np.ndarray
    model_fingerprint: str
    params: ALSParams

    @property
    def size(self) -> int:
        """How many models."""
        return len(self.directions)

    @property
    def fingerprint(self) -> str:
        """Stands for data, weights, parameters and size."""
        return ensemble_fingerprint(self.model_fingerprint, self.size)

    def of(self, model: Model, at: np.ndarray | None = None) -> "Ensemble":
        """This ensemble, with the articles at positions `at` alone.

        Raises
        ------
        SettingError
            If it was made from another model than `model`.
        """
        people, articles = len(model.user_ids), len(model.items)
        if (
            self.model_fingerprint != model.fingerprint
            or self.norms.shape[1] != articles
            or self.user_factors.shape[1] != people
        ):
            raise SettingError(
                "the other seeds were trained for another model.",
                where="ensemble",
                todo="Train them for this one.",
            )
        if at is None:
            return self
        return replace(self, directions=self.directions[:, at], norms=self.norms[:, at])

    def part(self, start: int, stop: int) -> "Ensemble":
        """The models from `start` to `stop` alone; the first stays the one on the screen."""
        these = slice(start, stop)
        return replace(
            self,
            directions=self.directions[these],
            norms=self.norms[these],
            user_factors=self.user_factors[these],
        )


def ensemble_fingerprint(model_fingerprint: str, size: int = SIZE) -> str:
    """The fingerprint that `train_ensemble` gives, without training: ``<model>-<size>``."""
    return f"{model_fingerprint}-{size}"


def seeds(seed: int, size: int) -> list[int]:
    """`seed` and those that follow; after the largest allowed comes 0.

    >>> seeds(7, 3), seeds(2**32 - 1, 2)
    ([7, 8, 9], [4294967295, 0])
    """
    return [(seed + step) % (int(BOUNDS["seed"].high) + 1) for step in range(size)]


def train_ensemble(
    model: Model, size: int = SIZE, on_progress: OnProgress | None = None
) -> Ensemble:
    """Train `model` again from the seeds after its own; it is the first of `size` models.

    The matrix, weights and parameters are the model's. The same model gives the same ensemble on
    the same machine.

    Parameters
    ----------
    on_progress
        Called as ``(iterations done, iterations in all)`` after each iteration of each fit;
        whatever it raises ends the training.

    Raises
    ------
    SettingError
        If `size` is not between 2 and 50.
    DataError
        If a fit breaks down numerically.
    """
    if not 2 <= size <= MAX_SIZE:
        raise SettingError(
            f"{size} is not allowed.", where="size", todo=f"Give a number from 2 to {MAX_SIZE}."
        )
    matrix = Interactions(
        user_items=model.user_items,
        user_ids=model.user_ids,
        items=model.items,
        left_out={},
        weights=model.weights,
        fingerprint=fingerprint_of(model.data_fingerprint, model.weights),
        data_fingerprint=model.data_fingerprint,
    )
    each = model.params.iterations
    fits = [model]
    for place, seed in enumerate(seeds(model.params.seed, size)[1:]):

        def follow(iteration: int, _loss: float, before: int = place * each) -> None:
            if on_progress is not None:
                on_progress(before + iteration, (size - 1) * each)

        fits.append(als.fit(matrix, replace(model.params, seed=seed), follow))
    return ensemble_of(fits)


def ensemble_of(models: Sequence[Model]) -> Ensemble:
    """An ensemble of models that were trained already, on one matrix; the first is the model."""
    return Ensemble(
        directions=np.stack([unit(model.item_factors) for model in models]),
        norms=np.stack([model.item_norms for model in models]).astype(np.float32),
        user_factors=np.stack([model.user_factors for model in models]),
        model_fingerprint=models[0].fingerprint,
        params=models[0].params,
    )


def save_ensemble(ensemble: Ensemble, path: str | Path) -> Path:
    """Write one ``.npz`` file: the numbers, and the rest in it as JSON. Whole or not at all.

    Raises
    ------
    ModelFolderError
        If it cannot be written.
    """
    path = Path(path)
    about = {
        "format": FORMAT,
        "model_fingerprint": ensemble.model_fingerprint,
        "params": asdict(ensemble.params),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                arrays = {name: getattr(ensemble, name) for name in _ARRAYS}
                np.savez(file, about=np.array(json.dumps(about)), **arrays)
            os.replace(draft, path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise ModelFolderError(
            f"cannot be written: {error.strerror or error}.", where=str(path)
        ) from None
    return path


def load_ensemble(path: str | Path) -> Ensemble:
    """Read what `save_ensemble` wrote. No pickle is loaded.

    Raises
    ------
    ModelFolderError
        If there is none, or it is damaged or of another format.
    """
    try:
        return _assemble(arrays_of(path))
    except FileNotFoundError:
        what = "is not there."
    except Exception as error:  # there is no end to what a made-up file can raise
        what = f"holds no models of other seeds that can be read ({said(error)})."
    raise ModelFolderError(what, where=str(path), todo="Train them again.")


def _assemble(arrays: dict[str, np.ndarray]) -> Ensemble:
    """The ensemble that the contents of the file make; raises whatever does not fit."""
    about = json.loads(str(arrays["about"]))
    if about["format"] != FORMAT:
        raise Damaged(f"they are of format {about['format']!r:.20}, this version reads {FORMAT}")
    if about["params"].keys() != BOUNDS.keys():
        raise Damaged(f"the parameters are not {', '.join(BOUNDS)}")
    params = ALSParams(**about["params"])
    directions, norms, user_factors = (
        finite(arrays[name], np.float32, name.replace("_", " ")) for name in _ARRAYS
    )
    size, n_items, n_users = len(directions), norms.shape[-1], user_factors.shape[1]
    if not 1 <= size <= MAX_SIZE:
        raise Damaged(f"they are {size}")
    of_shape(directions, (size, n_items, params.factors), "directions")
    of_shape(norms, (size, n_items), "norms")
    of_shape(user_factors, (size, n_users, params.factors), "user factors")
    [fingerprint] = texts([about["model_fingerprint"]], "the model's fingerprint")
    return Ensemble(
        directions=directions,
        norms=norms,
        user_factors=user_factors,
        model_fingerprint=fingerprint,
        params=params,
    )
