"""The records of a CSV text with the exact lines that they stand on.

The rules are those of `pyarrow.csv`: a quotation mark opens a quoted field only where the field
begins; inside, two of them are one; what follows the closing one, up to the next delimiter, is
text. Lines end with ``\\n``, ``\\r\\n`` or ``\\r``.
"""

from collections.abc import Iterable, Iterator


def records(lines: Iterable[bytes], delimiter: str) -> Iterator[tuple[int, bytes]]:
    """Each record with its number of lines; the last may lack its closing quotation mark.

    >>> list(records([b'a,"b\\n', b'c"\\n', b"d,e\\n"], ","))
    [(2, b'a,"b\\nc"\\n'), (1, b'd,e\\n')]
    """
    opens = delimiter.encode() + b'"'
    held: list[bytes] = []
    for line in lines:
        inside = _ends_inside(line, opens, bool(held))
        if held or inside:
            held.append(line)
        if not inside:
            yield (len(held), b"".join(held)) if held else (1, line)
            held = []
    if held:
        yield len(held), b"".join(held)


def _ends_inside(line: bytes, opens: bytes, inside: bool) -> bool:
    """Whether a quoted field is open where the line ends."""
    at = 0
    if not inside:
        if b'"' not in line:
            return False
        at = 1 if line.startswith(b'"') else line.find(opens) + 2
        if at == 1 and not line.startswith(b'"'):
            return False
    while True:
        close = line.find(b'"', at)
        if close < 0:
            return True
        if line[close + 1 : close + 2] == b'"':
            at = close + 2
            continue
        at = line.find(opens, close + 1) + 2
        if at == 1:
            return False


def cells(record: bytes, delimiter: str) -> list[str]:
    """The cells of one record.

    >>> cells(b'a,"b ""c"", d",,"e"f\\n', ",")
    ['a', 'b "c", d', '', 'ef']
    """
    text = record.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
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
