"""Ids as they are meant: without signs that nobody sees, and the same ones recognised as such."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recsys.counting import counted, word_for
from recsys.formats import TEXT
from recsys.reading.account import Account
from recsys.reading.hints import Hint, in_option
from recsys.reading.matching import WHOLE, Known, canonical, ignoring, say_what_is_the_same
from recsys.reading.rules import CellRules

_NEVER = "\u00ad\u200b\u2060\ufeff"  # of no width: a hyphen, a space, a joiner, the byte order mark
_JOINERS = "\u200c\u200d\u200e\u200f"  # they belong to texts in some alphabets, and to emoji
_BLANKS = "\u00a0\u2007\u202f"  # no-break spaces
_INVISIBLE = re.compile(f"[{_NEVER}]|^[{_JOINERS}{_BLANKS}]+|[{_JOINERS}{_BLANKS}]+$")
_UNSEEN = f"[{_NEVER}{_JOINERS}{_BLANKS}]"
_SCIENTIFIC = r"^[+-]?[0-9]+([.,][0-9]+)?[eE]\+[0-9]+$"
_NOBODY = (
    r"(?i)^\s*(null|none|nil|nan|n/?a|#n/a|\\n|\(not set\)|\(null\)|\(none\)|undefined|unknown"
    r"|anonymous|<na>|<null>|-+|\?+)\s*$"
)
_SHOWN = 4  # ids in a sentence
_FEW, _LARGE = 20, 0.25  # people, and the share of the rows that one of more than these may have


def are_whole(values: pd.Series) -> bool:
    """Whether all ids that there are look like ``123.0``: whole numbers that were made floats."""
    given = values[values.str.strip() != ""]
    return len(given) > 0 and bool(given.str.fullmatch(WHOLE).all())


def seen(values: pa.Array) -> pa.Array:
    """The same texts without the signs that nobody sees; the same array where there are none."""
    bytes_of = values.buffers()[2]
    if bytes_of is None or bytes_of.to_pybytes().isascii():
        return values
    if not pc.any(pc.match_substring_regex(values, _UNSEEN)).as_py():
        return values
    return pa.array([_seen(text) for text in values.to_pylist()], TEXT)


def _seen(text: str) -> str:
    """One id without such signs; a no-break space within it becomes a blank."""
    text = re.sub(f"[{_BLANKS}]", " ", _INVISIBLE.sub("", text))
    plain = re.sub(f"[{_JOINERS}]", "", text)
    return plain if plain.isascii() else text


@dataclass(kw_only=True)
class IdColumn:
    """How the ids of one column are read, and what was met.

    Attributes
    ----------
    whole
        Whether ``123.0`` is read as ``123``.
    known
        Of a column of articles, the ids that there are.
    people
        Whether they are ids of people.
    kept
        Whether they stay as they are, whatever may be the same: those that others are compared to.
    """

    name: str
    rules: CellRules
    whole: bool = False
    known: Known | None = None
    people: bool = False
    kept: bool = False
    unseen: int = field(default=0, init=False)
    floats: int = field(default=0, init=False)

    def read(self, column: pa.DictionaryArray) -> pa.DictionaryArray:
        """The ids as they are meant."""
        values = seen(column.dictionary)
        if values is not column.dictionary:
            self.unseen += _rows(column, pc.not_equal(values, column.dictionary))
        if self.whole:
            short = canonical(values, ("whole",))
            self.floats += _rows(column, pc.not_equal(values, short))
            values = short
        if self.known is not None:
            values = self.known.own(values)
        elif self.rules.same_ids and not self.kept:
            values = canonical(values, self.rules.same_ids)
        if values is column.dictionary:
            return column
        once = values.dictionary_encode()
        codes = pc.take(once.indices, column.indices)
        return pa.DictionaryArray.from_arrays(codes, once.dictionary)

    def is_nobody(self, column: pa.DictionaryArray) -> np.ndarray:
        """``(rows,)`` bool: which ids are words that were said to be none."""
        if not self.rules.no_ids:
            return np.zeros(len(column), dtype=bool)
        words = pa.array(self.rules.no_ids, TEXT)
        return _is(column, pc.is_in(pc.utf8_trim_whitespace(column.dictionary), value_set=words))

    def say(self, account: Account, ids: pa.Array, rows: np.ndarray) -> None:
        """Put into the account what is odd about the ids; `rows` are the rows that each has."""
        name = self.name
        ids, rows = ids.filter(pa.array(rows > 0)), rows[rows > 0]
        if self.unseen:
            account.note(
                f"{counted(self.unseen, 'cells')} of {name} had invisible characters (no-break "
                "spaces, zero-width characters). They were removed, or replaced by a space within "
                "an id."
            )
        if self.floats:
            account.note(f"Ids in {name} are written as 123.0. They were read as 123.")
        self._say_nobody(account, ids, rows)
        self._say_who_has_most(account, ids, rows)
        say_what_is_the_same(account, name, ids, self.rules)
        lost = ids.filter(pc.match_substring_regex(ids, _SCIENTIFIC))
        if len(lost):
            account.note(
                f"{counted(len(lost), 'ids')} in {name} {word_for(len(lost), 'is', 'are')} in "
                f"scientific notation ({lost[0]}): their last digits were already lost in the "
                "file, so different ids may now be the same. Export the column as text."
            )
        padded = pc.not_equal(pc.utf8_trim_whitespace(ids), ids)
        count = 0 if "trim" in self.rules.same_ids else pc.sum(padded).as_py()
        if count:
            text = (
                f"{counted(count, 'ids')} in {name} "
                f"{word_for(count, 'begins or ends', 'begin or end')} with a space, which counts "
                "as part of the id."
            )
            label = "Ignore leading and trailing spaces"
            account.hint(ignoring(["trim"], self.rules, text=text, label=label))

    def _say_nobody(self, account: Account, ids: pa.Array, rows: np.ndarray) -> None:
        which = pc.match_substring_regex(ids, _NOBODY).to_numpy(zero_copy_only=False)
        said = zip(rows[which].tolist(), ids.filter(pa.array(which)).to_pylist(), strict=True)
        words = [(count, text.strip()) for count, text in said if count]
        if not words:
            return
        words.sort(reverse=True)
        found = [text for _, text in words]
        listed = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        held = sum(count for count, _ in words)
        what = "may not be ids" if len(found) > 1 else "may not be an id"
        account.hint(
            Hint(
                text=f"{held:,} of {counted(int(rows.sum()), 'rows')} have {listed} in "
                f"{self.name}, which {what}.",
                label="Leave these rows out",
                shell=no_ids_option(found),
                rules={"no_ids": (*self.rules.no_ids, *found)},
                both=True,
            )
        )

    def _say_who_has_most(self, account: Account, ids: pa.Array, rows: np.ndarray) -> None:
        """Say where one id has so many rows that it may stand for nobody in particular."""
        if not self.people or len(rows) < _FEW:
            return
        most = int(rows.argmax())
        text = ids[most].as_py().strip()
        if rows[most] < _LARGE * rows.sum() or re.match(_NOBODY, text):
            return
        account.hint(
            Hint(
                text=f"{rows[most]:,} of {rows.sum():,} rows have {text!r} in {self.name}. It may "
                "stand for all unknown readers.",
                label=f"Leave out rows with {text!r}",
                shell=no_ids_option([text]),
                rules={"no_ids": (*self.rules.no_ids, text)},
            )
        )


def no_ids_option(words: Sequence[str]) -> str:
    """The option that leaves out rows with these words; one that begins with - is no option."""
    value = ",".join(map(in_option, words))
    return f"--no-ids{'=' if value.startswith('-') else ' '}{value}"


def _is(column: pa.DictionaryArray, which: pa.Array) -> np.ndarray:
    return which.to_numpy(zero_copy_only=False)[column.indices.to_numpy()]


def _rows(column: pa.DictionaryArray, which: pa.Array) -> int:
    return int(np.count_nonzero(_is(column, which)))
