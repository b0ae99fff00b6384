"""What one column may be, by its name and the looks of its cells; `guessing` chooses among them.

Each function ranks a column for one part: the lower the surer, None where it cannot be that.
"""

from dataclasses import dataclass

import pandas as pd

from recsys.reading import column_names as names
from recsys.reading.column_looks import MANY, Looks
from recsys.reading.column_names import id_rank, noun_of, place

Rank = tuple[float, ...] | None
GENERIC = 4
"""The rank of an id of nothing known."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A column's name, the words of it, and what its first cells look like."""

    name: str
    words: tuple[str, ...]
    looks: Looks


def user(column: Column) -> Rank:
    """A person's id, or else a name or a device that stands for the person."""
    return _doubted(column, _user(column))


def item(column: Column) -> Rank:
    """An article's id in an interactions file, whose ``id`` is the row's own."""
    return _doubted(column, _item(column))


def known_item(column: Column) -> Rank:
    """The same, but for ids of nothing known: where no person is either, they may be anybody's."""
    ranked = item(column)
    return None if ranked is None or ranked[0] == GENERIC else ranked


def _doubted(column: Column, ranked: Rank) -> Rank:
    """Fractions and blanks are ids only where the column is called so and there is no other."""
    if ranked is None or not column.looks.doubtful_ids:
        return ranked
    called_so = ranked[0] == 0 or column.words in (("user",), ("item",))
    return (10, *ranked) if called_so else None


def _user(column: Column) -> Rank:
    words, looks = column.words, column.looks
    if not looks.id_like:
        return None
    if len(words) == 1 and words[0] in names.PEOPLE:
        return 0, len(names.USERS) + names.PEOPLE.index(words[0])
    ranked = id_rank(words, names.USERS, names.USERS)
    if ranked is not None:
        return ranked
    noun = noun_of(words, names.USERS)
    if noun is not None and words[-1] in names.NAME and not set(words) & names.NAMES_OF_OTHERS:
        return 3, noun
    device = noun_of(words, names.DEVICES)
    other = set(words) & names.OTHER - set(names.DEVICES)
    if device is not None and not other and (len(words) == 1 or set(words) & set(names.ID)):
        return 4, device
    return None


def _item(column: Column) -> Rank:
    words, looks = column.words, column.looks
    if not looks.id_like:
        return None
    if noun_of(words, names.USERS) is not None or set(words) & {"author", "creator", "owner"}:
        return None
    if words[-1:] in (("path",), ("pathname",)) or (
        "page" in words and set(words) & set(names.PATHS)
    ):
        return 2, names.ITEMS.index("page")
    ranked = id_rank(words, names.ITEMS, names.ALONE)
    if ranked is not None:
        return ranked
    if len(words) == 1 and words[0] in names.CODES:
        return 0, len(names.ITEMS) + names.CODES.index(words[0])
    noun = noun_of(words, names.ITEMS)
    if noun is not None and len(words) == 2 and words[1] in names.NAME:
        return 3, noun
    other = set(words) & (names.OTHER | set(names.DEVICES))
    if len(words) > 1 and words[-1] == "id" and not other:
        return GENERIC, 0
    return None


def title_as_id(column: Column) -> Rank:
    """What stands for an article where there is no id: its title, or else its address."""
    if not column.looks.id_like:
        return None
    address = called_url(column)
    if address is not None:
        return address
    ranked = title(column, None)
    return None if ranked is None else (1, *ranked)


def article_id(column: Column) -> Rank:
    """An article's id in an articles file, where it does not come again and again."""
    looks = column.looks
    again = comes_again(looks)
    if column.words == ("id",) and looks.id_like:
        return again, 0, len(names.ITEMS)
    ranked = item(column)
    if ranked is None or (again and ranked[0] == GENERIC):  # of something, but of no article
        return None
    return again, *ranked


def comes_again(looks: Looks) -> bool:
    """Whether a value stands in two rows or more on average, as no article's id does in a list."""
    return looks.filled >= MANY and looks.distinct < looks.filled / 2


def may_be_ids(cells: pd.Series) -> bool:
    """Whether cells may be the ids of a list of articles: short, and nearly each another."""
    looks = Looks.of(cells)
    return looks.id_like and looks.filled > 0 and looks.distinct >= 0.9 * looks.filled


def event(column: Column) -> Rank:
    looks, at = column.looks, place(column.words, names.EVENT)
    if at is None or looks.prose or looks.fractional or looks.times or looks.addresses:
        return None
    if looks.filled >= MANY and looks.distinct > max(10, looks.filled / 2):
        return None
    return (at,)


