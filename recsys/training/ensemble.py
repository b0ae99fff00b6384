"""The same model from other seeds, in memory and on disk.

`seeds.train_ensemble` makes it; `recsys.neighbours.agreement` says what they agree on.
"""

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from recsys.errors import ModelFolderError, SettingError, Stopped
from recsys.models import ALSParams, Damaged, Model, arrays_of, finite, of_shape, said
from recsys.progress import OnProgress

FORMAT = 2
SIZE = 5
MAX_SIZE = 50
_SIDES = ("item_factors", "user_factors")


@dataclass(frozen=True, kw_only=True, eq=False)
class Ensemble:
    """Models that differ in nothing but the seed; the first is the one on the screen.

    Attributes
    ----------
    item_factors, user_factors
        For each model, ``(n_items, factors)`` and ``(n_users, factors)`` float32. The first
        model's are its own arrays, not copies.
    model_fingerprint
        Of the first model; the others have the seeds that follow its own.
    params
        Of the first model.
    """

    item_factors: tuple[np.ndarray, ...]
    user_factors: tuple[np.ndarray, ...]
    model_fingerprint: str
    params: ALSParams

    @property
    def size(self) -> int:
        """How many models."""
        return len(self.item_factors)

    @property
    def fingerprint(self) -> str:
        """Stands for data, weights, parameters and size."""
        return ensemble_fingerprint(self.model_fingerprint, self.size)

    @cached_property
    def lengths(self) -> np.ndarray:
        """``(size, n_items)`` float32: norms of the item factors, 1 where they are all zero."""
        norms = [np.linalg.norm(one, axis=1) for one in self.item_factors]
        return np.stack([np.where(one > 0, one, 1) for one in norms]).astype(np.float32)

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
            or any(len(one) != articles for one in self.item_factors)
            or any(len(one) != people for one in self.user_factors)
        ):
            raise SettingError(
                "the other seeds were trained for another model.",
                where="ensemble",
                todo="Train them for this one.",
            )
        if at is None:
            return self
        return replace(self, item_factors=tuple(one[at] for one in self.item_factors))


def ensemble_fingerprint(model_fingerprint: str, size: int = SIZE) -> str:
    """The fingerprint that `train_ensemble` gives, without training: ``<model>-<size>``."""
    return f"{model_fingerprint}-{size}"


def ensemble_of(models: Sequence[Model]) -> Ensemble:
    """An ensemble of models that were trained already, on one matrix; the first is the model."""
    return Ensemble(
        item_factors=tuple(model.item_factors for model in models),
        user_factors=tuple(model.user_factors for model in models),
        model_fingerprint=models[0].fingerprint,
        params=models[0].params,
    )


def save_ensemble(ensemble: Ensemble, path: str | Path) -> Path:
    """Write one ``.npz`` file with all models but the first. Whole or not at all.

    Raises
    ------
    ModelFolderError
        If it cannot be written.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> import tempfile
    >>> seeds = recsys.train_ensemble(model, 2)
    >>> path = recsys.save_ensemble(seeds, tempfile.mkdtemp() + "/seeds.npz")
    >>> recsys.load_ensemble(path, model).fingerprint == seeds.fingerprint
    True
    """
    path = Path(path)
    about = {
        "format": FORMAT,
        "model_fingerprint": ensemble.model_fingerprint,
        "size": ensemble.size,
    }
    arrays = {
        _name(side, place): getattr(ensemble, side)[place]
        for place in range(1, ensemble.size)
        for side in _SIDES
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, about=np.array(json.dumps(about)), **arrays)
            os.replace(draft, path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise ModelFolderError(
            f"cannot be written: {error.strerror or error}.", where=str(path)
        ) from None
    return path


def load_ensemble(
    path: str | Path, model: Model, on_progress: OnProgress | None = None
) -> Ensemble:
    """Read what `save_ensemble` wrote, and put `model` before it. No pickle is loaded.

    Parameters
    ----------
    model
        The one that the ensemble was trained from; its arrays become the first of the ensemble.
    on_progress
        Called as ``(bytes read, bytes in all)`` after each array; may raise `Stopped`.

    Raises
    ------
    ModelFolderError
        If there is none, it belongs to another model, or it is damaged or of another format.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> try:
    ...     recsys.load_ensemble("nowhere.npz", model)
    ... except recsys.KindredError as error:
    ...     print(error)
    nowhere.npz: is not there. Train them again.
    """
    try:
        return _assemble(arrays_of(path, on_progress), model)
    except Stopped:
        raise
    except FileNotFoundError:
        what = "is not there."
    except Exception as error:  # there is no end to what a made-up file can raise
        what = f"contains no models of other seeds that can be read ({said(error)})."
    raise ModelFolderError(what, where=str(path), todo="Train them again.")


def _assemble(arrays: dict[str, np.ndarray], model: Model) -> Ensemble:
    """The ensemble of a model and the contents of a file; raises whatever does not fit."""
    about = json.loads(str(arrays["about"]))
    if about["format"] != FORMAT:
        raise Damaged(f"they are of format {about['format']!r:.20}, this version reads {FORMAT}")
    if about["model_fingerprint"] != model.fingerprint:
        raise Damaged("they were trained for another model")
    size = about["size"]
    if not isinstance(size, int) or not 1 <= size <= MAX_SIZE:
        raise Damaged(f"they are {size!r:.20}")
    item_factors, user_factors = (
        (getattr(model, side), *(_factors(arrays, side, place, model) for place in range(1, size)))
        for side in _SIDES
    )
    return Ensemble(
        item_factors=item_factors,
        user_factors=user_factors,
        model_fingerprint=model.fingerprint,
        params=model.params,
    )


def _factors(arrays: dict[str, np.ndarray], side: str, place: int, model: Model) -> np.ndarray:
    what = f"{side.replace('_', ' ')} of model {place + 1}"
    factors = finite(arrays[_name(side, place)], np.float32, what)
    return of_shape(factors, getattr(model, side).shape, what)


def _name(side: str, place: int) -> str:
    """What the factors of one side of the model at that place are called in the file."""
    return f"{side}_{place}"
