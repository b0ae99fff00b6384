"""What is drawn on the map: colours, names, and marks of what is looked at, for the browser."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from recsys.maps import Label, Places, topic_labels
from recsys.topics import FinerTopics, Topics
from ui.text import cut

_PARTS, _LONGEST = 2, 48  # of a name on the map; its topic's panel has the whole
MOST_SHOWN = 200  # of a topic, by which the view is chosen
MOST_MARKED = 1_000  # search hits, that are marked one by one
FEWEST = 4  # articles, below which a topic has no name on the map


def names(topics: Topics, finer: FinerTopics | None, places: Places) -> list[Label]:
    """The names of topics where their articles crowd; those of finer ones for whoever zooms in."""
    of = np.where(places.placed, topics.of, -1)
    found = topic_labels(topics.names, of, places.xy)
    if finer is not None:
        divided = places.placed & ~np.append(finer.undivided, True)[finer.of]
        found += topic_labels(finer.names, np.where(divided, finer.of, -1), places.xy, level=1)
    return [label for label in found if label.weight >= FEWEST]


def as_labels(labels: Sequence[Label]) -> list[dict[str, Any]]:
    """Names for the browser, in their first words; a click on one tells its whole name."""
    return [{**label._asdict(), "text": short(label.text), "id": label.text} for label in labels]


def short(name: str) -> str:
    """A name that stands on the map among others: its first two words or pairs of words.

    >>> short("running shoes, corrida, breathing technique")
    'running shoes, corrida'
    """
    return cut(", ".join(name.split(", ")[:_PARTS]), _LONGEST)


def faint(bright: np.ndarray) -> str:
    """What stands back, where some articles are bright."""
    return _packed((~bright).astype(np.uint8))


def rows_of(positions: dict[str, int], items: Sequence[str], most: int = MOST_MARKED) -> list[int]:
    """Rows of articles; of one that nobody read there is none."""
    return [positions[item] for item in items if item in positions][:most]


def crowd(xy: np.ndarray, rows: np.ndarray) -> list[int]:
    """Articles that show where most of these lie: some of the 80 % nearest to their middle."""
    far = np.hypot(*(xy[rows] - np.median(xy[rows], axis=0)).T)
    near = rows[np.argsort(far, kind="stable")[: max(1, int(0.8 * len(rows)))]]
    return near[:: -(-len(near) // MOST_SHOWN)].tolist() + near[-1:].tolist()


def arrows(start: np.ndarray, end: np.ndarray) -> str:
    """``(m, 2)`` places each, from and to."""
    return _packed(np.hstack([start, end]).astype("<f4"))


def _packed(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode("ascii")
