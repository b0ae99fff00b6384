"""The same model from other seeds: how stable neighbours are, and what all seeds agree on.

A fit begins at random, and another beginning ends at another model. A neighbour that most of the
models see is a property of the data; one that a single model sees may be an accident.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.engines import als
from recsys.errors import ModelFolderError, SettingError
from recsys.interactions import Interactions, fingerprint_of
from recsys.model import Model
from recsys.nearest import nearest, unit
from recsys.overlap import shared
from recsys.params import BOUNDS, ALSParams
from recsys.similarity import offered, position_of

FORMAT = 1
SIZE = 5
MAX_SIZE = 50
OnProgress = Callable[[int, int], None]
_TIE = 1e-6  # cosines closer than this are equal: float32 tells no more


@dataclass(frozen=True, kw_only=True, eq=False)
class Ensemble:
    """Models that differ in nothing but the seed; the first is the one on the screen.

    Attributes
    ----------
    directions
        ``(size, n_items, factors)`` float32, item factors brought to length 1.
    model_fingerprint
        Of the first model; the others have the seeds that follow its own.
    params
        Of the first model.
    """

    directions: np.ndarray
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
        if self.model_fingerprint != model.fingerprint:
            raise SettingError(
                "the other seeds were trained for another model.",
                where="ensemble",
                todo="Train them for this one.",
            )
        return self if at is None else replace(self, directions=self.directions[:, at])


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

    The matrix, weights and parameters are the model's. The same model gives the same ensemble.

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
    directions = np.empty((size, *model.item_factors.shape), dtype=np.float32)
    directions[0] = unit(model.item_factors)
    for place, seed in list(enumerate(seeds(model.params.seed, size)))[1:]:

        def follow(iteration: int, _loss: float, before: int = (place - 1) * each) -> None:
            if on_progress is not None:
                on_progress(before + iteration, (size - 1) * each)

        fitted = als.fit(matrix, replace(model.params, seed=seed), follow)
        directions[place] = unit(fitted.item_factors)
    return Ensemble(directions=directions, model_fingerprint=model.fingerprint, params=model.params)


def consensus(ensemble: Ensemble, model: Model, item_id: str) -> np.ndarray:
    """Mean over the models of the cosine of one article to all.

    Give it to `recsys.similarity.similar_items` as `scores` for the neighbours that the seeds
    agree on.

    Returns
    -------
    numpy.ndarray
        ``(n_items,)`` float32 in [-1, 1].

    Raises
    ------
    UnknownItemError
        If the model does not have the article.
    SettingError
        If the ensemble was made from another model.
    """
    return _cosines(ensemble.of(model), position_of(model, item_id)).mean(axis=0)


def stability(
    ensemble: Ensemble,
    model: Model,
    item_id: str,
    table: pd.DataFrame,
    *,
    include_removed: bool = False,
) -> pd.DataFrame:
    """A copy of a table of neighbours with, for each, how many of the models agree.

    With N rows in the table, a model agrees if the neighbour is among its own N nearest: at
    least as near as its N-th, up to the rounding of float32.

    Parameters
    ----------
    table
        As `recsys.similarity.similar_items` gives it for `item_id`, by one model or by consensus.
    include_removed
        As it was there.

    Returns
    -------
    pandas.DataFrame
        With seen_by (models, 0 to size), stability (the share of them) and only_one_seed
        (whether one or none) appended.

    Raises
    ------
    UnknownItemError, SettingError
        As `consensus`.
    """
    query = position_of(model, item_id)
    scores = _cosines(ensemble.of(model), query)
    scores[:, ~offered(model, query, include_removed)] = -np.inf
    n = len(table)
    rows = [model.positions[item] for item in table[Col.ITEM]]
    last = -np.partition(-scores, n - 1, axis=1)[:, [n - 1]] if n else np.zeros((ensemble.size, 1))
    seen = (scores[:, rows] >= last - _TIE).sum(axis=0)
    return table.assign(
        **{Col.SEEN_BY: seen, Col.STABILITY: seen / ensemble.size, Col.ONE_SEED: seen <= 1}
    )


def catalogue_stability(
    ensemble: Ensemble, model: Model, n: int = 10, *, include_removed: bool = False
) -> pd.DataFrame:
    """For each article the share of its `n` nearest that another seed keeps.

    The mean of |A ∩ B| / n over all pairs of the models; the mean of the column is the
    catalogue's figure.

    Returns
    -------
    pandas.DataFrame
        One row an article, in the model's order: item_id, title, readers, stability.

    Raises
    ------
    SettingError
        If the ensemble was made from another model.
    """
    ensemble = ensemble.of(model)
    allowed = offered(model, None, include_removed)
    return pd.DataFrame(
        {
            Col.ITEM: model.items[Col.ITEM],
            Col.TITLE: model.items[Col.TITLE],
            Col.READERS: model.readers,
            Col.STABILITY: pair_overlaps(ensemble, n, allowed=allowed).mean(axis=0),
        }
    )


def pair_overlaps(
    ensemble: Ensemble,
    n: int,
    *,
    rows: np.ndarray | None = None,
    allowed: np.ndarray | None = None,
) -> np.ndarray:
    """``(pairs of models, rows)`` share of the `n` nearest that both models of a pair have."""
    lists = [
        nearest(ensemble.directions[[place]], n, rows=rows, offered=allowed)
        for place in range(ensemble.size)
    ]
    return np.stack([shared(a, b) for a, b in combinations(lists, 2)])


def _cosines(ensemble: Ensemble, query: int) -> np.ndarray:
    """``(size, n_items)`` float32."""
    return np.stack([one @ one[query] for one in ensemble.directions])


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
                np.savez(file, directions=ensemble.directions, about=np.array(json.dumps(about)))
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
        with np.load(path, allow_pickle=False) as file:
            about, directions = json.loads(str(file["about"])), file["directions"]
        if about["format"] != FORMAT or directions.ndim != 3 or directions.dtype != np.float32:
            raise ValueError("another format")
        return Ensemble(
            directions=directions,
            model_fingerprint=str(about["model_fingerprint"]),
            params=ALSParams(**about["params"]),
        )
    except FileNotFoundError:
        what = "is not there."
    except (OSError, ValueError, KeyError, TypeError, EOFError, SettingError) as error:
        what = f"holds no models of other seeds that can be read ({type(error).__name__})."
    except zipfile.BadZipFile:
        what = "is damaged."
    raise ModelFolderError(what, where=str(path), todo="Train them again.")
