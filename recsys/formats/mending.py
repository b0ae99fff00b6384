"""Quotation marks that open a cell and never close it: text, though they look like quoting.

A title such as ``"Half open`` (or one in inches, or an odd quotation) makes the parser take all
that follows, line ends too, for one cell, up to the next quotation mark of the file. So whenever a
cell runs over several lines, these lines are looked at: where they are rows of their own, the mark
is a sign of the text. The line is then written as it should have been (``\"\"\"Half open"``).

What is decided depends on the record's first lines alone, so that it does not matter where the
text is cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from recsys.formats.records import cells, closing, opened

WINDOW = 20  # lines that are looked at
_MOST = 0.8  # share of them that must be rows, where the cell does not end as a quoted one does
_CERTAIN = 6  # delimiters in them, all at their places, where it does
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
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
            found.lines[place] = as_text(found.lines[place], at, delimiter)
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
    row = _as_row(line, at, delimiter)
    if len(row) != width:
        return "quoted"
    filled = [text for text in inner if text.strip()]
    like = [row_of for text in filled if (row_of := _row_of(text, delimiter, width))]
    if not inner:
        return "text"  # the file ends with this line
    if len(like) < max(1, _MOST * len(filled)) or not _alike(row, like):
        return "quoted"
    rest = inner[-1][end + 1 :].rstrip(b"\r\n") if end >= 0 else b"?"
    clean = not rest or rest.startswith(delimiter.encode())
    if not clean:
        return "text"
    if len(like) < len(filled):
        return "quoted"
    return "text" if len(like) * (width - 1) >= _CERTAIN else "doubtful"


def as_text(line: bytes, at: int, delimiter: str) -> bytes:
    """The line with the cell that begins at a place quoted as a whole, its mark being text.

    >>> as_text(b'u2,"Half open,7\\\\n', 3, ",")
    b'u2,\"\"\"Half open",7\\\\n'
    """
    body = line.rstrip(b"\r\n")
    end = body.find(delimiter.encode(), at)
    end = len(body) if end < 0 else end
    cell = body[at:end].replace(b'"', b'""')
    return line[:at] + b'"' + cell + b'"' + line[end:]


def _as_row(line: bytes, at: int, delimiter: str) -> list[str]:
    """The cells of a line whose open marks are text."""
    opens = delimiter.encode() + b'"'
    while at >= 0:
        line = as_text(line, at, delimiter)
        at = opened(line, opens)
    return cells(line, delimiter)


def _row_of(line: bytes, delimiter: str, width: int) -> list[str]:
    """The cells of a line, if it has as many as a row, with or without quoting; else none."""
    found = line.decode("utf-8", "replace").rstrip("\r\n").split(delimiter)
    if len(found) != width and b'"' in line:
        found = cells(line, delimiter)
    return found if len(found) == width else []


def _alike(row: list[str], others: list[list[str]]) -> bool:
    """Whether the others have numbers, or nothing, wherever a row has a number."""
    numbers = [place for place, cell in enumerate(row) if _NUMBER.fullmatch(cell)]
    good = sum(
        all(not other[place].strip() or _NUMBER.fullmatch(other[place]) for place in numbers)
        for other in others
    )
    return good >= _MOST * len(others)
