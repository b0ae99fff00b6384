"""A file of JSON objects, one a line, as the same stream of batches as a CSV file."""

import json
import re
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from recsys.errors import FileError
from recsys.formats.batch import MAX_FIELD, TEXT, Batch
from recsys.formats.chunks import decoded_text, texts_of
from recsys.formats.decoding import as_utf8, not_utf8
from recsys.formats.encodings import UTF8
from recsys.formats.head import Start
from recsys.formats.layout import Layout
from recsys.formats.source import Source

ROWS = 1 << 14
_LOOKED_AT = 500  # lines, for the names of the columns
_SHOWN = 80
_AROUND = b" \t\r\n\x1e"  # the last is what RFC 7464 puts before each object
_LISTED = 5
_COLUMNS = "Write one object per line, for example with jq: jq -c "
_Line = tuple[int, dict[str, Any] | str | None]


class _Number(str):
    """A number as it is written."""


_DECODER = json.JSONDecoder(parse_int=_Number, parse_float=_Number, parse_constant=_Number)


def json_layout(start: Start) -> Layout | None:
    """The layout of a file of JSON objects, one a line; None where it is not JSON.

    Raises
    ------
    FileError
        If it is JSON, but not an object a line.
    """
    try:
        text = as_utf8(start.raw, start.encoding)
    except UnicodeError:
        return None  # `head_of` says where
    columns = json_columns(text, whole=start.whole, name=start.name)
    if not columns:
        return None
    return Layout(
        format="JSON lines",
        packing=start.packing,
        encoding=start.encoding,
        encoding_given=start.encoding_given,
        doubt=start.doubt,
        columns=columns,
    )


def json_columns(text: bytes, whole: bool, name: str) -> tuple[str, ...]:
    """The keys of the first objects, in order; none where the text is not JSON.

    Parameters
    ----------
    text
        The beginning of the file, in UTF-8.
    whole
        Whether that is all of it.

    Raises
    ------
    FileError
        If it is JSON, but not an object a line.
    """
    start = text[:256].lstrip(_AROUND)
    if not re.match(rb'\{\s*(["}]|$)|\[\s*[\[{]|\[\s*("[^"\\]*"|[-\d.]+)\s*,', start):
        return ()
    lines = [line for line in text.splitlines() if line.strip(_AROUND)]
    if not whole and len(lines) > 1:
        lines.pop()
    found = [_parsed(line) for line in lines[:_LOOKED_AT]]
    objects = [one for one in found if isinstance(one, dict)]
    if start.startswith(b"["):
        if len(found) > 1 and all(isinstance(one, list) for one in found):
            todo = "Write it as CSV, for example with jq: jq -r '@csv' FILE > NEW.csv."
            raise _not_lines("contains JSON arrays, one per line", todo, name)
        if re.match(rb"\[\s*[\[{]", start):
            raise _not_lines("is one JSON array", f"{_COLUMNS}'.[]' FILE > NEW.jsonl.", name)
        return ()
    nested = whole and len(lines) == 1 and any(map(_is_nested, (objects or [{}])[0].values()))
    if 2 * len(objects) < len(found) or nested:
        raise _one_object(text, name)
    return tuple(dict.fromkeys(key for one in objects for key in one))


def _one_object(text: bytes, name: str) -> FileError:
    inner = re.search(rb'"([A-Za-z_]\w*)"\s*:\s*\[\s*\{', text)
    if inner is not None:
        path = f".{inner[1].decode()}[]"
    else:  # objects that have several lines each, one after the other
        path = "." if re.search(rb"^\}\s*\{", text, re.MULTILINE) else ".[]"
    return _not_lines(
        "is JSON, but not one object per line", f"{_COLUMNS}'{path}' FILE > NEW.jsonl.", name
    )


def _not_lines(what: str, todo: str, name: str) -> FileError:
    return FileError(f"{what}.", where=name, todo=todo)


