"""Text in any encoding, as UTF-8."""

import codecs
import re
from collections.abc import Callable, Iterable

import numpy as np

from recsys.errors import FileError
from recsys.formats.alphabets import CODECS, LATIN1, ONE_BYTE, Doubt, alphabet_of, sample_of
from recsys.formats.encodings import BY_CHUNK, MIXED, UTF8, UTF16, WIDE

BOM8 = codecs.BOM_UTF8
_BOM16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BOM32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARK = "\ufeff"
_HEAD = 1 << 10  # bytes in which zeros are looked for
_SHOWN = 40
_LINES = 2  # of UTF-8 in a text of Latin-1 that make it a mixture
_RUN = 4  # signs of UTF-8 at the beginning that no other encoding has by chance

Read = Callable[[int], bytes]


def _western() -> str:
    """What each byte means in "Latin-1": Windows-1252, as the web reads it.

    The five bytes that Windows-1252 leaves open keep their meaning in ISO 8859-1, so that no two
    bytes become the same character.
    """
    table = []
    for byte in range(256):
        try:
            table.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            table.append(chr(byte))
    return "".join(table)


_WESTERN = _western()


def encoding_of(head: bytes) -> tuple[str, Doubt | None]:
    """The encoding of a text by its beginning, and another one that is as likely.

    A byte order mark decides; then the pattern of zero bytes; then UTF-8, if the bytes are that;
    then the letters. Text that is mostly UTF-8 is damaged UTF-8 and stays it: reading it otherwise
    would change every letter that is still whole.
    """
    if head[:4] in _BOM32:
        return "UTF-32", None
    if head[:2] in _BOM16:
        return UTF16, None
    if wide := _by_zeros(head):
        return wide, None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        return encoding_if_not_utf8(head, error.start)
    return UTF8, None


def encoding_if_not_utf8(text: bytes, at: int) -> tuple[str, Doubt | None]:
    """The encoding of a text that is not UTF-8 from a place on, and another one that is as likely.

    It is UTF-8 all the same where it is that for the most part, and so is damaged.
    """
    return (UTF8, None) if _is_damaged(text, at) else _by_letters(text)


def _by_letters(text: bytes) -> tuple[str, Doubt | None]:
    found, sure = alphabet_of(text, _WESTERN)
    if found == LATIN1:
        return LATIN1, _mixture(text, LATIN1)
    if sure:
        return found, _mixture(text, found) if found in ONE_BYTE else None
    for line in sample_of(text).splitlines():
        now, then = first_words(line, LATIN1), first_words(line, found)
        if now != then:
            return LATIN1, Doubt(encoding=found, now=now, then=then)
    return LATIN1, None  # both read all of it alike


def _mixture(text: bytes, encoding: str) -> Doubt | None:
    """A doubt where some lines of a text are UTF-8, which is hardly ever by chance.

    Only with Latin-1 can they be read together.
    """
    lines = [line for line in sample_of(text).splitlines() if _is_utf8(line)]
    if len(lines) < _LINES:
        return None
    then = MIXED if encoding == LATIN1 else UTF8
    return Doubt(then, first_words(lines[0], encoding), first_words(lines[0], UTF8))


