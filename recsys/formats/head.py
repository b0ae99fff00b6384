"""The beginning of a text file: what stands before its rows, its delimiter, its columns."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO

from recsys.errors import FileError
from recsys.formats.alphabets import Doubt
from recsys.formats.decoding import BOM8, decoded, encoding_of, line_ends, not_utf8, read_as_utf8
from recsys.formats.encodings import BY_CHUNK, UTF8
from recsys.formats.layout import DELIMITERS, Layout, ReadOptions
from recsys.formats.mending import mend
from recsys.formats.records import PLAIN, cells, records
from recsys.formats.signs import SIGNS, single, unescaped, unmarked
from recsys.formats.source import Source
from recsys.formats.unpack import packing_of, unpacked

HEAD = 1 << 20
RECORDS = 500
_JUDGED = 50  # records by which the delimiter is found
_TITLES = 10  # lines before the names that are no comments
_MOST = 0.9
_RAREST_FIRST = "\x01", "::", "\t", "|", ";", ","
_SEP = re.compile(rb'"?sep=(.)"?\s*', re.IGNORECASE | re.DOTALL)
_COMMENT = (b"#", b"%")
_ESCAPE = re.compile(rb'"[^"\r\n]*(?<!\\)\\"\w|\w\\"[^"\r\n]*"')
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)\s*")


@dataclass(frozen=True, kw_only=True)
class Start:
    """The first `HEAD` bytes of a text file, unpacked; the rest is as in `Layout`."""

    name: str
    raw: bytes
    packing: str
    encoding: str
    encoding_given: bool
    doubt: Doubt | None

    @property
    def whole(self) -> bool:
        """Whether that is all of the file."""
        return len(self.raw) < HEAD


def start_of(source: Source, options: ReadOptions) -> Start:
    """Read the beginning of a text file.

    Raises
    ------
    FileError
        If the file cannot be read or unpacked.
    """
    with unpacked(source) as plain:
        raw = plain.read(HEAD)
    encoding, doubt = encoding_of(raw) if options.encoding is None else (options.encoding, None)
    return Start(
        name=source.name,
        raw=raw,
        packing=packing_of(source),
        encoding=encoding,
        encoding_given=options.encoding is not None,
        doubt=doubt,
    )


def head_of(start: Start, options: ReadOptions) -> tuple[Layout, list[bytes]]:
    """The layout of a text file and its first records, as UTF-8, the header's line not included.

    Raises
    ------
    FileError
        If the file is empty, binary or has no header line.
    """
    lines, whole = _lines(start), start.whole
    before, told = _comments(lines)
    mark = PLAIN if options.quoting is False else '"'
    delimiter = options.delimiter or told or _delimiter(lines[before:], mark, whole)
    if _header_of_comment(lines, before, delimiter):
        before -= 1
    if options.header is not False:
        before += _titles(lines[before:], delimiter, mark)
    notes = _said_of(lines[:before])
    if escaped := mark != PLAIN and _escapes(lines[before:], delimiter, whole):
        lines = [unescaped(line) for line in lines]
        notes = (*notes, 'Quotation marks in cells are written as \\" in this file.')
    layout = Layout(
        packing=start.packing,
        encoding=start.encoding,
        encoding_given=start.encoding_given,
        doubt=start.doubt,
        marked=start.encoding == UTF8 and start.raw.startswith(BOM8),
        delimiter=delimiter,
        header=options.header is not False,
        quoting=mark != PLAIN,
        strict=options.quoting is True,
        escaped=escaped,
        before=before,
        notes=notes,
        columns=(),
    )
    first = _records(lines[before:], delimiter, mark, whole)[:RECORDS]
    names = _names(first[0][1], layout)
    if options.header is False:
        names = tuple(f"column {i + 1}" for i in range(len(names)))
    else:
        layout = replace(layout, before=before + first.pop(0)[0])
    rows = [record for _, record in first]
    if layout.header:
        layout = _fitted(replace(layout, columns=names), rows)
        return layout, rows
    return replace(layout, columns=names), rows


def _escapes(lines: list[bytes], delimiter: str, whole: bool) -> bool:
    """Whether marks in cells stand behind a backslash, so that no fewer rows have all cells."""
    some = lines[: RECORDS * 4]
    if not any(map(_ESCAPE.search, some)):
        return False
    sign = SIGNS.get(delimiter, delimiter)

    def good(text: list[bytes]) -> int:
        widths = [len(cells(row, sign)) for _, row in _records(text, delimiter, '"', whole)]
        return widths.count(widths[0])

    return good([unescaped(line) for line in some]) >= good(some)


def _records(lines: list[bytes], delimiter: str, mark: str, whole: bool) -> list[tuple[int, bytes]]:
    """The records of a text's beginning; an odd quotation mark swallows none of them.

    `whole` says that the lines are all there are.
    """
    sign = SIGNS.get(delimiter, delimiter)
    whole = whole and len(lines) <= RECORDS * 4
    text = single(b"".join(lines[: RECORDS * 4]), delimiter).splitlines(keepends=True)
    if mark != PLAIN:
        width = len(cells(next(records(text, sign))[1], sign))
        text = mend(text, sign, width, whole=whole).lines
    return list(records(text, sign, mark))


def _lines(start: Start) -> list[bytes]:
    """The whole lines of a text's beginning, as UTF-8, without byte order marks."""
    raw, encoding, name = start.raw, start.encoding, start.name
    text = raw if encoding in BY_CHUNK else read_as_utf8(BytesIO(raw).read, encoding, name)(HEAD)
    text, _ = unmarked(text)
    text, _ = decoded(text, encoding)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text)
    except UnicodeDecodeError as error:
        raise not_utf8(error, 1, name) from None
    _refuse_zero_bytes(text, name)
    if not text.strip():
        raise FileError("is empty.", where=name, todo="Export it again, with its header line.")
    lines = text.splitlines(keepends=True)
    if not start.whole:
        lines = lines[:-1]
    if not any(line.strip(b"\r\n") for line in lines):
        raise FileError(
            f"has no line break in its first {HEAD >> 20} MB.",
            where=name,
            todo="Use a CSV or Parquet file.",
        )
    return lines


