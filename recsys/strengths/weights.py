"""What each kind of event is worth, and what becomes of the sum. See docs/strengths.md."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import quote, unquote

from recsys.columns import Col
from recsys.errors import SettingError

if TYPE_CHECKING:  # the command line waits for no table before it has said what it can do
    from recsys.dataset import Tables

Scale = Literal["sum", "log2", "rank"]
SCALES: tuple[str, ...] = get_args(Scale)

DEFAULT_STRENGTHS: dict[str, float] = {
    "VIEW": 1.0,
    "LIKE": 2.0,
    "BOOKMARK": 3.0,
    "FOLLOW": 4.0,
    "COMMENT CREATED": 5.0,
}
MAX_STRENGTH = 1e6


@dataclass(frozen=True)
class EventWeights:
    """What events are worth: the strength of a pair is ``scale(Σ strength × value)``.

    The sum runs over the pair's events; a value is 1 where the data has none. Settings that
    mean the same are equal and hash alike, however they were written.

    Attributes
    ----------
    strengths
        ``(event type, strength)`` pairs, kept in order of the event type; 0 leaves a type's
        events out.
    normalise
        Whether the values of each event type are first brought to 0…1, as
        ``(x - min) / (max - min)``; a constant column gives 0, since it tells nothing apart.
    scale
        ``"sum"``: the sum as it is. ``"log2"``: log2(1 + sum). ``"rank"``: the rank of the sum
        among all pairs, equal sums sharing a rank, spread evenly from `low` to `high`.
    low, high
        Strength of the lowest and of the highest rank; at their defaults for other scales.
    threshold
        Events with a value below it are left out, the others count 1 each in place of their
        value, so there is nothing to normalise: `normalise` is then False.

    Raises
    ------
    SettingError
        If a strength is no number, negative, above `MAX_STRENGTH`, or if all are 0; if another
        setting is outside of what is allowed.

    Examples
    --------
    >>> import recsys
    >>> weights = recsys.EventWeights.of({"VIEW": 1, "LIKE": 3})
    >>> weights.as_dict()
    {'LIKE': 3.0, 'VIEW': 1.0}
    >>> weights == recsys.EventWeights.parse("VIEW=1,LIKE=3")
    True
    """

    strengths: tuple[tuple[str, float], ...]
    _: KW_ONLY
    normalise: bool = False
    scale: Scale = "sum"
    low: float = 1.0
    high: float = 10.0
    threshold: float | None = None

    def __post_init__(self) -> None:
        settings = {
            "strengths": _strengths(self.strengths),
            "normalise": _yes_or_no(self.normalise),
            "scale": _scale(self.scale),
            "threshold": None if self.threshold is None else _threshold(self.threshold),
        }
        low, high = _range(self.low, self.high)
        # Settings without an effect return to their defaults: what means the same is equal.
        if self.scale != "rank":
            low, high = EventWeights.low, EventWeights.high
        if self.threshold is not None:
            settings["normalise"] = False
        for name, value in {**settings, "low": low, "high": high}.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, mapping: Mapping[str, Any], **settings: Any) -> EventWeights:
        """Weights from a mapping of event type to strength, and other settings by name."""
        return cls(tuple(mapping.items()), **settings)

    @classmethod
    def default(cls) -> EventWeights:
        """VIEW 1, LIKE 2, BOOKMARK 3, FOLLOW 4, COMMENT CREATED 5."""
        return cls.of(DEFAULT_STRENGTHS)

    @classmethod
    def parse(cls, text: str) -> EventWeights:
        """Weights from ``VIEW=1,LIKE=2;scale=log2``; names may be percent-encoded.

        >>> EventWeights.parse("VIEW=1,COMMENT CREATED=5").as_dict()
        {'COMMENT CREATED': 5.0, 'VIEW': 1.0}
        >>> EventWeights.parse("likes=2,views=1;normalise;scale=rank;high=5").high
        5.0
        """
        listed, *settings = text.split(";")
        pairs = []
        for part in listed.split(","):
            name, sign, value = part.rpartition("=")
            if not sign or not name.strip():
                raise SettingError(
                    f"{part!r} is not NAME=STRENGTH.",
                    where="weights",
                    todo="Example: VIEW=1,LIKE=2. Write , ; = in a name as %2C %3B %3D.",
                )
            pairs.append((unquote(name.strip()), value.strip()))
        return cls(tuple(pairs), **_parsed_settings(settings))  # type: ignore[arg-type]

    def as_text(self) -> str:
        """The form that `parse` reads, fit for an address."""
        parts = [",".join(f"{_quoted(name)}={value!r}" for name, value in self.strengths)]
        if self.normalise:
            parts.append("normalise")
        if self.scale != "sum":
            parts.append(f"scale={self.scale}")
        if self.scale == "rank":
            parts += [f"low={self.low!r}", f"high={self.high!r}"]
        if self.threshold is not None:
            parts.append(f"threshold={self.threshold!r}")
        return ";".join(parts)

    def as_dict(self) -> dict[str, float]:
        """Strength by event type."""
        return dict(self.strengths)

    def missing(self, event_types: Iterable[str]) -> list[str]:
        """The event types that have no strength, in the order given."""
        known = self.as_dict()
        return [name for name in event_types if name not in known]


def default_weights(tables: Tables) -> EventWeights:
    """What to begin with for these tables.

    Deskdrop's event types have `DEFAULT_STRENGTHS`. A wide feature table (values of several
    types) is normalised, its features count alike, and the ranks of the pairs are their
    strengths. A single type counts 1. Several unknown types without values are for a person to
    weigh: the default has no strength for them, and `EventWeights.missing` lists them.

    Examples
    --------
    >>> import recsys
    >>> recsys.default_weights(recsys.sample_tables()).as_dict()["COMMENT CREATED"]
    5.0
    """
    types = [str(name) for name in tables.events[Col.EVENT].cat.categories]
    if set(types) <= set(DEFAULT_STRENGTHS):
        return EventWeights.default()
    alike = EventWeights.of(dict.fromkeys(types, 1.0))
    if len(types) == 1:
        return alike
    if Col.VALUE in tables.events:
        return replace(alike, normalise=True, scale="rank")
    return EventWeights.default()


def typed(name: str) -> str:
    """A name as `EventWeights.parse` takes it: what would be lost or misread is percent-encoded.

    >>> typed("COMMENT CREATED"), typed(" LIKE"), typed("a,b=c")
    ('COMMENT CREATED', '%20LIKE', 'a%2Cb%3Dc')
    """
    begins, ends = len(name) - len(name.lstrip()), len(name.rstrip())
    return "".join(
        quote(sign, safe="")
        if not begins <= place < ends or sign in ",;=%" or not sign.isprintable()
        else sign
        for place, sign in enumerate(name)
    )


def _quoted(name: str) -> str:
    text = quote(name, safe=" ")
    return text if text == text.strip() else quote(name, safe="")


def _parsed_settings(parts: list[str]) -> dict[str, Any]:
    known = ("normalise", "scale", "low", "high", "threshold")
    found: dict[str, Any] = {}
    for part in parts:
        name, sign, value = (text.strip() for text in part.partition("="))
        if name not in known or name in found or bool(sign) == (name == "normalise"):
            raise SettingError(
                f"{part!r} is {'given twice' if name in found else 'not a setting'}.",
                where="weights",
                todo="After the strengths may follow, each once: ;normalise ;scale=rank ;low=1 "
                ";high=10 ;threshold=3.",
            )
        found[name] = value if sign else True
    return found


def _strengths(given: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, float], ...]:
    pairs = tuple(sorted((str(k), _strength(str(k), v)) for k, v in given))
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SettingError("has two strengths.", where=repr(twice), todo="Give it one.")
    if not any(value > 0 for _, value in pairs):
        raise SettingError(
            "no event type has a strength above 0, so nothing is left to learn from.",
            todo="Give at least one a positive strength, for example VIEW 1.",
        )
    return pairs


def _strength(name: str, value: Any) -> float:
    allowed = f"Give a number from 0 (leave out) to {MAX_STRENGTH:,.0f}, for example 1."
    place = f"strength of {name!r}"
    if not name.strip():
        raise SettingError("an event type has no name.", where=place, todo="Give it one.")
    number = _number(value, place, allowed)
    if number < 0:
        raise SettingError(f"{number:g} is negative.", where=place, todo=allowed)
    if number > MAX_STRENGTH or 0 < number < 1 / MAX_STRENGTH:
        raise SettingError(f"{number:g} is far too large.", where=place, todo=allowed)
    return number


def _range(low: Any, high: Any) -> tuple[float, float]:
    allowed = (
        f"Give two numbers from {1 / MAX_STRENGTH:g} to {MAX_STRENGTH:,.0f}, the lower one first, "
        "for example 1 and 10."
    )
    least, most = _number(low, "low", allowed), _number(high, "high", allowed)
    if not 1 / MAX_STRENGTH <= least <= most <= MAX_STRENGTH:
        raise SettingError(
            f"{least:g} to {most:g} is not allowed.", where="range of strengths", todo=allowed
        )
    return least, most


def _threshold(value: Any) -> float:
    allowed = "Give the lowest value that counts, for example 3."
    number = _number(value, "threshold", allowed)
    if math.isinf(number):
        raise SettingError(f"{number} is not allowed.", where="threshold", todo=allowed)
    return number


def _scale(value: Any) -> str:
    if value not in SCALES:
        raise SettingError(
            f"{value!r} is not a scale.",
            where="scale",
            todo=f"Choose one of {', '.join(SCALES)}.",
            shell=f"--scale {'|'.join(SCALES)}",
        )
    return str(value)


def _yes_or_no(value: Any) -> bool:
    if value not in (True, False):
        raise SettingError(
            f"{value!r} is neither True nor False.", where="normalise", todo="Give one of them."
        )
    return bool(value)


def _number(value: Any, place: str, allowed: str) -> float:
    if value is None:
        raise SettingError("nothing is given.", where=place, todo=allowed)
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise SettingError(f"{value!r} is not a number.", where=place, todo=allowed) from None
    if math.isnan(number):
        raise SettingError("nothing is given.", where=place, todo=allowed)
    return number + 0.0  # -0.0 becomes 0.0: equal settings have equal texts
