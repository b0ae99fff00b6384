"""Topics that people named: where a name belongs in the topics of another model.

A name belongs to a group of articles. It is kept with the articles nearest to that group's centre
(`recsys.topics.given_names`), and goes to the topic of another model in which these lie; see
`homes`.
"""

import unicodedata
from dataclasses import replace
from typing import TypeVar

import numpy as np

from recsys.columns import Col
from recsys.errors import SettingError
from recsys.models import Model
from recsys.topics.finer import FinerTopics
from recsys.topics.given_names import CORE, LONGEST, MOST_SIGNS, TopicName, TopicNames, cleaned
from recsys.topics.names import distinct
from recsys.topics.topics import Topics

HELD, KNOWN = 0.5, 0.1  # of a core: in the topic that takes the name; that a model knows, at least
LARGER = 2.0  # times the share of the catalogue that a topic had, up to which it takes the name

AnyTopics = TypeVar("AnyTopics", bound=Topics)


def rename(topics: Topics, model: Model, place: int, name: str, who: str = "") -> TopicName:
    """The entry that gives a topic another name; `apply_names` makes it count.

    Parameters
    ----------
    topics
        Of the model, with the names that they have now.
    place
        Of the topic.
    name
        1 to 80 characters; spaces at its ends go.

    Raises
    ------
    SettingError
        If there is no such topic, or the name is empty, too long or another topic's.
    """
    if not 0 <= place < len(topics.names):
        raise SettingError(f"there is no topic {place}.", where="topic", todo="Reload the page.")
    name = cleaned(name)
    if not any(unicodedata.category(sign)[0] not in "CZM" for sign in name):
        raise SettingError("is empty.", where="name", todo="Type a name.")
    if len(name) > LONGEST:
        raise SettingError(
            f"{len(name)} characters are too many.",
            where="name",
            todo=f"Give a name of up to {LONGEST} characters.",
        )
    others = {other.casefold() for at, other in enumerate(topics.names) if at != place}
    if name.casefold() in others:
        raise SettingError(
            f"{name!r} is the name of another topic.", where="name", todo="Choose another."
        )
    return TopicName(
        name=name,
        items=core(topics, model, place),
        share=float(topics.sizes[place] / topics.sizes.sum()),
        finer=isinstance(topics, FinerTopics),
        who=" ".join(who.split())[: MOST_SIGNS["who"]],
    )


def core(topics: Topics, model: Model, place: int) -> tuple[str, ...]:
    """Ids of the articles nearest to a topic's centre, up to 100, the nearest first."""
    members = np.flatnonzero(topics.of == place)
    near = members[np.argsort(-topics.closeness[members], kind="stable")[:CORE]]
    return tuple(model.items[Col.ITEM].iloc[near])


def homes(topics: Topics, model: Model, names: TopicNames) -> dict[str, int]:
    """Where names belong, undone or not: the place of a topic by the key of each that has one.

    A topic takes a name if it holds more of the name's articles than any other (of two that hold
    equally many, the smaller one), and at least half of those that the model knows; the model
    knows a tenth of them or more; the topic is no more than twice as large a part of the catalogue
    as what was named; and it is of the same level.
    """
    finer = isinstance(topics, FinerTopics)
    found: dict[str, int] = {}
    for entry in names.given:
        known = [model.positions[item] for item in entry.items if item in model.positions]
        inside = topics.of[known]
        inside = inside[inside >= 0]
        if entry.finer != finer or not len(inside) or len(known) < KNOWN * len(entry.items):
            continue
        held = np.bincount(inside)
        best = int(np.lexsort((topics.sizes[: len(held)], -held))[0])
        share = topics.sizes[best] / topics.sizes.sum()
        if held[best] >= HELD * len(known) and share <= LARGER * entry.share:
            found[entry.key] = best
    return found


def apply_names(topics: AnyTopics, model: Model, names: TopicNames) -> AnyTopics:
    """The topics under the names that people gave them.

    Of several names that belong to one topic the last one counts. The names stay distinct: what
    was found for another topic gets a number where somebody gave its name to this one. The other
    names of a topic, undone ones too, are in `Topics.formerly`.

    Parameters
    ----------
    topics
        As `find_topics` or `finer_topics` found them.
    """
    placed = homes(topics, model, names)
    given: dict[int, str] = {}
    for entry in reversed(names.standing):
        place = placed.get(entry.key)
        if place is not None and place not in given and entry.name not in given.values():
            given[place] = entry.name
    if not placed:
        return topics
    others = [place for place in range(len(topics.names)) if place not in given]
    told = distinct([topics.names[place] for place in others], given.values())
    by_place = given | dict(zip(others, told, strict=True))
    covered = topics.covered.copy()
    covered[list(given)] = np.nan
    now = tuple(by_place[place] for place in range(len(topics.names)))
    formerly = {entry.name: placed[entry.key] for entry in names.given if entry.key in placed}
    formerly |= topics.formerly
    formerly |= {name: place for place, name in enumerate(topics.names)}
    formerly = {name: place for name, place in formerly.items() if name not in now}
    return replace(topics, names=now, covered=covered, formerly=formerly)
