"""What a person can say about the cells of a file: dates, ids that are the same, zeros."""

from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from recsys.errors import SettingError

Dates = Literal["day first", "month first"]
Zeros = Literal["left out", "one"]
Several = Literal["blanks", "commas", "semicolons", "bars"]
Same = Literal["trim", "case", "zeros", "whole"]
SAME: dict[str, str] = {
    "trim": "leading and trailing spaces",
    "case": "upper and lower case",
    "zeros": "leading zeros",
    "whole": "a trailing .0",
}
"""In what ids may differ and yet be the same, in words."""
BETWEEN: dict[str, str] = {
    "blanks": "spaces",
    "commas": "commas",
    "semicolons": "semicolons",
    "bars": "vertical bars",
}
"""What can stand between several articles in one cell, in words."""


@dataclass(frozen=True, kw_only=True)
class CellRules:
    """How the cells of a file are understood; what is None is found or stays as it is.

    Attributes
    ----------
    dates
        Which of ``03/04/2021`` comes first: ``"day first"`` or ``"month first"``.
    same_ids
        Ids are the same that differ in nothing but these: see `SAME`. It must hold for both files.
    same_events
        Whether kinds of events are the same that differ by case or by white space around them.
    zeros
        What a 0 in the column of numbers means: ``"left out"`` (not rated: the row is left out),
        ``"one"`` (read: the row counts 1). None leaves it a 0, which is worth nothing.
    several
        What stands between several articles in one cell: ``"blanks"``, ``"commas"``,
        ``"semicolons"`` or ``"bars"``. None where a cell is one article.
    no_ids
        Words that are no ids (``NULL``, ``(not set)``): rows that have one are left out.

    Examples
    --------
    >>> import recsys
    >>> recsys.CellRules(same_ids=("zeros",), zeros="one").as_dict()
    {'same_ids': ['zeros'], 'zeros': 'one'}
    """

    dates: Dates | None = None
    same_ids: tuple[str, ...] = ()
    same_events: bool = False
    zeros: Zeros | None = None
    several: Several | None = None
    no_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "same_ids", tuple(sorted(set(self.same_ids))))
        object.__setattr__(self, "no_ids", tuple(sorted(set(self.no_ids))))
        for name, kinds in (("dates", Dates), ("zeros", Zeros), ("several", Several)):
            value, known = getattr(self, name), get_args(kinds)
            if value is not None and value not in known:
                raise SettingError(
                    f"{value!r} is not known.",
                    where=name,
                    todo=f"Give one of: {', '.join(known)}.",
                    shell=f"--{name} {'|'.join(one.replace(' ', '-') for one in known)}",
                )
        for value in self.same_ids:
            if value not in SAME:
                raise SettingError(
                    f"{value!r} is not known.",
                    where="same ids",
                    todo=f"Give some of: {', '.join(SAME)}.",
                    shell=f"--same-ids {','.join(SAME)}",
                )

    def as_dict(self) -> dict[str, Any]:
        """What is set, for JSON; ``CellRules(**rules.as_dict())`` gives it again."""
        given = {part.name: getattr(self, part.name) for part in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in given.items()
            if value not in (None, (), False)
        }
