"""Whether a file has the columns that are wanted of it; what is said where it has not."""

from recsys.errors import FileError
from recsys.reading.looking import Look
from recsys.reading.mapping import ArticleMapping, EventMapping

_OPTION = {
    "interactions": "--columns user=NAME,item=NAME,…",
    "articles": "--article-columns item=NAME,…",
}


def event_mapping_of(found: Look) -> EventMapping:
    """The mapping that is guessed for an interactions file.

    Raises
    ------
    FileError
        If no user or no item is among its columns.
    """
    if found.guess.events is not None:
        return found.guess.events
    if found.kind == "articles":
        raise _swapped(found, "interactions")
    raise _unknown(found, "interactions", "a user and an item")


def article_mapping_of(found: Look) -> ArticleMapping:
    """The mapping that is guessed for an articles file.

    Raises
    ------
    FileError
        If it is an interactions file, or no item is among its columns.
    """
    if found.kind == "interactions":
        raise _swapped(found, "articles")
    if found.guess.articles is None:
        raise _unknown(found, "articles", "an item")
    return found.guess.articles


def refuse_missing(found: Look, mapping: EventMapping | ArticleMapping) -> None:
    """Check that each column of a mapping is there, once.

    Raises
    ------
    FileError
        Otherwise, with the columns that were found.
    """
    have = found.layout.columns
    missing = [name for name in mapping.columns if name not in have]
    if missing:
        raise FileError(
            f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"found {shown(found)}.",
            where=f"{found.name}, header line",
            todo="Choose others, or rename the columns in the file.",
        )
    twice = [name for name in mapping.columns if have.count(name) > 1]
    if twice:
        raise FileError(
            f"has the column {twice[0]!r} twice.", where=found.name, todo="Rename or drop one."
        )


def shown(found: Look) -> str:
    """The names of a file's first columns, for a message."""
    return ", ".join(repr(name[:40]) for name in found.layout.columns[:12])


def _swapped(found: Look, wanted: str) -> FileError:
    kind = found.kind
    return FileError(
        f"is an {kind} file, where the {wanted} file is wanted. Its columns are {shown(found)}.",
        where=found.name,
        todo="Swap the two files. If it is the right one, say which columns are what.",
        shell=_OPTION[wanted],
    )


def _unknown(found: Look, kind: str, need: str) -> FileError:
    return FileError(
        f"has no columns known as {need}, as an {kind} file has. Its columns are {shown(found)}.",
        where=f"{found.name}, header line",
        todo="Say which columns are what.",
        shell=_OPTION[kind],
    )
