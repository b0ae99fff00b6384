"""A second model on the map: its own map beside the first, or arrows for what moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError
from recsys.maps import Colouring, Places, moved_by_seeds, moved_more, movement
from recsys.models import Model
from recsys.training import Ensemble
from ui.beside import server
from ui.beside.work import Work
from ui.compare import other_model
from ui.frame import background, mapping, waiting
from ui.frame.problems import problem
from ui.map import layers
from ui.map.shown import Shown
from ui.session.workspace import Workspace
from ui.text import counted, plain

OFF, SIDE, ARROWS = "Off", "Side by side", "Arrows"
SEEDS = 2  # other random starts, by which chance is judged
MOST_ARROWS = 120  # more cannot be followed with the eye


@dataclass(frozen=True, kw_only=True, eq=False)
class Second:
    """The second model, and its map from where the first one's articles lie."""

    here: Workspace
    model: Model
    places: Places
    arrows: bool

    @property
    def name(self) -> str:
        """What it is, in words."""
        return other_model.described(self.here)

    def rows_of(self, first: Model, rows: Sequence[int]) -> list[int]:
        """Rows in this model of articles of the first; what it does not know is left out."""
        ids = first.items[Col.ITEM].to_numpy()[np.asarray(rows, dtype=int)]
        return [self.model.positions[one] for one in ids if one in self.model.positions]

    def rows_in(self, first: Model, rows: np.ndarray) -> np.ndarray:
        """Rows in the first model of articles of this one; what it does not know is left out."""
        ids = self.model.items[Col.ITEM].to_numpy()[rows]
        known = [first.positions[one] for one in ids if one in first.positions]
        return np.array(sorted(known), dtype=int)

    def coloured(self, first: Model, colouring: Colouring) -> Colouring:
        """The colours of the first model's articles on this one's; others are grey."""
        ids = self.model.items[Col.ITEM]
        rows = np.array([first.positions.get(one, -1) for one in ids], dtype=int)
        grey = np.uint8(len(colouring.light) - 1)
        return replace(colouring, index=np.append(colouring.index, grey)[rows])


def choose(shown: Shown) -> None:
    """Choose the second model; the address holds it."""
    try:
        other_model.choose(shown.here)
    except KindredError:  # said beside the map
        st.caption("The link names no model that fits this data.")


def find(shown: Shown, how: str) -> Second | None:
    """The second model and its map; where they are not there yet, that is said."""
    if how == OFF:
        return None
    try:
        other = other_model.chosen(shown.here)
    except KindredError as error:
        problem(error)
        return None
    work = background.model_of(other)
    if work.result is None:
        _say_wait(work, "The second model is being trained…")
        return None
    laid = mapping.places_after(work.result, shown.model, shown.places)
    if laid.result is None:
        _say_wait(laid, "The second map is being arranged…")
        return None
    return Second(here=other, model=work.result, places=laid.result, arrows=how == ARROWS)


def _say_wait(work: Work, words: str) -> None:  # type: ignore[type-arg]
    if not waiting.over(work):
        waiting.wait_for(work)
        st.caption(words)
    elif work.error is not None:
        problem(work.error)
    elif work.result is not None:
        waiting.has_come(work)
    else:
        waiting.say_missing([work], "This was stopped.", "second")


def moved(shown: Shown, second: Second) -> tuple[str, str] | None:
    """Arrows for what moved more than chance, and a sentence; None until that is known."""
    seeds = background.seeds_of(shown.model)
    if seeds.result is None:
        _say_wait(seeds, "Training other random starts, to tell movement from chance…")
        return None
    others = [
        mapping.places_after(_seeded(shown.model, seeds.result, n), shown.model, shown.places)
        for n in range(1, 1 + min(SEEDS, seeds.result.size - 1))
    ]
    for work in others:
        if work.result is None:
            _say_wait(work, "Arranging the maps of other random starts…")
            return None
    laid = [work.result.xy for work in others if work.result is not None]
    key = f"moved {shown.scene} {second.model.fingerprint}"
    return server.shelf().get_or_make(key, lambda: _arrows(shown, second, laid))


def _seeded(model: Model, seeds: Ensemble, n: int) -> Model:
    """The same model from another random start."""
    return replace(
        model,
        item_factors=seeds.item_factors[n],
        user_factors=seeds.user_factors[n],
        params=replace(model.params, seed=model.params.seed + n),
    )


def _arrows(shown: Shown, second: Second, others: list[np.ndarray]) -> tuple[str, str]:
    here, there = shown.model.items[Col.ITEM], second.model.items[Col.ITEM]
    xy = shown.places.xy
    table = movement(here.to_numpy(), xy, there.to_numpy(), second.places.xy)
    rows = np.array([shown.model.positions[item] for item in table[Col.ITEM]], dtype=int)
    distance = table[Col.DISTANCE].to_numpy()
    chance = moved_by_seeds(xy, others)[rows] if others else np.zeros(len(rows))
    more = np.flatnonzero(moved_more(distance, chance))
    drawn = more[np.argsort(-distance[more], kind="stable")[:MOST_ARROWS]]
    start = xy[rows[drawn]]
    end = start + table[[Col.DX, Col.DY]].to_numpy(np.float32)[drawn]
    share = f" ({len(more) / len(rows):.0%})" if len(rows) else ""
    said = (
        f"**{counted(len(more), 'article')}**{share} moved further than {len(others)} other random "
        "starts move them"
    )
    if len(drawn) < len(more):
        said += f"; arrows show the {len(drawn)} that moved furthest"
    return layers.arrows(start, end), f"{said}. B: {plain(second.name)}."
