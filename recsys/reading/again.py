"""Lines of names in the middle of a file, as where exports were joined."""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.errors import FileError
from recsys.formats import TEXT, Batch, text_sizes
from recsys.reading.account import Account
from recsys.reading.hints import Hint

_FEW = 3  # rows; more of them are ids like others


class NamesAgain:
    """Finds rows that hold the names of the columns, whatever their case.

    Parameters
    ----------
    own
        The columns that are looked at; all of them must hold their names.
    names
        All columns of the file.
    """

    def __init__(self, own: Collection[str], names: Collection[str], file: str, unit: str) -> None:
        self._own, self._file, self._unit = own, file, unit
        self._names = pa.array([_plain(name) for name in names], TEXT)
        sizes = [len(name.encode()) for name in self._names.to_pylist()]
        self._shortest, self._longest = min(sizes), max(sizes) + 2  # white space around it
        self.found = False
        self._other: list[int] = []

    def rows(self, batch: Batch) -> np.ndarray | None:
        """``(rows,)`` bool: which rows are such lines; None where none is.

        Raises
        ------
        FileError
            If the names come again in another order: what follows has other columns.
        """
        values = sorted((batch.columns[name].dictionary for name in self._own), key=len)
        if len(values) > 2:
            values = values[:1]  # the few kinds of events tell
        if not any(map(self._may_be_named, values)):
            return None
        own = np.ones(len(batch.lines), dtype=bool)
        some, one, none = own.copy(), ~own, True
        for name in self._own:
            column = batch.columns[name]
            texts = pc.utf8_lower(pc.utf8_trim_whitespace(column.dictionary))
            named = pc.is_in(texts, value_set=self._names)
            if not pc.any(named).as_py():
                own[:] = some[:] = False
                continue
            none = False
            codes = column.indices.to_numpy()
            here = named.to_numpy(zero_copy_only=False)[codes]
            some &= here
            one |= here
            own &= pc.equal(texts, _plain(name)).to_numpy(zero_copy_only=False)[codes]
        if none:
            return None
        self._other += batch.lines[one & ~some].tolist()
        if (other := np.flatnonzero(some & ~own)).size:
            raise FileError(
                "repeats the column names in a different order.",
                where=f"{self._file}, {self._unit} {batch.lines[other[0]]:,}",
                todo="Files with different columns seem to be joined here: use one of them.",
            )
        self.found |= bool(own.any())
        return own

    def _may_be_named(self, values: pa.Array) -> bool:
        """Whether some text is as long as a name; most ids of large files are longer."""
        lengths, _ = text_sizes(values)
        within = (lengths >= self._shortest) & (lengths <= self._longest)
        if not within.any():
            return False
        texts = pc.utf8_lower(pc.utf8_trim_whitespace(values.filter(pa.array(within))))
        return bool(pc.any(pc.is_in(texts, value_set=self._names)).as_py())

    def say(self, account: Account) -> None:
        """Say where an id is the name of a column, as where another table begins."""
        if 0 < len(self._other) <= _FEW:
            account.hint(
                Hint(
                    text=f"In {self._unit} {self._other[0]:,} an id is the same as a column name. "
                    "Another table may begin there. If so, remove it from the file."
                )
            )


def _plain(name: str) -> str:
    return name.strip().lower()
