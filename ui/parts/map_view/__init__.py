"""A map that one can move in, and whose points, names and areas can be chosen.

In: a packed scene, drawn once, and a small state, which changes. Out: an element of the page, and
what somebody chose on it. Begin with `hold_scene`, then `map_view`.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from recsys.maps.drawing import WORDS, script, style

Points = list[tuple[float, float]]
"""The corners of an area, in the units of the places."""

_HERE = Path(__file__).parent
MOST_CORNERS = 200  # of an area; it comes from the browser
LONGEST_ID = 200
_hold = st.components.v2.component(
    "kindred_map_scene",
    html="<div hidden></div>",
    js=script() + (_HERE / "hold.js").read_text(encoding="utf-8"),
)
_map = st.components.v2.component(
    "kindred_map",
    html='<div class="kindred-map"></div>',
    css=style(),
    js=(_HERE / "map_view.js").read_text(encoding="utf-8"),
)


def hold_scene(key: str, packed: bytes) -> None:
    """Bring a scene to the browser, for all maps of the page that name it.

    Draw it outside of the fragment that draws the map: what it holds is large, and sent again only
    when this runs and the browser does not have it.

    Parameters
    ----------
    key
        Of the scene, by its content: the same for the same bytes.
    packed
        What `recsys.maps.drawing.Scene.packed` gives.
    """
    name = key.encode()
    _hold(
        key=f"scene-{key}", data=len(name).to_bytes(4, "little") + name + packed, width=1, height=1
    )


def map_view(
    state: dict[str, Any],
    *,
    key: str,
    clicked: Callable[[int], None],
    area: Callable[[Points | None], None],
    topic: Callable[[str], None],
    address: str = "camera",
    tell: bool = False,
) -> None:
    """A map of the scene that ``state["scene"]`` names; what it shows is the state.

    Parameters
    ----------
    state
        What is left out is not drawn. No change of it moves the view, but a new token of ``go``.

        - ``scene``: the key that `hold_scene` was given; ``alt``: what the map shows, in words;
          ``height``, and ``size`` of a point, in pixels; ``dark``: whether the page is.
        - ``colour``: what `Colours.state` gives; ``faint``: `packed_bytes` of what stands back;
          ``labels``: names as mappings of ``text``, ``x``, ``y``, ``level`` (1 as one zooms in),
          ``weight`` (the heaviest win where they would overlap) and ``id``.
        - ``chosen``: a row or -1; rows: ``near`` (nearest first), ``found``, ``marked``, ``path``
          (in order of time), ``next``; ``here``: [x, y]; ``inside``: the corners of an area;
          ``arrows``: `packed_floats` of (m, 4), from x, y to x, y.
        - ``go``: ``token`` with ``rows`` or a ``camera``, to which the view moves; ``camera``:
          [x, y, zoom] at first, where 1 shows all. One in the address comes before both.
    key
        Of the widget. While it is the same, the view stays as it is.
    clicked
        Called with the row of a point that was clicked; -1 clears the choice.
    area
        Called with the corners of an area, or None where it was cleared.
    topic
        Called with the id of a name that was clicked.
    address
        The part of the page's address that says where one looks; empty for none.
    tell
        Whether the browser is to tell where one looks, for `camera_of`: the page is drawn once
        more where that is not known yet. (The address that the server knows lags behind: the
        browser sends what the server wrote there last.)
    """

    def called(event: str, read: Callable[[Any], Any], then: Callable[[Any], None]) -> Any:
        def call() -> None:
            told = st.session_state[key].get(event)
            try:
                value = read(told)
            except (KeyError, TypeError, ValueError, OverflowError):
                return  # it comes from the browser, and is none of ours
            then(value)

        return call

    _map(
        key=key,
        data={"words": WORDS, "address": address, "tell": tell, **state},
        on_camera_change=lambda: None,
        on_clicked_change=called("clicked", _row, clicked),
        on_area_change=called("area", _points, area),
        on_topic_change=called("topic", _id, topic),
    )


def camera_of(key: str) -> tuple[float, float, float] | None:
    """Where one looks on a map, centre and zoom, as the browser told it last."""
    held = st.session_state.get(key)
    try:
        return None if held is None else _camera(held.get("camera"))
    except (TypeError, ValueError):
        return None  # it comes from the browser, and is none of ours


def _camera(told: Any) -> tuple[float, float, float] | None:
    if told is None:
        return None
    x, y, zoom = (float(value) for value in told)
    if not (math.isfinite(x) and math.isfinite(y) and 0 < zoom < math.inf):
        raise ValueError("not a camera")
    return x, y, zoom


def _row(told: Any) -> int:
    row = told["row"]
    if isinstance(row, bool) or not isinstance(row, int) or not -1 <= row < 2**31:
        raise ValueError("not a row")
    return row


def _points(told: Any) -> Points | None:
    points = told["points"]
    if points is None:
        return None
    if not isinstance(points, list) or not 3 <= len(points) <= MOST_CORNERS:
        raise ValueError("not an area")
    read = [(float(x), float(y)) for x, y in points]
    if not all(math.isfinite(value) for point in read for value in point):
        raise ValueError("not a place")
    return read


def _id(told: Any) -> str:
    name = told["id"]
    if not isinstance(name, str) or len(name) > LONGEST_ID:
        raise ValueError("not an id")
    return name
