"""Quotation marks that open a cell and never close it: text, though they look like quoting.

A title such as ``"Half open`` (or one in inches, or an odd quotation) makes the parser take all
that follows, line ends too, for one cell, up to the next quotation mark of the file. So whenever a
cell runs over several lines, these lines are looked at: where they are rows of their own, the mark
is a sign of the text. The line is then written as it should have been (``\"\"\"Half open"``).

A cell can hold lines that look like rows, a table or a list. So rows must be of one form: where the
row with the mark has digits (ids, numbers, times), the others have digits and letters in the same
order. Where the cell ends as a quoted one does, it takes more to say that it is none; what stays
doubtful is quoted, and said.

What is decided depends on the record's first lines alone, so that it does not matter where the
text is cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from recsys.formats.records import cells, closing, opened

WINDOW = 20  # lines that are looked at
_MOST = 0.8  # share of them that must be rows
_CERTAIN = 6  # delimiters in them, all at their places, where the cell ends as a quoted one does
_CLEAR = 2  # columns whose form must be the same then
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
Verdict = Literal["quoted", "text", "doubtful", "open"]


@dataclass(kw_only=True)
class Mended:
    """A text after mending.

    Attributes
    ----------
    lines
        The same lines, those with an odd mark written with proper quoting.
    changed, doubtful
        Which of them, from 0: those that were written anew; those with which a quoted cell begins
        whose further lines look like rows.
    is_open
        Whether more lines are needed to tell how the last record is meant.
    """

    lines: list[bytes]
    changed: list[int] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    is_open: bool = False


def mend(lines: list[bytes], delimiter: str, width: int, *, whole: bool) -> Mended:
    """Go through the records of a text that begins with one, and mend what swallows others.

    Parameters
    ----------
    width
        How many cells a row has.
    whole
        Whether the text ends where the file does.
    """
    opens = delimiter.encode() + b'"'
    found = Mended(lines=list(lines))
    place = 0
    while place < len(lines):
        at = opened(found.lines[place], opens)
        if at < 0:
            place += 1
            continue
        after = lines[place + 1 : place + 1 + WINDOW]
        ends = whole or len(after) == WINDOW
        verdict = judged(found.lines[place], at, after, delimiter, width, whole=ends)
        if verdict == "text":
            found.lines[place] = as_text(found.lines[place], at, delimiter, width)
            if not found.changed or found.changed[-1] != place:
                found.changed.append(place)
            continue  # another mark of the same line may be open
        if verdict == "doubtful":
            found.doubtful.append(place)
        elif verdict == "open":
            found.is_open = True
            return found
        place = _after(lines, place, opens)
        if place < 0:
            found.is_open = True
            return found
    return found


def _after(lines: Sequence[bytes], place: int, opens: bytes) -> int:
    """Where the record after the one that a line opens begins; -1 where it stays open."""
    for further in range(place + 1, len(lines)):
        line = lines[further]
        if closing(line) >= 0 and opened(line, opens, inside=True) < 0:
            return further + 1
    return -1


def judged(
    line: bytes, at: int, after: Sequence[bytes], delimiter: str, width: int, *, whole: bool
) -> Verdict:
    """How a mark is meant that opens a cell in a line and does not close it there.

    Parameters
    ----------
    at
        Where in the line it stands.
    after
        The lines that follow, `WINDOW` of them at most.
    whole
        Whether no more lines are needed: the file ends there, or the window does.

    Returns
    -------
    str
        ``"quoted"``, ``"text"``, ``"doubtful"`` (quoted, but it may be text) or ``"open"``, where
        it takes more lines to tell.
    """
    inner, end = [], -1
    for further in after:
        inner.append(further)
        if (end := closing(further)) >= 0:
            break
    if end < 0 and not whole:
        return "open"
    row = _as_row(line, at, delimiter, width)
    if len(row) != width:
        return "quoted"
    if not inner:
        return "text"  # the file ends with this line
    filled = [text for text in inner if text.strip()]
    like = [found for text in filled if (found := _row_of(text, delimiter, width))]
    if len(like) < max(1, _MOST * len(filled)):
        return "quoted"
    mark = len(cells(line[:at], delimiter)) - 1
    clear, same = _forms(row[:mark] + row[mark + 1 :], [r[:mark] + r[mark + 1 :] for r in like])
    rest = inner[-1][end + 1 :].rstrip(b"\r\n") if end >= 0 else b"?"
    clean = not rest or rest.startswith(delimiter.encode())
    if not clean:
        # A comma is at home in any text; another sign is not so often just as often in each line.
        return "text" if 2 * same >= clear or delimiter != "," else "doubtful"
    sure = same == clear >= _CLEAR and len(like) * (width - 1) >= _CERTAIN
    return "text" if sure and len(like) == len(filled) else "doubtful" if same else "quoted"


def as_text(line: bytes, at: int, delimiter: str, width: int) -> bytes:
    """The line with the cell that begins at a place quoted as a whole, its mark being text.

    Where the line has more delimiters than a row, the cell takes those that are too many.

    >>> as_text(b'u2,"Half open,7\\n', 3, ",", 3), as_text(b'u2,"Well, yes,7\\n', 3, ",", 3)
    (b'u2,\"\"\"Half open",7\\n', b'u2,\"\"\"Well, yes",7\\n')
    """
    body = line.rstrip(b"\r\n")
    sign = delimiter.encode()
    before = len(cells(body[:at], delimiter)) - 1
    surplus = max(0, before + 1 + body.count(sign, at) - width)
    end = at
    for _ in range(surplus + 1):
        end = body.find(sign, end + 1)
        if end < 0:
            end = len(body)
            break
    cell = body[at:end].replace(b'"', b'""')
    return line[:at] + b'"' + cell + b'"' + line[end:]


def _as_row(line: bytes, at: int, delimiter: str, width: int) -> list[str]:
    """The cells of a line whose open marks are text."""
    opens = delimiter.encode() + b'"'
    while at >= 0:
        line = as_text(line, at, delimiter, width)
        at = opened(line, opens)
    return cells(line, delimiter)


def _row_of(line: bytes, delimiter: str, width: int) -> list[str]:
    """The cells of a line, if it has as many as a row, with or without quoting; else none."""
    found = line.decode("utf-8", "replace").rstrip("\r\n").split(delimiter)
    if len(found) != width and b'"' in line:
        found = cells(line, delimiter)
    return found if len(found) == width else []


def _forms(row: list[str], others: list[list[str]]) -> tuple[int, int]:
    """In how many columns a row has digits, and in how many of these the others have its form."""
    clear = [place for place, cell in enumerate(row) if any(map(str.isdigit, cell))]
    same = 0
    for place in clear:
        given = [other[place] for other in others if other[place].strip()]
        alike = sum(form(cell) == form(row[place]) for cell in given)
        same += len(given) > 0 and alike >= _MOST * len(given)
    return len(clear), same


def form(cell: str) -> str:
    """Letters and digits of a cell in their order, each run as one sign.

    >>> form("u17"), form("-3.5e2"), form(" 3"), form("2021-03-01"), form("a b")
    ('a9', '9', ' 9', '9-9-9', 'a a')
    """
    if _NUMBER.fullmatch(cell) and not cell.startswith(" "):
        return "9"
    return _DIGITS.sub("9", _LETTERS.sub("a", cell))
