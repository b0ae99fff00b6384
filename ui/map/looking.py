"""The map and what stands around it."""

from functools import partial
from hashlib import blake2b
from typing import Any

import numpy as np
import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.maps import Colouring, Label, Places, as_drawn, inside
from recsys.maps.drawing import Scene
from recsys.models import Model
from recsys.topics import FinerTopics, Topics
from ui.beside import server
from ui.frame import background, mapping, waiting
from ui.frame.finer import finer_of
from ui.frame.problems import problem
from ui.map import (
    asked as asking,
    colours,
    layers,
    naming_form,
    options,
    panel,
    reader,
    saying,
    taking,
    versus,
)
from ui.map.panel import Beside
from ui.map.shown import Shown
from ui.map.versus import Second
from ui.parts import map_view
from ui.parts.search_box import Searched, search_box
from ui.session.workspace import Workspace
from ui.text import plain

CLOSE_TO = 200  # articles found, of which the map shows just these


def begin(here: Workspace, model: Model) -> Places:
    """Where the articles lie, as well as it is known; what is known better is waited for."""
    work = mapping.places_of(here, model)
    work.wait(mapping.AT_ONCE)
    if waiting.over(work) and work.result is None:
        how = "was stopped" if work.error is None else "failed"
        words = f"Arranging the map {how}: it shows a first overview."
        waiting.say_missing([work], words, "places")
    waiting.wait_for(work)
    places = work.result or mapping.places_at_once(model)
    hold(model, places)
    return places


def hold(model: Model, places: Places) -> None:
    """Give the browser what does not change while one looks."""

    def make() -> bytes:
        return Scene(xy=places.xy, titles=model.labels, readers=model.readers).packed()

    key = scene_key(model, places)
    map_view.hold_scene(key, server.shelf().get_or_make(f"scene {key}", make))


def scene_key(model: Model, places: Places) -> str:
    """Stands for the places of a model's articles on a map."""
    return f"{model.fingerprint}-{places.method}-{places.aligned_to}"


def show(here: Workspace, model: Model, places: Places) -> None:
    """The map, the panel beside it, and what is chosen above them."""
    try:
        asked = asking.read()
    except KindredError as error:
        problem(error)
        return
    topics, finer = _topics(here, model)
    _draw(Shown(here=here, model=model, asked=asked, places=places, topics=topics, finer=finer))


def _topics(here: Workspace, model: Model) -> tuple[Topics | None, FinerTopics | None]:
    """The topics, and those within them; None while they are looked for."""
    count, tables = options.topic_count(), here.data.tables
    if not background.found_topics(model, tables, count).wait(mapping.AT_ONCE):
        waiting.wait_for(background.found_topics(model, tables, count))
        return None, None
    named = background.topics_of(model, tables, count).result
    if named is None:
        return None, None
    within = finer_of(model, tables, count)
    if within is None:
        return named[0], None
    waiting.wait_for(within)
    return named[0], within.result


