"""The columns of a file that were not used and look as if they could be."""

import re
from dataclasses import dataclass, replace

import pandas as pd

from recsys.reading.account import Account
from recsys.reading.column_looks import Looks
from recsys.reading.column_names import (
    ATTRIBUTES,
    COUNTING,
    EVENT,
    HAPPENINGS,
    ID,
    ITEMS,
    NAME,
    OTHER,
    TEXTS,
    TITLE,
    USERS,
    VALUE,
    place,
    words_of,
)
from recsys.reading.column_roles import Column, counts
from recsys.reading.guessing import details_of
from recsys.reading.hints import Hint, in_option
from recsys.reading.looking import Look
from recsys.reading.mapping import ArticleMapping, EventMapping

_LISTED = 8
_NO_KINDS = {*OTHER, *ATTRIBUTES, *USERS, *ITEMS, *NAME, *TITLE, *TEXTS, "first", "last"}
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
    unread
        Columns called by what they count, whose cells are no numbers, each with a cell.
    details
        Of an articles file, columns by the part that they could be: title, url, text.
    """

    numbers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
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
        unread=tuple((one.name, cell) for one in found if (cell := _unreadable(one))),
    )


def _number(column: Column) -> bool:
    looks = column.looks
    said = counts(column) and not set(column.words) & ATTRIBUTES
    return said and looks.distinct > 1 and not looks.counter


def _kind_of_event(column: Column, mapping: EventMapping) -> bool:
    """By its name or, where nothing else says what happened, by its looks."""
    looks, words = column.looks, set(column.words)
    if looks.numeric or looks.times or not looks.few or looks.distinct < 2 or looks.words > 3:
        return False
    if place(column.words, EVENT) is not None or (looks.truths and words & HAPPENINGS):
        return True
    if mapping.event or mapping.value or mapping.features or _holds_amounts(column):
        return False
    return not words & _NO_KINDS and not looks.cells.str.match(r"[-+$€£]?\d").any()


def _holds_amounts(column: Column) -> bool:
    """Whether a column is called by what it counts."""
    words = column.words
    return place(words, VALUE) is not None or bool(set(words) & set(COUNTING))


def _unreadable(column: Column) -> str:
    """A cell of a column that is called by what it counts, and holds no numbers; or else ""."""
    looks = column.looks
    if not _holds_amounts(column) or looks.amounts or looks.times:
        return ""
    numbers = "" if looks.truths else r"[-+$€£]?\d"
    return next((cell for cell in looks.cells if re.match(numbers, cell)), "")


def note_unused(found: Look, mapping: EventMapping | ArticleMapping, account: Account) -> None:
    """Say in the account what `unused_of` finds, with the option that takes it in, if one does."""
    columns, rows = found.layout.columns, found.sample
    unused = unused_of(columns, rows, mapping)
    if isinstance(mapping, ArticleMapping):
        for part, name in unused.details:
            option = f"--article-columns {columns_option(replace(mapping, **{part: name}))}"
            account.hint(Hint(text=f"Not used: {name} (perhaps the {_WORDS[part]}).", shell=option))
        return
    for names, words, shell in (
        (unused.numbers, "numbers", _for_numbers(unused.numbers, mapping)),
        (unused.events, "event types", _for("event", unused.events, mapping)),
        (unused.times, "times", _for("timestamp", unused.times, mapping)),
    ):
        if names:
            account.hint(Hint(text=f"Not used: {_listed(names)} ({words}).", shell=shell))
    for name, cell in unused.unread:
        account.hint(
            Hint(text=f"Not used: {name}. Its cells, such as {cell[:40]!r}, are not numbers.")
        )


def _for_numbers(names: tuple[str, ...], mapping: EventMapping) -> str:
    """A number beside an event, or else each column a kind of event with a number of its own."""
    held = (*mapping.features, *([mapping.value] if mapping.value else []))
    every = (*held, *names)
    if not mapping.event and all(set(words_of(name)) & HAPPENINGS for name in every):
        return f"--features {','.join(map(in_option, every))}" if len(every) > 1 else ""
    return "" if mapping.features else _for("value", names, mapping)


def _for(part: str, names: tuple[str, ...], mapping: EventMapping) -> str:
    """The option that takes in the first of the columns; "" where the part is another already."""
    wide = mapping.features and part == "event"
    if not names or getattr(mapping, part) is not None or wide:
        return ""
    return (
        f"--columns {columns_option(EventMapping.from_dict(mapping.as_dict() | {part: names[0]}))}"
    )


def columns_option(mapping: EventMapping | ArticleMapping) -> str:
    """Columns as the options have them; of a wide table, those that count stand in another."""
    given = mapping.as_dict() | {"features": None}
    said = ",".join(f"{part}={in_option(name)}" for part, name in given.items() if name)
    features = getattr(mapping, "features", ())
    return f"{said} --features {','.join(map(in_option, features))}" if features else said


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _LISTED
    listed = ", ".join(names[:_LISTED])
    return f"{listed} and {more} more" if more > 0 else listed
