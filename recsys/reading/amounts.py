"""Numbers as people write them: 1,234 and 3,5 as well as 1234 and 3.5; what was met is counted."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.counting import counted, word_for
from recsys.reading.account import Account
from recsys.times import numbers

_THOUSANDS = r"^\s*[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?\s*$"
_APART = "^\\s*[+-]?[1-9][0-9]{0,2}([ '\u2019\u00a0\u202f\u2009][0-9]{3})+([.,][0-9]+)?\\s*$"
_OF_DOTS = r"^\s*[+-]?[1-9][0-9]{0,2}((\.[0-9]{3}){2,}(,[0-9]+)?|(\.[0-9]{3})+,[0-9]+)\s*$"
_COMMA = r"^\s*[+-]?[0-9]*,[0-9]+\s*$"
_COMMAS, _DECIMALS = "with commas between thousands", "with a comma before the decimals"
_FORMS = (
    # how it is written, what is taken out, what becomes the decimal sign
    (_COMMAS, _THOUSANDS, "[,\\s]", None),
    ("with spaces or apostrophes between thousands", _APART, "[\\s'\u2019\u00a0\u202f\u2009]", ","),
    ("with dots between thousands", _OF_DOTS, "[.\\s]", ","),
    (_DECIMALS, _COMMA, "\\s", ","),
)


@dataclass(kw_only=True)
class Amounts:
    """Reads a column of numbers; see `say` for what was met."""

    name: str
    _met: dict[str, tuple[int, str, float]] = field(default_factory=dict, init=False)

    def read(self, column: pa.Array) -> np.ndarray:
        """``(rows,)`` float64; NaN where there is no number, ±inf where it is too large."""
        found = numbers(column)
        if not np.isnan(found).any():
            return found
        for form, pattern, out, decimal in _FORMS:
            rest = np.flatnonzero(np.isnan(found))
            texts = column.take(pa.array(rest))
            is_it = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
            if not is_it.any():
                continue
            texts, rows = texts.filter(pa.array(is_it)), rest[is_it]
            plain = pc.replace_substring_regex(texts, out, "")
            if decimal:
                plain = pc.replace_substring(plain, decimal, ".")
            found[rows] = numbers(plain)
            count, example, value = self._met.get(form, (0, texts[0].as_py(), found[rows[0]]))
            self._met[form] = count + len(rows), example, value
        return found

    def say(self, account: Account) -> None:
        """Put into the account which numbers were written otherwise, and how they were read."""
        for form, (count, example, value) in self._met.items():
            account.note(
                f"{self.name}: {counted(count, 'numbers')} {word_for(count, 'is', 'are')} written "
                f"{form}; {example.strip()!r} was read "
                f"as {value:.12g}."
            )
        if _COMMAS in self._met and _DECIMALS in self._met:
            account.note(
                f"{self.name}: commas are used both between thousands and before decimals, so "
                "numbers such as 1,234 may be wrong. Export the column with decimal points."
            )
