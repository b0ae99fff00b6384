"""A CSV file as a stream of checked batches: only the wanted columns, every row accounted for.

The text is cut at line ends into chunks of some megabytes, and each chunk is parsed by itself, so
that all processors work. Whether a cut fell inside a quoted field is found out by the parser, not
guessed: each chunk is followed by one more row, of zero bytes, which no text file holds. Unless
that row comes back as the last one, it was swallowed by an open quotation mark, and the chunk is
parsed again together with the next.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from recsys.decoding import BOM8, LATIN1, UTF8, UTF16, from_latin1, utf16_as_utf8
from recsys.errors import FileError
from recsys.layout import Layout
from recsys.records import records
from recsys.source import Source
from recsys.unpack import unpacked

CHUNK = 4 << 20
MAX_RECORD = 32 << 20
MAX_FIELD = 100_000
WORKERS = max(1, min(4, os.cpu_count() or 1))
TEXT = pa.string()
CODED = pa.dictionary(pa.int32(), pa.string())
"""Text whose values repeat: stored once each in a batch."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """Some rows of a file, in order.

    Attributes
    ----------
    columns
        The wanted columns, one value a row, as `TEXT` or `CODED`; empty cells are ``""``.
    lines
        ``(rows,)`` int64, the number of the line (or Parquet row) that each row begins on.
    malformed, blank
        The other rows between them: line and what is wrong, and lines.
    """

    columns: dict[str, pa.Array]
    lines: np.ndarray
    malformed: tuple[tuple[int, str], ...] = ()
    blank: tuple[int, ...] = ()

    @property
    def records(self) -> int:
        """Rows of the file that this batch accounts for."""
        return len(self.lines) + len(self.malformed) + len(self.blank)


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


def csv_batches(source: Source, layout: Layout, wanted: dict[str, pa.DataType]) -> Iterator[Batch]:
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
        with _texts(source, layout) as texts:
            yield from _in_order(texts, layout, wanted, pool)
    finally:
        pool.shutdown(cancel_futures=True)


def csv_records(source: Source, layout: Layout) -> Iterator[tuple[int, bytes]]:
    """Every record after the header as it stands in the file, in UTF-8, and its first line.

    This goes through the file line by line, which is slower than `csv_batches` by far.
    """
    with _texts(source, layout) as texts:
        decode = from_latin1 if layout.encoding == LATIN1 else bytes
        lines = (line for text in texts for line in decode(text).splitlines(keepends=True))
        line = texts.line
        for n_lines, record in records(lines, layout.delimiter):
            yield line, record
            line += n_lines


@contextmanager
def _texts(source: Source, layout: Layout) -> Iterator["_Texts"]:
    with unpacked(source) as plain:
        read: Callable[[int], bytes] = plain.read
        if layout.encoding == UTF16:
            read = utf16_as_utf8(read, source.name)
        yield _Texts(read, layout, source.name)


class _Texts:
    """The chunks of a text after its header; ``line`` is the number of the first one's line."""

    def __init__(self, read: Callable[[int], bytes], layout: Layout, name: str) -> None:
        texts, body, self.line, self.name = _cut(read, name), b"", 1, name
        for text in texts:
            if not body and self.line == 1 and layout.encoding == UTF8:
                text = text.removeprefix(BOM8)
            kept = body + text if body else text.lstrip(b"\r\n")
            self.line += line_ends(text[: len(text) - len(kept)]) if not body else 0
            body = kept
            first = list(islice(records(body.splitlines(keepends=True), layout.delimiter), 2))
            if len(first) == 2:
                break
        if layout.header and body:
            n_lines, header = first[0]
            body = body[len(header) :]
            self.line += n_lines
        self._first, self._rest = body, texts

    def __iter__(self) -> Iterator[bytes]:
        if self._first:
            yield self._first
        yield from self._rest


def _cut(read: Callable[[int], bytes], name: str) -> Iterator[bytes]:
    """Cut a text after line ends into chunks of about `CHUNK` bytes."""
    held = b""
    while block := read(CHUNK):
        end = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, -1) + 1
        if end:
            yield b"".join((held, memoryview(block)[:end]))
            held = block[end:]
        else:
            held += block
        if len(held) > MAX_RECORD:
            raise FileError(
                f"has a line of more than {MAX_RECORD >> 20} MB.",
                where=name,
                todo="Give a CSV or Parquet file.",
            )
    if held:
        yield held


def _in_order(
    texts: _Texts, layout: Layout, wanted: dict[str, pa.DataType], pool: ThreadPoolExecutor
) -> Iterator[Batch]:
    """Parse chunks ahead, and give their batches in order."""
    rest = iter(texts)
    ahead: deque[tuple[bytes, Future[_Parsed]]] = deque()
    line, all_ascii, name = texts.line, True, texts.name

    def submit(text: bytes | None, at_front: bool = False) -> None:
        if text is not None:
            work = (text, pool.submit(_parse, text, layout, wanted))
            (ahead.appendleft if at_front else ahead.append)(work)

    for _ in range(WORKERS + 1):
        submit(next(rest, None))
    while ahead:
        text, work = ahead.popleft()
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
                submit(next(rest, None))
            if not ahead or len(text) > MAX_RECORD:
                raise _never_closed(text, layout, line, name)
            submit(text + ahead.popleft()[0], at_front=True)
            continue
        submit(next(rest, None))
        yield _moved(parsed.batch, line)
        line += parsed.n_lines
        all_ascii = all_ascii and parsed.ascii


def line_ends(text: bytes) -> int:
    """How many lines end in a text: with ``\\n``, ``\\r\\n`` or ``\\r``."""
    found = int(np.count_nonzero(np.frombuffer(text, np.uint8) == 10))
    if b"\r" in text:
        found += text.count(b"\r") - text.count(b"\r\n")
    return found


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


def is_blank(column: pa.Array) -> np.ndarray:
    """``(rows,)`` bool: which cells hold nothing, or nothing but white space."""
    if pa.types.is_dictionary(column.type):
        blank = is_blank(column.dictionary)
        if not blank.any():
            return np.zeros(len(column), dtype=bool)
        return blank[column.indices.to_numpy(zero_copy_only=False)]
    blank = pc.or_(pc.equal(pc.binary_length(column), 0), pc.utf8_is_space(column))
    return blank.to_numpy(zero_copy_only=False)


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


def _moved(batch: Batch, by: int) -> Batch:
    """The same batch, its lines counted from a later one; the array of lines is changed."""
    np.add(batch.lines, by, out=batch.lines)
    return replace(
        batch,
        malformed=tuple((line + by, what) for line, what in batch.malformed),
        blank=tuple(line + by for line in batch.blank),
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
