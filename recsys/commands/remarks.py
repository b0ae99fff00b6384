"""What a command says beside its result: one line on stderr for each thing that should be known."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recsys import reading

if TYPE_CHECKING:
    from recsys.dataset import Tables
    from recsys.reading import FileReport
    from recsys.strengths import Interactions

HINTS = 3


def program() -> str:
    """What a person calls to run a command: ``kindred``, or ``python -m recsys``."""
    called = Path(sys.argv[0]).stem
    return called if called == "kindred" else "python -m recsys"


def say(lines: Iterable[str]) -> None:
    """Write lines to stderr, if there is one; stdout stays for machines."""
    for line in lines:
        if sys.stderr is not None:
            sys.stderr.write(f"recsys: {reading.printable(line)}\n")


def on_reading(tables: Tables, made: Interactions | None, *, articles: bool) -> list[str]:
    """What was left out on the way from the files to the matrix, in one line, and the hints.

    Parameters
    ----------
    made
        None where no matrix came of it.
    articles
        Whether there is an articles file.
    """
    reports = (tables.report.articles, tables.report.events)[not articles :]
    idle = "" if made is None else made.idle
    found = []
    if account := reading.in_brief(reports):
        found.append("; ".join(filter(None, (account, idle))))
    elif idle:
        found.append(f"{reading.in_brief(reports[-1:], of_all=True)}; {idle}")
    found = [f"{line}. For more, run {program()} check with the same files." for line in found]
    return found + hints_of(reports)


def hints_of(reports: Sequence[FileReport]) -> list[str]:
    """What may be otherwise than it was read, with the option for it; at most `HINTS` of them."""
    hints = [f"hint: {hint}" for report in reports for hint in report.hints if hint.shell]
    if len(hints) > HINTS:
        hints[HINTS:] = [f"hint: {len(hints) - HINTS} more: see {program()} check."]
    return hints
