"""The script that draws a map, joined from its parts, and its style."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
PARTS = (
    "scene.js",
    "camera.js",
    "picking.js",
    "colours.js",
    "shaders.js",
    "points.js",
    "plain.js",
    "density.js",
    "labels.js",
    "marks.js",
    "controls.js",
    "legend.js",
    "gestures.js",
    "acting.js",
    "layout.js",
    "pace.js",
    "map.js",
)


@cache
def script() -> str:
    """The parts one after the other: they share one scope, and `createMap` is what they make."""
    return "\n".join((_HERE / "js" / name).read_text(encoding="utf-8") for name in PARTS)


@cache
def style() -> str:
    """The style sheet of what `script` draws."""
    return (_HERE / "map.css").read_text(encoding="utf-8")
