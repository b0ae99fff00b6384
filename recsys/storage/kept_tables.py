"""Tables as one file, beside the files that they were read from: to have them again at once.

The file holds three Arrow streams, one after the other: the events, whose schema carries the
report; the articles; the lines of the rows that were left out. What is read back is checked: the
tables against their fingerprint, the report against a digest of its own.
"""

import hashlib
import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.dataset import Tables, fingerprint
from recsys.formats import Doubt, Layout
from recsys.models import Damaged
from recsys.progress import OnProgress
from recsys.reading import FileReport, Hint, LeftOut, Report

FORMAT = 4
"""To be raised with the layout of the file, and whenever files are read to other tables."""

ROWS = 1 << 20
_ABOUT, _DIGEST = b"kindred", b"digest"
_T = TypeVar("_T")
_READ = 0.6  # of the time; the rest is the check


def save_tables(tables: Tables, path: Path, on_progress: OnProgress | None = None) -> bool:
    """Write tables into a file; whether the disk took them.

    Parameters
    ----------
    on_progress
        Called with the rows written so far and with how many they are.
    """
    return _gone_through(_written(tables, path), on_progress, OSError) is not None


def load_tables(path: Path, key: str, on_progress: OnProgress | None = None) -> Tables | None:
    """The tables of that fingerprint out of a file, or None where it does not hold just them.

    Parameters
    ----------
    on_progress
        Called with the bytes read so far and with how many they are.
    """
    return _gone_through(_read(path, key), on_progress, Exception)


def _gone_through(
    steps: Generator[tuple[int, int], None, _T],
    on_progress: OnProgress | None,
    caught: type[Exception],
) -> _T | None:
    """What the steps end in, or None where one fails. What `on_progress` raises is not caught."""
    with closing(steps):
        while True:
            try:
                done, total = next(steps)
            except StopIteration as end:
                return end.value
            except caught:
                return None
            if on_progress is not None:
                on_progress(done, total)


def _written(tables: Tables, path: Path) -> Generator[tuple[int, int], None, bool]:
    about, lines = _as_json(tables.report)
    meta = {_ABOUT: about, _DIGEST: _digest(about, lines)}
    parts = [
        _columns(tables.events).replace_schema_metadata(meta),
        _columns(tables.articles),
        pa.table({"line": lines}),
    ]
    n_rows, done = sum(len(part) for part in parts), 0
    with pa.OSFile(str(path), "wb") as file:
        for part in parts:
            with pa.ipc.new_stream(file, part.schema) as stream:
                for rows in part.to_batches(max_chunksize=ROWS):
                    stream.write_batch(rows)
                    done += len(rows)
                    yield done, n_rows
    return True


def _read(path: Path, key: str) -> Generator[tuple[int, int], None, Tables]:
    frames: list[pd.DataFrame] = []
    meta: dict[bytes, bytes] = {}
    with pa.OSFile(str(path), "rb") as file:
        size = file.size()
        for _ in range(3):
            stream, batches = pa.ipc.open_stream(file), []
            for batch in stream:
                batch.validate(full=True)
                batches.append(batch)
                yield int(_READ * file.tell()), size
            frames.append(_frame(pa.Table.from_batches(batches, stream.schema)))
            meta |= stream.schema.metadata or {}
    events, articles, left_out = frames
    lines = left_out["line"].to_numpy()
    if _digest(meta[_ABOUT], lines) != meta[_DIGEST]:
        raise Damaged("the report is not what was written")
    report = _from_json(meta[_ABOUT], lines)
    if fingerprint(articles, events) != key:
        raise Damaged("the tables are others")
    yield size, size
    return Tables(articles=articles, events=events, report=report, fingerprint=key)


def _digest(about: bytes, lines: np.ndarray) -> bytes:
    kind = str(lines.dtype).encode()  # the same bytes can be other numbers
    return hashlib.blake2b(about + kind + lines.tobytes(), digest_size=16).digest()


def _as_json(report: Report) -> tuple[bytes, np.ndarray]:
    """The report without the lines of what was left out, and all these lines."""
    files = [report.events, report.articles]
    lines = [part.lines for file in files for part in file.left_out]
    given = {"format": FORMAT, "files": [asdict(file) for file in files]}
    about = json.dumps(given, default=len)  # an array of lines is its length
    return about.encode(), np.concatenate([np.empty(0, np.int64), *lines])


def _from_json(about: bytes, lines: np.ndarray) -> Report:
    given = json.loads(about)
    if given["format"] != FORMAT:
        raise Damaged(f"it has the format {given['format']}")

    def left_out_of(part: dict[str, Any]) -> LeftOut:
        nonlocal lines
        own, lines = lines[: part["count"]], lines[part["count"] :]
        return LeftOut(**part | {"examples": tuple(map(tuple, part["examples"])), "lines": own})

    def file_of(file: dict[str, Any]) -> FileReport:
        layout = file["layout"]
        if layout:
            layout = Layout(**layout | {n: tuple(layout[n]) for n in ("columns", "notes")})
            if layout.doubt:
                layout = replace(layout, doubt=Doubt(*layout.doubt))
        parts = {
            "left_out": tuple(map(left_out_of, file["left_out"])),
            "notes": tuple(file["notes"]),
            "hints": tuple(Hint(**hint) for hint in file["hints"]),
            "layout": layout,
        }
        return FileReport(**file | parts)

    events, articles = map(file_of, given["files"])
    return Report(events=events, articles=articles)


def _columns(table: pd.DataFrame) -> pa.Table:
    """A table's columns as Arrow's; what repeats is stored as codes."""

    def column_of(column: pd.Series) -> pa.Array:
        if isinstance(column.dtype, pd.CategoricalDtype):
            values = pa.array(column.cat.categories, pa.string())
            return pa.DictionaryArray.from_arrays(column.cat.codes.to_numpy(), values)
        if column.dtype in (np.float64, np.bool_):
            return pa.array(column.to_numpy())
        return pa.array(column, pa.string())

    return pa.table({str(name): column_of(column) for name, column in table.items()})


def _frame(table: pa.Table) -> pd.DataFrame:
    """The table that `_columns` made columns of."""

    def joined(parts: list[pa.Array], kind: pa.DataType) -> np.ndarray:  # one of its own
        empty = np.empty(0, kind.to_pandas_dtype())
        return np.concatenate([empty, *(part.to_numpy(zero_copy_only=False) for part in parts)])

    def column_of(column: pa.ChunkedArray) -> Any:
        kind = column.type
        if pa.types.is_string(kind):
            return column.to_pandas().astype("str")
        if kind in (pa.float64(), pa.bool_(), pa.int64()):
            return joined(column.chunks, kind)
        if not pa.types.is_dictionary(kind) or kind.value_type != pa.string():
            raise Damaged(f"a column of {kind}")
        codes = joined([chunk.indices for chunk in column.chunks], kind.index_type)
        values = pd.Index(column.chunk(0).dictionary.to_pandas(), dtype="str")
        return pd.Categorical.from_codes(codes, categories=values, validate=False)

    columns = {name: column_of(table.column(name)) for name in table.column_names}
    return pd.DataFrame(columns, copy=False)
