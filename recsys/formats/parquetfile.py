"""A Parquet file as the same stream of batches as a CSV file."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.errors import FileError
from recsys.formats.batch import MAX_FIELD, TEXT, Batch
from recsys.formats.layout import Layout
from recsys.formats.source import Source
from recsys.formats.unpack import GZIP, ZIPS, packing_of, unpacked

MAGIC = b"PAR1"
ROWS = 1 << 16
EXACT = float(1 << 53)
MAX_ROWS_A_BYTE, ALWAYS_ALLOWED = 1_000, 50_000_000


def is_parquet(source: Source) -> bool:
    """Whether the file is Parquet, by its first bytes.

    Raises
    ------
    FileError
        If a packed file holds a Parquet file, which cannot be read in a stream, or a packed one.
    """
    with unpacked(source) as plain:
        head = plain.read(4)
    found = head == MAGIC
    if packing_of(source) and (found or head[:2] == GZIP or head in ZIPS):
        inner = "a Parquet file, which is already compressed" if found else "another packed file"
        raise FileError(f"contains {inner}.", where=source.name, todo="Unpack it once.")
    return found


def parquet_layout(source: Source) -> Layout:
    """The columns of a Parquet file.

    Raises
    ------
    FileError
        If it is damaged.
    """
    with _opened(source, []) as file:
        return Layout(format="Parquet", columns=tuple(file.schema_arrow.names))


def parquet_records(source: Source) -> tuple[list[str], Iterator[Batch]]:
    """All columns that can be shown as text, and their rows."""
    with _opened(source, []) as file:
        schema = file.schema_arrow
        names = [name for name in schema.names if not _is_nested(schema.field(name).type)]
    return names, parquet_batches(source, {name: TEXT for name in names})


def parquet_batches(source: Source, wanted: dict[str, pa.DataType]) -> Generator[Batch, None, None]:
    """Read the columns named in `wanted`; numbers become text, and what is missing ``""``.

    Raises
    ------
    FileError
        If the file is damaged, or a column is of a kind that cannot be an id, a text or a number.
    """
    done = 0
    with _opened(source, []) as file:
        for name in wanted:
            _refuse_nested(file.schema_arrow, name, source)
    with _opened(source, list(wanted)) as file:
        n_rows, size = file.metadata.num_rows, source.size
        for read in file.iter_batches(batch_size=ROWS, columns=list(wanted), use_threads=False):
            read.validate(full=True)
            lines = np.arange(done + 1, done + 1 + len(read), dtype=np.int64)
            columns = {
                name: _as_text(read.column(name), kind, f"{source.name}, {name}", lines)
                for name, kind in wanted.items()
            }
            done += len(read)
            position = size * done // max(done, n_rows)
            yield Batch(columns=columns, lines=lines, position=position)
        if done != n_rows:
            raise _damaged(source, f"{done:,} rows instead of {n_rows:,}")


@contextmanager
def _opened(source: Source, texts: list[str]) -> Iterator[Any]:
    """The file as a `pyarrow.parquet.ParquetFile`."""
    from pyarrow.parquet import ParquetFile  # 4 MB that no CSV file needs

    try:
        with source.stream() as stream:
            file = ParquetFile(stream, read_dictionary=texts, page_checksum_verification=True)
            n_rows = file.metadata.num_rows
            if n_rows < 0:
                raise _damaged(source, f"{n_rows} rows")
            if n_rows > max(ALWAYS_ALLOWED, MAX_ROWS_A_BYTE * source.size):
                raise FileError(
                    f"unpacks to far too much: {n_rows:,} rows in {source.size:,} bytes.",
                    where=source.name,
                    todo="If that is correct, export it as CSV.",
                )
            yield file
    except (pa.ArrowException, OSError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise _damaged(source, str(error).splitlines()[0] if str(error) else "") from None


def _damaged(source: Source, why: str) -> FileError:
    return FileError(
        f"is a Parquet file that cannot be read: {why[:200]}.",
        where=source.name,
        todo="It may be incomplete. Export it again.",
    )


def _is_nested(kind: pa.DataType) -> bool:
    return pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind)


def _refuse_nested(schema: pa.Schema, name: str, source: Source) -> None:
    kind = schema.field(name).type
    if _is_nested(kind):
        raise FileError(
            f"the column {name} contains {kind}, but text or numbers are needed.",
            where=source.name,
            todo="Choose another column, or export it as text.",
            shell="--columns PART=NAME,…",
        )


def _as_text(column: pa.Array, kind: pa.DataType, where: str, lines: np.ndarray) -> pa.Array:
    """One column as text; ids that are floats must be whole and below 2^53."""
    coded = pa.types.is_dictionary(kind)
    if pa.types.is_floating(column.type) and coded:
        column = _whole(column, where, lines)
    if pa.types.is_dictionary(column.type):
        values = column.dictionary.cast(TEXT)
        _refuse_long(values, where)
        if coded and column.null_count == 0 and values.null_count == 0:
            return _each_value_once(column.indices.cast(pa.int32()), values)
        column = pc.take(values, column.indices)
    if pa.types.is_timestamp(column.type):
        # In UTC. Written out: as a number, the year 9999 would be of 1978 in milliseconds.
        column = column.cast(pa.timestamp("us"), safe=False)
    column = column.cast(TEXT).fill_null("")
    _refuse_long(column, where)
    return column.dictionary_encode() if coded else column


def _each_value_once(codes: pa.Array, values: pa.Array) -> pa.Array:
    once = values.dictionary_encode()
    codes = pc.take(once.indices, codes)
    return pa.DictionaryArray.from_arrays(codes, once.dictionary)


def _refuse_long(values: pa.Array, where: str) -> None:
    if len(values) and (pc.max(pc.binary_length(values)).as_py() or 0) > MAX_FIELD:
        longest = pc.max(pc.utf8_length(values)).as_py()
        if longest > MAX_FIELD:
            raise FileError(
                f"a cell of {longest:,} characters; at most {MAX_FIELD:,} are allowed.",
                where=where,
                todo="Choose another column, or shorten it.",
                shell="--columns PART=NAME,…",
            )


def _whole(column: pa.Array, where: str, lines: np.ndarray) -> pa.Array:
    """Floats as whole numbers, where that loses nothing."""
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    known = ~np.isnan(numbers) | ~column.is_null().to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        good = (np.abs(numbers) < EXACT) & (numbers == np.floor(numbers))
    bad = np.flatnonzero(known & ~good)
    if len(bad):
        raise FileError(
            f"an id is a decimal number, {numbers[bad[0]]}, which may have lost digits.",
            where=f"{where}, row {lines[bad[0]]:,}",
            todo="Export ids as whole numbers or as text.",
        )
    return pa.array(np.where(good, numbers, 0).astype(np.int64), mask=~good)
