"""The command ``similar``: the articles nearest to one, with evidence."""

import argparse
from typing import Any

from recsys import models, neighbours, picks
from recsys.commands.arguments import FORMATS, add_model_option, written
from recsys.commands.fitting import add_fitting_options, fitted, refuse_fitting_options
from recsys.commands.ruling import add_rules_option, rules_of
from recsys.limits import Limits


def add_command(commands: Any) -> None:
    """Add ``similar`` to the commands of the parser."""
    parser = commands.add_parser("similar", help="the articles nearest to one")
    add_model_option(parser, required=False)
    parser.add_argument("--item", required=True, metavar="CONTENT_ID")
    parser.add_argument("--n", type=int, default=10, help="how many (10)")
    parser.add_argument("--removed", action="store_true", help="offer removed articles, too")
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_rules_option(parser)
    add_fitting_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """The neighbours as text, by a model that was saved or is trained now.

    Raises
    ------
    KindredError
        If there is no such model, file or article, or an option makes no sense.
    """
    if options.model is not None:
        refuse_fitting_options(options)
        model = models.load_model(options.model)
    else:
        model = fitted(options)
    limits = Limits(include_removed=options.removed)
    if options.rules is None:
        table = neighbours.similar_items(model, options.item, options.n, limits)
    else:
        find = neighbours.candidates(model, options.item).table
        rules = rules_of(options)
        table = picks.apply_rules(rules, options.item, options.n, limits, find, model.items).table
    return written(table, options.format)
