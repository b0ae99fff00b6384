"""Files that are no tables, or not in a format that is read: each by its name, and what to do."""

import re
import zipfile
from collections.abc import Iterable

from recsys.errors import FileError
from recsys.formats.unpack import BROKEN

HEAD = 4096
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK = "Unpack it and use the file inside, or pack it with gzip or zip."
_EXPORT = "Export the table as CSV or Parquet."
_SAVE = "Save the table in it as CSV."
_DOWNLOAD = "The server may have sent a web page instead. Download the file itself."
_FEATHER = "Write it as Parquet, in Python: pandas.read_feather(FILE).to_parquet(NEW)."
_PYTHON = "Load it in Python, and write the table with to_csv or to_parquet."
_FRONT = rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*"

_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"ARROW1", "a Feather file (Arrow)", _FEATHER),
    (0, b"FEA1", "a Feather file (version 1)", _FEATHER),
    (0, b"ORC", "an ORC file", "Write it as Parquet, in Python: pandas.read_orc(FILE)."),
    (0, b"Obj\x01", "an Avro file", _EXPORT),
    (0, b"PARE", "an encrypted Parquet file", "Export it without encryption."),
    (0, b"DELTA_BINARY", "a part of a Parquet file", _EXPORT),
    (0, b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (8, b"DUCK", "a DuckDB database", _EXPORT),
    (4, b"Standard Jet DB", "an Access database", _EXPORT),
    (4, b"Standard ACE DB", "an Access database", _EXPORT),
    (0, b"\x89HDF\r\n\x1a\n", "an HDF5 file", _PYTHON),
    (0, b"CDF\x01", "a NetCDF file", _PYTHON),
    (0, b"\x93NUMPY", "a numpy array", _PYTHON),
    (0, b"RDX2\n", "an R data file", "Write the table in R: write.csv(…, row.names = FALSE)."),
    (0, b"RDX3\n", "an R data file", "Write the table in R: write.csv(…, row.names = FALSE)."),
    (0, b"X\n\x00\x00\x00", "an R data file", "In R: write.csv(readRDS(FILE), NEW)."),
    (0, b"<stata_dta>", "a Stata file", _EXPORT),
    (0, b"$FL2", "an SPSS file", _EXPORT),
    (0, b"$FL3", "an SPSS file", _EXPORT),
    (0, b"HEADER RECORD*******", "a SAS transport file", _EXPORT),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "a SAS file", _EXPORT),
    (0, b"MATLAB 5.0 MAT-file", "a MATLAB file", _EXPORT),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"\xfd7zXZ\x00", "packed with xz", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "packed with zstd", _UNPACK),
    (0, b"\x04\x22\x4d\x18", "packed with lz4", _UNPACK),
    (0, b"\xff\x06\x00\x00sNaPpY", "packed with Snappy", _UNPACK),
    (0, b"\x1f\x9d", "packed with compress", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\x89PNG\r\n", "an image (PNG)", _EXPORT),
    (0, b"\xff\xd8\xff", "an image (JPEG)", _EXPORT),
    (0, b"GIF8", "an image (GIF)", _EXPORT),
    (0, b"II*\x00", "an image (TIFF)", _EXPORT),
    (0, b"MM\x00*", "an image (TIFF)", _EXPORT),
    (8, b"WEBP", "an image (WebP)", _EXPORT),
    (4, b"ftyp", "a video or an image", _EXPORT),
    (0, b"bplist", "a macOS property list", _EXPORT),
    (0, b"\x7fELF", "a program", _EXPORT),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut", "Use the file it points to."),
)
"""Place, bytes, name, and what to do; only where other bytes at the beginning are of no text."""

