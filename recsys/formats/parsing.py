"""One chunk of a CSV text as a checked batch.

Whether a cut fell inside a quoted field is found out by the parser, not guessed: each chunk is
followed by one more row, of zero bytes, which no text file holds. Unless that row comes back as the
last one, it was swallowed by an open quotation mark.

Where there are as many rows as lines, each row is one line. Otherwise the lines are gone through
one by one, and marks that swallow rows are mended.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from pyarrow import csv as pacsv

from recsys.formats.batch import MAX_FIELD, Batch, is_blank
from recsys.formats.chunks import decoded_text
from recsys.formats.decoding import line_ends
from recsys.formats.encodings import UTF8
from recsys.formats.layout import Layout
from recsys.formats.mending import Mended, mend
from recsys.formats.records import cells, records

_SHOWN = 80  # characters of a line in an account


@dataclass(frozen=True)
class Refused(Exception):
    """What is wrong with a chunk, at one of its lines, from 0."""

    line: int
    what: str
    todo: str
    shell: str = ""


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A chunk after parsing; ``batch`` is None where it takes the next one to know its end."""

    batch: Batch | None
    n_lines: int
    ascii: bool


def parsed(text: bytes, layout: Layout, wanted: dict[str, pa.DataType], last: bool) -> Parsed:
    """Parse the columns named in `wanted` of some lines; `last` says that none come after them.

    Raises
    ------
    Refused
        If it is no text, has a cell that is too long, or ends within a quoted one.
    UnicodeDecodeError
        If it is not in the layout's encoding.
    """
    plain = text.isascii()
    if not plain and layout.encoding == UTF8:
        text.decode()
    text, marks, recoded = decoded_text(text, layout)
    if (zero := text.find(b"\x00")) >= 0:
        raise Refused(
            line_ends(text[:zero]),
            "contains a zero byte, so this is not a text file.",
            "Give a CSV or Parquet file: not a spreadsheet, an archive or a database.",
        )
    n_lines = line_ends(text)
    table, malformed = _table(text, layout, wanted)
    mended: Mended | None = None
    if layout.quoting and not (_ends(table) and table.num_rows - 1 + len(malformed) == n_lines):
        lines = text.splitlines(keepends=True)
        width = 0 if layout.strict else len(layout.columns)  # no row has no cell
        mended = mend(lines, layout.sign, width, whole=last)
        if mended.is_open and not last:
            return Parsed(batch=None, n_lines=n_lines, ascii=plain)
        if mended.changed:
            text = b"".join(mended.lines)
            table, malformed = _table(text, layout, wanted)
    if not _ends(table):
        raise _never_closed(text, layout)
    columns = {
        name: column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        for name, column in zip(wanted, table.slice(0, table.num_rows - 1).columns, strict=True)
    }
    batch = _with_lines(columns, malformed, text, layout, n_lines)
    if mended is not None:
        changed = [(place, lines[place]) for place in mended.changed]
        batch = replace(
            batch,
            changed=tuple((place, _shown(line)) for place, line in changed),
            doubtful=tuple(mended.doubtful),
        )
    if b'"' in text and layout.quoting:
        even = text.count(layout.sign.encode()) == batch.records * (len(layout.columns) - 1)
        batch = replace(batch, quotes=not even or n_lines != batch.records)
    if marks or recoded:
        places = tuple(line_ends(text[:place]) for place in marks)
        batch = replace(batch, marks=places, recoded=recoded)
    return Parsed(batch=batch, n_lines=n_lines, ascii=plain)


def _ends(table: pa.Table) -> bool:
    """Whether the row of zero bytes came back: no quoted field is open before it."""
    return bool(table.num_rows) and table.column(0)[-1].as_py() == "\x00"