def json_batches(
    source: Source, layout: Layout, wanted: dict[str, pa.DataType]
) -> Generator[Batch, None, None]:
    """Read the keys named in `wanted`; what is missing or null is ``""``.

    Numbers stay as they are written, true and false are words, and what is nested is JSON.

    Raises
    ------
    FileError
        If the file cannot be read as text, or a cell is too long.
    """
    known, later = set(layout.columns), dict[str, int]()
    with texts_of(source, layout) as texts:
        lines = _lines(texts, layout, source.name)
        while part := list(islice(lines, ROWS)):
            good = [(line, one) for line, one in part if isinstance(one, dict)]
            columns = {}
            for name, kind in wanted.items():
                column = pa.array([_cell(one.get(name)) for _, one in good], TEXT)
                columns[name] = column if kind == TEXT else column.dictionary_encode()
            for line, one in good:
                if not one.keys() <= known:
                    for key in one.keys() - known:
                        later.setdefault(key, line)
            malformed = [(line, one) for line, one in part if isinstance(one, str)]
            yield Batch(
                columns=columns,
                lines=np.array([line for line, _ in good], dtype=np.int64),
                malformed=tuple((line, f"not a JSON object: {text!r}") for line, text in malformed),
                blank=tuple(line for line, one in part if one is None),
                position=texts.position(),
            )
    if later:
        shown = ", ".join(
            f"{key[:40]!r} (line {line:,})" for key, line in islice(later.items(), _LISTED)
        )
        more = ", …" if len(later) > _LISTED else ""
        yield _last(
            wanted,
            f"Not used: keys that are not in the first lines: {shown}{more}.",
            source,
        )


def json_rows(source: Source, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Every line with its cells; one that holds no object, as it stands there."""
    with texts_of(source, layout) as texts:
        for line, one in _lines(texts, layout, source.name):
            if isinstance(one, dict):
                yield line, [_cell(one.get(name)) for name in layout.columns]
            else:
                yield line, [one or ""]


def _last(wanted: dict[str, pa.DataType], note: str, source: Source) -> Batch:
    columns = {name: pa.array([], kind) for name, kind in wanted.items()}
    none = np.empty(0, dtype=np.int64)
    return Batch(columns=columns, lines=none, notes=(note,), position=source.size)


def _lines(texts: Iterable[bytes], layout: Layout, name: str) -> Iterator[_Line]:
    """Each line: its object, the beginning of what is none, or None where it is blank."""
    number = 0
    for chunk in texts:
        text = decoded_text(chunk, layout).text
        if layout.encoding == UTF8:
            try:
                text.decode()
            except UnicodeDecodeError as error:
                raise not_utf8(error, number + 1, name) from None
        for line in text.splitlines():
            number += 1
            if not line.strip(_AROUND):
                yield number, None
                continue
            found = _parsed(line)
            if isinstance(found, dict):
                if len(line) > MAX_FIELD:
                    _refuse_long(found, number, name)
                yield number, found
            else:
                yield number, line.decode("utf-8", "replace").strip()[:_SHOWN]


def _parsed(line: bytes) -> Any:
    """What a line holds; None where it is not JSON."""
    try:
        found = _DECODER.decode(line.strip(_AROUND).decode())
        if isinstance(found, dict) and b"\\u" in line:  # half a pair is no character
            for key, value in found.items():
                (key + _cell(value)).encode()
    except (ValueError, RecursionError):
        return None
    return found


def _cell(value: Any) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and len(value) == 1:
        ((key, inner),) = value.items()
        if key.startswith("$") and isinstance(inner, str):  # MongoDB: {"$oid": "…"}
            return inner
    return _json(value)


def _json(value: Any) -> str:
    """A nested value as JSON, its numbers as they were written."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return value if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def _refuse_long(found: dict[str, Any], line: int, name: str) -> None:
    for key, value in found.items():
        if (size := len(_cell(value))) > MAX_FIELD:
            raise FileError(
                f"{key[:40]} is a cell of {size:,} characters; at most {MAX_FIELD:,} are allowed.",
                where=f"{name}, line {line:,}",
                todo="Remove that key.",
            )
