"""Text on a picture: fonts, lines that fit, and names that do not overlap."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from recsys.maps.labels import Label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DPI = 100  # at which a pixel is one of the sizes below
_POINT = 72 / _DPI
_OURS = "DejaVu Sans"  # comes with Matplotlib: the same on every machine
_OTHERS = (  # for signs that it does not have, where one is installed
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR",
    "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "PingFang SC", "Hiragino Sans",
    "Apple SD Gothic Neo", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Noto Sans Devanagari",
    "Noto Sans Thai", "Noto Sans Bengali", "Noto Sans Hebrew", "Noto Sans Arabic",
    "Nirmala UI", "Arial Unicode MS",
)  # fmt: skip
_BOX = "\u25a1"
_SIZES = {0: 17.0, 1: 14.0}  # pixels of the names of each level
_LINE, _LINES = 22, 3  # letters of a name's line, and its lines
_GAP = 5.0  # pixels that names keep from each other
_MOVES = (  # in widths and heights of a name, the nearest first
    (0, 0), (0, 0.5), (0, -0.5), (0.3, 0), (-0.3, 0), (0, 1), (0, -1), (0.3, 0.6), (-0.3, 0.6),
    (0.3, -0.6), (-0.3, -0.6), (0.6, 0), (-0.6, 0), (0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Fonts:
    """The fonts that a picture is written in, and the signs that they have."""

    families: tuple[str, ...]
    signs: frozenset[int]

    @staticmethod
    @cache
    def found() -> "Fonts":
        """Of this machine."""
        from matplotlib.font_manager import FontProperties, fontManager, get_font

        there = set(fontManager.get_font_names())
        families = (_OURS, *(name for name in _OTHERS if name in there))
        signs: set[int] = set()
        for name in families:
            path = fontManager.findfont(FontProperties(family=[name]), fallback_to_default=False)
            signs |= get_font(path).get_charmap().keys()
        return Fonts(families=families, signs=frozenset(signs))

    def drawable(self, text: str) -> str:
        """One line in which a box stands for each sign that no font has."""
        line = " ".join(text.split())
        return "".join(sign if ord(sign) in self.signs else _BOX for sign in line)

    def style(self, size: float, *, bold: bool = False) -> dict[str, Any]:
        """What a text is made with, whatever the settings of the process: signs alone, no TeX."""
        return {
            "family": list(self.families),
            "size": size * _POINT,
            "weight": "bold" if bold else "normal",
            "parse_math": False,
            "usetex": False,
        }

    def cut(
        self, figure: "Figure", text: str, size: float, room: float, *, bold: bool = False
    ) -> str:
        """As much of a text as fits into so many pixels, in one line."""
        line = self.drawable(text)[:400]
        low, high = 0, len(line)
        while low < high:  # what is longer is wider
            middle = (low + high + 1) // 2
            part = line if middle == len(line) else line[:middle].rstrip(" ,") + "…"
            if self.extent(figure, part, size, bold=bold)[0] <= room:
                low = middle
            else:
                high = middle - 1
        return line if low == len(line) else line[:low].rstrip(" ,") + "…"

    def extent(
        self, figure: "Figure", text: str, size: float, *, bold: bool = False
    ) -> tuple[float, float]:
        """Width and height of a text, in pixels."""
        from matplotlib.text import Text

        measured = Text(0, 0, text, **self.style(size, bold=bold))
        measured.set_figure(figure)
        box = measured.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
        return float(box.width * _DPI / figure.dpi), float(box.height * _DPI / figure.dpi)


def place_labels(
    figure: "Figure",
    axes: "Axes",
    fonts: Fonts,
    labels: Sequence[Label],
    ink: str,
    back: str,
) -> None:
    """Write the names, the heaviest first; one that finds no room is left out."""
    from matplotlib.patheffects import withStroke

    inside = axes.get_window_extent()
    frame = np.array([inside.x0, inside.y0, inside.x1, inside.y1])
    taken = np.zeros((0, 4))
    for label in sorted(labels, key=lambda one: (one.level, -one.weight, one.text)):
        text = wrapped(fonts.drawable(label.text))
        size, bold = _SIZES.get(label.level, min(_SIZES.values())), label.level == 0
        if not text:
            continue
        middle = axes.transData.transform((label.x, label.y))
        extent = np.array(fonts.extent(figure, text, size, bold=bold)) * figure.dpi / _DPI
        for box in _boxes(middle, extent, frame):
            if not _overlap(box, taken, _GAP * figure.dpi / _DPI).any():
                break
        else:
            continue
        taken = np.vstack([taken, box])
        at = axes.transAxes.inverted().transform((box[:2] + box[2:]) / 2)
        axes.text(
            at[0],
            at[1],
            text,
            **fonts.style(size, bold=bold),
            transform=axes.transAxes,
            color=ink,
            ha="center",
            va="center",
            linespacing=1.1,
            path_effects=[withStroke(linewidth=3.5 * _POINT, foreground=back, alpha=0.85)],
            zorder=10,
        )


def wrapped(text: str) -> str:
    """A name in at most three lines; what is longer is cut."""
    lines = textwrap.wrap(text, _LINE, max_lines=_LINES, placeholder="…", break_long_words=True)
    return "\n".join(lines).replace(",…", "…")


def _boxes(middle: np.ndarray, extent: np.ndarray, frame: np.ndarray) -> Iterator[np.ndarray]:
    """``(4,)`` left, bottom, right, top of the places that a name may have, the best first."""
    for move in _MOVES:
        centre = middle + np.array(move) * extent
        centre = np.maximum(centre, frame[:2] + extent / 2)
        centre = np.minimum(centre, frame[2:] - extent / 2)
        yield np.concatenate([centre - extent / 2, centre + extent / 2])


def _overlap(box: np.ndarray, taken: np.ndarray, gap: float) -> np.ndarray:
    """Which of the boxes a new one would touch."""
    apart = (box[:2] - gap >= taken[:, 2:]) | (box[2:] + gap <= taken[:, :2])
    return np.logical_not(apart.any(axis=1))
