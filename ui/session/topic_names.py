"""What people called the topics of the data in use: on the server with data kept there, or here.

The names of a private upload's topics and of the sample's are held by the session alone. Where they
are kept is the same as for decisions; see `ui.session.decisions`.
"""

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from recsys.dataset import Tables
from recsys.errors import KindredError, SettingError
from recsys.models import Model
from recsys.topics import (
    NO_NAMES,
    FinerTopics,
    TopicName,
    TopicNames,
    Topics,
    apply_names,
    homes,
    rename,
)
from ui.beside import server
from ui.session import decisions, workspace
from ui.session.workspace import Data

UNNAMED = "(none)"  # how a field shows what has no topic: no topic is called so
_HELD = "topic-names"  # in the session: names by the fingerprint of their data


def names_of(data: Data) -> TopicNames:
    """All names of the data's topics; the same for every part that a filter leaves.

    Raises
    ------
    KindredError
        If the server cannot read them.
    """
    if not decisions.shared(data):
        return here_alone(data)
    names = server.name_store().read(data.whole.fingerprint)
    return names.add(*_missing(names, here_alone(data)))


def names_for(tables: Tables) -> TopicNames:
    """The names for tables of this session; none where it has no such data, or cannot read them."""
    here = st.session_state.get("workspace")
    for one in filter(None, [here, *workspace.recent()]):
        # What a filter leaves of data that is not looked at is not worked out for this.
        known = one is here or "tables" in vars(one.data)
        if known and one.data.fingerprint == tables.fingerprint:
            try:
                return names_of(one.data)
            except KindredError:
                return NO_NAMES  # pages go on under the names that were found
    return NO_NAMES


def here_alone(data: Data) -> TopicNames:
    """The names that this session gave before the data was kept on the server, or where it is not.

    Those of a private upload go with it when it is kept; see `share`.
    """
    return st.session_state.get(_HELD, {}).get(data.whole.fingerprint, NO_NAMES)


def change(data: Data, decide: Callable[[TopicNames], list[TopicName]]) -> None:
    """Add entries, made from all that there are until now.

    Raises
    ------
    KindredError
        If they make no sense or cannot be written.
    """
    if decisions.shared(data):
        server.name_store().change(data.whole.fingerprint, decide)
        return
    names = here_alone(data)
    _hold(data, names.add(*decide(names)))


def give(
    data: Data, model: Model, topics: Topics, place: int, name: str, broader: Topics | None = None
) -> None:
    """Call a topic otherwise, on all pages and for all models in which it is found again.

    Parameters
    ----------
    topics
        Of the model, under the names that they have now.
    place
        Of the topic.
    broader
        Where `topics` are finer ones, those that they lie in: an undivided one is renamed on both
        levels.

    Raises
    ------
    KindredError
        If the name makes no sense, is another topic's, or cannot be written.
    """
    topics, place = _whole(topics, place, broader)
    if name.strip().casefold() == UNNAMED:
        what = f"{UNNAMED!r} stands for articles without a topic."
        raise SettingError(what, where="name", todo="Choose another.")
    # Somebody else may have given it meanwhile.
    change(
        data,
        lambda names: [
            rename(apply_names(topics, model, names), model, place, name, decisions.who())
        ],
    )


def take_back(
    data: Data, model: Model, topics: Topics, place: int, broader: Topics | None = None
) -> None:
    """Let a topic have the name again that was found for it.

    Parameters
    ----------
    topics, place, broader
        See `give`.

    Raises
    ------
    KindredError
        If it cannot be written.
    """
    topics, place = _whole(topics, place, broader)

    def undo(names: TopicNames) -> list[TopicName]:
        placed = homes(topics, model, names)
        mine = [entry.key for entry in names.standing if placed.get(entry.key) == place]
        return [names.undoing(key, who=decisions.who()) for key in mine]

    change(data, undo)


def share(data: Data) -> None:
    """Put the session's own names into the journal of data that it has just kept.

    Where they cannot be written they stay with the session, which goes on under them.
    """
    mine = here_alone(data)
    if not mine.entries:
        return
    with suppress(KindredError):
        server.name_store().change(data.whole.fingerprint, lambda names: _missing(names, mine))
        _hold(data, NO_NAMES)


def damage(names: TopicNames) -> str:
    """What is said where lines of the journal cannot be read."""
    lines = ", ".join(f"{line:,}" for line in names.damaged[:5])
    more = "" if len(names.damaged) <= 5 else f" and {len(names.damaged) - 5:,} more"
    return (
        "The file of topic names is damaged. Lines that cannot be read and do not count: "
        f"{lines}{more}. Check the names of the topics and give those that are missing again."
    )


def _whole(topics: Topics, place: int, broader: Topics | None) -> tuple[Topics, int]:
    """The broader topics and a place there, where the finer one is a whole broader one."""
    if broader is not None and isinstance(topics, FinerTopics) and topics.undivided[place]:
        return broader, int(topics.within[place])
    return topics, place


def _missing(names: TopicNames, mine: TopicNames) -> list[TopicName]:
    known = {entry.key for entry in names.entries}
    return [entry for entry in mine.entries if entry.key not in known]


def _hold(data: Data, names: TopicNames) -> None:
    st.session_state.setdefault(_HELD, {})[data.whole.fingerprint] = names
