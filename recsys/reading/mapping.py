"""Which column of a file is what: guessed by `guessing`, confirmed or changed by a person."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from recsys.columns import Csv
from recsys.errors import SettingError


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
                    f"no column is given for the {name} ids.",
                    where="columns",
                    todo=f"Name it: {name}=NAME.",
                    shell=f"--columns {name}=NAME,…",
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
                f"{twice[0]!r} is used twice.", where="columns", todo="Use each column once."
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
        When: numbers since 1970 or dates, in any form that `recsys.times` knows.
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
                "a wide table has columns with counts, and no event or number column.",
                where="columns",
                todo="Leave out one or the other.",
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
