"""The command ``check``: what would be read, what would be left out, and why.

With ``--format json`` it prints one object:

``usable``
    Whether anything is left to train on with the standard strengths. True also where a kind of
    event has none of these, so that they must be given.
``message``
    Why not; only where ``usable`` is false.
``fingerprint``, ``people``, ``articles``, ``events``
    Of the tables that were read: the fingerprint, and how many there are; only where some row is
    left.
``event_types``
    Events by type, most frequent first; only where some row is left.
``trains_on``
    What `train` learns from with the strengths that it begins with: ``weights`` as text,
    ``people``, ``articles``, ``pairs``, ``left_out`` (how many of what, by reason) and ``advice``
    (a list of ``text``, ``todo`` and ``option``); where it cannot, ``weights``, ``message`` and
    ``option``, what may help in the shell. Only where some row is left.
``files``
    One object a file, articles before interactions: ``name``, ``lines`` (of a text file, all of
    them), ``rows``, ``kept``, ``left_out`` (a list of ``reason``, ``count`` and ``examples``, each
    with its ``line`` and ``text``), ``lost`` (how many ``people`` and ``articles`` are in rows
    alone that were left out), ``notes`` (a list of sentences), ``hints`` (a list of ``text`` and
    ``option``), ``read_as`` (``format``, ``packing``, ``encoding``, ``delimiter``, ``quoting``,
    ``header``) and ``columns`` (which column was taken for what).

Exit status: 0 where it is usable, or else 1, or 2 where the command itself is wrong.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from recsys import reading, strengths
from recsys.columns import Col
from recsys.commands.arguments import Unusable, add_file_options, tables_of
from recsys.commands.fitting import weights_option
from recsys.counting import counted
from recsys.errors import DataError, SettingError

if TYPE_CHECKING:
    from recsys.dataset import Tables
    from recsys.reading import FileReport


_READ = {"people": "readers", "articles": "articles", "events": "events"}
_TRAINED = {"people": "readers", "articles": "articles", "pairs": "reads"}


def add_command(commands: Any) -> None:
    """Add ``check`` to the commands of the parser."""
    parser = commands.add_parser("check", help="show what the files contain and what is left out")
    add_file_options(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> tuple[str, int]:
    """The report as text, and the exit status.

    Raises
    ------
    KindredError
        If an option makes no sense, or a file is not there.
    """
    if options.interactions is None:
        raise SettingError("no data is given.", todo="Add --interactions FILE.")
    found, reports, status = _checked(options)
    if options.format == "json":
        found["files"] = [report.as_dict() for report in reports]
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n", status
    return _text(found, reports), status


def _checked(options: argparse.Namespace) -> tuple[dict[str, Any], tuple[FileReport, ...], int]:
    try:
        tables = tables_of(options)
    except Unusable as error:
        return {"usable": False, "message": error.in_shell()}, error.reports, error.status
    trains_on, usable = _trains_on(tables)
    found = {
        "usable": usable,
        **({} if usable else {"message": trains_on["message"]}),
        "fingerprint": tables.fingerprint,
        "people": len(tables.events[Col.USER].cat.categories),
        "articles": len(tables.articles),
        "events": len(tables.events),
        "event_types": tables.event_counts,
        "trains_on": trains_on,
    }
    reports = (tables.report.articles, tables.report.events)
    return found, reports[options.articles is None :], 0 if usable else 1


def _trains_on(tables: Tables) -> tuple[dict[str, Any], bool]:
    """What `train` would learn from with the strengths that it begins with, or why it cannot.

    Also whether the files are usable: strengths that are missing can be given.
    """
    weights = strengths.default_weights(tables)
    standard = {"weights": weights.as_text()}
    try:
        made = strengths.build_interactions(tables, weights)
    except (DataError, SettingError) as error:
        unknown = weights.missing(tables.event_counts)
        option = weights_option(tables) if unknown else error.shell
        usable = isinstance(error, SettingError)
        return {**standard, "message": str(error), "option": option}, usable
    people, articles = made.user_items.shape
    return {
        **standard,
        "people": people,
        "articles": articles,
        "pairs": made.user_items.nnz,
        "left_out": {reason: count for reason, count in made.left_out.items() if count},
        "advice": [
            {"text": one.text, "todo": one.label, "option": one.shell}
            for one in strengths.advice(tables, weights, made=made)
        ],
    }, True


def _in_words(trains_on: dict[str, Any]) -> list[str]:
    if "message" in trains_on:
        lines = [f"training: not possible with the default strengths: {trains_on['message']}"]
        return lines + [f"  option   {trains_on['option']}"] * bool(trains_on["option"])
    counts = ", ".join(counted(trains_on[name], words) for name, words in _TRAINED.items())
    left_out = [counted(count, reason) for reason, count in trains_on["left_out"].items()]
    lines = [f"training: {counts}" + (f"; left out: {', '.join(left_out)}" if left_out else "")]
    for one in trains_on["advice"]:
        lines.append(f"  note     {one['text']} {one['todo']}: {one['option']}")
    return lines


def _text(found: dict[str, Any], reports: tuple[FileReport, ...]) -> str:
    lines = [f"{report}\n" for report in reports]
    if "fingerprint" in found:
        types = ", ".join(
            f"{strengths.typed(name)} {count:,}" for name, count in found["event_types"].items()
        )
        counts = [counted(found[name], words) for name, words in _READ.items()]
        lines += [
            reading.printable(f"{', '.join(counts)} ({types})"),
            *map(reading.printable, _in_words(found["trains_on"])),
            f"fingerprint {found['fingerprint']}",
        ]
    else:
        lines.append(reading.printable(found["message"]))
    return "".join(f"{line}\n" for line in lines)
