"""Text that others wrote, shown as it is."""

import re

from recsys.errors import KindredError

# Invisible, and no line may break there. After a colon it keeps `:smile:` and `http://` text.
WORD_JOINER = "\u2060"
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object, limit: int = 300) -> str:
    r"""Escape `text`, so that Markdown shows it letter by letter: no link, icon or formula.

    >>> plain("**a** & <b>")
    '\\*\\*a\\*\\* \\& \\<b\\>'
    """
    words = " ".join(str(text).split())
    if len(words) > limit:
        words = words[: limit - 1] + "…"
    escaped = _SIGNS.sub(r"\\\1", words)
    escaped = re.sub(r"(\\[:@])", rf"\1{WORD_JOINER}", escaped)
    return re.sub(r"(?i)(www)(\\\.)", rf"\1{WORD_JOINER}\2", escaped)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "reader"), counted(1200, "reader")
    ('1 reader', '1,200 readers')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def message(error: KindredError) -> str:
    """An error as Markdown: the place in bold, what is wrong, what to do."""
    place = f"**{plain(error.where)}**: " if error.where else ""
    what = plain(error.what, 600)
    if not place:
        what = what[:1].upper() + what[1:]
    return f"{place}{what}" + (f"\n\n{plain(error.todo, 600)}" if error.todo else "")
