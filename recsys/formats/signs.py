"""Signs in a text that are not of its cells: delimiters of several signs, byte order marks."""

import re

from recsys.formats.decoding import BOM8

SIGNS = {"::": "\x1f"}
"""Delimiters of several signs, and the one that stands for each while the text is parsed."""
_ESCAPED = re.compile(rb'(?<!\\)((?:\\\\)*)\\"')
_BLANKS = re.compile(rb'("(?:[^"\n\r]|"")*")|^ +| +(?=[\r\n]|$)|  +', re.MULTILINE)


def single(text: bytes, delimiter: str) -> bytes:
    """The text with one sign as its delimiter; nothing changes where the delimiter is one sign.

    Of blanks, one is left of several, and none at the ends of a line; quoted cells stay.

    >>> single(b"1::2\\n", "::"), single(b' 1   2 "a  b"\\n', " ")
    (b'1\\x1f2\\n', b'1 2 "a  b"\\n')
    """
    if delimiter in SIGNS:
        return text.replace(delimiter.encode(), SIGNS[delimiter].encode())
    if delimiter == " ":
        return _BLANKS.sub(lambda found: found[1] or (b" " if _is_inner(found) else b""), text)
    return text


def _is_inner(found: re.Match[bytes]) -> bool:
    """Whether blanks stand between two cells."""
    text, begin, end = found.string, found.start(), found.end()
    begins_line = begin == 0 or text[begin - 1 : begin] in (b"\n", b"\r")
    ends_line = end == len(text) or text[end : end + 1] in (b"\n", b"\r")
    return not begins_line and not ends_line


def unescaped(text: bytes) -> bytes:
    """The text with marks in cells doubled, where it has them behind a backslash.

    >>> unescaped(rb'"The \\"Real\\" Story";1')
    b'"The ""Real"" Story";1'
    """
    return _ESCAPED.sub(rb'\1""', text)


def unmarked(text: bytes) -> tuple[bytes, tuple[int, ...]]:
    """The text without the byte order marks with which lines of it begin, and where those begin.

    Files that were glued together have them in the middle.

    >>> unmarked(b"a\\n\\xef\\xbb\\xbfb\\n")
    (b'a\\nb\\n', (2,))
    """
    if text.isascii() or BOM8 not in text:
        return text, ()
    places, kept, at, length = [], [], 0, 0
    begins = 0  # where a line begins, marks before it not counted
    while (found := text.find(BOM8, at)) >= 0:
        after = found + len(BOM8)
        joins = text[found - 1 : found] == b"\r" and text[after : after + 1] == b"\n"
        begins_line = found == begins or text[found - 1 : found] in (b"\n", b"\r")
        if begins_line and not joins:  # of two line ends one would be made
            kept.append(text[at:found])
            places.append(length + found - at)
            begins = after
        else:
            kept.append(text[at:after])
        length += len(kept[-1])
        at = after
    return b"".join([*kept, text[at:]]), tuple(places)
