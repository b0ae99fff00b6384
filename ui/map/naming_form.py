"""Giving a name to a topic, or to what somebody drew around."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from recsys.columns import Col
from recsys.errors import KindredError, SettingError
from recsys.maps import Label, topic_labels
from recsys.topics import TopicName, Topics, homes
from recsys.topics.renaming import CORE, LONGEST, cleaned
from ui.frame import problems
from ui.map import asked as asking
from ui.map.shown import Shown
from ui.session import decisions, topic_names

_PLACE = "topic-name"  # where is said what was refused


def form(shown: Shown, rows: np.ndarray) -> None:
    """A field for the name of what the panel shows, behind a button."""
    found = None if shown.asked.area else shown.found(shown.asked.topic)
    given = _given(shown, found)
    label = "Rename" if shown.asked.topic else "Name this"
    # Under another name it is another popover, which is shut.
    key = f"name-{shown.asked.topic or 'area'}"
    with st.popover(label, icon=":material/label:", key=key, type="tertiary"):
        problems.show_refused(_PLACE)
        where = "for everyone" if decisions.shared(shown.here.data) else "in this session"
        st.caption(
            f"The name is kept with the data, {where}, and follows the articles to new models."
        )
        with st.form(f"form-{key}", border=False):
            name = st.text_input("Name", max_chars=LONGEST, key=f"typed-{key}")
            if st.form_submit_button("Save", type="primary"):
                _try(lambda: _give(shown, found, rows, name), shown)
        if given and st.button("Use the name found in the data", icon=":material/undo:"):
            _try(lambda: _take_back(shown, found, given), shown)


def _try(do: Callable[[], str], shown: Shown) -> None:
    """Name it, look at it under its name, and draw the whole page, which shows names elsewhere."""
    try:
        name = do()
    except KindredError as error:
        problems.refuse(error, _PLACE)
        problems.run_unasked()
    asking.show_topic(shown.here, shown.asked, name)
    st.rerun()


def _give(shown: Shown, found: tuple[Topics, int] | None, rows: np.ndarray, name: str) -> str:
    data, model = shown.here.data, shown.model
    if found is not None:
        topics, place = found
        broader = shown.topics if topics is shown.finer else None
        topic_names.give(data, model, topics, place, name, broader)
        return cleaned(name)
    if not cleaned(name):
        raise SettingError("is empty.", where="name", todo="Type a name.")
    if shown.found(cleaned(name)) is not None or cleaned(name) in by_hand(shown):
        raise SettingError(
            f"{name!r} is the name of another topic.", where="name", todo="Choose another."
        )
    order = rows[np.argsort(-model.readers[rows], kind="stable")[:CORE]]
    entry = TopicName(
        name=cleaned(name)[:LONGEST],
        items=tuple(model.items[Col.ITEM].to_numpy()[order]),
        share=len(rows) / len(model.items),
        who=decisions.who(),
    )
    topic_names.change(data, lambda names: [entry])
    return entry.name


def _take_back(shown: Shown, found: tuple[Topics, int] | None, given: TopicName | None) -> str:
    if found is not None:
        topics, place = found
        broader = shown.topics if topics is shown.finer else None
        topic_names.take_back(shown.here.data, shown.model, topics, place, broader)
        return ""
    assert given is not None
    topic_names.change(
        shown.here.data, lambda names: [names.undoing(given.key, who=decisions.who())]
    )
    return ""


def _given(shown: Shown, found: tuple[Topics, int] | None) -> TopicName | None:
    """The entry that gave what is shown its name, if somebody did."""
    if found is None:
        return by_hand(shown).get(shown.asked.topic)
    topics, place = found
    names = topic_names.names_for(shown.tables)
    placed = homes(topics, shown.model, names)
    mine = [entry for entry in names.standing if placed.get(entry.key) == place]
    return mine[-1] if mine else None


def by_hand(shown: Shown) -> dict[str, TopicName]:
    """Names of parts of the map that are no topic of this model, by name."""
    names = topic_names.names_for(shown.tables)
    if not names.standing or shown.topics is None:
        return {}
    at_home = set(homes(shown.topics, shown.model, names))
    if shown.finer is not None:
        at_home |= set(homes(shown.finer, shown.model, names))
    return {
        entry.name: entry
        for entry in names.standing
        if entry.key not in at_home and not entry.finer and len(rows_of(shown, entry))
    }


def rows_of(shown: Shown, entry: TopicName) -> np.ndarray:
    """The articles that a name was given to, as far as the model knows them."""
    known = [shown.model.positions[item] for item in entry.items if item in shown.model.positions]
    return np.array(sorted(known), dtype=int)


def labels(shown: Shown) -> list[Label]:
    """The names of `by_hand`, where their articles lie."""
    found = []
    for name, entry in by_hand(shown).items():
        of = np.full(len(shown.model.items), -1, dtype=np.int32)
        of[rows_of(shown, entry)] = 0
        found += topic_labels([name], np.where(shown.places.placed, of, -1), shown.places.xy)
    return found
