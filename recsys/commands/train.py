"""The command ``train``: from files to a model in a folder."""

import argparse
from typing import Any

from recsys import models
from recsys.commands.fitting import add_fitting_options, fitted
from recsys.counting import counted


def add_command(commands: Any) -> None:
    """Add ``train`` to the commands of the parser."""
    parser = commands.add_parser("train", help="train a model and save it")
    parser.add_argument("--out", required=True, metavar="FOLDER")
    add_fitting_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Save the model; a line that says what it is.

    Raises
    ------
    KindredError
        If a file cannot be read, an option makes no sense, or the folder cannot be written.
    """
    model = fitted(options)
    folder = models.save_model(model, options.out)
    users, items = model.user_items.shape
    return (
        f"{folder}: {counted(users, 'readers')}, {counted(items, 'articles')}, "
        f"{counted(model.user_items.nnz, 'reads')}; "
        f"loss {model.losses[-1]:.4f} after {counted(len(model.losses), 'iterations')}, "
        f"{model.seconds:.2f} s; fingerprint {model.fingerprint}\n"
    )
