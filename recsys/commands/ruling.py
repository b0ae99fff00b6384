"""The option ``--rules``: what editors decided."""

import argparse

from recsys.picks import NO_RULES, Rules, read_rules


def add_rules_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--rules``; see `rules_of`."""
    parser.add_argument(
        "--rules", metavar="FILE", help="picks and rules: rules.json from the page Read next"
    )


def rules_of(options: argparse.Namespace) -> Rules:
    """The rules of the file that was named, or none.

    Raises
    ------
    FileError
        If there is no such file, or it holds no rules.
    """
    return NO_RULES if options.rules is None else read_rules(options.rules)
