"""A map as one file beside its model. No pickle is written or loaded."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from recsys.maps import Faithfulness, Places
from recsys.models import Damaged, arrays_of, finite, of_shape, texts

FORMAT = 1
_METHODS = ("pca", "neighbours")


def save_places(places: Places, key: str, path: Path) -> None:
    """Write the map of the model of that fingerprint into an ``.npz`` file."""
    about = {
        "format": FORMAT,
        "model_fingerprint": key,
        "method": places.method,
        "faithfulness": asdict(places.faithfulness),
        "learned_from": places.learned_from,
        "seed": places.seed,
        "aligned_to": places.aligned_to,
    }
    with open(path, "wb") as file:
        np.savez(file, about=np.array(json.dumps(about)), xy=places.xy, placed=places.placed)


def load_places(path: Path, key: str) -> Places:
    """Read what `save_places` wrote for the model of that fingerprint.

    Raises
    ------
    Exception
        Whatever a made-up file can raise; `Damaged` where it holds something else.
    """
    arrays = arrays_of(path)
    about = json.loads(str(arrays["about"]))
    if about["format"] != FORMAT or about["model_fingerprint"] != key:
        raise Damaged("it is another map")
    if about["method"] not in _METHODS:
        raise Damaged("it is of another kind")
    placed = arrays["placed"]
    if placed.ndim != 1 or placed.dtype != bool:
        raise Damaged("it is not said which articles have a place")
    xy = of_shape(finite(arrays["xy"], np.float32, "places"), (len(placed), 2), "places")
    [aligned_to] = texts([about["aligned_to"]], "aligned_to")
    return Places(
        xy=xy,
        placed=placed,
        method=about["method"],
        faithfulness=_faithfulness(about["faithfulness"]),
        learned_from=int(about["learned_from"]),
        seed=int(about["seed"]),
        aligned_to=aligned_to,
    )


def _faithfulness(given: dict) -> Faithfulness:
    found = Faithfulness(
        kept=float(given["kept"]),
        trustworthiness=float(given["trustworthiness"]),
        k=int(given["k"]),
        of=int(given["of"]),
        variance=None if given["variance"] is None else float(given["variance"]),
    )
    shares = [found.kept, found.trustworthiness, found.variance or 0.0]
    if not all(0 <= share <= 1 for share in shares):
        raise Damaged("a share is not between 0 and 1")
    return found
