"""Which column of a file is what: guessed from the names, confirmed or changed by a person."""

import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

import pandas as pd

from recsys.columns import Csv
from recsys.errors import SettingError

USER = (
    "user userid personid person visitor visitorid customer customerid reader readerid member "
    "memberid uid"
)
ITEM = (
    "item itemid contentid content article articleid movieid movie track trackid product productid "
    "song songid book bookid isbn asin sku iid newsid documentid docid"
)
EVENT = (
    "event eventtype eventname action interaction interactiontype activity behavior behaviour type"
)
VALUE = (
    "rating count plays playcount hours hoursplayed score stars weight quantity qty value strength "
    "rate views clicks duration"
)
TIMESTAMP = (
    "timestamp time date datetime ts createdat eventtime eventdate unixtime unixtimestamp created"
)
TITLE = (
    "title movietitle itemtitle articletitle headline name itemname tracktitle productname label"
)
URL = "url link uri href"
LANGUAGE = "lang language locale"
AUTHOR = "author authorpersonid authorid creator writer byline"
TEXT = "text body articletext fulltext description abstract summary"
KIND = "contenttype class genre genres category categories kind itemtype section type"
"""Names by which a column is known, without case, blanks and underscores; the first ones win."""


@dataclass(frozen=True, kw_only=True)
class _Mapping:
    """What the two mappings share: they are stored as JSON and refuse what they do not know."""

    def as_dict(self) -> dict[str, Any]:
        """The parts that are set, for JSON; see `from_dict`."""
        given = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return {n: list(value) if isinstance(value, tuple) else value for n, value in given.items()}

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Self:
        """A mapping from what `as_dict` gave.

        Raises
        ------
        SettingError
            If a part is not known, is not a column's name, or a needed one is missing.
        """
        known = [part.name for part in fields(cls)]
        for name, value in given.items():
            if name not in known:
                raise SettingError(
                    f"{name!r} is not known.",
                    where="columns",
                    todo=f"Known: {', '.join(known)}.",
                )
            texts = value if name == "features" and isinstance(value, list | tuple) else [value]
            if not all(isinstance(text, str) and text for text in texts):
                raise SettingError(f"{name} is {value!r}, not a column's name.", where="columns")
        parts = {n: tuple(value) if n == "features" else value for n, value in given.items()}
        for name in ("user", "item"):
            if name in known and name not in parts:
                raise SettingError(
                    f"the column of the {name} is not named.",
                    where="columns",
                    todo=f"Say which it is: {name}=NAME.",
                )
        return cls(**parts)

    @property
    def columns(self) -> list[str]:
        """The file's columns that are used, each once."""
        parts = [value for value in asdict(self).values() if isinstance(value, str)]
        return [*parts, *getattr(self, "features", ())]

    def _refuse_twice(self) -> None:
        twice = [name for name in self.columns if self.columns.count(name) > 1]
        if twice:
            raise SettingError(
                f"{twice[0]!r} is named twice.", where="columns", todo="Name each column once."
            )


@dataclass(frozen=True, kw_only=True)
class EventMapping(_Mapping):
    """The columns of an interactions file.

    Attributes
    ----------
    user, item
        Ids.
    event
        What happened. Without it, every row is the same kind of event.
    value
        A number that the row's strength is multiplied with: a rating, a count, hours.
    timestamp
        When: seconds, milliseconds, microseconds or nanoseconds since 1970, or ISO 8601.
    features
        Of a wide table: the columns that are each a kind of event, with a number in each row.
    title
        The article's title, which counts where there is no articles file.
    """

    user: str
    item: str
    event: str | None = None
    value: str | None = None
    timestamp: str | None = None
    features: tuple[str, ...] = ()
    title: str | None = None

    def __post_init__(self) -> None:
        if self.features and (self.event or self.value):
            raise SettingError(
                "a wide table has features, or else an event and a value.",
                where="columns",
                todo="Leave out either.",
            )
        self._refuse_twice()


