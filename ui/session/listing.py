"""Lists in an address: a new reader's clicks, and ids of articles.

Ids and event types are quoted, because they can hold any sign.
"""

from collections.abc import Iterable
from urllib.parse import quote, unquote

from recsys.errors import SettingError

MOST_LISTED = 200  # articles that a new reader has, or that are excluded
MAX_LIST = 12_000  # signs of such a list: with the rest, well below what servers take

Clicks = tuple[tuple[str, str], ...]  # (event type, article id), each article once


def write_clicks(clicks: Clicks) -> str:
    """A new reader's clicks for an address.

    >>> write_clicks((("LIKE", "a,b"), ("VIEW", "-5")))
    'LIKE:a%2Cb,VIEW:-5'
    """
    return ",".join(f"{_quoted(event)}:{_quoted(item)}" for event, item in clicks)


def read_clicks(text: str) -> Clicks:
    """What `write_clicks` wrote. Of an article that is named twice, the last counts.

    Raises
    ------
    SettingError
        If it is too long, or a part is not an event type and an article.
    """
    found: dict[str, str] = {}
    for part in _parts(text, "reader"):
        pair = part.split(":")
        if len(pair) != 2 or not all(pair):
            raise SettingError(
                f"{part[:60]!r} is not an event type and an article.",
                where="reader in the address",
                todo="Copy the whole link again. Example: LIKE:123,VIEW:456.",
            )
        found[unquote(pair[1])] = unquote(pair[0])
    return tuple((event, item) for item, event in found.items())


def write_ids(ids: Iterable[str]) -> str:
    """Article ids for an address."""
    return ",".join(_quoted(item) for item in ids)


def read_ids(text: str, name: str) -> tuple[str, ...]:
    """What `write_ids` wrote, each id once; `name` is what the address calls the list.

    Raises
    ------
    SettingError
        If it is too long.
    """
    return tuple(dict.fromkeys(unquote(part) for part in _parts(text, name)))


def too_long(text: str) -> bool:
    """Whether a list is longer than an address takes."""
    return len(text) > MAX_LIST or text.count(",") >= MOST_LISTED


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _parts(text: str, name: str) -> list[str]:
    if too_long(text):
        raise SettingError(
            f"{text.count(',') + 1:,} articles, {len(text):,} characters, are too many.",
            where=f"{name} in the address",
            todo=f"It takes up to {MOST_LISTED} articles and {MAX_LIST:,} characters.",
        )
    return [part for part in text.split(",") if part]
