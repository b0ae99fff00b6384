"""A colour for each article of the map, with a legend. The page, a picture and a file share these.

`recsys.maps.colour_by` makes them of a model; `categories` and `scale` of any values. Colour is
never all that says it: the legend counts, and names lie on the map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from recsys.counting import counted
from recsys.maps import palette

UNKNOWN = "Unknown"
MOST = len(palette.LIGHT)  # distinct colours of categories
_TICKS = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Colouring:
    """A colour for each article, and what the colours mean.

    Attributes
    ----------
    title
        What is coloured: "Topic", "Readers".
    kind
        Whether the colours are names or amounts.
    index
        ``(n,)`` uint8 place of each article's colour in `light` and `dark`.
    light, dark
        ``"#rrggbb"`` of each place, for a white and for a dark background. Of a scale, the first
        `palette.STEPS` go from little to much; what follows is grey, for what has no value.
    entries
        The legend: place, label, articles. Of categories, the largest first, then what is grey;
        of a scale, ticks from little to much with 0 for the articles, then what is grey with its
        number of articles.
    """

    title: str
    kind: Literal["categories", "scale"]
    index: np.ndarray
    light: tuple[str, ...]
    dark: tuple[str, ...]
    entries: tuple[tuple[int, str, int], ...]

    def colours(self, dark: bool = False) -> np.ndarray:
        """``(n, 3)`` uint8 of each article."""
        return palette.rgb(self.dark if dark else self.light)[self.index]


def categories(
    title: str,
    names: Sequence[str],
    of: np.ndarray,
    *,
    others: str = "others",
    unknown: str = UNKNOWN,
) -> Colouring:
    """Colours of named groups: the ten largest have one each, the others are grey.

    Parameters
    ----------
    names
        Of the groups.
    of
        ``(n,)`` place in `names` of each article, -1 for none.
    others
        What the grey ones are called, in the plural: "other topics".
    unknown
        The label of those without a group.
    """
    sizes = np.bincount(of[of >= 0], minlength=len(names))
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0]
    chosen, rest = order[:MOST], order[MOST:]
    place = np.full(len(names) + 1, len(chosen), dtype=np.uint8)  # the last stands for -1
    place[chosen] = np.arange(len(chosen))
    entries = [(n, names[group], int(sizes[group])) for n, group in enumerate(chosen)]
    if len(rest):
        entries.append((len(chosen), counted(len(rest), others), int(sizes[rest].sum())))
    if nobody := int((of < 0).sum()):
        entries.append((len(chosen), unknown, nobody))
    return Colouring(
        title=title,
        kind="categories",
        index=place[of],
        light=(*palette.LIGHT[: len(chosen)], palette.GREY_LIGHT),
        dark=(*palette.DARK[: len(chosen)], palette.GREY_DARK),
        entries=tuple(entries),
    )


def scale(
    title: str,
    values: np.ndarray,
    *,
    bend: Literal["linear", "log", "rank"] = "linear",
    tick: Callable[[float], str] | None = None,
    unknown: str = UNKNOWN,
) -> Colouring:
    """Colours from little to much.

    Parameters
    ----------
    values
        ``(n,)`` amounts, NaN where there is none.
    bend
        ``"linear"`` from the 1st to the 99th percentile, what lies outside has the colours of the
        ends; ``"log"`` of what is at least 1; ``"rank"`` by the order of the articles, so that
        each colour has as many.
    tick
        Writes an amount; by default with two digits.
    unknown
        The label of those without an amount.
    """
    values = np.asarray(values, dtype=np.float64)
    known = np.isfinite(values)
    index = np.full(len(values), palette.STEPS, dtype=np.uint8)
    entries: list[tuple[int, str, int]] = []
    if known.any():
        ends, at = _bent(values[known], bend)
        share = (at(values[known]) - at(ends[:1])) / max(np.ptp(at(ends)), 1e-300)
        index[known] = np.round(np.clip(share, 0, 1) * (palette.STEPS - 1))
        entries = _ticks(values[known], index[known], ends, bend, tick or _two_digits)
    if nobody := int((~known).sum()):
        entries.append((palette.STEPS, unknown, nobody))
    return Colouring(
        title=title,
        kind="scale",
        index=index,
        light=(*palette.scale("light"), palette.GREY_LIGHT),
        dark=(*palette.scale("dark"), palette.GREY_DARK),
        entries=tuple(entries),
    )


def _bent(values: np.ndarray, bend: str) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """The amounts at the ends of the scale, and how an amount becomes a length."""
    if bend == "log":
        return np.array([max(values.min(), 1), max(values.max(), 1)]), _log
    if bend == "rank":
        ordered = np.sort(values)
        return (
            ordered[[0, -1]],
            lambda some: (
                np.searchsorted(ordered, some) + np.searchsorted(ordered, some, "right") - 1.0
            ),
        )
    return np.percentile(values, [1, 99], method="nearest"), np.asarray


def _log(values: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(values, 1))


def _ticks(
    values: np.ndarray,
    index: np.ndarray,
    ends: np.ndarray,
    bend: str,
    tick: Callable[[float], str],
) -> list[tuple[int, str, int]]:
    """Places on the scale and what they stand for; each label once."""
    last = palette.STEPS - 1
    parts = np.linspace(0, 1, _TICKS)
    if bend == "rank":
        amounts = np.percentile(values, parts * 100, method="nearest")
    elif bend == "log":
        amounts = np.round(np.exp(parts * np.log(ends[1] / ends[0])) * ends[0])
    else:
        amounts = ends[0] + parts * (ends[1] - ends[0])
    found: dict[str, int] = {}
    for part, amount in zip(parts, amounts, strict=True):
        label = tick(float(amount))
        if part == 1 and (label in found or ends[0] == ends[1]):
            found.pop(label, None)  # the last keeps its place at the end of the scale
        found.setdefault(label, round(part * last))
    if ends[0] == ends[1]:
        return [(int(index[0]), tick(float(ends[0])), 0)]
    return [(place, label, 0) for label, place in found.items()]


def _two_digits(amount: float) -> str:
    return f"{amount:.2g}" if abs(amount) < 100 else f"{amount:,.0f}"
