"""Numbers and colours as the browser's state holds them."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from recsys.errors import DataError

MOST = 256  # colours of one colouring: an index is a byte


@dataclass(frozen=True, kw_only=True, eq=False)
class Colours:
    """What the points of a map are coloured by, and what the colours mean.

    Parameters
    ----------
    title
        What it is called, in the legend and in the choice of colourings.
    kind
        ``categories`` with `entries`, or ``scale`` with `ticks`.
    index
        (n,) whole numbers from 0 to 255: which of the colours a point has.
    light, dark
        The colours as ``#rrggbb``, on a light and on a dark page.
    entries
        Of the legend of categories: (index, label, number of articles).
    ticks
        Of a scale: (index, label).

    Raises
    ------
    DataError
        If an index has no colour.
    """

    title: str
    kind: Literal["categories", "scale"]
    index: np.ndarray
    light: Sequence[str]
    dark: Sequence[str]
    entries: Sequence[tuple[int, str, int]] = field(default=())
    ticks: Sequence[tuple[int, str]] = field(default=())

    def __post_init__(self) -> None:
        few = min(len(self.light), len(self.dark), MOST)
        if len(self.index) and not 0 <= int(self.index.min()) <= int(self.index.max()) < few:
            raise DataError(
                f"{self.title}: an index is outside of the {few} colours.",
                todo=f"Give whole numbers from 0 to {few - 1}.",
            )

    def state(self) -> dict[str, Any]:
        """As ``colour`` of the state of a map."""
        return {
            "title": self.title,
            "kind": self.kind,
            "index": packed_bytes(self.index),
            "light": list(self.light),
            "dark": list(self.dark),
            "entries": [
                {"index": int(index), "label": label, "count": int(count)}
                for index, label, count in self.entries
            ],
            "ticks": [{"index": int(index), "label": label} for index, label in self.ticks],
        }


def packed_bytes(numbers: np.ndarray) -> str:
    """Whole numbers from 0 to 255, or yes and no, as the state holds them: ``faint``, ``index``."""
    return base64.b64encode(np.asarray(numbers).astype("u1").tobytes()).decode("ascii")


def packed_floats(numbers: np.ndarray) -> str:
    """Numbers as the state holds them; of ``arrows`` (m, 4): from x, y to x, y."""
    return base64.b64encode(np.ascontiguousarray(numbers, "<f4").tobytes()).decode("ascii")


def packed_rows(numbers: np.ndarray) -> str:
    """Rows as the exported file holds them; -1 stands for none."""
    return base64.b64encode(np.ascontiguousarray(numbers, "<i4").tobytes()).decode("ascii")
