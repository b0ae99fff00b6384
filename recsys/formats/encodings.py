"""What encodings are called: by us, by Python, by people."""

import codecs

from recsys.errors import SettingError
from recsys.formats.alphabets import CODECS, LATIN1

UTF8, UTF16, MIXED = "UTF-8", "UTF-16", "mixed"
ENCODINGS = (UTF8, LATIN1, MIXED, UTF16, *CODECS)
"""Those that are offered; any other that Python knows can be given by its name."""
BY_CHUNK = (UTF8, LATIN1, MIXED)
"""Those that are decoded chunk by chunk, on all processors; the others as they are read."""
WIDE = {
    UTF16: "utf-16",
    "UTF-16-LE": "utf-16-le",
    "UTF-16-BE": "utf-16-be",
    "UTF-32": "utf-32",
    "UTF-32-LE": "utf-32-le",
    "UTF-32-BE": "utf-32-be",
}
_SAME = {  # what the web takes for the same, or what is a part of the other
    "ascii": UTF8,
    "utf-8-sig": UTF8,
    "iso8859-1": LATIN1,
    "cp1252": LATIN1,
    "gbk": "GB18030",
    "gb2312": "GB18030",
    "shift_jis": "Shift-JIS",
    "euc_kr": "EUC-KR",
    "big5": "Big5",
}
_NO_TEXT = {"idna", "mbcs", "oem", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}


def encoding_named(name: str) -> str:
    """The encoding that a person means, whatever its spelling.

    Raises
    ------
    SettingError
        If Python knows no encoding of text by that name.
    """
    plain = _plain(name)
    for known in (*ENCODINGS, *WIDE):
        if plain == _plain(known):
            return known
    try:
        found = codecs.lookup("utf-8-sig" if plain == "utf8sig" else name.strip())
        usable = found._is_text_encoding and found.name not in _NO_TEXT
    except (LookupError, ValueError, UnicodeError):
        usable = False
    if not usable:
        raise SettingError(
            f"{name[:40]!r} is not known.",
            where="encoding",
            todo=f"Use one of {', '.join(ENCODINGS)} (Latin-1 is read as Windows-1252; "
            "mixed is UTF-8 with lines of Windows-1252), or another that Python knows.",
            shell="--encoding NAME",
        )
    by_codec = {codecs.lookup(codec).name: name for name, codec in (CODECS | WIDE).items()}
    return _SAME.get(found.name) or by_codec.get(found.name, found.name)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())
