"""What a map draws and what stays while one looks at it, as one buffer for the browser."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recsys.errors import DataError

MAGIC = b"KMAP"
LEVEL = 1  # of gzip: titles get a third of their size, and a million of them take seconds at 6
_PART = 8  # bytes, at whose multiples the parts begin


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """Points with their titles and readers.

    Parameters
    ----------
    xy
        (n, 2) float32, all finite: places on the plane.
    titles
        n texts, of any signs; they are shown as text alone. An empty one says that there is none.
    readers
        (n,) whole numbers from 0: the size of a point.

    Raises
    ------
    DataError
        If the three do not belong together, or a place is no number.

    Examples
    --------
    >>> scene = Scene(xy=np.zeros((2, 2), "float32"), titles=["A", "B"], readers=np.array([3, 1]))
    >>> scene.pack()[:4]
    b'KMAP'
    """

    xy: np.ndarray
    titles: Sequence[str]
    readers: np.ndarray

    def __post_init__(self) -> None:
        n = len(self.titles)
        if self.xy.shape != (n, 2) or self.readers.shape != (n,):
            raise DataError(
                f"{n} titles, places of shape {self.xy.shape} and readers of shape "
                f"{self.readers.shape} do not belong together.",
                todo=f"Give places of shape ({n}, 2) and {n} readers.",
            )
        if not np.isfinite(self.xy).all():
            raise DataError("A place on the map is not a number.", todo="Give finite places.")

    def pack(self) -> bytes:
        """One buffer: ``KMAP``, the length of the header, the header as JSON, then the parts.

        The header names the parts with their first byte, counted from the end of the header's own
        padding, and their length in bytes: ``places`` float32 [2n], ``readers`` uint32 [n],
        ``ends`` uint32 [n + 1] (where titles begin and end), ``titles`` UTF-8. All are
        little-endian and begin at multiples of 8 bytes.
        """
        texts = [_encoded(title) for title in self.titles]
        ends = np.zeros(len(texts) + 1, "<u4")
        np.cumsum([len(text) for text in texts], out=ends[1:])
        readers = np.clip(self.readers, 0, np.iinfo(np.uint32).max)
        parts = {
            "places": np.ascontiguousarray(self.xy, "<f4").tobytes(),
            "readers": readers.astype("<u4").tobytes(),
            "ends": ends.tobytes(),
            "titles": b"".join(texts),
        }
        places, start = {}, 0
        for name, part in parts.items():
            places[name] = [start, len(part)]
            start += _padded(len(part))
        header = json.dumps({"n": len(texts), "parts": places}).encode()
        head = MAGIC + len(header).to_bytes(4, "little") + header
        padded = (part.ljust(_padded(len(part)), b"\0") for part in (head, *parts.values()))
        return b"".join(padded)

    def packed(self) -> bytes:
        """`pack`, made smaller by gzip; the same content gives the same bytes."""
        return gzip.compress(self.pack(), LEVEL, mtime=0)


def _padded(length: int) -> int:
    return -(-length // _PART) * _PART


def _encoded(title: str) -> bytes:
    """UTF-8; half a pair of surrogates, which it does not have, becomes U+FFFD."""
    try:
        return title.encode()
    except UnicodeEncodeError:
        return title.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
