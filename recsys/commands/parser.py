"""Which commands there are, and what is asked of which."""

import argparse
import re
import sys
from collections.abc import Sequence
from importlib import import_module

from recsys import __version__
from recsys.commands.remarks import program

COMMANDS = (
    "similar", "train", "check", "recommend", "search", "topics", "map", "export", "pack", "sample",
)  # fmt: skip
STATUS = (
    "Exit status: 0 success; 1 the files cannot be read, or leave nothing to train on with the "
    "default strengths; 2 the command cannot be carried out as given; 3 internal error; "
    "130 interrupted."
)
OF_IDS = ("--item", "--pair", "--why-not", "--user", "--exclude")
NO_IDS = "--no-ids"


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command and its options; what is wrong with them, and help, end in `SystemExit`."""
    return _parser().parse_args(_joined(sys.argv[1:] if arguments is None else arguments))


def run(options: argparse.Namespace) -> tuple[str, int]:
    """What a command has to say, and the exit status: 0, or what `recsys.commands.check` gives.

    Raises
    ------
    KindredError
        If the command cannot do what it was asked for.
    """
    done = options.run(options)
    return done if isinstance(done, tuple) else (done, 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=program(),
        description="Find similar articles from who read what.",
        epilog=STATUS,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"recsys.commands.{name}").add_command(commands)
    return parser


def _joined(arguments: Sequence[str]) -> list[str]:
    """``--user -1a`` as ``--user=-1a``: argparse takes what is no number for an option.

    Of words that are no ids, ``--`` and ``-,NULL`` are such, too; argparse drops a ``--`` even
    behind a ``=``, so their first sign is percent-encoded.
    """
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in OF_IDS and re.match("-[^-]", argument):
            joined[-1] += f"={argument}"
        elif joined and joined[-1] == NO_IDS and re.match("-+(,|$)|-[^-]", argument):
            joined[-1] += f"=%2D{argument[1:]}"
        elif argument.startswith(f"{NO_IDS}=-"):
            joined.append(argument.replace("=-", "=%2D", 1))
        else:
            joined.append(argument)
    return joined
