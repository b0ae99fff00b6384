"""The map as a picture for slides: PNG, or SVG that looks the same at any size."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from recsys.errors import DataError, SettingError
from recsys.maps.colours import palette
from recsys.maps.colours.colouring import Colouring
from recsys.maps.labels import Label
from recsys.maps.pictures.svg import DOTS, circles, tidied
from recsys.maps.pictures.text import Fonts, place_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PICTURES = ("png", "svg")
LEAST, MOST = 320, 4_096  # pixels of a side
_DESIGN = (1600, 900)  # pixels for which sizes below are meant
_DPI = 100
_MOST_VECTORS = 5_000  # points that an SVG draws one by one; of more it holds an image
_INK = {
    False: {"text": "#0f1418", "quiet": "#5b6470", "back": palette.BACKGROUND["light"]},
    True: {"text": "#e8eaec", "quiet": "#a3adb8", "back": palette.BACKGROUND["dark"]},
}
_POINT = 72 / _DPI  # of a pixel
_LEGEND_ENDS = 64  # pixels above the lower edge


def map_picture(
    xy: np.ndarray,
    readers: np.ndarray,
    colouring: Colouring,
    labels: Sequence[Label] = (),
    *,
    title: str,
    said: str = "",
    format: str = "png",
    dark: bool = False,
    width: int = 1600,
    height: int = 900,
) -> bytes:
    """Draw the map.

    The more readers an article has, the larger and the further on top its dot is. Names that would
    overlap are left out, the lightest first. The same content gives the same bytes on the same
    machine. An SVG holds its letters as outlines: names stand where they were measured whatever
    fonts the reader of a slide has, and no text in it can be anything but a shape.

    Parameters
    ----------
    xy
        ``(n, 2)`` places on the plane.
    readers
        ``(n,)`` readers of each article.
    colouring
        The colours, drawn with their legend.
    labels
        Names on the map, see `recsys.maps.labels.topic_labels`.
    title, said
        The line above, and a small one below. Texts are shown as they are; a sign that no font on
        this machine has becomes a box.
    format
        ``"png"`` or ``"svg"``. In an SVG of more than 5,000 articles the dots are an image.
    width, height
        In pixels, 320 to 4,096; what is written grows with them.

    Raises
    ------
    SettingError
        If the format or a size is not allowed.
    DataError
        If the arrays do not belong together, or hold no article.
    """
    _check(xy, readers, colouring, format)
    check_size(width, height)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    ink = _INK[dark]
    zoom = max(min(width / _DESIGN[0], height / _DESIGN[1]), 0.4)
    inches = (width / zoom / _DPI, height / zoom / _DPI)
    figure = Figure(figsize=inches, dpi=_DPI * zoom, facecolor=ink["back"])
    FigureCanvasAgg(figure)
    fonts = Fonts.found()
    size = figure.get_size_inches() * _DPI
    _write(figure, fonts, title, (48, size[1] - 44), 30, ink["text"], size[0] - 96, bold=True)
    _write(figure, fonts, said, (48, 32), 16, ink["quiet"], size[0] - 96)
    legend = min(372.0, size[0] * 0.28)
    _legend(figure, fonts, colouring, dark, (size[0] - legend, size[1] - 116), legend - 48)
    box = np.array([48.0, 64.0, size[0] - legend - 80, size[1] - 64 - 84])
    axes, drawn = _dots(figure, box, xy, readers, colouring.colours(dark), ink["back"], format)
    place_labels(figure, axes, fonts, labels, ink["text"], ink["back"])
    return _bytes(figure, format, title, drawn)


def check_size(width: int, height: int) -> None:
    """Refuse a size that `map_picture` does not draw.

    Raises
    ------
    SettingError
        If a side is not between 320 and 4,096 pixels.
    """
    for side, name in ((width, "width"), (height, "height")):
        if not LEAST <= side <= MOST:
            todo = f"Give a number of pixels from {LEAST} to {MOST:,}."
            raise SettingError(f"{side} is not allowed.", where=name, todo=todo)


def _check(xy: np.ndarray, readers: np.ndarray, colouring: Colouring, kind: str) -> None:
    if kind not in PICTURES:
        known = ", ".join(PICTURES)
        raise SettingError(
            f"{kind!r:.40} is not a format.", where="format", todo=f"Known: {known}."
        )
    n = len(readers)
    if not n or xy.shape != (n, 2) or colouring.index.shape != (n,) or not np.isfinite(xy).all():
        raise DataError(
            f"places of shape {xy.shape}, {n} readers and {len(colouring.index)} colours make no "
            "picture.",
            todo="Give one finite place, number of readers and colour for each article.",
        )


def _dots(
    figure: "Figure",
    box: np.ndarray,
    xy: np.ndarray,
    readers: np.ndarray,
    colours: np.ndarray,
    back: str,
    kind: str,
) -> "tuple[Axes, str]":
    """The articles, with the whole map in the box and the same scale along and up.

    Few of them are given as circles of an SVG, of which Matplotlib makes twelve times as much text.
    """
    size = figure.get_size_inches() * _DPI
    left, bottom, wide, high = box / np.tile(size, 2)
    axes = figure.add_axes((left, bottom, wide, high))
    axes.set_axis_off()
    low, span = xy.min(axis=0).astype(float), np.ptp(xy.astype(float), axis=0)
    per_pixel = float((span / box[2:]).max()) * 1.05 or 1.0
    half, middle = box[2:] * per_pixel / 2, low + span / 2
    axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
    axes.set_ylim(middle[1] - half[1], middle[1] + half[1])
    usual = np.clip(np.sqrt(0.10 * box[2] * box[3] / len(xy)), 1.9, 13.0)
    share = np.sqrt(readers / max(readers.max(), 1))
    across = usual * (0.62 + 2.0 * share) * _POINT
    order = np.argsort(readers, kind="stable")
    few = len(xy) <= _MOST_VECTORS
    if kind == "svg" and few:
        axes.set_gid(DOTS)
        at = ((xy - middle + half) / per_pixel + box[:2]) * _POINT
        at[:, 1] = size[1] * _POINT - at[:, 1]
        return axes, circles(at[order], across[order] / 2, colours[order], back)
    axes.scatter(
        xy[order, 0],
        xy[order, 1],
        s=across[order] ** 2,
        c=colours[order] / 255,
        alpha=0.85 if few else 0.7,
        linewidths=0.4 if few else 0.0,
        edgecolors=back if few else "none",
        rasterized=kind == "svg",
    )
    return axes, ""


def _write(
    figure: "Figure",
    fonts: Fonts,
    text: str,
    at: tuple[float, float],
    size: float,
    colour: str,
    room: float,
    *,
    bold: bool = False,
    right: bool = False,
) -> None:
    """One line of text at a place in pixels, cut where it would be wider than its room."""
    wide, high = figure.get_size_inches() * _DPI
    text = fonts.cut(figure, text, size, room, bold=bold)
    figure.text(
        at[0] / wide,
        at[1] / high,
        text,
        **fonts.style(size, bold=bold),
        color=colour,
        ha="right" if right else "left",
        va="center",
    )


def _legend(
    figure: "Figure",
    fonts: Fonts,
    colouring: Colouring,
    dark: bool,
    at: tuple[float, float],
    room: float,
) -> None:
    """What the colours mean, downwards from a place: names with articles, or a bar with ticks."""
    ink, colours = _INK[dark], colouring.dark if dark else colouring.light
    x, y = at
    _write(figure, fonts, colouring.title, (x, y), 18, ink["text"], room, bold=True)
    y -= 36
    if colouring.kind == "scale":
        ticks = [(place, label) for place, label, articles in colouring.entries if not articles]
        if ticks:
            y = _bar(figure, fonts, colours[: palette.STEPS], ticks, (x, y), room, ink["quiet"])
    named = [entry for entry in colouring.entries if entry[2]]
    fit = max(1, int((y - _LEGEND_ENDS) // 30))
    shown = named if len(named) <= fit else named[: fit - 1]
    for place, label, articles in shown:
        _spot(figure, colours[place], (x + 8, y))
        number = f"{articles:,}"
        _write(figure, fonts, number, (x + room, y), 16, ink["quiet"], 90, right=True)
        _write(figure, fonts, label, (x + 26, y), 16, ink["text"], room - 26 - 76)
        y -= 30
    if rest := len(named) - len(shown):
        words = f"and {rest:,} more"
        _write(figure, fonts, words, (x + 26, y), 16, ink["quiet"], room - 26)


def _spot(figure: "Figure", colour: str, at: tuple[float, float]) -> None:
    from matplotlib.lines import Line2D

    wide, high = figure.get_size_inches() * _DPI
    spot = Line2D([at[0] / wide], [at[1] / high], marker="o", markersize=14 * _POINT, lw=0)
    spot.set(color=colour, markeredgewidth=0, transform=figure.transFigure)
    figure.add_artist(spot)


def _bar(
    figure: "Figure",
    fonts: Fonts,
    colours: Sequence[str],
    ticks: list[tuple[int, str]],
    at: tuple[float, float],
    room: float,
    quiet: str,
) -> float:
    """The scale, much at the top; where to go on below it."""
    from matplotlib.patches import Rectangle

    wide, high = figure.get_size_inches() * _DPI
    length = min(320.0, at[1] - 220)
    step = length / len(colours)
    for place, colour in enumerate(colours):
        y = at[1] - length + place * step
        edges = ((at[0]) / wide, y / high), 18 / wide, step * 1.05 / high
        figure.add_artist(Rectangle(*edges, lw=0, color=colour, transform=figure.transFigure))
    for place, label in ticks:
        y = at[1] - length + (place + 0.5) * step
        _write(figure, fonts, label, (at[0] + 32, y), 16, quiet, room - 32)
    return at[1] - length - 30


def _bytes(figure: "Figure", kind: str, title: str, drawn: str) -> bytes:
    stream = io.BytesIO()
    dpi = figure.dpi
    if kind == "png":
        figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
        return stream.getvalue()
    none = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    width, height = figure.get_size_inches() * dpi
    finer = min(2.0, MOST / max(width, height))  # an image in it, for whoever enlarges it
    figure.savefig(stream, format="svg", dpi=dpi * finer, metadata=none)
    return tidied(stream.getvalue(), title, (round(width), round(height)), drawn)
