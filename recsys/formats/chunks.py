"""The text of a CSV file in chunks of whole lines, and record by record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from recsys.errors import FileError
from recsys.formats.decoding import decoded, read_as_utf8
from recsys.formats.encodings import BY_CHUNK
from recsys.formats.layout import Layout
from recsys.formats.mending import mend
from recsys.formats.records import records
from recsys.formats.signs import single, unescaped, unmarked
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
        line, held = texts.line, b""
        for text, last in _and_whether_last(texts):
            held += text
            lines = decoded_text(held, layout).text.splitlines(keepends=True)
            if layout.quoting:
                width = 0 if layout.strict else len(layout.columns)
                found = mend(lines, layout.sign, width, whole=last)
                if found.is_open and not last:
                    continue
                lines = found.lines
            held = b""
            for n_lines, record in records(lines, layout.sign, layout.mark):
                yield line, record
                line += n_lines


class Decoded(NamedTuple):
    """A chunk in UTF-8, its delimiter one sign.

    Attributes
    ----------
    marks
        Where byte order marks were taken out.
    recoded
        Which lines of a mixture were Windows-1252, from 0.
    """

    text: bytes
    marks: tuple[int, ...]
    recoded: tuple[int, ...]


def decoded_text(text: bytes, layout: Layout) -> Decoded:
    """A chunk as it is parsed, with an end of its last line. What should be UTF-8 is not looked at.

    A last line that is nothing but a byte order mark is a line.
    """
    ends = text.endswith((b"\n", b"\r"))
    text, marks = unmarked(text)
    if not ends:
        text += b"\r" if text.endswith(b"\r") else b"\n"
    text, recoded = decoded(text, layout.encoding)
    if layout.escaped:
        text = unescaped(text)
    return Decoded(single(text, layout.delimiter), marks, recoded)


def _and_whether_last(texts: "Texts") -> Iterator[tuple[bytes, bool]]:
    held: bytes | None = None
    for text in texts:
        if held is not None:
            yield held, False
        held = text
    if held is not None:
        yield held, True


@contextmanager
def texts_of(source: Source, layout: Layout) -> Iterator["Texts"]:
    """Open the text of a file after its header, in UTF-8 or an encoding of `BY_CHUNK`."""
    with unpacked(source) as plain:
        read: Callable[[int], bytes] = plain.read
        if layout.encoding not in BY_CHUNK:
            read = read_as_utf8(read, layout.encoding, source.name)
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
        texts, body, self.name = _cut(read, name), b"", name
        self.line = layout.before + 1
        for text in texts:
            body += text
            lines = body.splitlines(keepends=True)
            if len(lines) > layout.before:
                break
        before = lines[: layout.before] if body else []
        self._first, self._rest = body[sum(map(len, before)) :], texts

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
                todo="Use a CSV or Parquet file.",
            )
    if held:
        yield held
