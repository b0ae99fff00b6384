"""Reading back what was kept in a file, which anybody may have damaged or made up since."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import DTypeLike

from recsys.progress import OnProgress


class Damaged(Exception):
    """What is wrong with what a file holds, in words."""


def arrays_of(
    path: str | Path, on_progress: OnProgress | None = None, before: int = 0
) -> dict[str, np.ndarray]:
    """The arrays of an ``.npz`` file, by name. No pickle is loaded.

    Parameters
    ----------
    on_progress
        Called as ``(bytes read, bytes in all)`` after each array.
    before
        Bytes that were read already, from elsewhere.
    """
    arrays = {}
    with np.load(path, allow_pickle=False) as file:
        members = file.zip.infolist()
        total = before + sum(member.file_size for member in members)
        done = before
        for name, member in zip(file.files, members, strict=True):
            arrays[name] = file[name]
            done += member.file_size
            if on_progress is not None:
                on_progress(done, total)
    return arrays


def finite(array: np.ndarray, dtype: DTypeLike, what: str) -> np.ndarray:
    """The array in `dtype`, if it holds real numbers, all of them finite in it.

    Raises
    ------
    Damaged
        Otherwise.
    """
    if array.dtype.kind != "f":
        raise Damaged(f"the {what} are not real numbers")
    with np.errstate(over="ignore"):
        numbers = array.astype(dtype, copy=False)
    if not np.isfinite(numbers).all():
        raise Damaged(f"not all {what} are finite")
    return numbers


def of_shape(array: np.ndarray, shape: tuple[int, ...], what: str) -> np.ndarray:
    """The array, if it has that shape.

    Raises
    ------
    Damaged
        Otherwise.
    """
    if array.shape != shape:
        raise Damaged(f"the {what} have the shape {array.shape}, expected {shape}")
    return array


def texts(values: Sequence[str], what: str, *, distinct: bool = False) -> list[str]:
    """The list, if all in it is text that can be written again, each only once where `distinct`.

    Raises
    ------
    Damaged
        Otherwise.
    """
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Damaged(f"not all of {what} is text")
    try:
        "".join(values).encode()
    except UnicodeEncodeError:  # JSON can hold half of a surrogate pair
        raise Damaged(f"{what} contains an invalid character") from None
    if distinct and not pd.Index(values).is_unique:
        raise Damaged(f"{what} is there twice")
    return values


def said(error: Exception) -> str:
    """What is wrong, for the end of a message: the words of `Damaged`, or the kind of error."""
    if isinstance(error, Damaged):
        return str(error)
    if isinstance(error, MemoryError):
        return "it does not fit into memory"
    return getattr(error, "strerror", None) or type(error).__name__
