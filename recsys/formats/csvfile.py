"""A CSV file as a stream of checked batches: only the wanted columns, every row accounted for.

The text is cut at line ends into chunks of some megabytes, and each chunk is parsed by itself, so
that all processors work. A chunk at whose end a quoted cell is open is parsed again together with
the next.
"""

import os
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from recsys.errors import FileError
from recsys.formats.alphabets import Doubt
from recsys.formats.batch import Batch
from recsys.formats.chunks import MAX_RECORD, Texts, texts_of
from recsys.formats.decoding import doubt_of_mixed, encoding_if_not_utf8, not_utf8
from recsys.formats.encodings import UTF8
from recsys.formats.layout import Layout
from recsys.formats.parsing import Parsed, Refused, parsed
from recsys.formats.source import Source

WORKERS = min(4, (os.cpu_count() or 1) + 1)  # one may wait for memory or the disk
_JUDGED = 1_000  # lines of a chunk by which their alphabet is told
AHEAD = 3  # chunks that are parsed while the codes of those before are brought together


@dataclass(eq=False)
class OtherEncoding(Exception):
    """The text is not UTF-8, as only a later part of it shows, and what it is instead."""

    encoding: str
    doubt: Doubt | None


def csv_batches(
    source: Source, layout: Layout, wanted: dict[str, pa.DataType]
) -> Generator[Batch, None, None]:
    """Read the columns named in `wanted`, as `TEXT` or `CODED`.

    Raises
    ------
    FileError
        If the file cannot be read as text or as CSV, with the line.
    OtherEncoding
        If the layout says UTF-8, but the text is something else.
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
    ahead: deque[tuple[bytes, int, Future[Parsed]]] = deque()
    line, all_ascii, name = texts.line, True, texts.name

    def parse(text: bytes, position: int, last: bool) -> tuple[bytes, int, Future[Parsed]]:
        return text, position, pool.submit(parsed, text, layout, wanted, last)

    def submit_next() -> None:
        if (text := next(rest, None)) is not None:
            ahead.append(parse(text, texts.position(), last=False))

    for _ in range(WORKERS + AHEAD):
        submit_next()
    while ahead:
        text, position, work = ahead.popleft()
        try:
            found = work.result()
        except Refused as error:
            raise _placed(error, line, name) from None
        except UnicodeDecodeError as error:
            if layout.encoding_given or not (all_ascii and text[: error.start].isascii()):
                raise not_utf8(error, line, name) from None
            encoding, doubt = encoding_if_not_utf8(text, error.start)
            if encoding == UTF8:
                raise not_utf8(error, line, name) from None
            raise OtherEncoding(encoding, doubt) from None
        if found.batch is None:
            if not ahead:
                submit_next()
            last = not ahead or len(text) > MAX_RECORD
            more, position, _ = (b"", position, None) if last else ahead.popleft()
            ahead.appendleft(parse(text + more, position, last))
            continue
        submit_next()
        batch = _moved(found.batch, line, position)
        if batch.recoded:
            lines = text.splitlines()
            other = [lines[number - line] for number in batch.recoded[:_JUDGED]]
            batch = replace(batch, doubt=doubt_of_mixed(other))
        yield batch
        line += found.n_lines
        all_ascii = all_ascii and found.ascii


def _moved(batch: Batch, by: int, position: int) -> Batch:
    """The same batch at its place in the file; the array of lines is changed."""
    np.add(batch.lines, by, out=batch.lines)
    return replace(
        batch,
        malformed=tuple((line + by, what) for line, what in batch.malformed),
        blank=tuple(line + by for line in batch.blank),
        changed=tuple((line + by, text) for line, text in batch.changed),
        doubtful=tuple(line + by for line in batch.doubtful),
        marks=tuple(line + by for line in batch.marks),
        recoded=tuple(line + by for line in batch.recoded),
        position=position,
    )


def _placed(error: Refused, line: int, name: str) -> FileError:
    where = f"{name}, line {line + error.line:,}"
    return FileError(error.what, where=where, todo=error.todo, shell=error.shell)
