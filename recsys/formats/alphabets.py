"""In which encoding a text is that is not UTF-8, by the letters that it would have in each.

Files of articles hold short texts. charset-normalizer, which is made for pages, missed a fifth to a
half of the titles in tests/recsys/formats/test_alphabets.py: it takes Spanish for Windows-1250 and
Russian in KOI8-R for Shift-JIS. So each reading is measured here by the letters that are common in
a language; where none is far ahead, it is offered and not taken.
"""

import re
from typing import NamedTuple

_RUSSIAN, _GREEK = "оеаинтсрвлкмдпуыяьбгізйчхжюєї", "αοιετσνηυρπκμλςίόέάήώύγδθχφβ"
_HEBREW, _ARABIC = "יוהלאתרמבשנחםדקטגפכעזצסןךףץ", "اليمونرتبةعدسفهكحقجشخصطضغزثذظءأإىئؤآ"
_WESTERN = (
    "éèàùâêîôûëïüÿçœæ", "äöüß", "áéíóúñü", "ãõáéíóúâêôàç", "àèéìòù", "åäöæøé", "áéíóúýþæöð",
)  # fmt: skip
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áčďéíĺľňóôŕšťúýžä", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_TURKISH = ("çğıöşüâ",)

LATIN1 = "Latin-1"
_SPACED: dict[str, tuple[str, tuple[str, ...]]] = {
    "Windows-1251": ("cp1251", (_RUSSIAN,)),
    "KOI8-R": ("koi8_r", (_RUSSIAN,)),
    "KOI8-U": ("koi8_u", (_RUSSIAN,)),
    "ISO-8859-5": ("iso8859_5", (_RUSSIAN,)),
    "IBM866": ("cp866", (_RUSSIAN,)),
    "Mac-Cyrillic": ("mac_cyrillic", (_RUSSIAN,)),
    "Windows-1253": ("cp1253", (_GREEK,)),
    "ISO-8859-7": ("iso8859_7", (_GREEK,)),
    "Windows-1255": ("cp1255", (_HEBREW,)),
    "Windows-1256": ("cp1256", (_ARABIC,)),
    "ISO-8859-6": ("iso8859_6", (_ARABIC,)),
    "Windows-1250": ("cp1250", _CENTRAL),
    "ISO-8859-2": ("iso8859_2", _CENTRAL),
    "Windows-1254": ("cp1254", _TURKISH),
    "IBM850": ("cp850", _WESTERN),
    "Mac-Roman": ("mac_roman", _WESTERN),
}
"""Encodings of one byte a letter: Python's name, and the letters of each language."""

ONE_BYTE = frozenset(_SPACED)

_PAIRED: dict[str, tuple[str, str]] = {
    "Shift-JIS": ("cp932", r"[\u3040-\u30ff]"),
    "EUC-JP": ("euc_jp", r"[\u3040-\u30ff]"),
    "EUC-KR": ("cp949", r"[\uac00-\ud7a3]"),
    "GB18030": ("gb18030", r"[\u4e00-\u9fff]"),  # Korean looks like Chinese, so it stands before
    "Big5": ("cp950", r"[\u4e00-\u9fff]"),
}
"""Encodings of two bytes a sign, as Python's most inclusive, and the signs that tell them."""

CODECS = {name: codec for name, (codec, _) in (_SPACED | _PAIRED).items()}
_BEFORE, _AFTER = "–—“‘«¿¡€£§©•·°½¼¾„", "’”»…™®°ºª"
"""Signs that stand before, and after, a word in many languages."""
_APART = (_RUSSIAN, _GREEK, _HEBREW, _ARABIC)
_SAMPLE = 1 << 14  # bytes
_LEAST, _AHEAD = 0.4, 0.1  # of a reading that is offered: its score, and what Latin-1 has less
_OFFERED = ("IBM850", "Mac-Roman")  # of DOS and of old Macs: their letters are signs of Latin-1
_SELDOM = ("Mac-Cyrillic", *_OFFERED)  # small letters of the former are those of Windows-1251
_RARE = 0.04
_GOOD, _FAR_AHEAD, _LETTERS = 0.7, 0.25, 8  # of one that is taken, with as many letters


