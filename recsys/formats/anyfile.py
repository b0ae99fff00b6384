"""A file in whichever format it is: its layout and first rows, its batches, all its rows."""

import zipfile
from collections.abc import Generator, Iterator

import pyarrow as pa

from recsys.errors import FileError
from recsys.formats.batch import TEXT, Batch
from recsys.formats.chunks import csv_records
from recsys.formats.csvfile import csv_batches
from recsys.formats.head import head_of, start_of
from recsys.formats.jsonfile import json_batches, json_layout, json_rows
from recsys.formats.layout import Layout, ReadOptions
from recsys.formats.parquetfile import (
    is_parquet,
    parquet_batches,
    parquet_layout,
    parquet_records,
)
from recsys.formats.records import cells
from recsys.formats.rectangle import is_workbook
from recsys.formats.signatures import HEAD, refuse_in_zip, refuse_known
from recsys.formats.source import Source
from recsys.formats.unpack import BROKEN, packing_of, unpacked
from recsys.formats.workbook import workbook_batches, workbook_head, workbook_rows

FIRST = 500

Rows = Iterator[tuple[int, list[str]]]


def begin(source: Source, options: ReadOptions) -> tuple[Layout, list[list[str]]]:
    """The layout of a file and the cells of its first rows, some of which may have too many or few.

    Raises
    ------
    FileError
        If the file is empty, damaged, or in a format that is not read; with the format's name.
    """
    if is_workbook(source):
        return workbook_head(source, options)
    _refuse_others(source)
    if is_parquet(source):
        layout = parquet_layout(source)
        return layout, _first_of_parquet(source, layout)
    start = start_of(source, options)
    found = json_layout(start) if options.delimiter is None else None
    if found is not None:
        return found, [row for _, row in _taken(json_rows(source, found))]
    layout, head = head_of(start, options)
    return layout, [cells(r, layout.sign, layout.mark) for r in head if r.strip(b"\r\n")]


def batches(
    source: Source, layout: Layout, wanted: dict[str, pa.DataType]
) -> Generator[Batch, None, None]:
    """Read the columns named in `wanted`; see `csv_batches`."""
    if layout.format == "Parquet":
        return parquet_batches(source, wanted)
    if layout.format == "JSON lines":
        return json_batches(source, layout, wanted)
    if layout.format == "workbook":
        return workbook_batches(source, layout, wanted)
    return csv_batches(source, layout, wanted)


def all_rows(source: Source, layout: Layout) -> tuple[list[str], Rows]:
    """The columns that can be shown as text, and every row with its line."""
    if layout.format == "Parquet":
        return _rows_of_parquet(source)
    names = list(layout.columns)
    if layout.format == "JSON lines":
        return names, json_rows(source, layout)
    if layout.format == "workbook":
        return names, workbook_rows(source, layout)
    found = csv_records(source, layout)
    return names, ((line, cells(record, layout.sign, layout.mark)) for line, record in found)


def _refuse_others(source: Source) -> None:
    """Refuse by its name what is no table, packed or not."""
    packing = packing_of(source)
    with source.stream() as raw:
        refuse_known(raw.read(HEAD), source.name)
        if packing == "zip":
            try:
                with zipfile.ZipFile(raw) as archive:
                    refuse_in_zip(archive, source.name)
            except BROKEN:
                pass  # `unpacked` says what is wrong with it
    if packing:
        with unpacked(source) as plain:
            refuse_known(plain.read(HEAD), source.name)


def _taken(rows: Rows) -> Rows:
    for number, row in enumerate(rows, 1):
        yield row
        if number == FIRST:
            return


def _first_of_parquet(source: Source, layout: Layout) -> list[list[str]]:
    """A column that cannot be shown as text is empty."""
    columns: list[list[str]] = []
    for name in layout.columns:
        try:
            first = next(parquet_batches(source, {name: TEXT}), None)
        except FileError:
            first = None
        columns.append([] if first is None else first.columns[name].slice(0, FIRST).to_pylist())
    n_rows = max(map(len, columns), default=0)
    return [[column[row] if column else "" for column in columns] for row in range(n_rows)]


def _rows_of_parquet(source: Source) -> tuple[list[str], Rows]:
    names, found = parquet_records(source)

    def rows() -> Rows:
        for batch in found:
            columns = [batch.columns[name].to_pylist() for name in names]
            yield from zip(batch.lines.tolist(), map(list, zip(*columns, strict=True)), strict=True)

    return names, rows()
