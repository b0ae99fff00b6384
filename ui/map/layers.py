"""What is drawn on the map: colours, names, and marks of what is looked at, for the browser."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from recsys.maps import Colouring, middle
from recsys.topics import FinerTopics, Topics

MOST_MARKED = 2_000  # search hits, that are marked one by one
FAINTEST = 4  # articles, below which a topic has no name on the map


def coloured(colouring: Colouring) -> dict[str, Any]:
    """A colouring and its legend."""
    return {
        "index": _packed(colouring.index),
        "light": colouring.light,
        "dark": colouring.dark,
        "title": colouring.title,
        "kind": colouring.kind,
        "entries": [
            {"index": int(place), "label": label, "count": int(count)}
            for place, label, count in colouring.entries
        ],
    }


def names(
    topics: Topics, finer: FinerTopics | None, xy: np.ndarray, placed: np.ndarray
) -> list[dict[str, Any]]:
    """The names of topics where their articles crowd; those of finer ones as one zooms in."""
    found = _names_of(topics, xy, placed, level=0)
    if finer is not None:
        divided = ~finer.undivided
        found += _names_of(finer, xy, placed, level=1, only=divided)
    return found


def _names_of(
    topics: Topics, xy: np.ndarray, placed: np.ndarray, level: int, only: np.ndarray | None = None
) -> list[dict[str, Any]]:
    found = []
    for place, name in enumerate(topics.names):
        rows = np.flatnonzero((topics.of == place) & placed)
        if len(rows) < FAINTEST or (only is not None and not only[place]):
            continue
        x, y = middle(xy, rows)
        found.append(
            {"text": name, "x": x, "y": y, "level": level, "weight": len(rows), "id": name}
        )
    return found


def faint(bright: np.ndarray) -> str:
    """What stands back, where some articles are bright."""
    return _packed((~bright).astype(np.uint8))


def rows_of(positions: dict[str, int], items: Sequence[str], most: int = MOST_MARKED) -> list[int]:
    """Rows of articles; of one that nobody read there is none."""
    return [positions[item] for item in items if item in positions][:most]


def arrows(start: np.ndarray, end: np.ndarray) -> str:
    """``(m, 2)`` places each, from and to."""
    return _packed(np.hstack([start, end]).astype("<f4"))


def _packed(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode("ascii")
