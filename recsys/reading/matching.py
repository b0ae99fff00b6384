"""Which ids are the same though they are written differently."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.counting import counted, word_for
from recsys.formats import TEXT
from recsys.reading.account import Account
from recsys.reading.hints import Hint
from recsys.reading.rules import SAME, CellRules

WHOLE = r"^(-?[0-9]+)\.0+$"


def canonical(values: pa.Array, same: Sequence[str]) -> pa.Array:
    """What ids have in common that differ only in what `same` names; see `rules.SAME`.

    >>> canonical(pa.array([" A7 ", "007", "7.0"]), ("trim", "case", "zeros", "whole")).to_pylist()
    ['a7', '7', '7']
    """
    if "trim" in same:
        values = pc.utf8_trim_whitespace(values)
    if "case" in same:
        values = pc.utf8_lower(values)
    if "whole" in same:
        values = pc.replace_substring_regex(values, WHOLE, r"\1")
    if "zeros" in same:
        values = pc.replace_substring_regex(values, r"^0+([0-9]+)$", r"\1")
    return values


class Known:
    """The ids of the articles file, and which of them another id stands for."""

    def __init__(self, ids: pa.Array, same: Sequence[str] = ()) -> None:
        self.ids, self._same = ids, same
        if same:
            common = canonical(ids, same).to_pandas()
            once = ~common.duplicated(keep=False).to_numpy()  # of two, neither is meant for sure
            self._common = pa.array(common[once], TEXT)
            self._own = ids.filter(pa.array(once))

    def own(self, values: pa.Array) -> pa.Array:
        """The article's id that each value stands for; the value itself where it is none's."""
        if not self._same:
            return values
        place = pc.index_in(canonical(values, self._same), value_set=self._common)
        meant = pc.coalesce(pc.take(self._own, place), values)
        return pc.if_else(pc.is_in(values, value_set=self.ids), values, meant)

    def matched(self, values: pa.Array) -> np.ndarray:
        """``(values,)`` bool: which of them are, or stand for, an article's id."""
        found = pc.is_in(self.own(values), value_set=self.ids)
        return found.to_numpy(zero_copy_only=False)


def say_what_would_match(
    account: Account, known: pa.Array, unknown: pa.Array, rows: np.ndarray, rules: CellRules
) -> None:
    """Say which of the ids that are no article's would be one's, were ids compared less strictly.

    Parameters
    ----------
    unknown, rows
        The ids, and how many rows of the file each has.
    """
    every = tuple(SAME)
    fits = Known(known, every).matched(unknown)
    most = int(rows[fits].sum())
    if not most or set(every) <= set(rules.same_ids):
        return
    for same in _fewest_first():
        fits = Known(known, same).matched(unknown)
        if int(rows[fits].sum()) == most:
            break
    example = unknown.filter(pa.array(fits))[0].as_py()
    own = Known(known, same).own(pa.array([example], TEXT))[0].as_py()
    words = " and ".join(SAME[name] for name in same)
    text = (
        f"{counted(most, 'rows')} that {word_for(most, 'was', 'were')} left out would match an "
        f"article by ignoring {words} in ids: {example!r} here, {own!r} in the articles file."
    )
    account.hint(ignoring(same, rules, text=text, label=f"Ignore {words}"))


def say_what_is_the_same(account: Account, name: str, ids: pa.Array, rules: CellRules) -> None:
    """Say where a column has ids with ``.0`` after them, and the same ones without."""
    if "whole" in rules.same_ids:
        return
    floats = ids.filter(pc.match_substring_regex(ids, WHOLE))
    short = canonical(floats, ("whole",))
    both = floats.filter(pc.is_in(short, value_set=ids))
    if len(both):
        text = (
            f"{counted(len(both), 'ids')} in {name} {word_for(len(both), 'occurs', 'occur')} both "
            f"with and without a trailing .0, such as {both[0].as_py()!r}."
        )
        account.hint(ignoring(["whole"], rules, text=text, label="Ignore a trailing .0"))


def ignoring(same: Iterable[str], rules: CellRules, *, text: str, label: str) -> Hint:
    """The hint to ignore, in ids, what `same` names besides what `rules` have ignored."""
    ignored = tuple(sorted({*same, *rules.same_ids}))
    shell = f"--same-ids {','.join(ignored)}"
    return Hint(text=text, label=label, shell=shell, rules={"same_ids": ignored}, both=True)


def _fewest_first() -> Iterator[tuple[str, ...]]:
    for count in range(1, len(SAME) + 1):
        yield from combinations(SAME, count)
