"""The columns of a file that were not used and look as if they could be."""

from dataclasses import dataclass, replace
from urllib.parse import quote

import pandas as pd

from recsys.reading.account import Account
from recsys.reading.column_looks import Looks
from recsys.reading.column_names import (
    ATTRIBUTES,
    EVENT,
    HAPPENINGS,
    ID,
    OTHER,
    place,
    words_of,
)
from recsys.reading.column_roles import Column, counts
from recsys.reading.guessing import details_of
from recsys.reading.hints import Hint
from recsys.reading.looking import Look
from recsys.reading.mapping import ArticleMapping, EventMapping

_LISTED = 8
_WORDS = {"title": "title", "url": "link", "text": "text"}


@dataclass(frozen=True, kw_only=True)
class Unused:
    """Names of columns, by what they seem to hold.

    Attributes
    ----------
    numbers
        Something counted or rated: no ids, no times, and not the same in each row.
    events
        Kinds of events: few short texts.
    times
        Times.
    details
        Of an articles file, columns by the part that they could be: title, url, text.
    """

    numbers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def unused_of(
    columns: tuple[str, ...], rows: pd.DataFrame, mapping: EventMapping | ArticleMapping
) -> Unused:
    """What a mapping leaves out; `rows` are the first ones of the file, as text."""
    twice = {name for name in columns if columns.count(name) > 1}
    free = [name for name in columns if name and name not in (*mapping.columns, *twice)]
    if isinstance(mapping, ArticleMapping):
        parts = details_of((mapping.item, *free), rows[[mapping.item, *free]], mapping.item)
        missing = [part for part in _WORDS if getattr(mapping, part) is None and part in parts]
        return Unused(details=tuple((part, parts[part]) for part in missing))
    found = [Column(name=name, words=words_of(name), looks=Looks.of(rows[name])) for name in free]
    found = [one for one in found if not set(one.words) & set(ID)]
    return Unused(
        numbers=tuple(one.name for one in found if _number(one)),
        events=tuple(one.name for one in found if _kind_of_event(one, mapping)),
        times=tuple(one.name for one in found if one.looks.times),
    )


def _number(column: Column) -> bool:
    looks = column.looks
    said = counts(column) and not set(column.words) & ATTRIBUTES
    return said and looks.distinct > 1 and not looks.counter


def _kind_of_event(column: Column, mapping: EventMapping) -> bool:
    """By its name or, where nothing else says what happened, by its looks."""
    looks = column.looks
    if looks.numeric or looks.times or not looks.few or looks.distinct < 2 or looks.words > 3:
        return False
    if place(column.words, EVENT) is not None:
        return True
    nothing = not (mapping.event or mapping.value or mapping.features)
    return nothing and not set(column.words) & (OTHER | ATTRIBUTES)


def note_unused(found: Look, mapping: EventMapping | ArticleMapping, account: Account) -> None:
    """Say in the account what `unused_of` finds, with the option that takes it in, if one does."""
    columns, rows = found.layout.columns, found.sample
    unused = unused_of(columns, rows, mapping)
    if isinstance(mapping, ArticleMapping):
        for part, name in unused.details:
            option = f"--article-columns {_columns(replace(mapping, **{part: name}))}"
            account.hint(Hint(text=f"Not used: {name} (perhaps the {_WORDS[part]}).", shell=option))
        return
    for names, words, shell in (
        (unused.numbers, "numbers", _for_numbers(unused.numbers, mapping)),
        (unused.events, "kinds of events", _for("event", unused.events, mapping)),
        (unused.times, "times", _for("timestamp", unused.times, mapping)),
    ):
        if names:
            account.hint(Hint(text=f"Not used: {_listed(names)} ({words}).", shell=shell))


def _for_numbers(names: tuple[str, ...], mapping: EventMapping) -> str:
    """A number beside an event, or else each column a kind of event with a number of its own."""
    held = (*mapping.features, *([mapping.value] if mapping.value else []))
    every = (*held, *names)
    if not mapping.event and all(set(words_of(name)) & HAPPENINGS for name in every):
        return f"--features {','.join(map(_quoted, every))}" if len(every) > 1 else ""
    return "" if mapping.features else _for("value", names, mapping)


def _for(part: str, names: tuple[str, ...], mapping: EventMapping) -> str:
    """The option that takes in the first of the columns; "" where the part is another already."""
    wide = mapping.features and part == "event"
    if not names or getattr(mapping, part) is not None or wide:
        return ""
    return f"--columns {_columns(EventMapping.from_dict(mapping.as_dict() | {part: names[0]}))}"


def _columns(mapping: EventMapping | ArticleMapping) -> str:
    """The columns as the option has them; of a wide table, those that count stand in another."""
    given = mapping.as_dict() | {"features": None}
    said = ",".join(f"{part}={_quoted(name)}" for part, name in given.items() if name)
    features = getattr(mapping, "features", ())
    return f"{said} --features {','.join(map(_quoted, features))}" if features else said


def _quoted(name: str) -> str:
    """A column's name as the shell and the options take it: no commas, blanks and the like."""
    return "".join(sign if sign.isalnum() or sign in "_-.:" else quote(sign) for sign in name)


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _LISTED
    listed = ", ".join(names[:_LISTED])
    return f"{listed} and {more} more" if more > 0 else listed
