"""A first look at a file: enough to say what it is, and to ask what its columns are."""

from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pandas as pd

from recsys.errors import FileError
from recsys.formats import Layout, ReadOptions, Source, begin
from recsys.reading.guessing import Guess, guess

PREVIEW = 20
SAMPLE = 300


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """What the beginning of a file shows.

    Attributes
    ----------
    layout
        Format, packing, encoding, delimiter and columns; see `Layout.as_dict`.
    sample
        The first rows, at most `SAMPLE`, as text.
    """

    name: str
    layout: Layout
    sample: pd.DataFrame

    @property
    def preview(self) -> pd.DataFrame:
        """The first rows to be shown, at most `PREVIEW`."""
        return self.sample.head(PREVIEW)

    @cached_property
    def guess(self) -> Guess:
        """What the columns seem to be."""
        return guess(self.layout.columns, self.sample, named=self.layout.header)

    @property
    def kind(self) -> str:
        """``"interactions"``, ``"articles"`` or, where it cannot be told, ``""``."""
        return self.guess.kind


def look(source: Source, options: ReadOptions | None = None) -> Look:
    """Look at the first megabyte of a file.

    Raises
    ------
    FileError
        If the file is empty, damaged or binary, or its first line looks like data, not names.
    """
    options = options or ReadOptions()
    layout, rows = begin(source, options)
    width = len(layout.columns)
    rows = [row for row in rows if len(row) == width][:SAMPLE]
    frame = pd.DataFrame(rows, columns=list(layout.columns), dtype=str)
    found = Look(name=source.name, layout=layout, sample=frame)
    unsaid = layout.format in ("CSV", "workbook") and options.header is None
    if unsaid and not found.kind and _like_data(layout.columns):
        shown = ", ".join(repr(name[:40]) for name in layout.columns[:6])
        raise FileError(
            f"begins with what looks like data, not column names: {shown}.",
            where=f"{source.name}, {layout.unit} {max(1, layout.before)}",
            todo="Add a line of column names, or set the first line to data.",
            shell="--no-header",
        )
    return found


def _like_data(columns: tuple[str, ...]) -> bool:
    """Whether one of the names is a number."""
    return any(_is_number(name) for name in islice(columns, 50))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