def value(column: Column) -> Rank:
    words, looks = column.words, column.looks
    if looks.filled and (not (looks.partly_numeric or looks.amounts) or looks.times):
        return None
    at = place(words, names.VALUE)
    if at is not None:
        return 0, at
    among = noun_of(words, names.COUNTING)
    if among is None or not looks.numeric or set(words) & names.NOT_COUNTING:
        return None
    return 1, among


def time(column: Column) -> Rank:
    words, looks = column.words, column.looks
    at = place(words, names.TIME)
    if looks.small and not set(words) & {"timestamp", "ts", "datetime"}:
        return None
    if at is not None:
        return (0 if looks.times or not looks.filled else 2), at
    if set(words) & (names.NO_TIMES | set(names.ID)):
        return None
    if looks.calendar and set(words) & names.CALENDAR:
        return 2, len(names.TIME)
    if not looks.times:
        return None
    among = noun_of(words, names.TIMES)
    if among is not None:
        return 1, among
    return (3, 0) if looks.dates and not looks.numeric else None


def title(column: Column, item: Column | None) -> Rank:
    """A title; `item` is the id that it stands beside. From 3 on it is that of something else."""
    words, looks = column.words, column.looks
    if (looks.filled >= MANY and looks.numeric) or looks.addresses or looks.times:
        return None
    noun, last = noun_of(words, names.ITEMS), words[-1] if words else ""
    short = len(words) == 1 or (len(words) == 2 and noun is not None)
    other = set(words) & (names.OTHER | set(names.USERS) | {"sub", "alt"})
    kin = noun is None or _kin(names.ITEMS[noun], item)
    if last in names.TITLE and (short or not other):
        return (0 if short and kin else 3), names.TITLE.index(last)
    if last in names.NAME and (short or (noun is not None and not other)):
        return (1 if kin and short else 3), names.NAME.index(last)
    if item is not None and len(words) == 1 and last in names.TITLES and not looks.prose:
        return (2 if kin else 3), names.TITLES.index(last)
    if last in ("description", "desc") and short and not looks.prose:
        return 2.5, 0
    return None


def _kin(noun: str, item: Column | None) -> bool:
    """Whether the noun may mean what the ids are of: a product, where they are ``product_id``."""
    own = None if item is None else noun_of(item.words, names.ITEMS)
    if own is None or noun in names.ANY or names.ITEMS[own] in names.ANY:
        return True
    return any({noun, names.ITEMS[own]} <= same for same in names.SAME) or noun == names.ITEMS[own]


def called_url(column: Column) -> Rank:
    """An address by its name."""
    at = place(column.words, names.URL)
    return None if at is None or column.looks.numeric else (0, at)


def url(column: Column) -> Rank:
    """An address, of no picture, by its name or else by its looks."""
    pictures = set(column.words) & names.IMAGE
    return called_url(column) or ((1, 0) if column.looks.addresses and not pictures else None)


def language(column: Column) -> Rank:
    at = place(column.words, names.LANGUAGE)
    return None if at is None or column.looks.prose else (at,)


def kind(column: Column) -> Rank:
    words, looks = column.words, column.looks
    at = place(words, names.KIND)
    if at is not None and not looks.prose:
        return 0, at
    among = noun_of(words, names.KINDS)
    if among is None or looks.numeric or not looks.few or set(words) & {"id", "event"}:
        return None
    return 1, among


def author(column: Column) -> Rank:
    words, looks = column.words, column.looks
    at = place(words, names.AUTHOR)
    if at is not None:
        return None if looks.prose else (0, at)
    return (1, 0) if words[-1:] in (("author",), ("authors",), ("autor",)) else None


def text(column: Column) -> Rank:
    words, looks = column.words, column.looks
    if looks.numeric or looks.addresses:
        return None
    at = place(words, names.TEXT)
    if at is not None:
        return 0, at
    among = noun_of(words, names.TEXTS)
    if among is None:
        return None
    if looks.prose:
        return 1, among
    said = len(words) == 2 and words[-1] in names.TEXTS and looks.words > 2
    return (2, among) if said else None  # post_content, detail_desc


def counts(column: Column) -> bool:
    """Whether each row has a number that may count something: no id, no time."""
    looks = column.looks
    if looks.times or set(column.words) & {"id", "ids", "uuid"} or is_row_number(column):
        return False
    return looks.complete


def is_row_number(column: Column) -> bool:
    """Whether pandas wrote its index there, which counts nothing."""
    return column.name.startswith(("__index_level_", "Unnamed: "))