def _refuse_zero_bytes(text: bytes, name: str) -> None:
    if (at := text.find(b"\x00")) >= 0:
        raise FileError(
            f"is not a text file (a zero byte in line {1 + line_ends(text[:at]):,}).",
            where=name,
            todo="Use a CSV or Parquet file: not a spreadsheet, an archive or a database.",
        )


def _comments(lines: list[bytes]) -> tuple[int, str]:
    """How many blank lines and comments come first, and the delimiter that one of them names."""
    told = ""
    for number, line in enumerate(lines):
        if found := _SEP.fullmatch(line):
            sign = found[1].decode("utf-8", "replace")
            told = sign if sign in DELIMITERS else told
        elif line.strip(b"\r\n") and not line.startswith(_COMMENT):
            return number, told
    return next(i for i, line in enumerate(lines) if line.strip(b"\r\n")), told


def _header_of_comment(lines: list[bytes], before: int, delimiter: str) -> bool:
    """Whether the names stand in the last comment (``# user,item``)."""
    if not before or before == len(lines) or not lines[before - 1].startswith(_COMMENT):
        return False
    sign = SIGNS.get(delimiter, delimiter)
    names = cells(single(lines[before - 1], delimiter).lstrip(b"#% "), sign)
    row = cells(single(lines[before], delimiter), sign)
    fits = len(names) == len(row) > 1 and not any(map(_NUMBER.fullmatch, names))
    named = any(map(_NUMBER.fullmatch, row)) or not any(" " in name.strip() for name in names)
    return fits and named


