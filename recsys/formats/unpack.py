"""The plain bytes of a file that may be packed with gzip or zip, in bounded memory."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from recsys.errors import FileError
from recsys.formats.source import Source

GZIP, ZIPS = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
MAX_RATIO = 200
ALWAYS_ALLOWED = 64 << 20
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, ValueError)
"""What a damaged archive raises, one that is locked, and one packed in an unknown way."""


class Plain:
    """Unpacked bytes, read in order, up to a bound.

    A packed file may unpack to `ALWAYS_ALLOWED` bytes, or to `MAX_RATIO` times its packed size,
    whichever is more. Real interaction files pack to a fifth or a tenth.
    """

    def __init__(self, stream: BinaryIO, raw: BinaryIO, source: Source, packed: int | None) -> None:
        self._stream, self._raw, self._source = stream, raw, source
        self._left = None if packed is None else max(ALWAYS_ALLOWED, MAX_RATIO * packed)

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end.

        Raises
        ------
        FileError
            If the packed file is damaged or unpacks to more than the bound.
        """
        try:
            data = self._stream.read(size)
        except BROKEN as error:
            raise FileError(
                f"cannot be unpacked: {error}.",
                where=self._source.name,
                todo="It may be incomplete. Pack it again, or use the unpacked file.",
            ) from None
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise too_much(self._source)
        return data

    def position(self) -> int:
        """How many bytes of the file have been read, as it is (packed, if it is packed)."""
        return self._raw.tell()


def too_much(source: Source) -> FileError:
    """The refusal of a file that unpacks to more than the bound."""
    return FileError(
        f"unpacks to far too much: more than {MAX_RATIO} times its packed size "
        f"and more than {ALWAYS_ALLOWED >> 20} MB.",
        where=source.name,
        todo="If that is correct, unpack it yourself and use the unpacked file.",
    )


def packing_of(source: Source) -> str:
    """``"gzip"``, ``"zip"`` or ``""``, by the file's first bytes and not by its name."""
    with source.stream() as stream:
        head = stream.read(4)
    return "gzip" if head[:2] == GZIP else "zip" if head in ZIPS else ""


@contextmanager
def unpacked(source: Source) -> Iterator[Plain]:
    """Open the file's plain bytes.

    Raises
    ------
    FileError
        If a zip holds not exactly one file, a path that leads out of its folder, or secrets.
    """
    packing = packing_of(source)
    with source.stream() as raw:
        if packing == "gzip":
            with gzip.open(raw, "rb") as stream:
                yield Plain(stream, raw, source, source.size)  # type: ignore[arg-type]
        elif packing == "zip":
            with _archive(raw, source) as archive:
                info = _only_member(archive, source)
                try:
                    member = archive.open(info)
                except BROKEN as error:
                    raise FileError(
                        f"cannot be unpacked: {error}.", where=source.name, todo="Pack it again."
                    ) from None
                with member:
                    yield Plain(member, raw, source, info.compress_size)  # type: ignore[arg-type]
        else:
            yield Plain(raw, raw, source, None)


def _archive(raw: BinaryIO, source: Source) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw)
    except BROKEN as error:
        raise FileError(
            f"begins like a zip file but cannot be read as one: {error}.",
            where=source.name,
            todo="It may be incomplete. Pack it again, or use the unpacked file.",
        ) from None


def _only_member(archive: zipfile.ZipFile, source: Source) -> zipfile.ZipInfo:
    members = [info for info in archive.infolist() if not _ignored(info.filename)]
    for info in members:
        name = info.filename
        if re.match(r"[A-Za-z]:|[/\\]", name) or ".." in re.split(r"[/\\]", name):
            raise FileError(
                f"contains a path that leads outside the archive: {name[:80]!r}.",
                where=source.name,
                todo="Use the unpacked file.",
            )
    if len(members) != 1:
        names = ", ".join(repr(info.filename[:40]) for info in members[:6])
        raise FileError(
            f"contains {len(members)} files{': ' + names if names else ''}; exactly one is needed.",
            where=source.name,
            todo="Pack each file separately, or use the unpacked files.",
        )
    (info,) = members
    if info.flag_bits & 1:
        raise FileError(
            "is protected with a password.", where=source.name, todo="Use the unpacked file."
        )
    if info.file_size > max(ALWAYS_ALLOWED, MAX_RATIO * info.compress_size):
        raise too_much(source)
    return info


def _ignored(name: str) -> bool:
    """Folders, and what macOS and editors add."""
    parts = name.split("/")
    hidden = parts[-1].startswith(".") and parts[-1] not in ("..",)
    return name.endswith("/") or parts[0] == "__MACOSX" or hidden
