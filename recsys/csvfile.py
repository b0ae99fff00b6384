"""Reading one CSV file as text, without losing a digit or hiding a row."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import csv as pacsv

from recsys.errors import FileError

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAX_FIELD = 16 << 20


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as it came: its name, for messages, and its bytes."""

    name: str
    data: bytes

    @classmethod
    def open(cls, path: str | Path) -> "Source":
        """Read a file from disk.

        Raises
        ------
        FileError
            If it is not there or cannot be read.
        """
        try:
            return cls(name=Path(path).name, data=Path(path).read_bytes())
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise FileError(
                f"cannot be read: {why}.", where=str(path), todo="Check the path."
            ) from None

    @cached_property
    def digest(self) -> str:
        """blake2b of the bytes."""
        return hashlib.blake2b(self.data, digest_size=16).hexdigest()

    @cached_property
    def text(self) -> tuple[bytes, str]:
        """The text as UTF-8 bytes, and the encoding found; see `decoded`."""
        return decoded(self)


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """Columns of text as they stand in the file, and how they were found.

    ``row`` numbers of `frame` count data rows from 1, the header not included.
    """

    frame: pd.DataFrame
    malformed: tuple[tuple[int, str], ...]
    delimiter: str
    encoding: str


def decoded(source: Source) -> tuple[bytes, str]:
    """The file's text as UTF-8 bytes without a byte order mark, and the encoding found.

    Raises
    ------
    FileError
        If the file is empty, binary or in an encoding that cannot be told for certain.
    """
    data = source.data
    if not data.strip():
        raise FileError(
            "is empty.", where=source.name, todo="Export it again, with its header line."
        )
    if data[:2] in _UTF16:
        try:
            return data.decode("utf-16").encode(), "UTF-16"
        except UnicodeError:
            raise FileError(
                "begins like UTF-16 but is not.", where=source.name, todo="Save it as UTF-8."
            ) from None
    encoding = "UTF-8"
    if data[:3] == b"\xef\xbb\xbf":
        data, encoding = data[3:], "UTF-8 with a byte order mark"
    if b"\x00" in data:
        raise FileError(
            f"is not a text file (a zero byte in line {_line(data, data.index(0))}).",
            where=source.name,
            todo="Give the CSV itself: not a spreadsheet, an archive or a database.",
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileError(
            f"line {_line(data, error.start)} is not UTF-8 "
            f"(byte 0x{data[error.start]:02X} at offset {error.start:,}).",
            where=source.name,
            todo="If it is text, save it as UTF-8; if it is not, give the CSV itself.",
        ) from None
    return data, encoding


def header_of(source: Source) -> tuple[list[str], str]:
    """The names in the header line, and the delimiter between them.

    The delimiter is whichever of comma, semicolon, tab and bar cuts the line most often.
    """
    data = source.text[0].lstrip(b"\r\n")
    end = data.find(b"\n")
    line = data[: end if end >= 0 else None].rstrip(b"\r").decode()
    delimiter = max(DELIMITERS, key=line.count)
    return [name.strip().strip('"').strip() for name in line.split(delimiter)], delimiter


def read_columns(source: Source, wanted: list[str]) -> RawTable:
    """Read the columns named in `wanted` that the file has, as text; empty cells are ``""``.

    Rows with too many or too few cells are returned in ``malformed`` as (row, text).

    Raises
    ------
    FileError
        If the file cannot be parsed at all.
    """
    data, encoding = source.text
    names, delimiter = header_of(source)
    twice = next((name for name in names if names.count(name) > 1 and name in wanted), None)
    if twice is not None:
        raise FileError(
            f"has the column {twice!r} twice.", where=source.name, todo="Rename or drop one."
        )
    malformed: list[tuple[int, str]] = []

    def skip(row: pacsv.InvalidRow) -> str:
        text = (row.text or "")[:80]
        malformed.append(
            (
                int(row.number or 0) - 1,
                f"{row.actual_columns} cells instead of {row.expected_columns}: {text!r}",
            )
        )
        return "skip"

    present = [name for name in wanted if name in names]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(data.lstrip(b"\r\n")),
            read_options=pacsv.ReadOptions(
                column_names=names, skip_rows=1, use_threads=False, block_size=_MAX_FIELD
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip
            ),
            convert_options=pacsv.ConvertOptions(
                include_columns=present,
                column_types={name: pa.string() for name in present},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            table = pa.table({name: pa.array([], pa.string()) for name in present})
        else:
            raise FileError(
                f"cannot be read as CSV: {str(error).splitlines()[0]}.",
                where=source.name,
                todo="Look for a quotation mark that is opened and not closed.",
            ) from None
    return RawTable(
        frame=table.to_pandas(),
        malformed=tuple(malformed),
        delimiter=delimiter,
        encoding=encoding,
    )


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
