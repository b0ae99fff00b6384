"""All that editors decided about a data set, and what of it counts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from recsys.errors import FileError, SettingError
from recsys.picks.decisions import Decision

FORMAT = 1  # of a file of rules
MOST_BYTES = 16 << 20
_TODO = "Give the rules.json that the page Read next downloads."


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Picks, pinned pairs and pairs that never go together, with the journal that says so.

    Of several picks for one article, or rules about one pair, the last that was not undone counts.
    A pair that never goes together is never shown together, pinned or picked or not.

    Attributes
    ----------
    entries
        All of the journal, the oldest first.
    damaged
        Numbers of the lines of the journal's file that could not be read, from 1.

    Examples
    --------
    >>> import recsys
    >>> rules = recsys.Rules().add(recsys.Decision(kind="pin", item="a", others=["b"], who="Ann"))
    >>> rules.pins["a"]
    ('b',)
    >>> rules.undo(rules.standing[0].key, who="Bob").pins
    {}
    """

    entries: tuple[Decision, ...] = ()
    damaged: tuple[int, ...] = ()

    def add(self, *entries: Decision) -> "Rules":
        """The rules with more entries."""
        return Rules(entries=(*self.entries, *entries), damaged=self.damaged)

    def undo(self, key: str, *, who: str = "", why: str = "") -> "Rules":
        """The rules without the entry of that key; what it replaced counts again.

        Raises
        ------
        SettingError
            If no entry of that key counts.
        """
        return self.add(self.undoing(key, who=who, why=why))

    def undoing(self, key: str, *, who: str = "", why: str = "") -> Decision:
        """The entry that undoes another; see `undo`."""
        if key not in {entry.key for entry in self._kept}:
            raise SettingError("this was undone already.", where="rules", todo="Reload the page.")
        return Decision(kind="undo", item=key, who=who, why=why)

    @cached_property
    def _kept(self) -> tuple[Decision, ...]:
        """What was not undone, each key once, the oldest first."""
        undone = {entry.item for entry in self.entries if entry.kind == "undo"}
        kept = {entry.key: entry for entry in self.entries if entry.kind != "undo"}
        return tuple(entry for key, entry in kept.items() if key not in undone)

    @cached_property
    def standing(self) -> tuple[Decision, ...]:
        """What counts, the oldest first: the last picks of each article, each rule once."""
        last: dict[object, Decision] = {}
        for entry in self._kept:
            pair = frozenset(entry.pair) if entry.kind == "never" else None
            about = entry.item if entry.kind == "picks" else pair or entry.pair
            last.pop((entry.kind, about), None)
            last[entry.kind, about] = entry
        return tuple(entry for entry in last.values() if entry.kind != "picks" or entry.others)

    @cached_property
    def picked(self) -> dict[str, Decision]:
        """By article, the entry of its picks; not of one without any."""
        return {entry.item: entry for entry in self.standing if entry.kind == "picks"}

    @cached_property
    def pins(self) -> dict[str, tuple[str, ...]]:
        """By article, what is pinned below it, in the order in which it was pinned."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.standing:
            if entry.kind == "pin":
                item, other = entry.pair
                found[item] = (*found.get(item, ()), other)
        return found

    @cached_property
    def nevers(self) -> dict[str, frozenset[str]]:
        """By article, what never stands below it; both ways."""
        found: dict[str, frozenset[str]] = {}
        for entry in self.standing:
            if entry.kind == "never":
                for item, other in (entry.pair, entry.pair[::-1]):
                    found[item] = found.get(item, frozenset()) | {other}
        return found

    def picks_of(self, item: str) -> tuple[str, ...]:
        """The picks for an article, in order; empty where nothing is picked."""
        return self.picked[item].others if item in self.picked else ()

    def last_picks(self, item: str) -> Decision | None:
        """The last change of an article's picks that was not undone, or None."""
        changes = (one for one in reversed(self._kept) if one.kind == "picks")
        return next((one for one in changes if one.item == item), None)

    @cached_property
    def fingerprint(self) -> str:
        """Stands for what counts, whoever decided it and when."""
        told = [[entry.kind, entry.item, *entry.others] for entry in self.standing]
        return blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()

    def as_json(self) -> str:
        """All entries as a file, which `read_rules` reads."""
        about = {"format": FORMAT, "entries": [entry.as_dict() for entry in self.entries]}
        return json.dumps(about, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def parse(cls, text: str | bytes, where: str = "rules") -> "Rules":
        """The rules of a file that `as_json` made.

        Raises
        ------
        FileError
            If it is none.
        """
        if len(text) > MOST_BYTES:
            raise FileError(f"is larger than {MOST_BYTES >> 20} MiB.", where=where, todo=_TODO)
        try:
            about = json.loads(text)
            if not isinstance(about, dict) or about.get("format") != FORMAT:
                raise SettingError(f"it is not of format {FORMAT}.")
            if not isinstance(about.get("entries"), list):
                raise SettingError("it has no list of entries.")
            return cls(entries=tuple(Decision.of(given) for given in about["entries"]))
        except (ValueError, TypeError, RecursionError) as error:
            what = f"is no JSON text ({str(error)[:80]})."
        except SettingError as error:
            what = f"contains no rules: {error}"
        raise FileError(what, where=where, todo=_TODO)


NO_RULES = Rules()


def read_rules(path: str | Path) -> Rules:
    """The rules in a file that the page *Read next* downloads as ``rules.json``.

    Raises
    ------
    FileError
        If there is none, or it holds no rules.

    Examples
    --------
    >>> import recsys, pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "rules.json")
    >>> made = recsys.Rules().add(recsys.Decision(kind="never", item="a", others=["b"]))
    >>> _ = path.write_text(made.as_json())
    >>> recsys.read_rules(path).nevers["b"]
    frozenset({'a'})
    """
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileError(f"is larger than {MOST_BYTES >> 20} MiB.", where=str(path), todo=_TODO)
        return Rules.parse(path.read_bytes(), str(path))
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}.", where=str(path), todo=_TODO) from None


def journal_line(entry: Decision) -> str:
    """An entry as one line of a journal."""
    return json.dumps(entry.as_dict()) + "\n"


def journal_of(lines: Iterable[bytes]) -> Rules:
    """The rules of a journal's lines; one that cannot be read is left out, and told."""
    entries, damaged = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(Decision.of(json.loads(line)))
        except (ValueError, TypeError, RecursionError, SettingError):
            damaged.append(number)
    return Rules(entries=tuple(entries), damaged=tuple(damaged))
