"""Colours for the map: ten that colour-blind people can tell apart, and a scale.

Every colour has a contrast of at least 3 : 1 with the background of its theme (WCAG 2.2, 1.4.11).
docs/pictures.md says how they were found.
"""

from functools import cache

import numpy as np

BACKGROUND = {"light": "#ffffff", "dark": "#14181c"}
STEPS = 64  # of the scale

# The two of one place have a similar hue; the first ones differ most.
LIGHT = (
    "#379ad9", "#7f0e01", "#d47c04", "#274eae", "#97646d",
    "#646704", "#873b77", "#5c1476", "#0b473f", "#6a67d1",
)  # fmt: skip
DARK = (
    "#269adc", "#a96301", "#ebc44f", "#3c6dbe", "#f7939b",
    "#89a940", "#9f7c9e", "#d4d3fe", "#93f7b7", "#88b5ff",
)  # fmt: skip
GREY_LIGHT, GREY_DARK = "#8f9396", "#656a6e"

_LITTLE, _MUCH = 95.0, 290.0  # hues of the ends of the scale, degrees: ochre, green, blue, violet
_LIGHTNESS = {"light": (0.66, 0.27), "dark": (0.51, 0.91)}
_CHROMA = 0.12
# OKLab to linear sRGB (B. Ottosson, "A perceptual color space for image processing", 2020).
_TO_CONES = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


@cache
def scale(theme: str) -> tuple[str, ...]:
    """``STEPS`` colours from little to much, in equal steps of lightness and of hue.

    Much stands out from the background in both themes: it is dark on white, and bright on black.
    The hues are the same in both, so that a colour means the same.

    Parameters
    ----------
    theme
        ``"light"`` or ``"dark"``.
    """
    lightness = np.linspace(*_LIGHTNESS[theme], STEPS)
    hue = np.radians(np.linspace(_LITTLE, _MUCH, STEPS))
    chroma = np.full(STEPS, _CHROMA)
    for _ in range(100):  # a screen shows less colour at the ends
        linear = _linear(lightness, chroma * np.cos(hue), chroma * np.sin(hue))
        outside = (linear < 0).any(axis=1) | (linear > 1).any(axis=1)
        if not outside.any():
            break
        chroma[outside] *= 0.97
    bent = np.minimum.accumulate(chroma[::-1])[::-1] if theme == "dark" else chroma
    linear = np.clip(_linear(lightness, bent * np.cos(hue), bent * np.sin(hue)), 0, 1)
    return tuple(f"#{bytes(row).hex()}" for row in _encoded(linear))


def rgb(colours: tuple[str, ...] | list[str]) -> np.ndarray:
    """``(n, 3)`` uint8 of ``"#rrggbb"``."""
    joined = bytes.fromhex("".join(colour.removeprefix("#") for colour in colours))
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, 3)


def linear_rgb(colours: np.ndarray) -> np.ndarray:
    """``(n, 3)`` light of each channel, 0 to 1, of uint8 sRGB (IEC 61966-2-1)."""
    part = colours / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    light = linear_rgb(rgb((one, other))) @ np.array([0.2126, 0.7152, 0.0722])
    return round(float((light.max() + 0.05) / (light.min() + 0.05)), 6)


def _linear(lightness: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """``(n, 3)`` linear sRGB of OKLab."""
    return (np.stack([lightness, a, b], axis=1) @ _TO_CONES.T) ** 3 @ _TO_RGB.T


def _encoded(linear: np.ndarray) -> np.ndarray:
    """``(n, 3)`` uint8 of linear sRGB."""
    part = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(part * 255).astype(np.uint8)
