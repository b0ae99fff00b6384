"""Which column is what: guessed from the names of the columns and from what the cells look like.

Each part is found by itself, so that one that is not known does not hide the others. A name says
what a column may be, its cells whether it can be that: an id is no prose and no fraction, a number
is a number, and a title beside an id does not change with the person.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import pandas as pd

from recsys.columns import Csv
from recsys.reading import column_names as names, column_roles as roles
from recsys.reading.column_looks import MANY, Looks
from recsys.reading.column_names import place, words_of
from recsys.reading.column_roles import Column, Rank
from recsys.reading.mapping import (
    DESKDROP_ARTICLES,
    DESKDROP_EVENTS,
    ArticleMapping,
    EventMapping,
)
from recsys.reading.nameless import parts_by_looks


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What the columns of a file seem to be.

    Attributes
    ----------
    events, articles
        The mapping as an interactions file and as an articles file, or None where it cannot be
        one: an interactions file has a user and an item, an articles file has an item.
    kind
        ``"interactions"``, ``"articles"`` or, where it cannot be told, ``""``.
    certain
        Whether these are the Deskdrop file's own names, so that nobody need be asked.
    event_parts, article_parts
        Column by part, for whatever was recognised, also where there is no mapping.
    features
        Of what may be a wide table: its further columns of numbers, at least two.
    """

    events: EventMapping | None
    articles: ArticleMapping | None
    kind: str
    certain: bool
    event_parts: dict[str, str] = field(default_factory=dict)
    article_parts: dict[str, str] = field(default_factory=dict)
    features: tuple[str, ...] = ()


def guess(columns: tuple[str, ...], rows: pd.DataFrame, *, named: bool = True) -> Guess:
    """Recognise columns.

    Parameters
    ----------
    rows
        The first rows, as text.
    named
        Whether the columns have names of their own. Otherwise their cells alone tell, and only
        what they tell clearly is guessed.
    """
    file = _File(columns, rows)
    if named:
        events, articles = _event_parts(file), _article_parts(file)
        if all(columns.count(name) == 1 for name in DESKDROP_EVENTS.columns):
            events = DESKDROP_EVENTS.as_dict()  # its own names are read as they are
        catalogue = _is_catalogue(file, events, articles)
    else:
        looks = {name: column.looks for name, column in file.columns.items()}
        events, articles, catalogue = parts_by_looks(looks)
    event_mapping = EventMapping(**events) if {"user", "item"} <= events.keys() else None  # type: ignore[arg-type]
    article_mapping = ArticleMapping(**articles) if "item" in articles else None  # type: ignore[arg-type]
    kind = "articles" if article_mapping and _lists_articles(file, articles) else ""
    if event_mapping and not catalogue:
        kind = "interactions"
    return Guess(
        events=event_mapping,
        articles=article_mapping,
        kind=kind,
        certain=_is_deskdrop(kind, event_mapping, article_mapping),
        event_parts=events,
        article_parts=articles,
        features=_features(file, events) if event_mapping else (),
    )


def _is_deskdrop(kind: str, events: EventMapping | None, articles: ArticleMapping | None) -> bool:
    if kind == "interactions":
        return events == DESKDROP_EVENTS
    known = articles and replace(articles, author=None, text=None)
    return known == DESKDROP_ARTICLES


class _File:
    """The columns of a file by name, and which of them stand for which part."""

    def __init__(self, columns: tuple[str, ...], rows: pd.DataFrame) -> None:
        self.rows = rows.loc[:, ~rows.columns.duplicated()]
        self.twice = {name for name in columns if columns.count(name) > 1}
        self.columns = {
            name: Column(name=name, words=words_of(name), looks=Looks.of(self.rows[name]))
            for name in dict.fromkeys(columns)
            if name
        }

    def fill(
        self,
        parts: dict[str, str],
        part: str,
        rank: Callable[[Column], Rank],
        taken: Collection[str] = (),
    ) -> None:
        """Add the column that is ranked lowest for a part, if any is, and no part has it yet.

        Of several the first of the file. A column that is there twice is found only where it
        is needed, so that this is refused by its name.
        """
        taken = {*taken, *parts.values()}
        if part not in ("user", "item"):
            taken |= self.twice
        ranked = [
            (found, place, name)
            for place, (name, column) in enumerate(self.columns.items())
            if name not in taken and (found := rank(column)) is not None
        ]
        if ranked:
            parts[part] = min(ranked)[2]


