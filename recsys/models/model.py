"""A trained model: factors and what they belong to. Nothing here depends on the engine."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.errors import ModelFolderError, Stopped
from recsys.machine import replace_folder
from recsys.models.kept import Damaged, arrays_of, finite, of_shape, said, texts
from recsys.models.params import BOUNDS, ALSParams
from recsys.progress import OnProgress
from recsys.strengths import EventWeights, Interactions, fingerprint_of

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

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> factors = dict(zip(model.items["item_id"], model.item_factors, strict=True))
    >>> factors[model.items["item_id"][7]].shape, factors[model.items["item_id"][7]].dtype
    ((20,), dtype('float32'))
    >>> (model.user_factors @ model.item_factors.T).shape == model.user_items.shape
    True
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
    def interactions(self) -> Interactions:
        """The matrix that it was learned from; what the weights left out is not known any more."""
        return Interactions(
            user_items=self.user_items,
            user_ids=self.user_ids,
            items=self.items,
            left_out={},
            weights=self.weights,
            fingerprint=fingerprint_of(self.data_fingerprint, self.weights),
            data_fingerprint=self.data_fingerprint,
        )

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


def save_model(model: Model, folder: str | Path, *, force: bool = False) -> Path:
    """Write a model into a new folder: ``arrays.npz`` (numbers), ``model.json`` (the rest).

    The folder appears whole or not at all. An existing model there is replaced; any other
    folder with something in it is refused, unless `force` is set.

    Raises
    ------
    ModelFolderError
        If the folder cannot be written.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> import tempfile
    >>> folder = recsys.save_model(model, tempfile.mkdtemp() + "/mine")
    >>> recsys.load_model(folder).fingerprint == model.fingerprint
    True
    """
    folder = Path(folder)
    if not force and (
        folder.is_file()
        or (folder.is_dir() and any(folder.iterdir()) and not (folder / "model.json").is_file())
    ):
        raise ModelFolderError(
            "is there already and holds no model.", where=str(folder), todo="Name another folder."
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(model, draft)
            replace_folder(draft, folder)
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


def load_model(folder: str | Path, on_progress: OnProgress | None = None) -> Model:
    """Read a model that `save_model` wrote. No pickle is loaded.

    Parameters
    ----------
    on_progress
        Called as ``(bytes read, bytes in all)`` after each array; may raise `Stopped`.

    Raises
    ------
    ModelFolderError
        If there is none, or it is damaged or of another format.

    Examples
    --------
    >>> import recsys
    >>> try:
    ...     recsys.load_model("nowhere")
    ... except recsys.KindredError as error:
    ...     print(error)
    nowhere: holds no model (model.json is missing). Train it again with `python -m recsys train`.
    """
    folder = Path(folder)
    try:
        text = (folder / "model.json").read_bytes()
        about = json.loads(text.decode("utf-8"))
        if about["format"] == FORMAT:
            return _assemble(about, arrays_of(folder / "arrays.npz", on_progress, len(text)))
        what = f"holds a model of format {about['format']!r:.20}, this version reads {FORMAT}."
    except Stopped:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        what = f"holds no model ({Path(error.filename or 'model.json').name} is missing)."
    except Exception as error:  # there is no end to what a made-up file can raise
        what = f"holds a damaged model ({said(error)})."
    raise ModelFolderError(
        what, where=str(folder), todo="Train it again with `python -m recsys train`."
    )


def _assemble(about: dict[str, Any], arrays: dict[str, np.ndarray]) -> Model:
    """The model that the contents of the two files make; raises whatever does not fit."""
    user_ids = texts(about["user_ids"], "user_id", distinct=True)
    items = _items(about["items"])
    if about["params"].keys() != BOUNDS.keys():
        raise Damaged(f"the parameters are not {', '.join(BOUNDS)}")
    params = ALSParams(**about["params"])
    shape = (len(user_ids), len(items))
    if 0 in shape:
        raise Damaged("it has no people or no articles")
    factors = [
        of_shape(finite(arrays[name], np.float32, of), (length, params.factors), of)
        for name, of, length in (
            ("user_factors", "factors of people", shape[0]),
            ("item_factors", "factors of articles", shape[1]),
        )
    ]
    engine, fingerprint, data_fingerprint, trained = texts(
        [about[name] for name in ("engine", "fingerprint", "data_fingerprint", "trained")],
        "what the model is called",
    )
    return Model(
        user_factors=factors[0],
        item_factors=factors[1],
        user_items=_matrix(arrays, shape, params.alpha),
        user_ids=np.array(user_ids, dtype=object),
        items=items,
        params=params,
        weights=EventWeights.parse(about["weights"]),
        fingerprint=fingerprint,
        data_fingerprint=data_fingerprint,
        losses=tuple(float(loss) for loss in about["losses"]),
        seconds=float(about["seconds"]),
        trained=trained,
        engine=engine,
        versions={str(k): str(v) for k, v in about["versions"].items()},
    )


def _items(columns: dict[str, list[Any]]) -> pd.DataFrame:
    for name in _ITEM_COLUMNS[:-1]:
        texts(columns[name], name, distinct=name == Col.ITEM)
    removed = columns[Col.REMOVED]
    if not isinstance(removed, list) or not all(isinstance(value, bool) for value in removed):
        raise Damaged(f"not all of {Col.REMOVED} is true or false")
    if len({len(columns[name]) for name in _ITEM_COLUMNS}) > 1:
        raise Damaged("the articles' details are not equally long")
    return pd.DataFrame({name: columns[name] for name in _ITEM_COLUMNS})


def _matrix(arrays: dict[str, np.ndarray], shape: tuple[int, int], alpha: float) -> csr_matrix:
    strengths = finite(arrays["data"], np.float64, "strengths")
    if not (strengths > 0).all():
        raise Damaged("not all strengths are above 0")
    if strengths.max(initial=0.0) > np.finfo(np.float32).max / alpha:
        raise Damaged("not all confidences are finite")  # training has them in float32
    indices, indptr = arrays["indices"], arrays["indptr"]
    if indices.dtype.kind not in "iu" or indptr.dtype.kind not in "iu":
        raise Damaged("the places of the strengths are no whole numbers")
    matrix = csr_matrix((strengths, indices, indptr), shape=shape)
    matrix.check_format(full_check=True)
    if not matrix.sorted_indices().has_canonical_format:
        raise Damaged("a person and an article have two strengths")
    return matrix
