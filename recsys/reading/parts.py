"""Rows of an interactions file that are good by themselves, until their codes are brought together.

A cell can hold several articles: what somebody has read so far (MIND's history), a basket, or what
they were shown, each with whether they clicked it (``N12-1 N34-0``). Each is then an event.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.columns import Col

SEVERAL: dict[str, str] = {"blanks": " ", "commas": ",", "semicolons": ";", "bars": "|"}
"""What can stand between several articles in one cell."""
_SHOWN_OR_CLICKED = r"^.+-[01]$"


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some rows, or their events where a row has several; `values` is ``(rows, features)``."""

    ids: dict[str, pa.Array]
    lines: np.ndarray
    values: np.ndarray | None
    times: np.ndarray | None

    def only(self, keep: np.ndarray) -> "Part":
        """The part of it that a mask keeps."""
        chosen = pa.array(keep)
        return Part(
            ids={role: column.filter(chosen) for role, column in self.ids.items()},
            lines=self.lines[keep],
            values=None if self.values is None else self.values[keep],
            times=None if self.times is None else self.times[keep],
        )

    def repeated(self, items: pa.Array, rows: np.ndarray) -> "Part":
        """Events about `items`, each of the row that `rows` names."""
        place = pa.array(rows)
        ids = {role: column.take(place) for role, column in self.ids.items() if role != Col.ITEM}
        return Part(
            ids={Col.ITEM: items} | ids,
            lines=self.lines[rows],
            values=None if self.values is None else self.values[rows],
            times=None if self.times is None else self.times[rows],
        )


@dataclass(kw_only=True)
class Several:
    """Takes cells apart that hold several articles.

    Attributes
    ----------
    sign
        What stands between them; blanks and line ends count as one.
    not_clicked
        How many articles there were that were shown and not clicked; they are no events.
    """

    sign: str
    not_clicked: int = field(default=0, init=False)
    _clicks: bool | None = field(default=None, init=False)

    def apart(self, column: pa.DictionaryArray) -> tuple[pa.DictionaryArray, np.ndarray]:
        """The articles of all cells, and the row that each stands in, ascending."""
        texts = column.dictionary
        if self.sign == " ":
            lists = pc.utf8_split_whitespace(texts)
        else:
            lists = pc.split_pattern(texts, self.sign)
        lengths = pc.list_value_length(lists).to_numpy().astype(np.int64)
        flat = pc.utf8_trim_whitespace(pc.list_flatten(lists))
        codes = column.indices.to_numpy()
        counts = lengths[codes]
        rows = np.repeat(np.arange(len(codes)), counts)
        first = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts
        within = np.arange(len(rows)) - np.repeat(first, counts)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else lengths
        places = np.repeat(starts[codes], counts) + within
        once = flat.dictionary_encode()
        values, codes = once.dictionary, once.indices.to_numpy()[places]
        good = pc.not_equal(values, "").to_numpy(zero_copy_only=False)[codes]
        if self._clicks is None and len(codes):
            marked = pc.match_substring_regex(values, _SHOWN_OR_CLICKED)
            self._clicks = bool(marked.to_numpy(zero_copy_only=False)[codes[good]].all())
        if self._clicks:
            clicked = pc.ends_with(values, pattern="-1").to_numpy(zero_copy_only=False)[codes]
            self.not_clicked += int(np.count_nonzero(good & ~clicked))
            good &= clicked
            again = pc.replace_substring_regex(values, r"-[01]$", "").dictionary_encode()
            values, codes = again.dictionary, again.indices.to_numpy()[codes]
        found = pa.DictionaryArray.from_arrays(pa.array(codes[good], pa.int32()), values)
        return found, rows[good]

    def note(self, name: str) -> str:
        """What is said of it in the account."""
        if not self.not_clicked:
            return f"A cell of {name} can contain several articles; each is one event."
        return (
            f"A cell of {name} can contain several articles, clicked (-1) or only shown (-0). Each "
            f"click is one event; the {self.not_clicked:,} others are not events."
        )


def looks_like_several(cells: list[str]) -> str:
    """Which of `SEVERAL` stands between the ids in most of some cells; "" where none does.

    Ids are of one form: letters and digits, as many in each, not words of a language.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    for name, sign in SEVERAL.items():
        lists = [cell.split() if sign == " " else cell.split(sign) for cell in filled]
        several = [parts for parts in lists if len(parts) > 1]
        tokens = [token.strip() for parts in lists for token in parts]
        decimals = sign == "," and max(map(len, lists), default=0) < 3  # 3,5 may be a number
        if 2 * len(several) > len(filled) and all(map(_like_an_id, tokens)) and not decimals:
            return name
    return ""


def _like_an_id(token: str) -> bool:
    return bool(token) and any(map(str.isdigit, token)) and not set(token) & set(" .,:/")
