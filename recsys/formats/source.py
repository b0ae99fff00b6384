"""A file as it came: in memory (an upload) or on disk (a path). Read as a stream, never whole."""

import hashlib
import io
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from recsys.errors import FileError

if TYPE_CHECKING:
    import pandas as pd

_STEP = 4 << 20


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file's name, for messages, and where its bytes are: in ``data`` or at ``path``."""

    name: str
    data: bytes | None = field(default=None, repr=False)
    path: Path | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.path is None):
            raise TypeError("a source has either data or a path")

    @classmethod
    def open(cls, path: str | Path, name: str | None = None) -> "Source":
        """Name a file on disk, without reading it.

        Raises
        ------
        FileError
            If it is not there or cannot be read.
        """
        source = cls(name=name or Path(path).name, path=Path(path))
        with source.stream():
            return source

    @classmethod
    def of(cls, given: "str | Path | pd.DataFrame | Source", name: str) -> "Source":
        """A source of whatever somebody has: a path, a table (which is called `name`), a source.

        Raises
        ------
        FileError
            If there is no such file, or a table's columns cannot be written as Parquet.
        """
        if isinstance(given, Source):
            return given
        if isinstance(given, str | Path):
            return cls.open(given)
        try:
            return cls(name=name, data=given.to_parquet(index=False))
        except (AttributeError, TypeError, ValueError) as error:  # ArrowInvalid is a ValueError
            raise FileError(
                f"is neither a path nor a table that can be read ({str(error)[:200]}).",
                where=name,
                todo="Give a path, or a DataFrame with named columns of one type each.",
            ) from None

    def stream(self) -> BinaryIO:
        """Open the file's bytes, as they are; the caller closes it.

        Raises
        ------
        FileError
            If it is not there (any more) or cannot be read.
        """
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            return open(self.path, "rb")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise FileError(
                f"cannot be read: {why}.", where=str(self.path), todo="Check the path."
            ) from None

    @property
    def size(self) -> int:
        """Bytes, as the file is (packed, if it is packed)."""
        if self.data is not None:
            return len(self.data)
        with self.stream() as stream:
            return stream.seek(0, io.SEEK_END)

    @property
    def key(self) -> str:
        """Stands for the bytes without reading a file: two sources of one key hold the same.

        Of bytes in memory it is their `digest`; of a path, 32 hexadecimal digits of the path with
        the file's size and times, so that it is another once the file was changed, and tells a
        browser nothing of the server's folders.

        Raises
        ------
        FileError
            If the file is not there (any more) or cannot be read.
        """
        if self.path is None:
            return self.digest
        with self.stream() as stream:
            about = os.fstat(stream.fileno())
        times = f"{about.st_mtime_ns}:{about.st_ctime_ns}"
        which = f"{self.path.resolve()}:{about.st_size}:{times}"
        return hashlib.blake2b(which.encode(errors="surrogateescape"), digest_size=16).hexdigest()

    @cached_property
    def digest(self) -> str:
        """blake2b of the bytes: two sources of the same digest hold the same file."""
        state = hashlib.blake2b(digest_size=16)
        with self.stream() as stream:
            while block := stream.read(_STEP):
                state.update(block)
        return state.hexdigest()
