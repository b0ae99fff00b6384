"""A part of the plane that somebody has drawn around: its text, and which articles lie in it."""

from collections.abc import Sequence

import numpy as np

from recsys.errors import SettingError

MOST_CORNERS = 60
FAR = 1_000.0  # no place is as far from the middle
_DIGITS = 4
Area = tuple[tuple[float, float], ...]  # the corners of a polygon


def checked_area(corners: Sequence[Sequence[float]]) -> Area:
    """The corners of a polygon, each to four digits.

    Raises
    ------
    SettingError
        If there are fewer than 3 or more than 60 corners, or one is no place on the plane.
    """
    try:
        area = tuple((round(float(x), _DIGITS), round(float(y), _DIGITS)) for x, y in corners)
    except (TypeError, ValueError):
        raise _no_area("a corner is not two numbers") from None
    if not 3 <= len(area) <= MOST_CORNERS:
        raise _no_area(f"{len(area)} corners instead of 3 to {MOST_CORNERS}")
    if not all(abs(value) <= FAR for corner in area for value in corner):
        raise _no_area(f"a corner is farther away than {FAR:g}")
    return area


def parse_area(text: str) -> Area:
    """The area that `as_text` wrote.

    Raises
    ------
    SettingError
        If the text is no area.

    Examples
    --------
    >>> parse_area("0 0,1 0,1 1")
    ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    """
    return checked_area([corner.split() for corner in text.split(",")])  # type: ignore[misc]


def as_text(area: Area) -> str:
    """An area for an address.

    >>> as_text(((0.0, 0.0), (1.0, 0.25), (1.0, 1.0)))
    '0 0,1 0.25,1 1'
    """
    return ",".join(f"{x:g} {y:g}" for x, y in area)


def inside(xy: np.ndarray, area: Area) -> np.ndarray:
    """``(n,)`` bool: which places lie in an area.

    By the number of sides that a ray to the right crosses: odd inside (the even-odd rule, as a
    browser fills a shape).

    Parameters
    ----------
    xy
        ``(n, 2)`` places.
    """
    x, y = xy[:, 0].astype(np.float64), xy[:, 1].astype(np.float64)
    within = np.zeros(len(xy), dtype=bool)
    for (x0, y0), (x1, y1) in zip(area, (*area[1:], area[0]), strict=True):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        within ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return within


def _no_area(why: str) -> SettingError:
    return SettingError(
        f"this is no area of the map: {why}.",
        where="area in the address",
        todo="Draw it again, or copy the whole link again.",
    )
