"""Whether a file is a workbook, and how much its sheets would take as rectangles.

A cell in the last row and one in the last column make a sheet of 17 thousand million cells of a
file of some hundred bytes; asked for that much memory, a process ends.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from recsys.errors import FileError
from recsys.formats.signatures import OLE2, is_a, mimetype
from recsys.formats.source import Source
from recsys.formats.unpack import ALWAYS_ALLOWED, BROKEN, MAX_RATIO, ZIPS, too_much

MOST = 2_000_000  # cells of a rectangle, or as many for each cell that is filled:
PER_CELL = 50
_BLOCK = 1 << 20
_TAIL = 200
_REF = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
_ROW = re.compile(rb"<table:table-row\b([^>]*?)(/>|>(.*?)</table:table-row>)", re.DOTALL)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/>|>(.*?)</table:)", re.DOTALL)
_AGAIN = re.compile(rb'number-(?:rows|columns)-repeated\s*=\s*["\'](\d{1,9})')
_SAVE = "Save the table in it as CSV."
_OLE = (
    ("EncryptedPackage", "a password-protected document"),
    ("WordDocument", "an old Word document"),
    ("PowerPoint Document", "an old PowerPoint document"),
    ("__substg1.0", "an Outlook message"),
)


def is_workbook(source: Source) -> bool:
    """Whether the file is a workbook, by its content.

    Raises
    ------
    FileError
        If it is another old document of Office, by its name.
    """
    with source.stream() as raw:
        head = raw.read(8)
        if head[:4] in ZIPS:
            return _in_zip(raw)
        if head != OLE2:
            return False
        raw.seek(0)
        data = raw.read(ALWAYS_ALLOWED)
    for name, what in _OLE:
        if name.encode("utf-16-le") in data:
            raise is_a(what, _SAVE, source.name)
    if "Book".encode("utf-16-le") in data or "Workbook".encode("utf-16-le") in data:
        return True
    raise is_a("an old Office document", _SAVE, source.name)


def _in_zip(raw: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(raw) as archive:
            names = set(archive.namelist())
            inside = {"xl/workbook.xml", "xl/workbook.bin"} & names
            return bool(inside) or b"opendocument.spreadsheet" in mimetype(archive)
    except BROKEN:
        return False


def refuse_large(source: Source) -> None:
    """Refuse a workbook that unpacks to too much, or whose sheets are nearly empty and vast.

    Raises
    ------
    FileError
        If so, or if it is not a whole zip.
    """
    with source.stream() as raw:
        if raw.read(4) not in ZIPS:
            return  # the old format: 65,536 rows of 256 cells at most
        try:
            with zipfile.ZipFile(raw) as archive:
                members = archive.infolist()
                most = max(ALWAYS_ALLOWED, MAX_RATIO * source.size)
                if sum(info.file_size for info in members) > most:
                    raise too_much(source)
                for info in members:
                    with archive.open(info) as member:
                        _refuse_vast(info.filename, member, source)  # type: ignore[arg-type]
        except BROKEN as error:
            raise FileError(
                f"is an incomplete workbook: {str(error)[:80]}.",
                where=source.name,
                todo="Save it again, or save it as CSV.",
            ) from None


def _refuse_vast(name: str, member: BinaryIO, source: Source) -> None:
    if name == "content.xml":
        rows, columns, filled = _of_opendocument(member.read())
    elif re.search(r"sheets/[^/]*\.bin$", name):
        rows, columns, filled = _of_records(member.read())
    else:
        rows, columns, filled = _of_references(member)
    if rows * columns > max(MOST, PER_CELL * filled):
        raise FileError(
            f"contains a sheet of {rows:,} rows and {columns:,} columns that is nearly empty.",
            where=source.name,
            todo="Copy only the table to a new workbook, or save it as CSV.",
        )


def _of_references(member: BinaryIO) -> tuple[int, int, int]:
    """Rows and columns up to the last cell that is named (``r="C7"``), and how many are."""
    rows = columns = filled = 0
    for block in _blocks(member):
        for letters, number in _REF.findall(block):
            rows = max(rows, int(number))
            if letters:
                filled += 1
                place = 0
                for letter in letters.upper():
                    place = 26 * place + letter - 64
                columns = max(columns, place)
    return rows, columns, filled


def _blocks(member: BinaryIO) -> Iterator[bytes]:
    """The text in blocks, each cut before a tag."""
    held = b""
    while block := member.read(_BLOCK):
        block = held + block
        end = block.rfind(b"<")
        if end < len(block) - (_TAIL << 10):
            end = len(block)
        yield block[:end]
        held = block[end:]
    yield held


def _of_records(data: bytes) -> tuple[int, int, int]:
    """The same of a binary sheet: records 0 begin a row, 1 to 11 are cells."""
    at = rows = columns = filled = 0
    try:
        while at < len(data):
            kind, at = data[at], at + 1
            if kind > 127:
                kind, at = kind | data[at] << 7, at + 1
            size = shift = 0
            while True:
                byte, at = data[at], at + 1
                size |= (byte & 127) << shift
                shift += 7
                if byte < 128 or shift > 21:
                    break
            if kind <= 11:
                place = int.from_bytes(data[at : at + 4], "little") + 1
                rows = max(rows, place) if kind == 0 else rows
                columns = max(columns, place) if kind else columns
                filled += kind > 0
            at += size
    except IndexError:
        pass  # it is cut off, or not a sheet
    return rows, columns, filled


def _of_opendocument(data: bytes) -> tuple[int, int, int]:
    """The same of a sheet whose rows and cells may be said to repeat."""
    row = rows = columns = filled = 0
    for found in _ROW.finditer(data):
        again = _times(found[1])
        cells = [
            (_times(cell[1]), b"value" in cell[1] or b"<text:" in (cell[3] or b""))
            for cell in _CELL.finditer(found[3] or b"")
        ]
        while cells and not cells[-1][1]:
            cells.pop()
        if cells:
            rows = row + again
            columns = max(columns, sum(count for count, _ in cells))
            filled += len(cells)
        row += again
    return rows, columns, filled


def _times(attributes: bytes) -> int:
    found = _AGAIN.search(attributes)
    return int(found[1]) if found else 1
