"""Ways to damage the files of models and of other seeds, and how that is refused."""

import io
import zipfile

import numpy as np
import pytest

from recsys.errors import ModelFolderError
from recsys.models.folder import load_model
from recsys.storage.store import ModelStore

KEY = "0" * 32


class Pickled:
    """Whoever loads it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def refused(folder, words):
    """The model is refused with these words, and a store takes it for absent."""
    with pytest.raises(ModelFolderError, match="contains a damaged model.*" + words):
        load_model(folder)
    assert ModelStore(folder=folder.parent).get(KEY) is None


def changed(path, **arrays):
    with np.load(path) as file:
        whole = dict(file)
    np.savez(path, **whole | arrays)


def deep(count=100_000):
    return "[" * count + "]" * count


def huge_member():
    """The bytes of an array that says it has 2^50 numbers, without any."""
    stream = io.BytesIO()
    header = {"descr": "<f4", "fortran_order": False, "shape": (1 << 25, 1 << 25)}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue()


def packed(file_bytes, *, at=0, value=0, garble=False):
    """An archive's bytes with one byte of each entry of its directory changed."""
    data = bytearray(file_bytes)
    if garble:
        data[200:1200] = bytes(1000)
    start = data.find(b"PK\x01\x02")
    while start >= 0 and at:
        data[start + at] = value
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


def archive(kind, path):
    """Damage the archive at `path` in one way."""
    with np.load(path) as file:
        arrays = dict(file)
    if kind == "huge":
        with zipfile.ZipFile(path, "w") as out:
            for name in arrays:
                out.writestr(f"{name}.npy", huge_member())
    elif kind == "npy":
        np.save(path.with_suffix(".npy"), np.ones(3))
        path.with_suffix(".npy").replace(path)
    elif kind == "compressed":
        np.savez_compressed(path, **arrays)
        path.write_bytes(packed(path.read_bytes(), garble=True))
    elif kind == "encrypted":
        path.write_bytes(packed(path.read_bytes(), at=8, value=1))
    elif kind == "method":
        path.write_bytes(packed(path.read_bytes(), at=10, value=99))
    elif kind == "garbled":
        path.write_bytes(packed(path.read_bytes(), garble=True))
    else:
        path.write_bytes(path.read_bytes()[:-30])


ARCHIVES = ["huge", "npy", "compressed", "encrypted", "method", "garbled", "cut"]


def with_value(value, place=(0, 0)):
    def change(array):
        array = array.copy()
        array[place[: array.ndim]] = value
        return array

    return change


ODD_FACTORS = [
    (with_value(np.nan), "not all factors of articles are finite"),
    (with_value(np.inf), "not all factors of articles are finite"),
    (lambda array: array.astype(np.float64) + 1e300, "not all factors of articles are finite"),
    (lambda array: array.astype(complex), "factors of articles are not real numbers"),
    (lambda array: array.astype(str), "factors of articles are not real numbers"),
    (lambda array: array.astype(bool), "factors of articles are not real numbers"),
    (lambda array: array[:, :-1], "factors of articles have the shape"),
    (lambda array: array[None], "factors of articles have the shape"),
    (lambda array: array.ravel(), "factors of articles have the shape"),
    (lambda array: np.float32(3), "factors of articles have the shape"),
    (lambda array: array[1:], "factors of articles have the shape"),
]
