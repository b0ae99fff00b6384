"""Colours that can be told apart, by everybody and on both backgrounds."""

from itertools import combinations

import numpy as np
import pytest

from recsys.maps.colours import palette
from recsys.maps.colours.palette import BACKGROUND, contrast, linear_rgb, rgb

THEMES = {
    "light": (*palette.LIGHT, palette.GREY_LIGHT),
    "dark": (*palette.DARK, palette.GREY_DARK),
}
# What the eye loses, of severity 1 (G. M. Machado et al., "A physiologically-based model for
# simulation of color vision deficiency", IEEE TVCG 2009), on linear sRGB.
SEEN = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
TOLD_APART = 0.08  # four times what is just noticed beside each other in OKLab


def oklab(colours, eye="all colours"):
    """Colours as that eye sees them, (n, 3)."""
    linear = np.clip(linear_rgb(rgb(colours)) @ SEEN[eye].T, 0, 1)
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return np.cbrt(linear @ cones.T) @ lab.T


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_stands_out_from_its_background(theme):
    for colour in (*THEMES[theme], *palette.scale(theme)):
        assert contrast(colour, BACKGROUND[theme]) >= 3, colour


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_categories_and_grey_look_different(theme, eye):
    colours = THEMES[theme]
    seen = oklab(colours, eye)
    for one, other in combinations(range(len(colours)), 2):
        assert np.linalg.norm(seen[one] - seen[other]) > TOLD_APART, (colours[one], colours[other])


@pytest.mark.parametrize("eye", SEEN)
def test_the_scale_goes_away_from_the_background_whoever_looks(eye):
    light, dark = (oklab(palette.scale(theme), eye)[:, 0] for theme in ("light", "dark"))
    assert (np.diff(light[::4]) < 0).all() and (np.diff(dark[::4]) > 0).all()


@pytest.mark.parametrize("theme", THEMES)
def test_the_scale_has_steps_of_one_size(theme):
    steps = np.linalg.norm(np.diff(oklab(palette.scale(theme))[::4], axis=0), axis=1)
    assert len(steps) == 15 and steps.max() < 2 * steps.min()


def test_an_amount_has_the_same_hue_in_both_themes():
    light, dark = (oklab(palette.scale(theme)) for theme in ("light", "dark"))
    angle = np.arctan2(light[:, 2], light[:, 1]) - np.arctan2(dark[:, 2], dark[:, 1])
    apart = np.abs(np.angle(np.exp(1j * angle), deg=True))
    assert apart.max() < 4  # rounding to 8 bits turns a colour that is nearly grey


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # WebAIM's table