def _shown(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()[:_SHOWN]


def _never_closed(text: bytes, layout: Layout) -> Refused:
    sizes = [size for size, _ in records(text.splitlines(keepends=True), layout.sign)]
    return Refused(
        sum(sizes[:-1]),
        "a quotation mark is opened but never closed.",
        "Close or remove it, or read quotation marks as ordinary characters.",
        "--no-quoting",
    )


def _refuse_long_cells(record: bytes, line: int, layout: Layout) -> None:
    """Refuse a cell of more than `MAX_FIELD` characters, in whatever column it stands."""
    for place, cell in enumerate(cells(record, layout.sign, layout.mark)):
        if len(cell) > MAX_FIELD:
            name = layout.columns[place] if place < len(layout.columns) else "one too many"
            raise Refused(
                line,
                f"{name} is a cell of {len(cell):,} characters; at most {MAX_FIELD:,} are allowed.",
                "Look for a quotation mark before it that is opened but not closed.",
            )


def _has_long_line(text: bytes) -> bool:
    at = 0
    while len(text) - at > MAX_FIELD:
        stretch = at, at + MAX_FIELD + 1
        end = max(text.rfind(b"\n", *stretch), text.rfind(b"\r", *stretch))
        if end < 0:
            return True
        at = end + 1
    return False


def _table(
    text: bytes, layout: Layout, wanted: dict[str, pa.DataType]
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The parsed columns, with the row of zero bytes, and the malformed rows, from 0."""
    malformed: list[tuple[int, str]] = []

    def skip(row: pacsv.InvalidRow) -> str:
        found = f"{row.actual_columns} cells instead of {row.expected_columns}"
        malformed.append((int(row.number or 0) - 1, f"{found}: {(row.text or '')[:80]!r}"))
        return "skip"

    places = {name: str(layout.columns.index(name)) for name in wanted}
    width = len(layout.columns)
    end = layout.sign.join(["\x00"] * width).encode()
    table = pacsv.read_csv(
        pa.BufferReader(text + end + b"\n"),
        read_options=pacsv.ReadOptions(
            column_names=[str(place) for place in range(width)],
            use_threads=False,
            block_size=len(text) + len(end) + 2,
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=layout.sign,
            quote_char=layout.mark or False,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=skip,
        ),
        convert_options=pacsv.ConvertOptions(
            include_columns=list(places.values()),
            column_types={places[name]: kind for name, kind in wanted.items()},
            strings_can_be_null=False,
            check_utf8=False,
        ),
        memory_pool=pa.system_memory_pool(),
    )
    return table, malformed


def _with_lines(
    columns: dict[str, pa.Array],
    malformed: list[tuple[int, str]],
    text: bytes,
    layout: Layout,
    n_lines: int,
) -> Batch:
    """Give each record its line, from 0, and take the blank lines out.

    Where there are as many records as lines, each record is one line. Otherwise, and where a row
    is empty all over, which it may be because its line is, the records are gone through one by one.
    """
    n_rows = len(next(iter(columns.values())))
    n_records = n_rows + len(malformed)
    starts = np.arange(n_records, dtype=np.int64)
    blank: list[int] = []
    if n_records != n_lines or _any_empty_row(columns) or _has_long_line(text):
        sizes: list[int] = []
        for number, (size, record) in enumerate(
            records(text.splitlines(keepends=True), layout.sign, layout.mark)
        ):
            if len(record) > MAX_FIELD:
                _refuse_long_cells(record, sum(sizes), layout)
            sizes.append(size)
            if not record.strip(b"\r\n"):
                blank.append(number)
        starts = np.cumsum([0, *sizes[:-1]], dtype=np.int64)
        assert len(starts) == n_records, (len(starts), n_records)
    bad = [number for number, _ in malformed]
    rows = np.delete(np.arange(n_records), bad) if bad else np.arange(n_records)
    if blank:
        keep = ~np.isin(rows, blank)
        rows = rows[keep]
        columns = {name: column.filter(pa.array(keep)) for name, column in columns.items()}
    ends = np.append(starts, n_lines)
    told = [
        (int(starts[number]), what + _over(int(ends[number + 1] - starts[number])))
        for number, what in malformed
        if number not in blank
    ]
    return Batch(
        columns=columns,
        lines=starts[rows],
        n_lines=n_lines,
        malformed=tuple(told),
        blank=tuple(int(starts[number]) for number in blank),
    )


def _over(n_lines: int) -> str:
    return f" (over {n_lines:,} lines)" if n_lines > 1 else ""


def _any_empty_row(columns: dict[str, pa.Array]) -> bool:
    empty = None
    for column in columns.values():
        here = is_blank(column)
        empty = here if empty is None else empty & here
        if not empty.any():
            return False
    return True
