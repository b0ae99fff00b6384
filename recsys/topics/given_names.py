"""What is written down of a name that somebody gave a topic: a journal, only ever added to."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from recsys.errors import SettingError

LONGEST = 80  # signs of a name
CORE = 100  # articles nearest to the centre that stand for a topic
MOST_SIGNS = {"name": LONGEST, "who": 60, "when": 40, "key": 64, "undoes": 64}
_ID = 2_000  # signs of an article's id
_JOINERS = "\u200c\u200d"  # not printable by themselves, but parts of words and of emoji


@dataclass(frozen=True, kw_only=True)
class TopicName:
    """A name that somebody gave a topic, or that an earlier one does not count any more.

    Attributes
    ----------
    name
        ``""`` of an undo.
    items
        Ids of up to 100 articles, the nearest to the topic's centre first.
    share
        Of all articles with a topic, those that were in this one.
    finer
        Whether it is a topic within another.
    who
        As somebody typed it; may be empty.
    when
        In UTC, as ISO 8601.
    key
        Stands for the entry, for an undo.
    undoes
        The key of the entry that is undone; ``""`` of a name.

    Raises
    ------
    SettingError
        If it makes no sense: no name, no articles, a text that is too long.
    """

    name: str = ""
    items: tuple[str, ...] = ()
    share: float = 1.0
    finer: bool = False
    who: str = ""
    when: str = ""
    key: str = ""
    undoes: str = ""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "items", tuple(self.items))
        put(self, "when", self.when or datetime.now(UTC).isoformat(timespec="seconds"))
        put(self, "key", self.key or uuid4().hex)
        texts = [(name, getattr(self, name), most) for name, most in MOST_SIGNS.items()]
        for name, text, most in [*texts, *(("item", item, _ID) for item in self.items)]:
            if not isinstance(text, str) or len(text) > most:
                raise SettingError(
                    f"{text!r:.40} is not a text of at most {most:,} characters.",
                    where=name,
                    todo="Shorten it.",
                )
        if bool(self.undoes) == bool(self.name) or bool(self.name) != bool(self.items):
            raise SettingError("an entry names a topic with articles, or undoes one.", where="name")
        if self.name != cleaned(self.name) or len(self.items) > CORE:
            raise SettingError(f"{self.name!r:.40} is not the name of a topic.", where="name")
        if not isinstance(self.finer, bool) or not _is_share(self.share):
            raise SettingError("an entry says which part of the catalogue it names.", where="name")

    @classmethod
    def of(cls, given: object) -> "TopicName":
        """An entry from what JSON held.

        Raises
        ------
        SettingError
            If it is none.
        """
        names = set(cls.__dataclass_fields__)
        if not isinstance(given, Mapping) or set(given) != names:
            raise SettingError(
                f"an entry has {', '.join(sorted(names))}, and nothing else.", where="name"
            )
        if not isinstance(given["items"], list) or not given["key"] or not given["when"]:
            raise SettingError("an entry lacks its key, its time or its articles.", where="name")
        return cls(**given)

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `TopicName.of` reads it."""
        return asdict(self) | {"items": list(self.items)}


@dataclass(frozen=True, kw_only=True)
class TopicNames:
    """All names that people gave the topics of a data set, with the journal that says so.

    Attributes
    ----------
    entries
        All of the journal, the oldest first.
    damaged
        Numbers of the lines of the journal's file that could not be read, from 1.
    """

    entries: tuple[TopicName, ...] = ()
    damaged: tuple[int, ...] = ()

    def add(self, *entries: TopicName) -> "TopicNames":
        """The names with more entries."""
        return TopicNames(entries=(*self.entries, *entries), damaged=self.damaged)

    @cached_property
    def given(self) -> tuple[TopicName, ...]:
        """All names, undone or not, the oldest first, each key once."""
        return tuple({entry.key: entry for entry in self.entries if not entry.undoes}.values())

    @cached_property
    def standing(self) -> tuple[TopicName, ...]:
        """What was not undone, the oldest first."""
        undone = {entry.undoes for entry in self.entries if entry.undoes}
        return tuple(entry for entry in self.given if entry.key not in undone)

    def undoing(self, key: str, *, who: str = "") -> TopicName:
        """The entry that undoes another; the name that the topic had before then counts again.

        Raises
        ------
        SettingError
            If no entry of that key counts.
        """
        if key not in {entry.key for entry in self.standing}:
            raise SettingError("this was undone already.", where="name", todo="Reload the page.")
        return TopicName(undoes=key, who=who)

    @cached_property
    def fingerprint(self) -> str:
        """Stands for the names and which of them count, whoever gave them and when."""
        standing = {entry.key for entry in self.standing}
        told = [
            [one.name, one.finer, one.share, one.key in standing, *one.items] for one in self.given
        ]
        return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


NO_NAMES = TopicNames()


def name_line(entry: TopicName) -> str:
    """An entry as one line of a journal."""
    return json.dumps(entry.as_dict()) + "\n"


def names_of(lines: Iterable[bytes]) -> TopicNames:
    """The names of a journal's lines; one that cannot be read is left out, and told."""
    entries, damaged = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(TopicName.of(json.loads(line)))
        except (ValueError, TypeError, RecursionError, SettingError):
            damaged.append(number)
    return TopicNames(entries=tuple(entries), damaged=tuple(damaged))


def cleaned(name: str) -> str:
    """A name on one line, without signs that show nothing or turn the writing around.

    >>> cleaned("  Coffee \\u202e and\\n tea ")
    'Coffee and tea'
    """
    signs = (sign if sign.isprintable() or sign in _JOINERS else " " for sign in name)
    return " ".join("".join(signs).split())


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
