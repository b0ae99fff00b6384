"""How a file is laid out: format, encoding, delimiter, columns. Found from its beginning."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from recsys.errors import FileError, SettingError
from recsys.formats.decoding import (
    BOM8,
    LATIN1,
    UTF8,
    UTF16,
    encoding_named,
    encoding_of,
    from_latin1,
    utf16_as_utf8,
)
from recsys.formats.records import cells, records
from recsys.formats.source import Source
from recsys.formats.unpack import packing_of, unpacked

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
HEAD = 1 << 20
_RECORDS = 50


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """What a person can set about a file; what is None is found.

    Attributes
    ----------
    delimiter
        Comma, semicolon, tab or bar.
    encoding
        UTF-8, UTF-16 or Latin-1, in any spelling.
    header
        Whether the first line names the columns. Without one they are ``column 1``, …
    quoting
        Whether a quotation mark at the beginning of a cell opens a quoted one (it does, unless this
        says otherwise); without, it is a sign like any other.
    """

    delimiter: str | None = None
    encoding: str | None = None
    header: bool | None = None
    quoting: bool | None = None

    def __post_init__(self) -> None:
        if self.delimiter is not None and self.delimiter not in DELIMITERS:
            raise SettingError(
                f"{self.delimiter!r} is not known.",
                where="delimiter",
                todo="Give one of , ; | or a tab.",
            )
        if self.encoding is not None:
            object.__setattr__(self, "encoding", encoding_named(self.encoding))


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a file is read. `delimiter` and `encoding` are empty for Parquet."""

    format: Literal["CSV", "Parquet"] = "CSV"
    packing: str = ""
    encoding: str = ""
    encoding_given: bool = False
    marked: bool = False
    delimiter: str = ""
    header: bool = True
    columns: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What a place in the file is called."""
        return "line" if self.format == "CSV" else "row"

    def as_dict(self) -> dict[str, str]:
        """The layout in words."""
        mark = " with a byte order mark" if self.marked else ""
        western = " (as Windows-1252)" if self.encoding == LATIN1 else ""
        found = {
            "format": self.format,
            "packing": self.packing or "none",
            "encoding": self.encoding + mark + western,
            "delimiter": DELIMITERS.get(self.delimiter, ""),
            "header": "" if self.format == "Parquet" else "yes" if self.header else "no",
        }
        return {name: value for name, value in found.items() if value}


def head_of(source: Source, options: ReadOptions) -> tuple[Layout, list[bytes]]:
    """The layout of a text file and its first records, as UTF-8, the header's line not included.

    Raises
    ------
    FileError
        If the file is empty, binary or has no header line.
    """
    with unpacked(source) as plain:
        raw = plain.read(HEAD)
    if not raw.strip():
        raise FileError(
            "is empty.", where=source.name, todo="Export it again, with its header line."
        )
    encoding = options.encoding or encoding_of(raw)
    lines = _lines(raw, encoding, source.name)
    delimiter = options.delimiter or _delimiter(lines)
    first = list(islice((text for _, text in records(lines, delimiter)), _RECORDS))
    layout = Layout(
        packing=packing_of(source),
        encoding=encoding,
        encoding_given=options.encoding is not None,
        marked=encoding == UTF8 and raw.startswith(BOM8),
        delimiter=delimiter,
        header=options.header is not False,
        columns=_names(first[0], delimiter),
    )
    if options.header is False:
        numbered = tuple(f"column {i + 1}" for i in range(len(layout.columns)))
        return replace(layout, columns=numbered), first
    return layout, first[1:]


def _lines(raw: bytes, encoding: str, name: str) -> list[bytes]:
    """The whole lines of a text's beginning, as UTF-8; blank ones before the first are not."""
    text = raw.removeprefix(BOM8) if encoding == UTF8 else raw
    if encoding == UTF16:
        text = utf16_as_utf8(lambda _: raw, name)(HEAD)
    elif encoding == LATIN1:
        text = from_latin1(raw)
    _refuse_zero_bytes(text, name)
    lines = text.lstrip(b"\r\n").splitlines(keepends=True)
    if len(raw) >= HEAD:
        lines = lines[:-1]
    if not lines:
        raise FileError(
            f"has no line end in its first {HEAD >> 20} MB.",
            where=name,
            todo="Give a CSV or Parquet file.",
        )
    return lines


def _refuse_zero_bytes(text: bytes, name: str) -> None:
    at = text.find(b"\x00")
    if at >= 0:
        line = 1 + text.count(b"\n", 0, at)
        raise FileError(
            f"is not a text file (a zero byte in line {line:,}).",
            where=name,
            todo="Give a CSV or Parquet file: not a spreadsheet, an archive or a database.",
        )


def _names(header: bytes, delimiter: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cells(header, delimiter))


def _delimiter(lines: list[bytes]) -> str:
    """The sign that cuts most of the first records into as many cells as the header.

    Between two signs that do this equally well, the one that gives more cells. A sign that does
    not occur in the header is not considered; where none does, there is one column.
    """

    def fitness(delimiter: str) -> tuple[float, int]:
        first = [cells(text, delimiter) for _, text in islice(records(lines, delimiter), _RECORDS)]
        width = len(first[0])
        same = sum(len(record) == width for record in first) / len(first)
        return (round(same, 1) if width > 1 else 0.0), width

    return max(DELIMITERS, key=fitness)
