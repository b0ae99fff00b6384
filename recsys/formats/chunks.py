"""The text of a CSV file in chunks of whole lines, and record by record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from recsys.errors import FileError
from recsys.formats.decoding import BOM8, LATIN1, UTF8, UTF16, from_latin1, utf16_as_utf8
from recsys.formats.layout import Layout
from recsys.formats.records import records
from recsys.formats.source import Source
from recsys.formats.unpack import unpacked

CHUNK = 4 << 20  # bytes, of a large file; each costs a moment, and each that is read ahead memory
FIRST = 1 << 19  # bytes, of the first ones
SHARE = 16  # a chunk is no more than this part of what was read before
MAX_RECORD = 32 << 20


def csv_records(source: Source, layout: Layout) -> Iterator[tuple[int, bytes]]:
    """Every record after the header as it stands in the file, in UTF-8, and its first line.

    This goes through the file line by line, which is slower than `csv_batches` by far.
    """
    with texts_of(source, layout) as texts:
        decode = from_latin1 if layout.encoding == LATIN1 else bytes
        lines = (line for text in texts for line in decode(text).splitlines(keepends=True))
        line = texts.line
        for n_lines, record in records(lines, layout.delimiter):
            yield line, record
            line += n_lines


@contextmanager
def texts_of(source: Source, layout: Layout) -> Iterator["Texts"]:
    """Open the text of a file after its header, as UTF-8 or Latin-1."""
    with unpacked(source) as plain:
        read: Callable[[int], bytes] = plain.read
        if layout.encoding == UTF16:
            read = utf16_as_utf8(read, source.name)
        yield Texts(read, layout, source.name, plain.position)


class Texts:
    """The chunks of a text after its header.

    Attributes
    ----------
    line
        The number of the first one's line.
    position
        Gives how many bytes of the file have been read for the chunks so far.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        layout: Layout,
        name: str,
        position: Callable[[], int],
    ) -> None:
        self.position = position
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
    """Cut a text after line ends into chunks of `FIRST` to `CHUNK` bytes, the later the larger."""
    held, done = b"", 0
    while block := read(min(CHUNK, max(FIRST, done // SHARE))):
        done += len(block)
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


def line_ends(text: bytes) -> int:
    """How many lines end in a text: with ``\\n``, ``\\r\\n`` or ``\\r``."""
    found = text.count(b"\n")
    if b"\r" in text:
        found += text.count(b"\r") - text.count(b"\r\n")
    return found
