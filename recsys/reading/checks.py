"""Whether a file has the columns that are wanted of it; what is said where it has not."""

import re

from recsys.errors import FileError, SettingError
from recsys.reading.account import Account
from recsys.reading.hints import Hint
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
    raise _unknown(found, "interactions", "reader and article ids")


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
        raise _unknown(found, "articles", "article ids")
    return found.guess.articles


def note_first_line(found: Look, item: str, account: Account) -> None:
    """Say where a column is called as its cells are, and so its name may be one of them."""
    if found.layout.header and _like_cells(found, item):
        account.hint(
            Hint(
                text=f"The first line was read as column names, but {item[:40]!r} looks like "
                "data. If it is data, set the first line to data.",
                shell=account.option("no-header"),
            )
        )


def refuse_missing(found: Look, mapping: EventMapping | ArticleMapping) -> None:
    """Check that each column of a mapping is there, once.

    Raises
    ------
    SettingError
        If one is not there, with the columns that were found.
    FileError
        If one is there twice.
    """
    have = found.layout.columns
    missing = [name for name in mapping.columns if name not in have]
    if missing:
        raise SettingError(
            f"has no column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. Its columns "
            f"are {shown(found)}.",
            where=f"{found.name}, header line",
            todo="Choose other columns, or rename those in the file.",
            shell=_OPTION["articles" if isinstance(mapping, ArticleMapping) else "interactions"],
        )
    twice = [name for name in mapping.columns if have.count(name) > 1]
    if twice:
        raise FileError(
            f"has the column {twice[0]!r} twice.", where=found.name, todo="Rename or remove one."
        )


def shown(found: Look) -> str:
    """The names of a file's first columns, for a message; with a cell each where it has none."""
    columns = found.layout.columns[:12]
    if found.layout.header or not len(found.sample):
        return ", ".join(repr(name[:40]) for name in columns)
    cells = found.sample.iloc[0].tolist()
    return ", ".join(
        f"{name!r} ({cell[:40] or 'empty'})" for name, cell in zip(columns, cells, strict=False)
    )


def _swapped(found: Look, wanted: str) -> FileError:
    kind = found.kind
    return FileError(
        f"is an {kind} file, but the {wanted} file is needed here. Its columns are {shown(found)}.",
        where=found.name,
        todo="Swap the two files. If it is the right file, choose the columns yourself.",
        shell=_OPTION[wanted],
    )


def _unknown(found: Look, kind: str, need: str) -> FileError:
    option, todo = _OPTION[kind], "Choose the columns yourself."
    if not found.layout.header:
        where = found.name
    else:
        where = f"{found.name}, header line"
        if _may_lack_names(found):
            lacks = "--article-no-header" if kind == "articles" else "--no-header"
            option = f"{lacks}, or else {option}"
            todo = "If the first line is data, set it to data. Otherwise c" + todo[1:]
    return FileError(
        f"has no columns that look like {need}, which an {kind} file needs. Its columns are "
        f"{shown(found)}.",
        where=where,
        todo=todo,
        shell=option,
    )


def _may_lack_names(found: Look) -> bool:
    """Whether the first line may be data: no name of a column is known, nor any part by it."""
    parts = found.guess.event_parts, found.guess.article_parts
    known = {name for part in parts for name in part.values() if not _like_cells(found, name)}
    return found.layout.format in ("CSV", "workbook") and not known


def _like_cells(found: Look, name: str) -> bool:
    """Whether a name looks as the cells below it do: the same characters, once digits are one."""
    cells = found.sample[name] if found.layout.columns.count(name) == 1 else None
    if cells is None or not len(cells) or not any(sign.isdigit() for sign in name):
        return False
    forms = cells.str.replace(r"\d+", "0", regex=True)
    return bool((forms == re.sub(r"\d+", "0", name)).mean() > 0.5)