def doubt_of_mixed(lines: Iterable[bytes], surely: bool = False) -> Doubt | None:
    """A doubt where lines of a mixture that are not UTF-8 look like another alphabet.

    With `surely` only where there is no doubt that they are.
    """
    other = b"\n".join(line for line in lines if not _is_utf8(line))
    found, sure = alphabet_of(other, _WESTERN)
    if found == LATIN1 or (surely and not sure):
        return None
    for line in sample_of(other).splitlines():
        now, then = first_words(line, LATIN1), first_words(line, found)
        if now != then:
            return Doubt(found, now, then)
    return None


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _by_zeros(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: names of columns are mostly ASCII, with zeros between."""
    start = head[:_HEAD]
    zeros = [start[place::4].count(0) * 4 / max(1, len(start)) for place in range(4)]
    patterns = {  # in which of four places the zeros are
        "UTF-32-LE": (0, 1, 1, 1),
        "UTF-32-BE": (1, 1, 1, 0),
        "UTF-16-LE": (0, 1, 0, 1),
        "UTF-16-BE": (1, 0, 1, 0),
    }
    for name, pattern in patterns.items():
        if all(
            share > 0.2 if expected else share < 0.02
            for share, expected in zip(zeros, pattern, strict=True)
        ):
            text = start[: len(start) // 4 * 4].decode(WIDE[name], "replace")
            signs = [sign for sign in text if not sign.isprintable() and sign not in "\t\r\n"]
            return name if len(signs) * 50 <= len(text) else ""
    return ""


def _is_damaged(head: bytes, at: int) -> bool:
    """Whether bytes that are not UTF-8 from `at` on are it for the most part."""
    text = sample_of(head).decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(sign > "\x7f" for sign in text) - bad
    before = head[:at].decode("utf-8", "replace")
    first = sum(sign > "\x7f" for sign in before)
    if good >= bad or first >= _RUN:
        return True
    return first > 0 and alphabet_of(head, _WESTERN)[0] == LATIN1


def from_latin1(data: bytes) -> bytes:
    """Windows-1252 bytes as UTF-8; nothing is lost, and line ends stay where they are."""
    return data if data.isascii() else codecs.charmap_decode(data, "strict", _WESTERN)[0].encode()


def from_mixed(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Each line as UTF-8 if it is that, or else as Windows-1252, and which those are, from 0."""
    if _is_utf8(data):
        return data, ()
    lines, changed = data.splitlines(keepends=True), []
    for number, line in enumerate(lines):
        if not _is_utf8(line):
            lines[number] = from_latin1(line)
            changed.append(number)
    return b"".join(lines), tuple(changed)


def decoded(text: bytes, encoding: str) -> tuple[bytes, tuple[int, ...]]:
    """Whole lines in an encoding of `BY_CHUNK` as UTF-8, and which of a mixture were not, from 0.

    What should be UTF-8 is not looked at.
    """
    if encoding == LATIN1:
        return from_latin1(text), ()
    return from_mixed(text) if encoding == MIXED else (text, ())


def as_utf8(text: bytes, encoding: str) -> bytes:
    """The beginning of a text as UTF-8, without a letter that is cut at its end.

    Raises
    ------
    UnicodeError
        If it is not in that encoding; what should be UTF-8 is not looked at.
    """
    if encoding in BY_CHUNK:
        return decoded(text.removeprefix(BOM8), encoding)[0]
    decoder = codecs.getincrementaldecoder(_codec(encoding, text))()
    return decoder.decode(text).removeprefix(_MARK).encode()


def _codec(encoding: str, head: bytes) -> str:
    """Python's name; of UTF-16 without a mark as its zeros are, or else little-endian."""
    marks = {UTF16: _BOM16, "UTF-32": _BOM32}
    if encoding in marks and not head.startswith(marks[encoding]):
        found = _by_zeros(head)
        return WIDE[found if found.startswith(encoding) else f"{encoding}-LE"]
    return CODECS.get(encoding) or WIDE.get(encoding, encoding)


def read_as_utf8(read: Read, encoding: str, name: str) -> Read:
    """A reader of bytes in an encoding as one of UTF-8 bytes.

    What it gives raises a `FileError`, with the line, where the bytes are not in that encoding.
    """
    decoder: codecs.IncrementalDecoder | None = None
    line = 1

    def read_utf8(size: int) -> bytes:
        nonlocal decoder, line
        text = ""
        while not text:
            data = read(size)
            first = decoder is None
            if decoder is None:
                decoder = codecs.getincrementaldecoder(_codec(encoding, data))()
            try:
                text = decoder.decode(data, final=not data)
                made = text.encode()
            except UnicodeError as error:
                raise _not_in(encoding, error, line, name) from None
            if first and text.startswith(_MARK):
                text, made = text[1:], made[3:]
            if not data:
                break
        line += line_ends(made)
        return made

    return read_utf8


def _not_in(encoding: str, error: UnicodeError, line: int, name: str) -> FileError:
    """What is said where a decoder stops; the line is that of the text that it was given."""
    if isinstance(error, UnicodeDecodeError):
        line += line_ends(error.object[: error.start].decode(error.encoding, "replace").encode())
    return FileError(
        f"is not encoded as {encoding}.",
        where=f"{name}, line {line:,}",
        todo="Choose another encoding, or save the file as UTF-8.",
        shell="--encoding NAME",
    )


def not_utf8(error: UnicodeDecodeError, line: int, name: str) -> FileError:
    """The refusal of a text that begins on a line and is not UTF-8."""
    line += line_ends(error.object[: error.start])
    what = f"is not UTF-8 (byte 0x{error.object[error.start]:02X})."
    where = f"{name}, line {line:,}"
    if doubt := doubt_of_mixed(error.object.splitlines(), surely=True):
        return FileError(
            f"{what} It looks like {doubt.encoding} ({doubt.then!r}), probably because files of "
            "two encodings were joined.",
            where=where,
            todo="Save the file in one encoding, such as UTF-8.",
        )
    return FileError(
        what,
        where=where,
        todo='Set its encoding to "mixed", which reads such lines as Windows-1252, or to the right '
        "one; or save the file as UTF-8.",
        shell="--encoding mixed",
    )


def line_ends(text: bytes) -> int:
    """How many lines end in a text: with ``\\n``, ``\\r\\n`` or ``\\r``."""
    found = int(np.count_nonzero(np.frombuffer(text, np.uint8) == ord("\n")))  # faster than count
    if b"\r" in text:
        found += text.count(b"\r") - text.count(b"\r\n")
    return found


def first_words(text: bytes, encoding: str) -> str:
    """The first words beyond ASCII as they read in an encoding.

    They are "" where there are none, and where the text cannot be in that encoding.
    """
    sample = sample_of(text)
    if encoding in WIDE:
        sample = text if text[:2] in _BOM16 or _by_zeros(text) else b""
    try:
        read = as_utf8(sample, encoding).decode()
    except (UnicodeError, LookupError):
        return ""
    at = next((i for i, sign in enumerate(read) if sign > "\x7f"), -1)
    if at < 0:
        return ""
    start = max(read.rfind(sign, 0, at) for sign in ' ,;|\t"\n\r') + 1
    words = re.split(r'[,;|\t"\n\r]', read[start : start + _SHOWN])[0]
    return "".join(sign for sign in words if sign.isprintable())
