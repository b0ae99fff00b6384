"""How many bytes an object holds, so that what is kept in memory can be bounded by them."""

import datetime
import sys
import types
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

SAMPLE = 1_000
_LEAVES = (
    str, bytes, bytearray, int, float, complex, type(None), np.generic, datetime.date,
    datetime.time, datetime.timedelta,
)  # fmt: skip
_NOBODYS = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)


def nbytes(obj: object, *, but: Iterable[object] = ()) -> int:
    """The bytes of everything that can be reached from an object, each thing counted once.

    It follows arrays of numpy and Arrow, frames of pandas, Python's containers and the attributes
    of objects (those of sparse matrices among them), but no classes, modules and functions. An
    array counts with the whole of the memory that it is a view of. Of more than `SAMPLE` texts or
    numbers in one container or array of objects, an even sample is looked at, and the number of
    those that are there several times is estimated (A. Chao, "Nonparametric Estimation of the
    Number of Classes in a Population", Scandinavian Journal of Statistics 11, 1984).

    Parameters
    ----------
    but
        What is reachable from these is held by others and does not count.

    Examples
    --------
    >>> whole = np.zeros((100, 10), dtype=np.float32)
    >>> nbytes(whole), nbytes(whole[:, 2]), nbytes(whole[1:], but=[whole])
    (4000, 4000, 0)
    """
    walk = _Walk()
    for one in but:
        walk.follow(one)
    before = walk.total
    walk.follow(obj)
    return walk.total - before


class _Walk:
    """Adds up what was not met before."""

    def __init__(self) -> None:
        self.total = 0
        self._met: dict[int, Any] = {}  # by id, which nothing else has while it is here
        self._memory: set[int] = set()  # by address
        self._next: list[Any] = []

    def follow(self, obj: object) -> None:
        """Add an object and all that is reachable from it."""
        self._next.append(obj)
        while self._next:
            self._one(self._next.pop())

    def _one(self, obj: Any) -> None:
        if id(obj) in self._met or isinstance(obj, _NOBODYS):
            return
        self._met[id(obj)] = obj
        if isinstance(obj, _LEAVES):
            self.total += sys.getsizeof(obj)
        elif isinstance(obj, np.ndarray):
            self._array(obj)
        elif isinstance(obj, (pd.DataFrame, pd.Series, pd.Index)):
            self._frame(obj)
        elif isinstance(obj, pd.api.extensions.ExtensionArray):
            self._column(obj)
        elif isinstance(obj, (pa.Array, pa.ChunkedArray, pa.Table, pa.RecordBatch, pa.Buffer)):
            self._arrow(obj)
        elif isinstance(obj, memoryview):
            self._next.append(obj.obj)
        else:
            self._other(obj)

    def _other(self, obj: Any) -> None:
        self.total += sys.getsizeof(obj)
        if isinstance(obj, dict):  # scipy has a dict whose own iteration is without end
            self._values(list(dict.keys(obj)))
            self._values(list(dict.values(obj)))
        elif isinstance(obj, (list, tuple, set, frozenset, deque)):
            self._values(list(obj))
        attributes = getattr(obj, "__dict__", None)
        if attributes is not None:
            self._next.append(attributes)
        for kind in type(obj).__mro__:
            names = kind.__dict__.get("__slots__", ())
            for name in (names,) if isinstance(names, str) else names:
                if name.startswith("__") and not name.endswith("__"):
                    name = f"_{kind.__name__.lstrip('_')}{name}"
                if name != "__dict__" and hasattr(obj, name):
                    self._next.append(getattr(obj, name))

    def _array(self, array: np.ndarray) -> None:
        base = array.base
        while base is not None:  # of the views that stride_tricks makes, base is no array
            array = base if isinstance(base, np.ndarray) else array
            base = getattr(base, "base", None)
        if isinstance(array.base, (bytes, bytearray, memoryview, pa.Buffer)):
            self._next.append(array.base)
        elif self._is_new(array.ctypes.data, array.nbytes) and array.dtype == object:
            self._values(array.reshape(-1, order="A"))

    def _is_new(self, address: int, size: int) -> bool:
        """Whether memory is met for the first time; it is added then."""
        if not size or address in self._memory:
            return False
        self._memory.add(address)
        self.total += size
        return True

    def _frame(self, frame: pd.DataFrame | pd.Series | pd.Index) -> None:
        if isinstance(frame, pd.DataFrame):
            self._next += [frame.index, frame.columns]
            for place in range(frame.shape[1]):
                self._column(frame.iloc[:, place].array)
        elif isinstance(frame, pd.Series):
            self._next.append(frame.index)
            self._column(frame.array)
        elif isinstance(frame, pd.MultiIndex):
            self._next += [*frame.levels, *frame.codes]
        elif not isinstance(frame, pd.RangeIndex):
            self._column(frame.array)

    def _column(self, column: Any) -> None:
        if isinstance(column, pd.arrays.NumpyExtensionArray):
            self._array(column.to_numpy())
        elif isinstance(column, pd.Categorical):
            self._array(column.codes)
            self._next.append(column.categories)
        elif hasattr(column, "asi8"):  # dates and spans of time
            self._array(column.asi8)
        elif isinstance(column, (pd.arrays.ArrowStringArray, pd.arrays.ArrowExtensionArray)):
            self._arrow(column.__arrow_array__())
        else:
            self.total += column.nbytes

    def _arrow(self, data: Any) -> None:
        if isinstance(data, pa.Buffer):
            while data.parent is not None:
                data = data.parent
            self._is_new(data.address, data.size)
        elif isinstance(data, (pa.Table, pa.RecordBatch)):
            for column in data.columns:
                self._arrow(column)
        elif isinstance(data, pa.ChunkedArray):
            for chunk in data.chunks:
                self._arrow(chunk)
        else:
            for buffer in data.buffers():
                if buffer is not None:
                    self._arrow(buffer)
            if isinstance(data, pa.DictionaryArray):
                self._arrow(data.dictionary)

    def _values(self, values: Sequence[Any] | np.ndarray) -> None:
        """What a container holds, beside the container itself."""
        count = len(values)
        if count > SAMPLE:
            places = np.linspace(0, count - 1, SAMPLE).astype(int)
            sample = [values[place] for place in places]
            if all(isinstance(value, _LEAVES) for value in sample):
                self.total += self._estimate(sample, count)
                return
        self._next += list(values)

    def _estimate(self, sample: list[Any], count: int) -> int:
        """Bytes of `count` values of which some were drawn; those met before do not count."""
        sizes = {id(value): sys.getsizeof(value) for value in sample}
        times = Counter(id(value) for value in sample if id(value) not in self._met)
        self._met.update((id(value), value) for value in sample)
        often = sum(sizes[one] for one, drawn in times.items() if drawn > 1)
        once = [sizes[one] for one, drawn in times.items() if drawn == 1]
        if not once:
            return often
        likely = len(once) / len(sample) * count  # if each of these is there but once
        twice = sum(drawn == 2 for drawn in times.values())
        if twice:
            likely = min(likely, len(once) + len(once) ** 2 / (2 * twice))
        return often + round(sum(once) / len(once) * likely)
