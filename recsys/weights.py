"""What each kind of event is worth."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from recsys.errors import SettingError

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
    """The strength of each event type; 0 leaves a type's events out.

    Attributes
    ----------
    strengths
        ``(event type, strength)`` pairs, kept in order of the event type, so that equal
        weights are equal (and hash alike) however they were written.

    Raises
    ------
    SettingError
        If a strength is no number, negative, above `MAX_STRENGTH`, or if all are 0.
    """

    strengths: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        pairs = tuple(sorted((str(k), _strength(str(k), v)) for k, v in self.strengths))
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise SettingError("has two strengths.", where=repr(twice), todo="Give it one.")
        if not any(value > 0 for _, value in pairs):
            raise SettingError(
                "no event type has a strength above 0, so nothing is left to learn from.",
                todo="Give at least one a positive strength, for example VIEW 1.",
            )
        object.__setattr__(self, "strengths", pairs)

    @classmethod
    def of(cls, mapping: Mapping[str, Any]) -> "EventWeights":
        """Weights from a mapping of event type to strength."""
        return cls(tuple(mapping.items()))

    @classmethod
    def default(cls) -> "EventWeights":
        """VIEW 1, LIKE 2, BOOKMARK 3, FOLLOW 4, COMMENT CREATED 5."""
        return cls.of(DEFAULT_STRENGTHS)

    @classmethod
    def parse(cls, text: str) -> "EventWeights":
        """Weights from ``VIEW=1,LIKE=2``; names may be percent-encoded.

        >>> EventWeights.parse("VIEW=1,COMMENT CREATED=5").as_dict()
        {'COMMENT CREATED': 5.0, 'VIEW': 1.0}
        """
        pairs = []
        for part in text.split(","):
            name, sign, value = part.rpartition("=")
            if not sign or not name.strip():
                raise SettingError(
                    f"{part!r} is not NAME=STRENGTH.",
                    where="weights",
                    todo="Example: VIEW=1,LIKE=2.",
                )
            pairs.append((unquote(name.strip()), value.strip()))
        return cls(tuple(pairs))  # type: ignore[arg-type]

    def as_text(self) -> str:
        """The form that `parse` reads, fit for an address."""
        return ",".join(f"{quote(name, safe=' ')}={value!r}" for name, value in self.strengths)

    def as_dict(self) -> dict[str, float]:
        """Strength by event type."""
        return dict(self.strengths)

    def missing(self, event_types: Iterable[str]) -> list[str]:
        """The event types that have no strength, in the order given."""
        known = self.as_dict()
        return [name for name in event_types if name not in known]


def _strength(name: str, value: Any) -> float:
    allowed = f"Give a number from 0 (leave out) to {MAX_STRENGTH:,.0f}, for example 1."
    place = f"strength of {name!r}"
    if value is None:
        raise SettingError("nothing is given.", where=place, todo=allowed)
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise SettingError(f"{value!r} is not a number.", where=place, todo=allowed) from None
    if math.isnan(number):
        raise SettingError("nothing is given.", where=place, todo=allowed)
    if number < 0:
        raise SettingError(f"{number:g} is negative.", where=place, todo=allowed)
    if number > MAX_STRENGTH or 0 < number < 1 / MAX_STRENGTH:
        raise SettingError(f"{number:g} is out of all proportion.", where=place, todo=allowed)
    return number
