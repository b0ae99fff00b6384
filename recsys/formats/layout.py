"""How a file is laid out: format, encoding, delimiter, columns; `head` finds it."""

from dataclasses import dataclass
from typing import Literal

from recsys.errors import SettingError
from recsys.formats.alphabets import LATIN1, Doubt
from recsys.formats.encodings import MIXED, encoding_named
from recsys.formats.records import PLAIN
from recsys.formats.signs import SIGNS

DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    "::": "double colons",
    " ": "spaces",
    "\x01": "control-A characters",
}


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """What a person can set about a file; what is None is found.

    Attributes
    ----------
    delimiter
        One of `DELIMITERS`; a blank stands for one or more of them.
    encoding
        UTF-8, Latin-1, Windows-1251, …, in any spelling; ``"mixed"`` for UTF-8 in which some lines
        are Windows-1252.
    header
        Whether the first line names the columns. Without one they are ``column 1``, …
    quoting
        Whether a quotation mark at the beginning of a cell opens a quoted one, or is a sign like
        any other. None: it opens one, unless that would swallow rows.
    """

    delimiter: str | None = None
    encoding: str | None = None
    header: bool | None = None
    quoting: bool | None = None

    def __post_init__(self) -> None:
        if self.delimiter is not None and self.delimiter not in DELIMITERS:
            raise SettingError(
                f"{self.delimiter!r} is not known.",
                where="delimiter",
                todo="Use one of , ; | :: or a tab, a space or control-A.",
                shell="--delimiter CHARACTER",
            )
        if self.encoding is not None:
            object.__setattr__(self, "encoding", encoding_named(self.encoding))


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a file is read. `delimiter` and `encoding` are empty where the format has none.

    Attributes
    ----------
    strict
        Whether a quotation mark opens a cell even where that swallows what looks like rows.
    escaped
        Whether a quotation mark in a quoted cell stands behind a backslash.
    before
        Lines of a text file before its first row, that of the names included.
    notes
        What else was met, in sentences.
    doubt
        Another encoding that the text may be in.
    """

    format: Literal["CSV", "JSON lines", "Parquet", "workbook"] = "CSV"
    packing: str = ""
    encoding: str = ""
    encoding_given: bool = False
    marked: bool = False
    delimiter: str = ""
    header: bool = True
    quoting: bool = True
    strict: bool = False
    escaped: bool = False
    before: int = 0
    notes: tuple[str, ...] = ()
    doubt: Doubt | None = None
    columns: tuple[str, ...]

    @property
    def sign(self) -> str:
        """The one sign that the parser takes for the delimiter; see `single`."""
        return SIGNS.get(self.delimiter, self.delimiter)

    @property
    def mark(self) -> str:
        """The quotation mark, or `PLAIN`."""
        return '"' if self.quoting else PLAIN

    @property
    def unit(self) -> str:
        """What a place in the file is called."""
        return "line" if self.format in ("CSV", "JSON lines") else "row"

    def as_dict(self) -> dict[str, str]:
        """The layout in words."""
        mark = " with a byte order mark" if self.marked else ""
        western = {LATIN1: " (as Windows-1252)", MIXED: " (UTF-8 and Windows-1252)"}
        has_header = self.format in ("CSV", "workbook")
        found = {
            "format": self.format,
            "packing": self.packing or "none",
            "encoding": self.encoding + mark + western.get(self.encoding, ""),
            "delimiter": DELIMITERS.get(self.delimiter, ""),
            "quoting": "off" if not self.quoting else "strict" if self.strict else "",
            "header": ("yes" if self.header else "no") if has_header else "",
        }
        return {name: value for name, value in found.items() if value}
