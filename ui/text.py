"""Text that others wrote, shown as it is."""

import re

from recsys.errors import KindredError

# Invisible, and no line may break there. It keeps `:smile:`, addresses and `a@b` text; elsewhere it
# is not put in, because what is copied from the screen would hold it.
WORD_JOINER = "\u2060"
_ICON_OR_ADDRESS = re.compile(r"(?i)(:(?=[\w+/-]*:|//)|@|www(?=\.)|mailto:|xmpp:)")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object, limit: int = 300) -> str:
    r"""Escape `text`, so that Markdown shows it letter by letter: no link, icon or formula.

    >>> plain("**a** & <b>")
    '\\*\\*a\\*\\* \\& \\<b\\>'

    >>> plain(":smile: but LIKE:123") == "\\:\u2060smile\\: but LIKE\\:123"
    True
    """
    return _SIGNS.sub(r"\\\1", _ICON_OR_ADDRESS.sub(rf"\1{WORD_JOINER}", cut(text, limit)))


def visible(text: object) -> str:
    """A name with a sign for each that is easily overlooked: blanks at its ends, what is invisible.

    >>> visible(" LIKE"), visible("VIEW  "), visible("COMMENT CREATED")
    ('␣LIKE', 'VIEW␣␣', 'COMMENT CREATED')
    """
    words = str(text)
    begins, ends = len(words) - len(words.lstrip()), len(words.rstrip())
    shown = ("␣" if not begins <= n < ends else sign for n, sign in enumerate(words))
    return "".join(sign if sign.isprintable() else "▯" for sign in shown)


def cut(text: object, limit: int) -> str:
    """One line of at most so many signs.

    What stands before a colon is cut, and `plain` given both: a text of others may end so that
    the colon would make an icon of it, such as `VIEW:x`.
    """
    words = " ".join(str(text).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


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