_TEXTS: tuple[tuple[bytes, str, str], ...] = (
    (
        rb"version https://git-lfs\.github\.com/spec/",
        "a Git LFS pointer, not the file itself",
        "Run `git lfs pull`, then use the file.",
    ),
    (
        rb"(\.\./)*(\.git)?/annex/objects/",
        "a git-annex pointer, not the file itself",
        "Run `git annex get`, then use the file.",
    ),
    (rb"%PDF-", "a PDF", "Use the file that it was made from."),
    (rb"\{\\rtf", "a text document (RTF)", _SAVE),
    (rb"BZh[1-9](1AY&SY|\x17rE8P\x90)", "packed with bzip2", _UNPACK),
    (rb"\[InternetShortcut\]", "a web shortcut", "Use the file it points to."),
    (
        _FRONT + rb"(<\?xml[^>]*>\s*)?(<\?mso-application[^>]*Excel|<(ss:)?Workbook\b)",
        "an Excel workbook in XML",
        "Save it as CSV or as .xlsx.",
    ),
    (
        _FRONT + rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*"
        rb"<(!doctype\s+html|html|head|body|title|meta|script|style|table|div|p|br|h[1-6])\b",
        "an HTML page",
        _DOWNLOAD,
    ),
    (_FRONT + rb"(<\?xml\b|<!DOCTYPE\b|<(rss|feed|urlset|Error|root)\b)", "XML", _EXPORT),
    (
        rb"(-- (MySQL|MariaDB|PostgreSQL) |(--[^\n]*\n|/\*.*?\*/|\s)*"
        rb"(CREATE|DROP) TABLE |(--[^\n]*\n|\s)*INSERT INTO )",
        "a database dump (SQL)",
        _EXPORT,
    ),
)
_KNOWN = tuple(
    (re.compile(rule, re.DOTALL | re.IGNORECASE), what, todo) for rule, what, todo in _TEXTS
)
_PICKLES = b"\x02\x03\x04\x05"
_STATA = range(0x69, 0x74)
_OF_ZIP = (
    (r"word/document\.xml", "a Word document", _SAVE),
    (r"ppt/presentation\.xml", "a PowerPoint document", _SAVE),
    (r"Index/.*\.iwa|Index\.zip", "a Numbers or Pages document", "Export it as CSV."),
    (r".*\.npy", "a numpy archive", _PYTHON),
    (r"META-INF/MANIFEST\.MF", "a Java archive", _EXPORT),
    (r"data\.pkl|.*/data\.pkl", "a PyTorch file", _PYTHON),
)
_ODF = {
    b"opendocument.text": "a text document (OpenDocument)",
    b"opendocument.presentation": "a presentation (OpenDocument)",
    b"epub": "an e-book",
}


def refuse_known(head: bytes, name: str) -> None:
    """Refuse a file whose first `HEAD` bytes are those of a known format.

    Raises
    ------
    FileError
        With the name of the format and what to do.
    """
    for rule, what, todo in _KNOWN:
        if rule.match(head):
            raise is_a(what, todo, name)
    if not _is_binary(head):
        return
    for at, magic, what, todo in _MAGIC:
        if head.startswith(magic, at):
            raise is_a(what, todo, name)
    if head[:1] == b"\x80" and head[1:2] and head[1] in _PICKLES:
        raise is_a("a Python pickle", _PYTHON, name)
    if head[:8] == b"\xff\xff\xff\xff" + head[4:8] and head[7:8] == b"\x00":
        raise is_a("an Arrow stream", _FEATHER, name)
    if len(head) > 109 and head[0] in _STATA and head[1] in (1, 2) and head[2] == 1:
        raise is_a("a Stata file", _EXPORT, name)


def refuse_in_zip(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse documents that are a zip of several files.

    Raises
    ------
    FileError
        With the kind of document and what to do.
    """
    names = archive.namelist()
    for rule, what, todo in _OF_ZIP:
        if _any(rule, names):
            raise is_a(what, todo, name)
    kind = mimetype(archive)
    for word, what in _ODF.items():
        if word in kind:
            raise is_a(what, _SAVE, name)


def mimetype(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says that it is; nothing for other archives."""
    try:
        info = archive.getinfo("mimetype")
        with archive.open(info) as member:
            return member.read(200)
    except (KeyError, *BROKEN):
        return b""


def is_a(what: str, todo: str, name: str) -> FileError:
    """The refusal of a file that is something else."""
    return FileError(f"is {what}.", where=name, todo=todo)


def _any(rule: str, names: Iterable[str]) -> bool:
    found = re.compile(rule)
    return any(found.fullmatch(name) for name in names)


def _is_binary(head: bytes) -> bool:
    """Whether there are control signs, or bytes of no text, among the first ones."""
    return bool(re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head[:512])) or not head[:4].isascii()
