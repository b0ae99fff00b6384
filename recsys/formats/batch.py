"""Some rows of a file, as columns of text: what every format is read into."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.formats.alphabets import Doubt

MAX_FIELD = 500_000
_BLANK, _WIDE = 0x20, 0x80  # the last byte of white space in ASCII, and the first beyond ASCII
TEXT = pa.string()
CODED = pa.dictionary(pa.int32(), pa.string())
"""Text whose values repeat: stored once each in a batch."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """Some rows of a file, in order.

    Attributes
    ----------
    columns
        The wanted columns, one value a row, as `TEXT` or `CODED`; empty cells are ``""``.
    lines
        ``(rows,)`` int64, the number of the line (or Parquet row) that each row begins on.
    malformed, blank
        The other rows between them: line and what is wrong, and lines.
    n_lines
        How many lines of a text file these are; more than rows where a quoted cell has several.
    changed
        Where a quotation mark opens a cell and never closes, which was taken for text: line and
        what stands there.
    doubtful
        Lines with which a quoted cell begins whose further lines look like rows of their own.
    quotes
        Whether some cell must be quoted to be one: it holds a delimiter or the end of a line.
    marks
        Lines that began with a byte order mark, which was taken out.
    recoded
        Lines of a mixture that are Windows-1252 and not UTF-8.
    doubt
        Of a mixture, another encoding that those lines may be in.
    notes
        What else was met, in sentences.
    position
        How many bytes of the file (packed, if it is packed) were read for this batch and all
        before it.
    """

    columns: dict[str, pa.Array]
    lines: np.ndarray
    malformed: tuple[tuple[int, str], ...] = ()
    blank: tuple[int, ...] = ()
    n_lines: int = 0
    changed: tuple[tuple[int, str], ...] = ()
    doubtful: tuple[int, ...] = ()
    quotes: bool = False
    marks: tuple[int, ...] = ()
    recoded: tuple[int, ...] = ()
    doubt: Doubt | None = None
    notes: tuple[str, ...] = ()
    position: int = 0

    @property
    def records(self) -> int:
        """Rows of the file that this batch accounts for."""
        return len(self.lines) + len(self.malformed) + len(self.blank)


def is_blank(column: pa.Array) -> np.ndarray:
    """``(rows,)`` bool: which cells hold nothing, or nothing but white space."""
    if pa.types.is_dictionary(column.type):
        blank = is_blank(column.dictionary)
        if not blank.any():
            return np.zeros(len(column), dtype=bool)
        return blank[column.indices.to_numpy(zero_copy_only=False)]
    sizes, first = text_sizes(column)
    may_be = (sizes == 0) | (first <= _BLANK) | (first >= _WIDE)
    if not may_be.any():
        return may_be
    blank = pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
    return blank.to_numpy(zero_copy_only=False)


def text_sizes(column: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """How many bytes each text (`TEXT`) has, and its first byte, which is any where it is empty."""
    _, ends, data = column.buffers()
    if data is None or not data.size:
        return np.zeros(len(column), np.int32), np.zeros(len(column), np.uint8)
    begins = np.frombuffer(ends, np.int32)[column.offset : column.offset + len(column) + 1]
    signs = np.frombuffer(data, np.uint8)
    return np.diff(begins), signs[np.minimum(begins[:-1], len(signs) - 1)]
