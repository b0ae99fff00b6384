"""What a person is told of how a file was read, and what may be done where it seems wrong."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from recsys.formats import MIXED, UTF8, Doubt, Layout

EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Hint:
    """Something that may be other than it was read, and the one thing to do about it.

    Attributes
    ----------
    text
        What is the case, in one or two sentences.
    label
        What to do, verb first, as on a button; "" where nothing can be set.
    shell
        The option that does it in the shell, such as ``--same-ids zeros``.
    options, rules
        Parts of `recsys.formats.ReadOptions` and `CellRules` to set for this file.
    both
        Whether they are to be set for both files.
    """

    text: str
    label: str = ""
    shell: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)
    both: bool = False

    def __str__(self) -> str:
        return self.text + (f" {self.label or 'Option'}: {self.shell}" if self.shell else "")


def in_option(text: str) -> str:
    """A word as the shell and its options take it: percent-encoded where that is needed.

    >>> in_option("user id"), in_option("a,b"), in_option("rating:float")
    ('user%20id', 'a%2Cb', 'rating:float')
    """
    return re.sub(r"[^\w.:/-]", lambda sign: quote(sign[0], safe=""), text)


def how_read(layout: Layout, recoded: list[int]) -> list[str]:
    """What is unusual about the layout, in sentences."""
    words = layout.as_dict()
    found = list(layout.notes)
    if layout.delimiter not in ("", ","):
        found.append(f"Cells are separated by {words['delimiter']}.")
    if words.get("encoding", "UTF-8") != "UTF-8":
        found.append(f"Read as {words['encoding']}.")
    if layout.packing:
        found.append(f"Unpacked from {layout.packing}.")
    if recoded:
        shown = ", ".join(f"{line:,}" for line in recoded[:EXAMPLES])
        more = ", …" if len(recoded) > EXAMPLES else ""
        found.append(
            f"Lines that are not UTF-8, read as Windows-1252: {len(recoded):,} "
            f"(line {shown}{more})."
        )
    return found


def in_doubt(layout: Layout, of_mixed: Doubt | None, option: str) -> list[Hint]:
    """What to do where the letters may be others than they were taken for.

    `of_mixed` is about the lines of a mixture that are not UTF-8.
    """
    if of_mixed is not None:
        return [_two_encodings(of_mixed, "are not UTF-8")]
    doubt = layout.doubt
    if doubt is None:
        return []
    if doubt.encoding == UTF8:
        return [_two_encodings(doubt, "are UTF-8")]
    called = "a mixture of UTF-8 and Windows-1252" if doubt.encoding == MIXED else doubt.encoding
    return [
        Hint(
            text=f"Some letters may be wrong: {doubt.now!r} would be {doubt.then!r} in {called}.",
            label=f"Read as {called}",
            shell=f"{option} {doubt.encoding.lower()}",
            options={"encoding": doubt.encoding},
        )
    ]


def _two_encodings(doubt: Doubt, which: str) -> Hint:
    """Lines in an alphabet that cannot be read together with the others: there is no option."""
    return Hint(
        text=f"Some letters may be wrong in the lines that {which}: {doubt.now!r} would be "
        f"{doubt.then!r} in {doubt.encoding}. Save the file in one encoding, such as UTF-8."
    )