class Doubt(NamedTuple):
    """Another encoding that a text may be in.

    Attributes
    ----------
    encoding
        Its name.
    now, then
        The first words that would differ, as they are read and as they would be.
    """

    encoding: str
    now: str
    then: str


def sample_of(raw: bytes) -> bytes:
    """The lines of a text that hold more than ASCII, of which there are enough."""
    if raw.isascii():
        return b""
    found, size = [], 0
    for line in raw.splitlines(keepends=True):
        if not line.isascii():
            found.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    if len(found) > 1 and not found[-1].endswith((b"\n", b"\r")):
        found.pop()  # it may be cut in the middle of a letter
    return b"".join(found)


def alphabet_of(raw: bytes, western: str) -> tuple[str, bool]:
    """The best encoding of a text that is no UTF-8, and whether it is sure.

    Parameters
    ----------
    western
        What each of the 256 bytes means in `LATIN1`, which is the answer where no other is better.
    """
    sample = sample_of(raw)
    as_western = _spaced(sample.decode("latin-1").translate(dict(enumerate(western))), _WESTERN)
    scores = {}
    for name, codec in CODECS.items():
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        scores[name] = _paired(text, name) if name in _PAIRED else _spaced(text, _SPACED[name][1])
    for name in {*_SELDOM} & scores.keys():
        scores[name] -= _RARE
    best = max(scores, key=scores.__getitem__, default=LATIN1)
    lead = scores.get(best, 0.0) - as_western
    if best == LATIN1 or scores[best] < _LEAST or lead < _AHEAD:
        return LATIN1, True
    n_letters = sum(sign.isalpha() for sign in sample.decode(CODECS[best]) if sign > "\x7f")
    if best in _OFFERED:
        return best, False
    return best, n_letters >= _LETTERS and scores[best] > _GOOD and lead > _FAR_AHEAD


def _spaced(text: str, languages: tuple[str, ...]) -> float:
    """The share beyond ASCII of letters of one language and of signs, where they may be.

    A capital after a small letter is in the wrong place, and so is a letter of another alphabet
    beside one of ASCII. Of another alphabet, the commoner half of its letters counts more.
    """
    wide = [
        (sign, sign.lower(), text[i - 1] if i else " ")
        for i, sign in enumerate(text)
        if sign > "\x7f"
    ]

    def share(letters: str) -> float:
        apart = letters in _APART
        weight = {
            letter: 0.6 if apart and place >= len(letters) // 2 else 1.0
            for place, letter in enumerate(letters)
        }
        total = 0.0
        for sign, small, before in wide:
            misplaced = sign != small and before.islower()
            if sign in _BEFORE + _AFTER:
                total += sign in _AFTER or not before.isalpha()
            elif not misplaced and not (apart and before.isascii() and before.isalpha()):
                total += weight.get(small, 0.0)
        return total / max(1, len(wide))

    return max(map(share, languages))


def _paired(text: str, name: str) -> float:
    """The share of the signs beyond ASCII that are common ones of the language."""
    wide = [sign for sign in text if sign > "\x7f"]
    telling = len(re.findall(_PAIRED[name][1], "".join(wide)))
    if not wide or telling * 10 < len(wide):
        return 0.0
    codes = [sign.encode(CODECS[name], "replace") for sign in wide]
    return sum(len(code) == 2 and _is_common(name, *code) for code in codes) / len(wide)


def _is_common(name: str, lead: int, trail: int) -> bool:
    """Whether two bytes are a sign of the encoding's first level, which holds the common ones."""
    if name == "Shift-JIS":
        return 0x81 <= lead <= 0x98
    if name == "Big5":
        return 0xA1 <= lead <= 0xC6
    if name == "EUC-JP":
        return lead in (0xA1, 0xA4, 0xA5) or 0xB0 <= lead <= 0xCF
    last = 0xC8 if name == "EUC-KR" else 0xD7
    return trail > 0xA0 and (0xB0 <= lead <= last or lead in (0xA1, 0xA3))
