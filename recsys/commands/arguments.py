"""What commands share: what they read, from which model, of which days, and how they say it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

from recsys import dataset, formats, reading, strengths, writing
from recsys.errors import DataError, FileError, KindredError, SettingError

if TYPE_CHECKING:
    import pandas as pd

    from recsys.dataset import Tables
    from recsys.reading import CellRules, FileReport

FORMATS = ("table", "csv", "json")
_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}
_HELP = {
    "interactions": (
        "FILE",
        "interactions file: CSV, JSON lines, Excel or Parquet; plain, gzip or zip",
    ),
    "articles": ("FILE", "articles file; without it, ids are shown instead of titles"),
    "columns": (
        "user=NAME,item=NAME,…",
        "columns of the interactions: user, item, event, value, timestamp, title",
    ),
    "features": ("NAME,NAME,…", "for a wide table: the columns with counts, one per event type"),
    "delimiter": ("CHARACTER", "delimiter of the interactions: , ; | or tab"),
    "encoding": (
        "NAME",
        "encoding of the interactions: utf-8, latin-1, windows-1251, …; mixed for UTF-8 with some "
        "lines in Windows-1252",
    ),
    "article_columns": (
        "item=NAME,…",
        "columns of the articles: item, title, url, language, kind, author, text, timestamp, event",
    ),
    "article_delimiter": ("CHARACTER", "delimiter of the articles"),
    "article_encoding": ("NAME", "encoding of the articles"),
    "dates": (
        "day-first|month-first",
        "whether the day or the month comes first in dates such as 03/04/2021 in the interactions",
    ),
    "article_dates": ("day-first|month-first", "the same for the articles"),
    "same_ids": (
        "trim,case,zeros,whole",
        "treat ids as equal if they differ only in leading and trailing spaces (trim), case, "
        "leading zeros (zeros), or a trailing .0 (whole)",
    ),
    "no_ids": ("WORD,WORD,…", "words that are not ids, such as NULL: their rows are left out"),
    "several": (
        "blanks|commas|semicolons|bars",
        "what separates several articles in one cell of the interactions",
    ),
    "zeros": ("left-out|one", "what a 0 in the number column means: not rated, or read once"),
}
_SWITCHES = {
    "no_header": "the interactions have no header line; name their columns 'column 1', …",
    "article_no_header": "the same for the articles",
    "quoting": "quotation marks always enclose cells of the interactions, even across rows",
    "article_quoting": "the same for the articles",
    "no_quoting": "quotation marks in the interactions are ordinary characters",
    "article_no_quoting": "the same for the articles",
    "same_events": "treat event types as equal if they differ only in case or spaces around them",
}
FILE_OPTIONS = (*_HELP, *_SWITCHES)
_GATHERED = {"same_ids", "no_ids"}  # all that are given hold, as hints are followed one by one
_LISTED = 30  # names in a message


class Unusable(KindredError):
    """The files are there, but cannot be read or leave nothing to train on.

    Attributes
    ----------
    status
        The exit status of every command: 1, or 2 where the options are what makes them so.
    """

    def __init__(self, error: FileError | DataError, status: int = 1) -> None:
        super().__init__(error.what, where=error.where, todo=error.todo, shell=error.shell)
        self.reports: tuple[FileReport, ...] = getattr(error, "reports", ())
        self.status = status


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """Add the options in `FILE_OPTIONS`; what is not given is found."""
    for name, (value, explanation) in _HELP.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            metavar=value,
            help=explanation,
            action="append" if name in _GATHERED else "store",
        )
    for name, explanation in _SWITCHES.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}", action="store_const", const=True, help=explanation
        )


def tables_of(options: argparse.Namespace) -> Tables:
    """Read the files that the options name.

    Raises
    ------
    Unusable
        If a file cannot be read, or nothing usable is left; see `recsys.dataset.read_tables`.
    KindredError
        If an option makes no sense, or there is no such file.
    """
    for path in (options.articles, options.interactions):
        if path is not None:
            formats.Source.open(path)  # that there is no such file is a mistake in the command
    try:
        return _read(options)
    except (FileError, DataError) as error:
        raise Unusable(error, status=2 if _options_spoil_it(options) else 1) from None


def _options_spoil_it(options: argparse.Namespace) -> bool:
    """Whether files that cannot be used could be without what is said of how to read them."""
    columns = "columns", "features", "article_columns"
    how = [name for name in FILE_OPTIONS if name not in ("interactions", "articles", *columns)]
    for without in (how, [*how, *columns]):
        plain = vars(options) | dict.fromkeys(without)
        if plain == vars(options):
            continue
        try:
            if not leave_nothing(_read(argparse.Namespace(**plain))):
                return True
        except KindredError:
            continue
    return False


def leave_nothing(tables: Tables) -> bool:
    """Whether tables leave nothing to train on with the standard strengths."""
    try:
        strengths.build_interactions(tables, strengths.default_weights(tables))
    except DataError:
        return True
    except SettingError:  # there are none for these events: a person must give them
        return False
    return False


def _read(options: argparse.Namespace) -> Tables:
    columns = None if options.columns is None else _named(options.columns)
    article_columns = options.article_columns and _named(options.article_columns)
    return dataset.read_files(
        options.articles,
        options.interactions,
        columns=columns,
        features=() if options.features is None else _listed([options.features]),
        delimiter=_sign(options.delimiter),
        encoding=options.encoding,
        header=False if options.no_header else None,
        article_columns=article_columns,
        article_delimiter=_sign(options.article_delimiter),
        article_encoding=options.article_encoding,
        article_header=False if options.article_no_header else None,
        quoting=_quoting(options.quoting, options.no_quoting),
        article_quoting=_quoting(options.article_quoting, options.article_no_quoting),
        rules=_rules(options, options.dates),
        article_rules=_rules(options, options.article_dates),
    )


def _quoting(on: bool | None, off: bool | None) -> bool | None:
    if on and off:
        raise SettingError(
            "--quoting and --no-quoting cannot be combined.", todo="Use one of them."
        )
    return True if on else False if off else None


def _rules(options: argparse.Namespace, dates: str | None) -> CellRules:
    """How cells are understood; of an articles file, what is about events has no effect."""
    return reading.CellRules(
        dates=_words(dates),  # type: ignore[arg-type]
        same_ids=_listed(options.same_ids),
        same_events=bool(options.same_events),
        zeros=_words(options.zeros),  # type: ignore[arg-type]
        several=options.several,
        no_ids=_listed(options.no_ids),
    )


def _words(text: str | None) -> str | None:
    return None if text is None else text.replace("-", " ")


def _listed(texts: list[str] | None) -> tuple[str, ...]:
    return tuple(unquote(part.strip()) for text in texts or () for part in text.split(","))


def add_model_option(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add ``--model``."""
    parser.add_argument(
        "--model", required=required, metavar="FOLDER", help="folder of a model saved by `train`"
    )


