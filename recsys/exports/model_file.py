"""A trained model as one file, to be taken elsewhere: factors, ids and parameters, no pickle."""

import io
import tempfile
import zipfile
from pathlib import Path

from recsys.models import Model, save_model

FOLDER = "model"
README = "README.txt"
_LOADING = """Load it with numpy alone (the 10 articles most similar to the first one):

    import json
    import numpy as np

    with open("model/model.json", encoding="utf-8") as file:
        about = json.load(file)
    arrays = np.load("model/arrays.npz", allow_pickle=False)
    ids, titles = about["items"]["item_id"], about["items"]["title"]
    factors = arrays["item_factors"]
    lengths = np.linalg.norm(factors, axis=1)
    directions = factors / np.where(lengths > 0, lengths, 1)[:, None]
    similarity = directions @ directions[0]
    similarity[0] = -2
    for place in np.argsort(-similarity, kind="stable")[:10]:
        print(ids[place], titles[place], similarity[place])

Load it with Kindred as a library (removed articles are left out):

    import recsys

    model = recsys.load_model("model")
    recsys.similar_items(model, model.items["item_id"][0], 10)
"""


def model_file(model: Model, command: str = "") -> bytes:
    """A zip with the folder of `recsys.save_model` and a text that says how to use it.

    Parameters
    ----------
    command
        The command that trains exactly this model, for the text; see
        `recsys.commands.train_command`.

    Returns
    -------
    bytes
        ``model/arrays.npz`` (factors and the matrix), ``model/model.json`` (ids, titles,
        parameters, strengths) and ``README.txt``. The folder can be loaded by
        `recsys.load_model`.

    Examples
    --------
    >>> import io, zipfile
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> sorted(zipfile.ZipFile(io.BytesIO(recsys.model_file(model))).namelist())
    ['README.txt', 'model/arrays.npz', 'model/model.json']
    """
    stream = io.BytesIO()
    with tempfile.TemporaryDirectory() as place:
        folder = save_model(model, Path(place) / FOLDER)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            file.writestr(README, readme(model, command))
            for path in sorted(folder.iterdir()):
                file.write(path, f"{FOLDER}/{path.name}")
    return stream.getvalue()


def readme(model: Model, command: str = "") -> str:
    """What is in the file, how it was trained, and how it is loaded."""
    users, items = model.user_items.shape
    parameters = ", ".join(f"{name} {value:g}" for name, value in model.params.as_dict().items())
    how = f"Train exactly this model:\n\n    {command}\n\n" if command else ""
    return (
        f"A model of Kindred: {model.engine}, trained {model.trained} (UTC).\n"
        f"{users:,} readers, {items:,} articles, {parameters}.\n"
        f"Strengths: {model.weights.as_text()}\n"
        f"Fingerprint: {model.fingerprint}\n\n"
        "model/arrays.npz   item_factors and user_factors (float32, a row for each), and the\n"
        "                   matrix of strengths (data, indices, indptr: CSR, readers x articles)\n"
        "model/model.json   ids and titles in the order of the factors, parameters, strengths\n\n"
        f"{how}{_LOADING}"
    )
