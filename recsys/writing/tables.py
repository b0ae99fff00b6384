"""Tables as text and files for other programs."""

import io
import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa

from recsys.errors import SettingError

FILE_FORMATS = ("csv", "parquet")
_FORMULA = frozenset("=+-@")
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol without ink
_ROWS = 1 << 16  # that are written at once


def harmless(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Space and invisible signs before it, which some programs drop, do not hide it, nor do wide or
    small forms of its first sign. Whole numbers are left alone: an id such as -729129249377835720
    is not a formula. A carriage return becomes a line feed: csv leaves it unquoted, so that the
    text after it would begin a row.

    >>> harmless("=1+1"), harmless("-729129249377835720"), harmless("Title")
    ("'=1+1", '-729129249377835720', 'Title')
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    seen = _seen(text)
    begins = unicodedata.normalize("NFKC", seen[:1]) in _FORMULA
    formula = begins and not seen.removeprefix("-").isdecimal()
    return f"'{text}" if formula or text.startswith(("\t", "\n")) else text


def _seen(text: str) -> str:
    """The text from the first sign on that one can see."""
    for place, sign in enumerate(text):
        if unicodedata.category(sign)[0] not in "ZCM" and sign not in _BLANK:
            return text[place:]
    return ""


def to_csv(table: pd.DataFrame) -> str:
    """CSV with a header, in which no text is a formula."""
    return _harmless(table).to_csv(index=False, lineterminator="\n")


def table_bytes(table: pd.DataFrame, file_format: str) -> bytes:
    """A table as the bytes of a file, ``csv`` or ``parquet``; ids stay text.

    Raises
    ------
    SettingError
        If the format is another.
    """
    stream = io.BytesIO()
    write_parts([table], stream, file_format)
    return stream.getvalue()


def write_parts(
    parts: Iterable[pd.DataFrame], out: BinaryIO | str | Path, file_format: str | None = None
) -> int:
    """Write a table that comes in parts, of which only a few are in memory at once.

    A file appears whole or not at all; one of that name is replaced.

    Parameters
    ----------
    parts
        At least one, all with the same columns. What making one raises ends the writing.
    out
        A binary stream, or the path of a file.
    file_format
        ``csv`` or ``parquet``; by default, what the name of the file ends with.

    Returns
    -------
    int
        The number of rows.

    Raises
    ------
    SettingError
        If the format is another, or the file cannot be written.

    Examples
    --------
    >>> import recsys
    >>> model = recsys.train(recsys.sample_tables(), params=recsys.ALSParams(iterations=5))
    >>> import tempfile
    >>> parts = recsys.all_neighbours(model, 2)
    >>> recsys.write_parts(parts, tempfile.mkdtemp() + "/neighbours.csv")
    2918
    """
    name = Path(out).suffix.lstrip(".") if isinstance(out, str | Path) else ""
    write = _WRITERS.get((file_format or name).lower())
    if isinstance(out, str | Path) and not (file_format or name):
        raise SettingError(
            "the name has no ending, which says the format.",
            where=str(out),
            todo=f"Let it end with .{' or .'.join(FILE_FORMATS)}.",
        )
    if write is None:
        raise SettingError(
            f"{file_format or name or 'nothing'!r} is not a format.",
            where="format" if file_format else str(out),
            todo=f"Known: {', '.join(FILE_FORMATS)}.",
        )
    if not isinstance(out, str | Path):
        return write(_gathered(parts), out)
    try:
        return _write_file(write, parts, Path(out))
    except OSError as error:
        raise SettingError(
            f"cannot be written: {error.strerror or error}.", where=str(out)
        ) from None


def _write_file(
    write: Callable[[Iterable[pd.DataFrame], BinaryIO], int],
    parts: Iterable[pd.DataFrame],
    path: Path,
) -> int:
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        with open(draft, "wb") as stream:
            rows = write(_gathered(parts), stream)
        os.replace(draft, path)
    return rows


def _gathered(parts: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The same rows in fewer parts: small ones make a file large and slow."""
    held: list[pd.DataFrame] = []
    for part in parts:
        held.append(part)
        if sum(map(len, held)) >= _ROWS:
            yield pd.concat(held, ignore_index=True)
            held = []
    if held:
        yield pd.concat(held, ignore_index=True)


def _write_csv(parts: Iterable[pd.DataFrame], stream: BinaryIO) -> int:
    rows = 0
    for place, part in enumerate(parts):
        text = _harmless(part).to_csv(index=False, header=place == 0, lineterminator="\n")
        stream.write(text.encode())
        rows += len(part)
    return rows


def _write_parquet(parts: Iterable[pd.DataFrame], stream: BinaryIO) -> int:
    from pyarrow.parquet import ParquetWriter  # 4 MB that no text needs

    rows = 0
    writer: Any = None
    try:
        for part in parts:
            table = _arrow(part)
            writer = writer or ParquetWriter(stream, table.schema)
            writer.write_table(table)
            rows += len(part)
    finally:
        if writer is not None:
            writer.close()
    return rows


_WRITERS = dict(zip(FILE_FORMATS, (_write_csv, _write_parquet), strict=True))


def _arrow(table: pd.DataFrame) -> pa.Table:
    """Text is text in every part, even in one without a row; missing text is null."""
    columns = {}
    for name, column in table.items():
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
            columns[str(name)] = pa.Array.from_pandas(column)
        else:
            texts = [None if no else str(v) for v, no in zip(column, column.isna(), strict=True)]
            columns[str(name)] = pa.array(texts, pa.string())
    return pa.table(columns)


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    safe = table.rename(columns=harmless)
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(harmless)
    return safe


def to_json(table: pd.DataFrame) -> str:
    """A JSON list of objects, one a row; ids stay text."""
    return json.dumps(json.loads(table.to_json(orient="records")), ensure_ascii=False, indent=1)


def to_text(table: pd.DataFrame) -> str:
    """Aligned columns for a terminal; control characters in titles are replaced."""
    shown = table.copy()
    for name in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[name]):
            shown[name] = shown[name].map(_one_line)
    return shown.to_string(index=False, float_format="%.4f", max_colwidth=70) + "\n"


def _one_line(value: object) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in str(value))


FORMATS = {"table": to_text, "csv": to_csv, "json": to_json}