def _event_parts(file: _File) -> dict[str, str]:
    parts: dict[str, str] = {}
    file.fill(parts, "user", roles.user)
    file.fill(parts, "item", roles.item if parts else roles.known_item)
    if "user" in parts and "item" not in parts:
        file.fill(parts, "item", roles.title_as_id)
    file.fill(parts, "timestamp", roles.time)
    file.fill(parts, "event", roles.event)
    if "event" not in parts:
        file.fill(parts, "value", roles.value)
    if "item" in parts:
        item = file.columns[parts["item"]]

        def beside(column: Column) -> Rank:
            ranked = roles.title(column, item)
            if ranked is None or ranked[0] >= 3 or not _goes_with(file, item, column):
                return None
            return ranked

        file.fill(parts, "title", beside)
    return parts


def details_of(columns: tuple[str, ...], rows: pd.DataFrame, item: str) -> dict[str, str]:
    """The columns by part of an articles file whose ids are known to be in `item`."""
    return _article_parts(_File(columns, rows), {"item": item})


def _article_parts(file: _File, known: dict[str, str] | None = None) -> dict[str, str]:
    users: dict[str, str] = {}
    file.fill(users, "user", roles.user)
    parts = dict(known or {})
    if "item" not in parts:
        file.fill(parts, "item", roles.article_id, users.values())
    if "item" not in parts and not users:
        file.fill(parts, "item", roles.called_url)
    item = file.columns.get(parts.get("item", ""))
    ranks: dict[str, Callable[[Column], Rank]] = {
        "timestamp": roles.time,
        "event": lambda column: _shared(file, column),
        "title": lambda column: roles.title(column, item),
        "url": roles.url,
        "language": roles.language,
        "kind": roles.kind,
        "author": roles.author,
        "text": roles.text,
    }
    for part, rank in ranks.items():
        file.fill(parts, part, rank, users.values())
    return parts


def _is_catalogue(file: _File, events: dict[str, str], articles: dict[str, str]) -> bool:
    """Whether what has people and articles is a list of articles with their owners."""
    if "item" not in articles or "title" not in articles or {"event", "value"} & events.keys():
        return False
    looks = file.columns[articles["item"]].looks
    again = roles.comes_again(file.columns[articles["title"]].looks)
    return looks.rows >= MANY and looks.all_different and not again


def _lists_articles(file: _File, articles: dict[str, str]) -> bool:
    """Whether ids come once, or something is said of them: not so the items of a list of orders."""
    once = not roles.comes_again(file.columns[articles["item"]].looks)
    return once or bool({"title", "url", "text", "event"} & articles.keys())


def _goes_with(file: _File, item: Column, title: Column) -> bool:
    """Whether a column of an interactions file says the same of an article in each of its rows."""
    pairs = file.rows[[item.name, title.name]]
    pairs = pairs[(pairs != "").all(axis=1)]
    by_item = pairs.groupby(item.name)[title.name].agg(["size", "nunique"])
    again = by_item[by_item["size"] > 1]
    if not len(again):  # nothing speaks against it but that a person has a name, too
        return title.words != ("name",)
    if (again["nunique"] == 1).mean() < 0.9:
        return False
    return len(by_item) < 4 or pairs[title.name].nunique() >= len(by_item) / 2


def _shared(file: _File, column: Column) -> Rank:
    """An event column as Deskdrop's, and not a kind of article."""
    at = place(column.words, names.EVENT)
    if at is None:
        return None
    deskdrop = set(DESKDROP_ARTICLES.columns) <= file.columns.keys()
    says = file.rows[column.name].isin([Csv.SHARED, Csv.REMOVED]).any()
    return (at,) if deskdrop or says else None


def _features(file: _File, events: dict[str, str]) -> tuple[str, ...]:
    """The further columns of numbers, unless an event column says what happened."""
    fixed = {events.get(part) for part in ("user", "item", "timestamp", "title")} | file.twice
    found = [c.name for c in file.columns.values() if c.name not in fixed and roles.counts(c)]
    return tuple(found) if "event" not in events and len(found) >= 2 else ()
