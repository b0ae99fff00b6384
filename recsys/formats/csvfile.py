"""A CSV file as a stream of checked batches: only the wanted columns, every row accounted for.

The text is cut at line ends into chunks of some megabytes, and each chunk is parsed by itself, so
that all processors work. Whether a cut fell inside a quoted field is found out by the parser, not
guessed: each chunk is followed by one more row, of zero bytes, which no text file holds. Unless
that row comes back as the last one, it was swallowed by an open quotation mark, and the chunk is
parsed again together with the next.
"""

import os
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from recsys.errors import FileError
from recsys.formats.batch import MAX_FIELD, TEXT, Batch, is_blank
from recsys.formats.chunks import MAX_RECORD, Texts, line_ends, texts_of
from recsys.formats.decoding import LATIN1, from_latin1
from recsys.formats.layout import Layout
from recsys.formats.records import records
from recsys.formats.source import Source

WORKERS = min(4, (os.cpu_count() or 1) + 1)  # one may wait for memory or the disk
AHEAD = 3  # chunks that are parsed while the codes of those before are brought together


@dataclass(frozen=True)
class _Refused(Exception):
    """What is wrong with a chunk, at one of its lines, from 0."""

    line: int
    what: str
    todo: str


class OtherEncoding(Exception):
    """The text is Latin-1, as only a later part of it shows."""


@dataclass(frozen=True, kw_only=True)
class _Parsed:
    """A chunk after parsing; ``batch`` is None where a quoted field is open at its end."""

    batch: Batch | None
    n_lines: int
    ascii: bool


def csv_batches(
    source: Source, layout: Layout, wanted: dict[str, pa.DataType]
) -> Generator[Batch, None, None]:
    """Read the columns named in `wanted`, as `TEXT` or `CODED`.

    Raises
    ------
    FileError
        If the file cannot be read as text or as CSV, with the line.
    OtherEncoding
        If the layout says UTF-8, but the text can only be Latin-1.
    """
    pool = ThreadPoolExecutor(WORKERS)
    try:
        with texts_of(source, layout) as texts:
            yield from _in_order(texts, layout, wanted, pool)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    texts: Texts, layout: Layout, wanted: dict[str, pa.DataType], pool: ThreadPoolExecutor
) -> Iterator[Batch]:
    """Parse chunks ahead, and give their batches in order."""
    rest = iter(texts)
    ahead: deque[tuple[bytes, int, Future[_Parsed]]] = deque()
    line, all_ascii, name = texts.line, True, texts.name

    def parse(text: bytes, position: int) -> tuple[bytes, int, Future[_Parsed]]:
        return text, position, pool.submit(_parse, text, layout, wanted)

    def submit_next() -> None:
        if (text := next(rest, None)) is not None:
            ahead.append(parse(text, texts.position()))

    for _ in range(WORKERS + AHEAD):
        submit_next()
    while ahead:
        text, position, work = ahead.popleft()
        try:
            parsed = work.result()
        except _Refused as error:
            raise _placed(error, line, name) from None
        except UnicodeDecodeError as error:
            if layout.encoding_given or not (all_ascii and text[: error.start].isascii()):
                raise _not_utf8(error, line, name) from None
            raise OtherEncoding from None
        if parsed.batch is None:
            if not ahead:
                submit_next()
            if not ahead or len(text) > MAX_RECORD:
                raise _never_closed(text, layout, line, name)
            more, position, _ = ahead.popleft()
            ahead.appendleft(parse(text + more, position))
            continue
        submit_next()
        yield _moved(parsed.batch, line, position)
        line += parsed.n_lines
        all_ascii = all_ascii and parsed.ascii


def _parse(text: bytes, layout: Layout, wanted: dict[str, pa.DataType]) -> _Parsed:
    plain = text.isascii()
    if layout.encoding == LATIN1:
        text = from_latin1(text)
    elif not plain:
        text.decode()
    if (zero := text.find(b"\x00")) >= 0:
        raise _Refused(
            line_ends(text[:zero]),
            "holds a zero byte, so this is not a text file.",
            "Give a CSV or Parquet file: not a spreadsheet, an archive or a database.",
        )
    if not text.endswith((b"\n", b"\r")):
        text += b"\n"
    table, malformed = _table(text, layout, wanted)
    n_lines = line_ends(text)
    ends = table.num_rows and table.column(0)[-1].as_py() == "\x00"
    if not ends:
        return _Parsed(batch=None, n_lines=n_lines, ascii=plain)
    columns = {
        name: column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        for name, column in zip(wanted, table.slice(0, table.num_rows - 1).columns, strict=True)
    }
    batch = _with_lines(columns, malformed, text, layout, n_lines)
    _refuse_long_fields(batch)
    return _Parsed(batch=batch, n_lines=n_lines, ascii=plain)


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
    end = layout.delimiter.join(["\x00"] * width).encode()
    table = pacsv.read_csv(
        pa.BufferReader(text + end + b"\n"),
        read_options=pacsv.ReadOptions(
            column_names=[str(place) for place in range(width)],
            use_threads=False,
            block_size=len(text) + len(end) + 2,
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=layout.delimiter,
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
    if n_records != n_lines or _any_empty_row(columns):
        sizes = []
        for number, (size, record) in enumerate(
            records(text.splitlines(keepends=True), layout.delimiter)
        ):
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
    told = [(int(starts[number]), what) for number, what in malformed if number not in blank]
    return Batch(
        columns=columns,
        lines=starts[rows],
        malformed=tuple(told),
        blank=tuple(int(starts[number]) for number in blank),
    )


def _any_empty_row(columns: dict[str, pa.Array]) -> bool:
    empty = None
    for column in columns.values():
        here = is_blank(column)
        empty = here if empty is None else empty & here
        if not empty.any():
            return False
    return True


def _refuse_long_fields(batch: Batch) -> None:
    for name, column in batch.columns.items():
        values = column.dictionary if pa.types.is_dictionary(column.type) else column
        if not len(values) or pc.max(pc.binary_length(values)).as_py() <= MAX_FIELD:
            continue
        sizes = pc.utf8_length(column.cast(TEXT)).to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(sizes > MAX_FIELD)[:1]:
            raise _Refused(
                int(batch.lines[row]),
                f"{name} is a field of {sizes[row]:,} characters; {MAX_FIELD:,} are allowed.",
                "Look for a quotation mark that is opened and not closed before it.",
            )


def _moved(batch: Batch, by: int, position: int) -> Batch:
    """The same batch at its place in the file; the array of lines is changed."""
    np.add(batch.lines, by, out=batch.lines)
    return replace(
        batch,
        malformed=tuple((line + by, what) for line, what in batch.malformed),
        blank=tuple(line + by for line in batch.blank),
        position=position,
    )


def _placed(error: _Refused, line: int, name: str) -> FileError:
    return FileError(error.what, where=f"{name}, line {line + error.line:,}", todo=error.todo)


def _not_utf8(error: UnicodeDecodeError, line: int, name: str) -> FileError:
    line += line_ends(error.object[: error.start])
    return FileError(
        f"is not UTF-8 (byte 0x{error.object[error.start]:02X}).",
        where=f"{name}, line {line:,}",
        todo="Save the file as UTF-8, or set its encoding to Latin-1.",
    )


def _never_closed(text: bytes, layout: Layout, line: int, name: str) -> FileError:
    sizes = [size for size, _ in records(text.splitlines(keepends=True), layout.delimiter)]
    return FileError(
        "a quotation mark is opened and not closed.",
        where=f"{name}, line {line + sum(sizes[:-1]):,}",
        todo="Close it, or take it out.",
    )