def _titles(lines: list[bytes], delimiter: str, mark: str) -> int:
    """How many lines come before the names of the columns: a report's title, its dates.

    They have one cell, or half as many as nine of ten of the records after them.
    """
    sign = SIGNS.get(delimiter, delimiter)
    text = single(b"".join(lines[: _JUDGED + _TITLES]), delimiter).splitlines(keepends=True)
    widths = [len(cells(line, sign, mark)) for line in text if mark == PLAIN or b'"' not in line]
    if not widths or len(widths) < len(text):
        return 0
    usual, _ = Counter(widths[_TITLES:] or widths).most_common(1)[0]
    first = next((i for i, width in enumerate(widths) if width == usual), 0)
    after = widths[first:]
    narrow = all(2 * width <= usual for width in widths[:first])
    even = after.count(usual) >= _MOST * len(after) and len(after) > 1
    return first if first <= _TITLES and usual > 2 and narrow and even else 0


def _said_of(lines: list[bytes]) -> tuple[str, ...]:
    """What is said of lines before the names of the columns."""
    shown = [line.decode("utf-8", "replace").strip() for line in lines if line.strip(b"\r\n")]
    if not shown:
        return ()
    plural = "lines" if len(shown) > 1 else "line"
    return (f"Skipped before the first row: {len(shown)} {plural}, from {shown[0][:60]!r} on.",)


def _names(header: bytes, layout: Layout) -> tuple[str, ...]:
    found = cells(header, layout.sign, layout.mark)
    if header.startswith(_COMMENT):
        found[0] = found[0].lstrip("#% ")
    return tuple(name.strip() for name in found)


def _fitted(layout: Layout, rows: list[bytes]) -> Layout:
    """The layout where most rows have one cell more or less than the names.

    A delimiter at the end of the one and not of the other is no cell; rows that begin with a name
    of their own, as R writes them, have one column more.
    """
    found = [cells(row, layout.sign, layout.mark) for row in rows if row.strip(b"\r\n")]
    width = len(layout.columns)
    if not found:
        return layout

    def most(other: int) -> list[list[str]]:
        fit = [row for row in found if len(row) == other]
        return fit if len(fit) >= _MOST * len(found) else []

    if width > 1 and not layout.columns[-1] and most(width - 1):
        note = "The header line ends with a delimiter that the rows do not have. It was ignored."
        return replace(layout, columns=layout.columns[:-1], notes=(*layout.notes, note))
    if not (longer := most(width + 1)):
        return layout
    if not any(row[-1].strip() for row in longer):
        note = "The rows end with a delimiter that the header line does not have. It was ignored."
        columns = (*layout.columns, f"column {width + 1}")
    elif len({row[0] for row in longer}) == len(longer):  # otherwise it is no name of a row
        note = "The rows have one cell more than the header line: the first column has no name."
        columns = ("column 0", *layout.columns)
    else:
        return layout
    return replace(layout, columns=columns, notes=(*layout.notes, note))


def _delimiter(lines: list[bytes], mark: str, whole: bool) -> str:
    """The sign that cuts most of the first records into as many cells as the header.

    Between two signs that do this equally well, the one for which fewer lines must be skipped as
    titles, then the one that gives more cells, then the one that is rarer in texts. A sign that
    does not occur in the header is not considered; where none does, there is one column. Blanks are
    considered where nothing else cuts the records evenly.
    """

    def fitness(delimiter: str) -> tuple[float, int, int]:
        sign = SIGNS.get(delimiter, delimiter)
        titles = _titles(lines, delimiter, mark)
        some = lines[titles:][: 4 * _JUDGED]
        rows = _records(some, delimiter, mark, whole and len(some) == len(lines) - titles)
        first = [len(cells(row, sign, mark)) for _, row in rows[:_JUDGED]]
        width = first[0]
        same = first.count(width) / len(first)
        beside = max(first.count(width - 1), first.count(width + 1)) / len(first)  # see `_fitted`
        share = round(max(same, beside - 0.1), 1) if width > 1 else 0.0
        return share, -titles, width

    best = max(_RAREST_FIRST, key=fitness)
    if fitness(best)[0] < _MOST and fitness(" ")[0] >= _MOST:
        return " "
    return best