def add_day_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--since`` and ``--until``; see `days_of`."""
    for name, meaning in (("since", "since this day (UTC)"), ("until", "until this day")):
        parser.add_argument(f"--{name}", metavar="YYYY-MM-DD", help=f"only articles {meaning}")


def days_of(options: argparse.Namespace) -> tuple[date | None, date | None]:
    """``--since`` and ``--until`` as days, None where they were not given.

    Raises
    ------
    SettingError
        If one is no day.
    """
    return _day(options.since, "--since"), _day(options.until, "--until")


def known(names: Sequence[str], column: pd.Series, option: str) -> tuple[str, ...]:
    """The names, if each is in the column; ``""`` is what is not known, and always allowed.

    Raises
    ------
    SettingError
        If one is not.
    """
    there = [name for name in column.value_counts().index if name]
    for name in names:
        if name and name not in there:
            listed = ", ".join(there[:_LISTED]) or "none"
            if len(there) > _LISTED:
                listed += f" and {len(there) - _LISTED:,} more"
            raise SettingError(
                f"no article has {name[:80]!r}.", where=option, todo=f"Known: {listed}."
            )
    return tuple(names)


def _day(text: str | None, option: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise SettingError(
            f"{text!r} is not a day.", where=option, todo="Example: 2016-12-31."
        ) from None


def _named(text: str) -> dict[str, str]:
    """``user=a,item=b`` as a dictionary; names may be percent-encoded."""
    found = {}
    for part in text.split(","):
        name, sign, column = part.partition("=")
        if not sign:
            raise SettingError(
                f"{part!r} is not PART=COLUMN.", where="columns", todo="Example: user=id,item=sku."
            )
        found[name.strip()] = unquote(column.strip())
    return found


def _sign(text: str | None) -> str | None:
    return None if text is None else _WORDS.get(text.lower(), text)


def written(table: pd.DataFrame, ending: str) -> str:
    """A table as one of `FORMATS`, with a line's end at its end."""
    text = writing.FORMATS[ending](table)
    return text if text.endswith("\n") else text + "\n"
