"""A model in a folder, without a pickle."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from recsys.columns import Col
from recsys.errors import ModelFolderError, Stopped
from recsys.machine import replace_folder
from recsys.models.kept import Damaged, arrays_of, finite, of_shape, said, texts
from recsys.models.model import FORMAT, Model
from recsys.models.params import BOUNDS, ALSParams
from recsys.progress import OnProgress
from recsys.strengths import EventWeights

_ITEM_COLUMNS = [
    Col.ITEM, Col.TITLE, Col.URL, Col.LANGUAGE, Col.KIND, Col.TIMESTAMP, Col.REMOVED,
]  # fmt: skip


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
            "already exists and contains no model.",
            where=str(folder),
            todo="Name another folder.",
            shell="--out FOLDER",
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
    ...     print(error.what)
    contains no model (model.json is missing).
    """
    folder = Path(folder)
    try:
        text = (folder / "model.json").read_bytes()
        about = json.loads(text.decode("utf-8"))
        if about["format"] == FORMAT:
            return _assemble(about, arrays_of(folder / "arrays.npz", on_progress, len(text)))
        what = f"contains a model of format {about['format']!r:.20}, this version reads {FORMAT}."
    except Stopped:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        what = f"contains no model ({Path(error.filename or 'model.json').name} is missing)."
    except Exception as error:  # there is no end to what a made-up file can raise
        what = f"contains a damaged model ({said(error)})."
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
        raise Damaged("it has no readers or no articles")
    factors = [
        of_shape(finite(arrays[name], np.float32, of), (length, params.factors), of)
        for name, of, length in (
            ("user_factors", "factors of readers", shape[0]),
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
        raise Damaged("the places of the strengths are not whole numbers")
    matrix = csr_matrix((strengths, indices, indptr), shape=shape)
    matrix.check_format(full_check=True)
    if not matrix.sorted_indices().has_canonical_format:
        raise Damaged("a reader and an article have two strengths")
    return matrix
