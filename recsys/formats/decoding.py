"""Text in any of three encodings, as UTF-8."""

import codecs
from collections.abc import Callable

from recsys.errors import FileError, SettingError

UTF8, UTF16, LATIN1 = "UTF-8", "UTF-16", "Latin-1"
_NAMES = {
    "utf8": UTF8,
    "utf8sig": UTF8,
    "utf16": UTF16,
    "latin1": LATIN1,
    "iso88591": LATIN1,
    "cp1252": LATIN1,
    "windows1252": LATIN1,
}
BOM8 = codecs.BOM_UTF8
_BOM16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

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


def encoding_named(name: str) -> str:
    """The encoding that a person means, whatever its spelling.

    Raises
    ------
    SettingError
        If it is not one of the three.
    """
    plain = "".join(sign for sign in name.lower() if sign.isalnum())
    if plain not in _NAMES:
        raise SettingError(
            f"{name!r} is not known.",
            where="encoding",
            todo=f"Give {UTF8}, {UTF16} or {LATIN1} (which is read as Windows-1252).",
        )
    return _NAMES[plain]


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its beginning.

    A byte order mark decides; then UTF-8, if the bytes are that; then Latin-1. Text whose first
    bytes above 127 are UTF-8, but not the later ones, is damaged UTF-8 and stays UTF-8: reading
    it as Latin-1 would change every letter that is still whole.
    """
    if head[:2] in _BOM16:
        return UTF16
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        return UTF8 if not head[: error.start].isascii() else LATIN1
    return UTF8


def from_latin1(data: bytes) -> bytes:
    """Windows-1252 bytes as UTF-8; nothing is lost, and line ends stay where they are."""
    return data if data.isascii() else codecs.charmap_decode(data, "strict", _WESTERN)[0].encode()


def utf16_as_utf8(read: Read, name: str) -> Read:
    """A reader of UTF-16 bytes as one of UTF-8 bytes; little-endian, where no mark says it."""
    decoder: codecs.IncrementalDecoder | None = None
    lines = 1

    def read_utf8(size: int) -> bytes:
        nonlocal decoder, lines
        text = ""
        while not text:
            data = read(size)
            if decoder is None:
                kind = "utf-16" if data[:2] in _BOM16 else "utf-16-le"
                decoder = codecs.getincrementaldecoder(kind)()
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeError:
                raise FileError(
                    "is not UTF-16.",
                    where=f"{name}, after line {lines:,}",
                    todo="Save it as UTF-8.",
                ) from None
            if not data:
                break
        lines += text.count("\n")
        return text.encode()

    return read_utf8
