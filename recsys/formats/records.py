"""The records of a CSV text with the exact lines that they stand on.

The rules are those of `pyarrow.csv`: a quotation mark opens a quoted field only where the field
begins; inside, two of them are one; what follows the closing one, up to the next delimiter, is
text. Lines end with ``\\n``, ``\\r\\n`` or ``\\r``. Where nothing quotes (`PLAIN`), each line is a
record.
"""

from collections.abc import Iterable, Iterator

PLAIN = ""
"""In place of a quotation mark, where there is none."""


def records(lines: Iterable[bytes], delimiter: str, mark: str = '"') -> Iterator[tuple[int, bytes]]:
    """Each record with its number of lines; the last may lack its closing quotation mark.

    >>> list(records([b'a,"b\\n', b'c"\\n', b"d,e\\n"], ","))
    [(2, b'a,"b\\nc"\\n'), (1, b'd,e\\n')]
    """
    if mark == PLAIN:
        yield from ((1, line) for line in lines)
        return
    opens = delimiter.encode() + b'"'
    held: list[bytes] = []
    for line in lines:
        inside = (closing(line) if held else 0) < 0 or opened(line, opens, bool(held)) >= 0
        if held or inside:
            held.append(line)
        if not inside:
            yield (len(held), b"".join(held)) if held else (1, line)
            held = []
    if held:
        yield len(held), b"".join(held)


def closing(line: bytes, at: int = 0) -> int:
    """Where the quoted field that is open at a place of a line closes in it; -1 where it stays."""
    while True:
        close = line.find(b'"', at)
        if close < 0 or line[close + 1 : close + 2] != b'"':
            return close
        at = close + 2


def opened(line: bytes, opens: bytes, inside: bool = False) -> int:
    """Where the field begins that is opened in a line and not closed in it; -1 where none is.

    With `inside`, the line begins within a quoted field, which must close in it.
    """
    if not inside and b'"' not in line:
        return -1
    at = -1
    if inside:
        at = closing(line)
    elif line.startswith(b'"'):
        at = closing(line, 1)
        if at < 0:
            return 0
    while True:
        begins = line.find(opens, at + 1)
        if begins < 0:
            return -1
        begins += len(opens) - 1
        at = closing(line, begins + 1)
        if at < 0:
            return begins


def cells(record: bytes, delimiter: str, mark: str = '"') -> list[str]:
    """The cells of one record.

    >>> cells(b'a,"b ""c"", d",,"e"f\\n', ",")
    ['a', 'b "c", d', '', 'ef']
    >>> cells(b'a,"b\\n', ",", PLAIN)
    ['a', '"b']
    """
    text = record.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
    if mark == PLAIN or '"' not in text:
        return text.split(delimiter)
    found, at = [], 0
    while True:
        cell, at = _cell(text, at, delimiter)
        found.append(cell)
        if at > len(text):
            return found


def _cell(text: str, at: int, delimiter: str) -> tuple[str, int]:
    """The cell that begins at a place, and where the next one begins."""
    quoted = []
    if text.startswith('"', at):
        at += 1
        while True:
            close = text.find('"', at)
            if close < 0:
                quoted.append(text[at:])
                return "".join(quoted), len(text) + 1
            quoted.append(text[at:close])
            at = close + 1
            if not text.startswith('"', at):
                break
            quoted.append('"')
            at += 1
    end = text.find(delimiter, at)
    end = len(text) if end < 0 else end
    return "".join(quoted) + text[at:end], end + 1
