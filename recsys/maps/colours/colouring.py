"""A colour for each article of the map, with a legend. The page, a picture and a file share these.

`recsys.maps.colours.colour_by` makes them of a model; `categories` and `scale` of any values.
Colour is never all that says it: the legend counts, and names lie on the map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from recsys.counting import counted
from recsys.maps.colours import palette

UNKNOWN = "Unknown"
MOST = len(palette.LIGHT)  # distinct colours of categories
_TICKS = 5
_MOST_ON_MAP = 250


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


def categories_on_map(
    title: str,
    names: Sequence[str],
    of: np.ndarray,
    at: np.ndarray,
    *,
    unknown: str = UNKNOWN,
) -> Colouring:
    """Colours of named groups that lie on a map: each has one, far from the others that share it.

    The ten largest have one each. The next has that whose groups are all furthest away, and so on:
    a colour tells a group from those around it, and the name on the map says which it is.

    Parameters
    ----------
    names, of, unknown
        As of `categories`; at most 250 groups, the smallest of more are grey.
    at
        ``(groups, 2)`` where each lies; NaN for nowhere.
    """
    sizes = np.bincount(of[of >= 0], minlength=len(names))
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0][:_MOST_ON_MAP]
    hue = _far_apart(np.nan_to_num(at[order]))
    place = np.full(len(names) + 1, len(order), dtype=np.uint8)
    place[order] = np.arange(len(order))
    entries = [(n, names[group], int(sizes[group])) for n, group in enumerate(order)]
    index = place[of]
    if grey := int((index == len(order)).sum()):
        entries.append((len(order), unknown, grey))
    return Colouring(
        title=title,
        kind="categories",
        index=index,
        light=(*(palette.LIGHT[n] for n in hue), palette.GREY_LIGHT),
        dark=(*(palette.DARK[n] for n in hue), palette.GREY_DARK),
        entries=tuple(entries),
    )


def _far_apart(at: np.ndarray) -> list[int]:
    """A colour for each of ``(groups, 2)`` places, equal ones far from each other."""
    hue: list[int] = []
    for place in at:
        gaps = np.full(MOST, np.inf)
        far = np.hypot(*(at[: len(hue)] - place).T)
        np.minimum.at(gaps, hue, far)
        hue.append(int(gaps.argmax()))
    return hue


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
        low, high, at = _bent(values[known], bend)
        span = at(high) - at(low)

        def places(some: np.ndarray) -> np.ndarray:
            share = (at(some) - at(low)) / np.where(span > 0, span, 1.0)
            return np.round(np.clip(share, 0, 1) * (palette.STEPS - 1)).astype(np.uint8)

        index[known] = places(values[known])
        amounts = _amounts(values[known], float(low), float(high), bend)
        labels: dict[str, int] = {}  # each once
        for place, amount in zip(places(np.array(amounts)), amounts, strict=True):
            labels.setdefault((tick or _short)(amount), int(place))
        entries = [(place, label, 0) for label, place in labels.items()]
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


def _bent(
    values: np.ndarray, bend: str
) -> tuple[np.ndarray, np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """The amounts at the ends of the scale, and how an amount becomes a length."""
    if bend == "log":
        low, high = np.maximum([values.min(), values.max()], 1.0)
        return low, high, lambda some: np.log(np.maximum(some, 1.0))
    if bend == "rank":
        ordered = np.sort(values)

        def rank(some: np.ndarray) -> np.ndarray:
            left, right = (np.searchsorted(ordered, some, side) for side in ("left", "right"))
            return (left + right) / 2.0

        return ordered[0], ordered[-1], rank
    low, high = np.percentile(values, [1, 99], method="nearest")
    return low, high, np.asarray


def _amounts(values: np.ndarray, low: float, high: float, bend: str) -> list[float]:
    """Those that are written beside the scale, little first."""
    if low == high:
        return [low]
    if bend == "rank":
        return np.percentile(values, [0, 25, 50, 75, 100], method="nearest").tolist()
    if bend == "log":
        powers = 10.0 ** np.arange(np.ceil(np.log10(low)), np.log10(high) + 1)
        steps = powers if high >= 50 * low else np.outer(powers / 10, [1, 2, 5]).ravel()
        inside = steps[(steps > low * 1.3) & (steps < high / 1.3)]
        return [low, *inside[:: -(-len(inside) // _TICKS) or 1].tolist(), high]
    raw = (high - low) / (_TICKS - 1)
    power = 10.0 ** np.floor(np.log10(raw))
    step = power * next(one for one in (1, 2, 5, 10) if one * power >= raw * 0.999)
    return (np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step).tolist()


def _short(amount: float) -> str:
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount + 0.0:.3g}"
