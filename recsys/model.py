"""A trained model: factors and what they belong to. Nothing here depends on the engine."""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.errors import ModelFolderError, SettingError
from recsys.params import ALSParams
from recsys.weights import EventWeights

FORMAT = 2
_ITEM_COLUMNS = [
    Col.ITEM, Col.TITLE, Col.URL, Col.LANGUAGE, Col.KIND, Col.TIMESTAMP, Col.REMOVED,
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """Factors of people and articles, with the matrix that they were learned from.

    Attributes
    ----------
    user_factors, item_factors
        ``(n_users, factors)`` and ``(n_items, factors)`` float32.
    user_items
        ``(n_users, n_items)`` float64 CSR of strengths.
    user_ids
        ``(n_users,)`` text.
    items
        Details of the articles, in the order of the factors.
    params, weights
        What it was trained with.
    fingerprint
        Stands for data, weights and parameters; `data_fingerprint` for the files alone.
    losses
        ``(iteration)`` the training loss after each iteration.
    seconds
        Wall time of the fit.
    trained
        When, in UTC, as ISO 8601.
    versions
        Of the libraries that trained it.
    """

    user_factors: np.ndarray
    item_factors: np.ndarray
    user_items: csr_matrix
    user_ids: np.ndarray
    items: pd.DataFrame
    params: ALSParams
    weights: EventWeights
    fingerprint: str
    data_fingerprint: str
    losses: tuple[float, ...]
    seconds: float
    trained: str
    engine: str = "implicit ALS"
    versions: dict[str, str] = field(default_factory=dict)

    @cached_property
    def item_norms(self) -> np.ndarray:
        """``(n_items,)`` Euclidean norms of the item factors."""
        return np.linalg.norm(self.item_factors, axis=1)

    @cached_property
    def item_users(self) -> csr_matrix:
        """``(n_items, n_users)`` CSR, the transpose of `user_items`."""
        return self.user_items.T.tocsr()

    @cached_property
    def readers(self) -> np.ndarray:
        """``(n_items,)`` number of people who read each article."""
        return np.diff(self.item_users.indptr)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position of each article id."""
        return {item: position for position, item in enumerate(self.items[Col.ITEM])}

    @cached_property
    def labels(self) -> list[str]:
        """What to call each article: its title, or its id where it has none."""
        titles, ids = self.items[Col.TITLE], self.items[Col.ITEM]
        return [
            title.strip() or f"(no title) {item}" for title, item in zip(titles, ids, strict=True)
        ]

    @property
    def collapsed(self) -> bool:
        """Whether regularization has pressed the factors to (nearly) nothing.

        The neighbours of such a model are rounding noise.
        """
        return bool(self.item_norms.max(initial=0.0) < 1e-6)


def model_fingerprint(interactions_fingerprint: str, params: ALSParams, engine: str) -> str:
    """The fingerprint of the model that a matrix and parameters give."""
    text = f"{FORMAT}:{interactions_fingerprint}:{engine}:{json.dumps(params.as_dict())}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def save_model(model: Model, folder: str | Path) -> Path:
    """Write a model into a new folder: ``arrays.npz`` (numbers), ``model.json`` (the rest).

    The folder appears whole or not at all. An existing model there is replaced; any other
    folder with something in it is refused.

    Raises
    ------
    ModelFolderError
        If the folder cannot be written.
    """
    folder = Path(folder)
    if folder.is_file() or (
        folder.is_dir() and any(folder.iterdir()) and not (folder / "model.json").is_file()
    ):
        raise ModelFolderError(
            "is there already and holds no model.", where=str(folder), todo="Name another folder."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(model, draft)
            if folder.exists():
                shutil.rmtree(folder)
            os.replace(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise ModelFolderError(
            f"cannot be written: {error.strerror or error}.", where=str(folder)
        ) from None
    return folder


def _write(model: Model, folder: Path) -> None:
    matrix = model.user_items
    np.savez(
        folder / "arrays.npz",
        user_factors=model.user_factors,
        item_factors=model.item_factors,
        data=matrix.data,
        indices=matrix.indices,
        indptr=matrix.indptr,
    )
    about = {
        "format": FORMAT,
        "engine": model.engine,
        "fingerprint": model.fingerprint,
        "data_fingerprint": model.data_fingerprint,
        "params": model.params.as_dict(),
        "weights": model.weights.as_text(),
        "losses": model.losses,
        "seconds": model.seconds,
        "trained": model.trained,
        "versions": model.versions,
        "user_ids": model.user_ids.tolist(),
        "items": model.items[_ITEM_COLUMNS].to_dict(orient="list"),
    }
    text = json.dumps(about, ensure_ascii=False)
    (folder / "model.json").write_text(text, encoding="utf-8")


def load_model(folder: str | Path) -> Model:
    """Read a model that `save_model` wrote. No pickle is loaded.

    Raises
    ------
    ModelFolderError
        If there is none, or it is damaged or of another format.
    """
    folder = Path(folder)
    todo = "Train it again with `python -m recsys train`."
    try:
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ModelFolderError(
                f"holds a model of format {about['format']}, this version reads {FORMAT}.",
                where=str(folder),
                todo=todo,
            )
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            return _assemble(about, {name: arrays[name] for name in arrays.files})
    except FileNotFoundError as error:
        name = Path(error.filename or "model.json").name
        raise ModelFolderError(
            f"holds no model ({name} is missing).", where=str(folder), todo=todo
        ) from None
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        EOFError,
        SettingError,
        zipfile.BadZipFile,
    ) as error:
        raise ModelFolderError(
            f"holds a damaged model ({type(error).__name__}).", where=str(folder), todo=todo
        ) from None


def _assemble(about: dict[str, Any], arrays: dict[str, np.ndarray]) -> Model:
    items = pd.DataFrame(about["items"])[_ITEM_COLUMNS]
    user_ids = np.array(about["user_ids"], dtype=object)
    params = ALSParams(**about["params"])
    shape = (len(user_ids), len(items))
    user_factors, item_factors = arrays["user_factors"], arrays["item_factors"]
    if user_factors.shape != (shape[0], params.factors):
        raise ValueError("user factors do not fit the ids")
    if item_factors.shape != (shape[1], params.factors):
        raise ValueError("item factors do not fit the ids")
    matrix = csr_matrix((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
    matrix.check_format(full_check=True)
    return Model(
        user_factors=user_factors,
        item_factors=item_factors,
        user_items=matrix,
        user_ids=user_ids,
        items=items,
        params=params,
        weights=EventWeights.parse(about["weights"]),
        fingerprint=str(about["fingerprint"]),
        data_fingerprint=str(about["data_fingerprint"]),
        losses=tuple(float(loss) for loss in about["losses"]),
        seconds=float(about["seconds"]),
        trained=str(about["trained"]),
        engine=str(about["engine"]),
        versions={str(k): str(v) for k, v in about["versions"].items()},
    )
