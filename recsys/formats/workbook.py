"""A sheet of an Excel or OpenDocument workbook as the same stream of batches as a CSV file.

python-calamine reads it, which holds a sheet whole, and as a rectangle: what a small file could
make of that is found out first, see `refuse_large`.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from recsys.errors import FileError
from recsys.formats.batch import MAX_FIELD, TEXT, Batch
from recsys.formats.layout import Layout, ReadOptions
from recsys.formats.rectangle import refuse_large
from recsys.formats.source import Source

ROWS = 1 << 14
EXACT = 1e15  # Excel keeps 15 digits
_TITLES = 10  # rows before the names of the columns
_LOOKED_AT = 60
_FIRST = 500
_CSV = "Save it as CSV (UTF-8), and use that."

Rows = Iterator[tuple[int, list[Any]]]


@dataclass(frozen=True)
class _Sheet:
    name: str
    n_sheets: int
    n_rows: int
    rows: Callable[[], Rows]


def workbook_head(source: Source, options: ReadOptions) -> tuple[Layout, list[list[str]]]:
    """The columns of the first sheet that has two filled rows, and the rows after the names.

    Raises
    ------
    FileError
        If the workbook cannot be read, or none of its sheets has.
    """
    sheet = _opened(source)
    filled = [(row, cells) for row, cells in islice(sheet.rows(), _LOOKED_AT) if _filled(cells)]
    titles = 0 if options.header is False else _titles([_filled(cells) for _, cells in filled])
    header = options.header is not False
    first, cells = filled[titles]
    names = [_text(cell).strip() for cell in cells]
    numbered = [f"column {place}" for place in range(1, len(names) + 1)]
    columns = [name or other for name, other in zip(names, numbered, strict=True)]
    notes = []
    if sheet.n_sheets > 1:
        notes.append(
            f"Read the sheet {sheet.name!r}, the first of {sheet.n_sheets} with two filled rows."
        )
    if header and first > 1:
        notes.append(_skipped(first - 1, titles))
    layout = Layout(
        format="workbook",
        header=header,
        before=first if header else first - 1,
        notes=tuple(notes),
        columns=tuple(columns if header else numbered),
    )
    first_rows = islice(_body(sheet, layout), _FIRST)
    return layout, [[_text(cell) for cell in cells] for _, cells in first_rows]


def workbook_batches(
    source: Source, layout: Layout, wanted: dict[str, pa.DataType]
) -> Generator[Batch, None, None]:
    """Read the columns named in `wanted`: dates in ISO 8601, whole numbers without ``.0``.

    Raises
    ------
    FileError
        If the workbook cannot be read, or a cell is too long.
    """
    sheet, rounded = _opened(source), list[int]()
    places = {name: layout.columns.index(name) for name in wanted}
    rows = _body(sheet, layout)
    while part := list(islice(rows, ROWS)):
        filled = [(row, cells) for row, cells in part if _filled(cells)]
        rounded += [row for row, cells in filled if any(map(_is_rounded, cells))]
        columns = {}
        for name, kind in wanted.items():
            texts = [_text(cells[places[name]]) for _, cells in filled]
            _refuse_long(texts, filled, f"{source.name}, {name}")
            column = pa.array(texts, TEXT)
            columns[name] = column if kind == TEXT else column.dictionary_encode()
        yield Batch(
            columns=columns,
            lines=np.array([row for row, _ in filled], dtype=np.int64),
            blank=tuple(row for row, cells in part if not _filled(cells)),
            position=source.size * part[-1][0] // max(part[-1][0], sheet.n_rows),
        )
    if rounded:
        note = (
            f"Rows with numbers of more than 15 digits: {len(rounded):,} (row {rounded[0]:,}). "
            "A workbook keeps 15, so that such ids may have lost digits."
        )
        none = {name: pa.array([], kind) for name, kind in wanted.items()}
        yield Batch(columns=none, lines=np.empty(0, np.int64), notes=(note,), position=source.size)


def workbook_rows(source: Source, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Every row after the names with its cells."""
    for row, cells in _body(_opened(source), layout):
        yield row, [_text(cell) for cell in cells]


def _body(sheet: _Sheet, layout: Layout) -> Rows:
    return ((row, cells) for row, cells in sheet.rows() if row > layout.before)


def _opened(source: Source) -> _Sheet:
    """The sheet that is read; whatever happens inside the library is a `FileError`."""
    refuse_large(source)
    try:
        import python_calamine as calamine  # an extra: whoever has CSV files does without
    except ImportError:
        raise FileError(
            "is a workbook, and python-calamine, which reads it, is not installed.",
            where=source.name,
            todo="Save it as CSV (UTF-8), or install python-calamine.",
        ) from None
    try:
        with source.stream() as stream:
            book = calamine.CalamineWorkbook.from_filelike(stream)
            return _chosen(book, calamine, source)
    except calamine.PasswordError:
        raise FileError(
            "is a workbook that is protected with a password.", where=source.name, todo=_CSV
        ) from None
    except (KeyboardInterrupt, SystemExit, GeneratorExit, FileError):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        why = " ".join(str(error).split())[:80] or type(error).__name__
        raise FileError(
            f"is a workbook that cannot be read ({why}).", where=source.name, todo=_CSV
        ) from None


def _chosen(book: Any, calamine: Any, source: Source) -> _Sheet:
    about = list(enumerate(book.sheets_metadata))
    tables = [part for part in about if part[1].typ == calamine.SheetTypeEnum.WorkSheet]
    visible = calamine.SheetVisibleEnum.Visible
    for place, one in sorted(tables, key=lambda part: part[1].visible != visible):
        found = book.get_sheet_by_index(place)
        if found.start is None:
            continue

        def rows(found: Any = found) -> Rows:
            return enumerate(found.iter_rows(), 1)  # which begins with the first row, filled or not

        if sum(1 for _ in islice(filter(_filled, (row for _, row in rows())), 2)) == 2:
            return _Sheet(one.name, len(tables), found.end[0] + 1, rows)
    raise FileError(
        f"is a workbook without a sheet that has two filled rows (sheets: {len(tables)}).",
        where=source.name,
        todo="Put the table on one sheet, with the column names in the first row.",
    )


def _filled(cells: list[Any]) -> int:
    return sum(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in cells)


def _titles(filled: list[int]) -> int:
    """How many filled rows stand before the names: at most half as many cells as usual."""
    usual, _ = Counter(filled[_TITLES:] or filled[-1:]).most_common(1)[0]
    first = next((place for place, count in enumerate(filled) if 2 * count > usual), 0)
    return first if first <= _TITLES and usual > 1 else 0


def _skipped(n_rows: int, n_filled: int) -> str:
    rows = f"{n_rows} rows" if n_rows > 1 else "1 row"
    return f"Skipped before the column names: {rows}, {n_filled} of them filled."


def _text(cell: Any) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return str(cell)


def _is_rounded(cell: Any) -> bool:
    return isinstance(cell, float | int) and abs(cell) >= EXACT


def _refuse_long(texts: list[str], filled: list[tuple[int, list[Any]]], where: str) -> None:
    for place, text in enumerate(texts):
        if len(text) > MAX_FIELD:
            raise FileError(
                f"a cell of {len(text):,} characters; at most {MAX_FIELD:,} are allowed.",
                where=f"{where}, row {filled[place][0]:,}",
                todo="Choose another column, or shorten it.",
                shell="--columns PART=NAME,…",
            )
