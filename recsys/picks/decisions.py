"""What one editor decided, once: an entry of a journal, to which entries are only ever added."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args
from uuid import uuid4

from recsys.errors import SettingError

Kind = Literal["picks", "pin", "never", "undo"]
MOST_SIGNS = {"key": 64, "who": 60, "when": 40, "why": 300, "item": 2_000}
MOST_PICKS = 100  # for one article


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision.

    Attributes
    ----------
    kind
        ``picks``: what stands below an article, in this order. ``pin``: one article always comes
        first below another. ``never``: neither stands below the other. ``undo``: an earlier entry
        does not count any more.
    item
        The id of the article that it is about; of an undo, the key of the entry that is undone.
    others
        Ids: all picks (none: nothing is picked any more), or the other article of the pair.
    who, why
        As somebody typed it; may be empty.
    when
        In UTC, as ISO 8601.
    key
        Stands for the entry, for an undo.

    Raises
    ------
    SettingError
        If it makes no sense: a pair of an article and itself, a text that is too long.

    Examples
    --------
    >>> import recsys
    >>> recsys.Decision(kind="pin", item="A", others=("B",), who="Ana").others
    ('B',)
    """

    kind: Kind
    item: str
    others: tuple[str, ...] = ()
    who: str = ""
    why: str = ""
    when: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "others", tuple(self.others))
        put(self, "when", self.when or datetime.now(UTC).isoformat(timespec="seconds"))
        put(self, "key", self.key or uuid4().hex)
        self._check()

    def _check(self) -> None:
        if self.kind not in get_args(Kind):
            raise SettingError(f"{self.kind!r:.40} is not a kind of rule.", where="rules")
        texts = {name: getattr(self, name) for name in MOST_SIGNS}
        for name, text in [*texts.items(), *(("item", other) for other in self.others)]:
            if not isinstance(text, str) or len(text) > MOST_SIGNS[name]:
                raise SettingError(
                    f"{text!r:.40} is not a text of at most {MOST_SIGNS[name]:,} characters.",
                    where=name,
                    todo="Shorten it.",
                )
        if self.item in self.others and self.kind != "undo":
            raise SettingError(
                "an article cannot stand below itself.", where="rules", todo="Choose another."
            )
        if self.kind in ("pin", "never") and len(self.others) != 1 or not self.item:
            raise SettingError(
                f"a rule of the kind {self.kind!r} is about two articles.", where="rules"
            )
        if len(set(self.others)) != len(self.others) or len(self.others) > MOST_PICKS:
            raise SettingError(
                f"{len(self.others):,} picks, or one of them twice.",
                where="picks",
                todo=f"An article takes up to {MOST_PICKS} picks, each once.",
            )

    @property
    def pair(self) -> tuple[str, str]:
        """The two articles of a pin or of a pair that never goes together."""
        return self.item, self.others[0]

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `Decision.of` reads it."""
        return asdict(self) | {"others": list(self.others)}

    @classmethod
    def of(cls, given: object) -> "Decision":
        """An entry from what JSON held.

        Raises
        ------
        SettingError
            If it is none.
        """
        names = set(cls.__dataclass_fields__)
        if not isinstance(given, Mapping) or set(given) != names:
            raise SettingError(
                f"an entry has {', '.join(sorted(names))}, and nothing else.", where="rules"
            )
        if not isinstance(given["others"], list) or not given["key"] or not given["when"]:
            raise SettingError("an entry lacks its key, its time or its articles.", where="rules")
        return cls(**given)