@dataclass(frozen=True, kw_only=True)
class ArticleMapping(_Mapping):
    """The columns of an articles file; only the id is needed.

    Attributes
    ----------
    event
        A column that says ``CONTENT SHARED`` or ``CONTENT REMOVED``, as Deskdrop's. Without it,
        every row is an article.
    """

    item: str
    title: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str | None = None
    author: str | None = None
    text: str | None = None
    timestamp: str | None = None
    event: str | None = None

    def __post_init__(self) -> None:
        self._refuse_twice()


DESKDROP_EVENTS = EventMapping(
    user=Csv.USER, item=Csv.ITEM, event=Csv.EVENT, timestamp=Csv.TIMESTAMP
)
DESKDROP_ARTICLES = ArticleMapping(
    item=Csv.ITEM,
    title=Csv.TITLE,
    url=Csv.URL,
    language=Csv.LANGUAGE,
    kind=Csv.KIND,
    timestamp=Csv.TIMESTAMP,
    event=Csv.EVENT,
)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What the columns of a file seem to be.

    Attributes
    ----------
    events, articles
        The mapping as an interactions file and as an articles file, or None where it cannot be
        one: an interactions file has a user and an item, an articles file has an item.
    certain
        Whether these are the Deskdrop file's own names, so that nobody need be asked.
    features
        Of what may be a wide table: its further columns of numbers, at least two.
    """

    events: EventMapping | None
    articles: ArticleMapping | None
    certain: bool
    features: tuple[str, ...] = ()


def guess(columns: tuple[str, ...], rows: pd.DataFrame) -> Guess:
    """Recognise columns by their names, and features by what is in the first rows.

    Case, blanks, underscores and RecBole's suffixes (``:token``) do not matter.
    """
    taken: set[str] = set()

    def find(words: str) -> str | None:
        known = words.split()
        found = [name for name in columns if _plain(name) in known and name not in taken]
        if not found:
            return None
        best = min(found, key=lambda name: known.index(_plain(name)))
        taken.add(best)
        return best

    user, item, timestamp = find(USER), find(ITEM), find(TIMESTAMP)
    if item is None:
        return Guess(events=None, articles=None, certain=False)
    ids, events = set(taken), None
    features: tuple[str, ...] = ()
    if user:
        event = find(EVENT)
        value = None if event else find(VALUE)
        events = EventMapping(user=user, item=item, event=event, value=value, timestamp=timestamp)
        features = () if event else _features(columns, rows, ids)
    taken = ids
    event = find(EVENT)
    if event and not _says_shared(columns, rows, event):
        taken.discard(event)
        event = None
    articles = ArticleMapping(
        item=item,
        title=find(TITLE),
        url=find(URL),
        language=find(LANGUAGE),
        kind=find(KIND),
        author=find(AUTHOR),
        text=find(TEXT),
        timestamp=timestamp,
        event=event,
    )
    if events:
        certain = events == DESKDROP_EVENTS
    else:
        certain = replace(articles, author=None, text=None) == DESKDROP_ARTICLES
    return Guess(events=events, articles=articles, certain=certain, features=features)


def _says_shared(columns: tuple[str, ...], rows: pd.DataFrame, event: str) -> bool:
    """Whether an articles file's event column is one as Deskdrop's, and not a kind of article."""
    if set(DESKDROP_ARTICLES.columns) <= set(columns):
        return True
    return bool(rows[[event]].isin([Csv.SHARED, Csv.REMOVED]).any(axis=None))


def plain_name(column: str) -> str:
    """A column's name without RecBole's suffix.

    >>> plain_name("rating:float"), plain_name("rating")
    ('rating', 'rating')
    """
    return re.sub(r":(token|float)(_seq)?$", "", column)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain_name(name).casefold())


def _features(columns: tuple[str, ...], rows: pd.DataFrame, ids: set[str]) -> tuple[str, ...]:
    numbers = [
        name
        for name in columns
        if name not in ids
        and columns.count(name) == 1
        and len(rows)
        and pd.to_numeric(rows[name], errors="coerce").notna().all()
    ]
    return tuple(numbers) if len(numbers) >= 2 else ()
