"""The command ``export``: all neighbours or all recommendations, as one file."""

import argparse
import sys
from typing import Any

from recsys import exports, limits, models, writing
from recsys.commands.arguments import add_model_option
from recsys.commands.ruling import add_rules_option, rules_of
from recsys.counting import counted
from recsys.errors import SettingError

_WHAT = ("neighbours", "recommendations")


def add_command(commands: Any) -> None:
    """Add ``export`` to the commands of the parser."""
    parser = commands.add_parser(
        "export", help="all similar articles or recommendations, in a file"
    )
    add = parser.add_argument
    add_model_option(parser)
    add("--what", choices=_WHAT, default="neighbours")
    add("--n", type=int, default=10, help="how many of each (10)")
    add("--out", required=True, metavar="FILE", help="ends with .csv or .parquet")
    add("--removed", action="store_true", help="include removed articles")
    add_rules_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Write the file; a line that says what is in it.

    Raises
    ------
    KindredError
        If there is no such model, an option makes no sense, or the file cannot be written.
    """
    model = models.load_model(options.model)
    if options.what == "neighbours":
        allowed = limits.Limits(include_removed=options.removed)
        rules = rules_of(options)
        parts = exports.all_neighbours(model, options.n, allowed, rules=rules, on_progress=show)
    else:
        if options.rules is not None:
            raise SettingError(
                "rules are about the links below an article.",
                where="--rules",
                todo="Leave it out, or export the neighbours.",
            )
        parts = exports.all_recommendations(
            model, options.n, include_removed=options.removed, on_progress=show
        )
    return f"{options.out}: {counted(writing.write_parts(parts, options.out), 'rows')}\n"


def show(done: int, total: int) -> None:
    """Say on a terminal how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,}" + ("\n" if done == total else ""))
        sys.stderr.flush()
