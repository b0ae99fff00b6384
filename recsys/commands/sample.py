"""The command ``sample``: the sample data set as files."""

import argparse
from typing import Any

from recsys import sample
from recsys.errors import SettingError


def add_command(commands: Any) -> None:
    """Add ``sample`` to the commands of the parser."""
    parser = commands.add_parser("sample", help="write the sample data")
    parser.add_argument("--out", required=True, metavar="FOLDER")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Write the files; their paths, a line each.

    Raises
    ------
    SettingError
        If they cannot be written.
    """
    try:
        return "".join(f"{path}\n" for path in sample.write_sample(options.out))
    except OSError as error:
        raise SettingError(
            f"cannot be written: {error.strerror}.", where=str(options.out)
        ) from None