def _draw(shown: Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        colour = colours.field(shown)
        reader.field(shown)
        how = options.field(shown)
        faithful = st.container()
    second = versus.find(shown, how)
    side = second is not None and not second.arrows
    if not side:
        faithful.caption(saying.faithful(shown.places), help=saying.HELP)
    if side:
        grid = st.grid(2, min_column_width=340, gap="medium")
        left, right, beside = grid.cell(), grid.cell(), grid.cell(column_span=2)
    else:
        grid = st.grid(5, min_column_width=145, gap="medium")
        left, right = grid.cell(column_span=3), grid.cell(column_span=2)
        beside = right
    with beside:
        searched = search_box(
            shown.model, shown.tables, partial(_open, shown), key="map-search", fold=False
        )
    rows = _rows(shown, second)
    found = panel.find(shown, rows)
    with left:
        if side:
            st.caption(f"**A**, in use. {saying.faithful(shown.places)}", help=saying.HELP)
        colouring, note = colours.colouring(colour, shown)
        state = _state(shown, colouring, searched, found)
        _map(shown, state, colouring, second, note)
    if side and second is not None:
        with right:
            _second_map(shown, state, colouring, second, found)
    with beside:
        panel.show(shown, found, rows)


def _open(shown: Shown, item: str) -> None:
    st.session_state["map-search"] = ""
    asking.show_article(shown.here, shown.asked, item)


def _rows(shown: Shown, second: Second | None) -> np.ndarray | None:
    """The articles that are drawn around, or of the topic that is looked at."""
    asked = shown.asked
    if asked.area and asked.on_second:
        if second is None:
            return None
        theirs = np.flatnonzero(inside(second.places.xy, asked.area))
        return second.rows_in(shown.model, theirs)
    if asked.area:
        return np.flatnonzero(inside(shown.places.xy, asked.area))
    if not asked.topic:
        return None
    rows = shown.rows_of_topic(asked.topic)
    named = {} if len(rows) else naming_form.by_hand(shown)
    return naming_form.rows_of(shown, named[asked.topic]) if asked.topic in named else rows


def _state(
    shown: Shown, colouring: Colouring, searched: Searched | None, beside: Beside
) -> dict[str, Any]:
    """What the map shows, for the browser; see `ui.parts.map_view`."""
    model, asked = shown.model, shown.asked
    state: dict[str, Any] = {
        "colour": as_drawn(colouring).state(),
        "labels": layers.as_labels(names(shown)),
        "chosen": -1,
        "inside": None if asked.on_second else [*map(list, asked.area)] or None,
        "camera": asking.camera(),
        "dark": st.context.theme.type == "dark",
        "alt": "The map of all articles, a point each. The tables beside it say the same.",
    }
    if beside.question is not None and beside.found is not None:
        state |= _article(model, beside)
    if asked.on_second and beside.rows is not None:
        state["marked"] = beside.rows[: layers.MOST_MARKED].tolist()
    if asked.topic and beside.rows is not None:
        bright = np.zeros(len(model.items), dtype=bool)
        bright[beside.rows] = True
        state["faint"] = layers.faint(bright)
        around = layers.crowd(shown.places.xy, beside.rows)
        state["go"] = {"token": f"topic {asked.topic}", "rows": around}
    if beside.next_reads is not None:
        state["next"] = layers.rows_of(model.positions, beside.next_reads[Col.ITEM].tolist())
    if searched is not None:
        hits = layers.rows_of(model.positions, searched.all(layers.MOST_MARKED))
        state["found"] = hits
        if 0 < len(hits) <= CLOSE_TO:
            token = f"search {searched.words} {searched.chosen}"
            state["go"] = {"token": token, "rows": hits}
    if (way := reader.way_of(shown)) is not None:
        state["path"] = way.path[-reader.MOST_STEPS :].tolist()
        state["here"] = way.here
        state["next"] = layers.rows_of(model.positions, way.suggested[Col.ITEM].tolist())
        if not asked.view.item and beside.rows is None:
            token = f"reader {asked.view.user}"
            state["go"] = {"token": token, "rows": [*way.path.tolist(), *state["next"]]}
    return state


def _article(model: Model, beside: Beside) -> dict[str, Any]:
    assert beside.question is not None and beside.found is not None
    [item] = beside.question.ids
    near = layers.rows_of(model.positions, beside.found.table[Col.ITEM].tolist())
    chosen = model.positions.get(item, -1)
    around = [chosen, *near] if chosen >= 0 else near
    return {
        "chosen": chosen,
        "near": near,
        "go": {"token": f"article {item}", "rows": around, "unless_seen": True},
    }


def names(shown: Shown) -> list[Label]:
    """The names on the map; none until topics are found."""
    if shown.topics is None:
        return []
    told = blake2b("\n".join(shown.topics.names).encode(), digest_size=8).hexdigest()
    finer = "" if shown.finer is None else f"-{hash(shown.finer.names)}"
    places, topics, within = shown.places, shown.topics, shown.finer
    found = server.shelf().get_or_make(
        f"labels {shown.scene} {told}{finer}", lambda: layers.names(topics, within, places)
    )
    return [*found, *naming_form.labels(shown)]


def _map(
    shown: Shown, state: dict[str, Any], colouring: Colouring, second: Second | None, note: str
) -> None:
    if note:
        st.caption(note)
    if second is not None and second.arrows:
        moved = versus.moved(shown, second)
        if moved is not None:
            state = {**state, "arrows": moved[0]}
            st.caption(moved[1])
    model, asked = shown.model, shown.asked

    def clicked(row: int) -> None:
        """A click on a point looks at its article; one beside all points lets everything go."""
        if 0 <= row < len(model.items):
            _open(shown, str(model.items[Col.ITEM].iloc[row]))
        elif row < 0:
            asking.show_topic(shown.here, asked, "")

    key = f"map-{model.fingerprint}"
    map_view.map_view(
        {**state, "scene": scene_key(model, shown.places)},
        key=key,
        clicked=clicked,
        area=lambda corners: asking.show_area(shown.here, asked, corners),
        topic=lambda name: asking.show_topic(shown.here, asked, name),
        tell=bool(st.session_state.get(taking.LINK)),
    )
    taking.show(shown, colouring, map_view.camera_of(key))


def _second_map(
    shown: Shown, state: dict[str, Any], colouring: Colouring, second: Second, beside: Beside
) -> None:
    """The other model's map; the same articles are marked, by their ids."""
    st.caption(f"**B**, {plain(second.name)}. {saying.faithful(second.places)}")
    hold(second.model, second.places)
    there = partial(second.rows_of, shown.model)
    marks: dict[str, Any] = {
        name: there(state[name]) for name in ("near", "found", "path", "next") if name in state
    }
    chosen = there([state["chosen"]]) if state["chosen"] >= 0 else []
    if beside.rows is not None and not shown.asked.on_second:
        marks["marked"] = there(beside.rows[: layers.MOST_MARKED].tolist())
    asked = shown.asked

    def clicked(row: int) -> None:
        if 0 <= row < len(second.model.items):
            _open(shown, str(second.model.items[Col.ITEM].iloc[row]))
        elif row < 0:
            asking.show_topic(shown.here, asked, "")

    map_view.map_view(
        {
            **{name: state[name] for name in ("dark",)},
            **marks,
            "alt": "The second model's map. The tables below say the same.",
            "colour": as_drawn(second.coloured(shown.model, colouring)).state(),
            "chosen": chosen[0] if chosen else -1,
            "inside": [*map(list, asked.area)] if asked.on_second else None,
            "labels": [],
            "scene": scene_key(second.model, second.places),
        },
        key=f"map-second-{second.model.fingerprint}",
        clicked=clicked,
        area=lambda corners: asking.show_area(shown.here, asked, corners, on_second=True),
        topic=lambda name: None,
        address="",
    )
