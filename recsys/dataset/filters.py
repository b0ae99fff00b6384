"""Which part of a data set to train on: the conditions, and their text."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from recsys.errors import SettingError

MAX_LEAST = 1_000_000
_NUMBERS = ("min_user", "min_item")
_DAYS = ("since", "until")
_NAMES = {"event": "events", "language": "languages", "kind": "kinds"}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Conditions that an event must meet; without a value a condition leaves nothing out.

    Attributes
    ----------
    min_user
        Least number of distinct articles that each person left has read.
    min_item
        Least number of distinct people who have read each article left. Both hold for what is
        left, not only for what there was: people and articles are left out in turn until
        everyone and everything has enough (the k-core). It is taken last.
    since, until
        First and last day (both included, UTC). With either, events without a time are left out.
    events, languages, kinds
        Event types, languages and content types to keep; empty for all, ``""`` is the unknown
        one. Kept in order, without repetitions, so that equal filters are equal (and hash alike).

    Raises
    ------
    SettingError
        If a number is not whole or out of range, a day is not a day, `since` is after `until`,
        or a name is no text.

    Examples
    --------
    >>> import recsys
    >>> chosen = recsys.Filter(min_user=5, events=("VIEW", "LIKE"))
    >>> chosen.as_text()
    'min_user=5,event=LIKE,event=VIEW'
    """

    min_user: int = 0
    min_item: int = 0
    since: date | None = None
    until: date | None = None
    events: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in _NUMBERS:
            object.__setattr__(self, name, _least(name, getattr(self, name)))
        for name in _DAYS:
            if (day := getattr(self, name)) is not None and type(day) is not date:
                raise SettingError(f"{day!r} is not a day.", where=name, todo=_DAY_TODO)
        if self.since and self.until and self.since > self.until:
            raise SettingError(
                f"{self.since} is after {self.until}.", where="since", todo="Swap the two days."
            )
        for name in _NAMES.values():
            object.__setattr__(self, name, _sorted_names(name, getattr(self, name)))

    @classmethod
    def parse(cls, text: str) -> "Filter":
        """A filter from what `as_text` gives; empty for none.

        >>> Filter.parse("min_user=5,since=2016-03-01,event=VIEW,event=COMMENT%20CREATED")
        ... # doctest: +NORMALIZE_WHITESPACE
        Filter(min_user=5, min_item=0, since=datetime.date(2016, 3, 1), until=None,
        events=('COMMENT CREATED', 'VIEW'), languages=(), kinds=())
        """
        settings: dict[str, Any] = {}
        for part in text.split(",") if text else []:
            name, _, value = part.partition("=")
            if name in _NAMES:
                settings.setdefault(_NAMES[name], []).append(unquote(value))
            elif name not in (*_NUMBERS, *_DAYS):
                known = ", ".join((*_NUMBERS, *_DAYS, *_NAMES))
                raise SettingError(f"no condition {name[:40]!r};", todo=f"known: {known}.")
            elif name in settings:
                raise SettingError("is given twice.", where=name, todo="Give it once.")
            else:
                settings[name] = value if name in _NUMBERS else _day(name, value)
        return cls(**settings)

    def as_text(self) -> str:
        """The form that `parse` reads, fit for an address; empty where nothing is left out.

        >>> Filter(min_item=2, languages=("en", "pt")).as_text()
        'min_item=2,language=en,language=pt'
        """
        pairs = [(name, getattr(self, name)) for name in (*_NUMBERS, *_DAYS)]
        parts = [f"{name}={value}" for name, value in pairs if value]
        for short, name in _NAMES.items():
            parts += [f"{short}={quote(value, safe='')}" for value in getattr(self, name)]
        return ",".join(parts)


_DAY_TODO = "Give a day as 2016-03-31."


def _least(name: str, value: Any) -> int:
    todo = f"Give a whole number from 0 (no condition) to {MAX_LEAST:,}."
    try:
        number = int(value)
        whole = not isinstance(value, bool) and (isinstance(value, str) or number == value)
    except (TypeError, ValueError, OverflowError):
        whole = False
    if not whole:
        raise SettingError(f"{str(value)[:40]!r} is not a whole number.", where=name, todo=todo)
    if not 0 <= number <= MAX_LEAST:
        raise SettingError(f"{value} is out of range.", where=name, todo=todo)
    return number


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise SettingError(f"{value[:40]!r} is not a day.", where=name, todo=_DAY_TODO) from None


def _sorted_names(name: str, values: Any) -> tuple[str, ...]:
    texts = isinstance(values, Collection) and all(isinstance(value, str) for value in values)
    if isinstance(values, str) or not texts:
        raise SettingError(
            f"{str(values)[:40]!r} is not a list of names.", where=name, todo="Give texts."
        )
    for value in values:
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise SettingError(
                f"{value[:40]!r} contains an invalid character.", where=name, todo="Remove it."
            )
    return tuple(sorted(set(values)))
