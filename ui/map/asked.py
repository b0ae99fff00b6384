"""What the address of the map asks for, and how a click changes it.

The camera is in the address, too; the browser writes it there (`ui.parts.map_view`).
"""

from dataclasses import dataclass

import streamlit as st

from recsys.errors import SettingError
from recsys.maps import Area, as_text, checked_area, parse_area
from ui.session import links
from ui.session.links import View
from ui.session.workspace import Workspace

Corners = list[tuple[float, float]]
AREA, TOPIC, CAMERA = "area", "topic", "camera"
ON_SECOND = "B:"  # what an area in the address begins with that is drawn on the second map
LONGEST = 200  # signs of a topic's name


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked at.

    Attributes
    ----------
    view
        The article, the reader, and how many neighbours.
    area, on_second
        What is drawn around, empty where nothing is, and whether on the second map.
    topic
        The name of a topic; empty where none is.
    """

    view: View
    area: Area = ()
    on_second: bool = False
    topic: str = ""


def read() -> Asked:
    """What the address asks for now.

    Raises
    ------
    SettingError
        If a part of it is not what it should be.
    """
    query = st.query_params
    drawn = query.get(AREA, "")
    return Asked(
        view=links.read(query),
        area=parse_area(drawn.removeprefix(ON_SECOND)) if drawn else (),
        on_second=drawn.startswith(ON_SECOND),
        topic=query.get(TOPIC, "")[:LONGEST],
    )


def camera() -> tuple[float, float, float] | None:
    """Where a link has the map look: centre and zoom; None where it does not say, or nonsense."""
    try:
        x, y, zoom = map(float, st.query_params.get(CAMERA, "").split(","))
    except ValueError:
        return None
    return (x, y, zoom) if all(abs(one) < 1e6 for one in (x, y, zoom)) and zoom > 0 else None


def as_link(
    here: Workspace, asked: Asked, camera: tuple[float, float, float] | None = None
) -> dict[str, str]:
    """The query of a link to what is looked at, from where one looks."""
    view = asked.view
    query = links.write(here, view.item, view.n, view.user, pair=view.pair)
    if camera is not None:
        query[CAMERA] = ",".join(f"{one:.5g}" for one in camera)
    return query


def show_article(here: Workspace, asked: Asked, item: str) -> None:
    """Look at an article; what was drawn around and the topic are let go, the reader stays."""
    _go(here, asked, item=item)


def show_pair(here: Workspace, asked: Asked, pair: str) -> None:
    """Look at the evidence for one neighbour of the article."""
    _go(here, asked, item=asked.view.item, pair=pair)


def show_reader(here: Workspace, asked: Asked, user: str) -> None:
    """Look at a reader, or at none any more; all else stays."""
    area = _in_address(asked.area, asked.on_second)
    _go(here, asked, item=asked.view.item, user=user, area=area, topic=asked.topic)


def show_area(
    here: Workspace, asked: Asked, corners: Corners | None, on_second: bool = False
) -> None:
    """Look at what somebody has drawn around, on the second map or the first; None lets it go."""
    try:
        area = _in_address(checked_area(corners), on_second) if corners else ""
    except SettingError:  # too small to hold anything
        area = ""
    _go(here, asked, item="" if area else asked.view.item, area=area)


def show_topic(here: Workspace, asked: Asked, name: str) -> None:
    """Look at a topic; the empty name lets it go."""
    _go(here, asked, topic=name[:LONGEST])


def _in_address(area: Area, on_second: bool) -> str:
    return (ON_SECOND if on_second else "") + as_text(area) if area else ""


def _go(
    here: Workspace,
    asked: Asked,
    *,
    item: str = "",
    pair: str = "",
    user: str | None = None,
    area: str = "",
    topic: str = "",
) -> None:
    whom = asked.view.user if user is None else user
    query = links.write(here, item, asked.view.n, whom, pair=pair)
    own = {AREA: area, TOPIC: topic}
    links.go({**query, **{name: text for name, text in own.items() if text}}, (AREA, TOPIC))
