"""The commands of ``python -m recsys``, each of which gives a text."""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import replace

from recsys import __version__, writing
from recsys.commands import check
from recsys.commands import export as export_command
from recsys.commands import recommend as recommend_command
from recsys.commands import search as search_command
from recsys.commands import topics as topics_command
from recsys.commands.arguments import FILE_OPTIONS, add_file_options, add_model_option, tables_of
from recsys.dataset.tables import Tables
from recsys.errors import SettingError
from recsys.models.model import Model, load_model, save_model
from recsys.models.params import BOUNDS, PRESETS, ALSParams, preset
from recsys.neighbours.similarity import similar_items
from recsys.sample.sample import write_sample
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights, default_weights
from recsys.training.pipeline import train

WEIGHING = ("weights", "scale", "range", "normalise", "threshold")
OF_IDS = ("--item", "--user", "--exclude")


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command and its options; what is wrong with them, and help, end in `SystemExit`."""
    return _parser().parse_args(_joined(sys.argv[1:] if arguments is None else arguments))


def _joined(arguments: Sequence[str]) -> list[str]:
    """``--user -1a`` as ``--user=-1a``: argparse takes what is no number for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in OF_IDS and re.match("-[^-]", argument):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def run(options: argparse.Namespace) -> tuple[str, int]:
    """What a command has to say, and the exit status: 0, or what `recsys.commands.check` gives.

    Raises
    ------
    KindredError
        If the command cannot do what it was asked for.
    """
    done = options.run(options)
    return done if isinstance(done, tuple) else (done, 0)


def _similar(options: argparse.Namespace) -> str:
    if options.model is not None:
        _refuse_training_options(options)
        model = load_model(options.model)
    else:
        model = _train_model(options)
    table = similar_items(model, options.item, options.n, include_removed=options.removed)
    text = writing.FORMATS[options.format](table)
    return text if text.endswith("\n") else text + "\n"


def _train(options: argparse.Namespace) -> str:
    model = _train_model(options)
    folder = save_model(model, options.out)
    users, items = model.user_items.shape
    return (
        f"{folder}: {users:,} people, {items:,} articles, {model.user_items.nnz:,} pairs; "
        f"loss {model.losses[-1]:.4f} after {len(model.losses)} iterations, "
        f"{model.seconds:.2f} s; fingerprint {model.fingerprint}\n"
    )


def _sample(options: argparse.Namespace) -> str:
    try:
        return "".join(f"{path}\n" for path in write_sample(options.out))
    except OSError as error:
        raise SettingError(
            f"cannot be written: {error.strerror}.", where=str(options.out)
        ) from None


def _train_model(options: argparse.Namespace) -> Model:
    if options.interactions is None:
        todo = "Give --interactions I.csv (and --articles A.csv)"
        if hasattr(options, "model"):
            todo += ", or --model FOLDER"
        raise SettingError("no data is named.", todo=f"{todo}.")
    _weights(options, None)  # a mistake is told before a large file is read
    base = ALSParams() if options.preset is None else preset(options.preset)
    given = {name: getattr(options, name) for name in BOUNDS}
    params = replace(base, **{name: value for name, value in given.items() if value is not None})
    tables = tables_of(options)
    return train(tables, _weights(options, tables), params)


def _weights(options: argparse.Namespace, tables: Tables | None) -> EventWeights:
    """The weights asked for, beginning with the default of the tables where they are there."""
    if options.weights is not None:
        weights = EventWeights.parse(options.weights)
    else:
        weights = EventWeights.default() if tables is None else default_weights(tables)
    asked = {name: getattr(options, name) for name in ("scale", "normalise", "threshold")}
    if options.range is not None:
        low, sign, high = options.range.partition(",")
        if not sign:
            raise SettingError(
                f"{options.range!r} is not LOW,HIGH.", where="--range", todo="Example: 1,10."
            )
        asked |= {"low": low, "high": high}
    weights = replace(
        weights, **{name: value for name, value in asked.items() if value is not None}
    )
    if options.range is not None and tables is not None and weights.scale != "rank":
        raise SettingError(
            f"the scale is {weights.scale}, which has no range.",
            where="--range",
            todo="Add --scale rank, or leave it out.",
        )
    return weights


def _refuse_training_options(options: argparse.Namespace) -> None:
    names = (*FILE_OPTIONS, *WEIGHING, "preset", *BOUNDS)
    given = [f"--{name.replace('_', '-')}" for name in names if getattr(options, name) is not None]
    if given:
        raise SettingError(
            f"{', '.join(given)} cannot change a model that is trained already.",
            where="--model",
            todo="Leave them out, or train again.",
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m recsys", description="Find the articles that belong together."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    similar = commands.add_parser("similar", help="the articles nearest to one")
    add_model_option(similar, required=False)
    similar.add_argument("--item", required=True, metavar="CONTENT_ID")
    similar.add_argument("--n", type=int, default=10, help="how many (10)")
    similar.add_argument("--removed", action="store_true", help="offer removed articles, too")
    similar.add_argument("--format", choices=writing.FORMATS, default="table")
    _training_options(similar)
    similar.set_defaults(run=_similar)

    training = commands.add_parser("train", help="train a model and save it")
    training.add_argument("--out", required=True, metavar="FOLDER")
    _training_options(training)
    training.set_defaults(run=_train)

    check.add_command(commands)
    recommend_command.add_command(commands)
    search_command.add_command(commands)
    topics_command.add_command(commands)
    export_command.add_command(commands)

    sample = commands.add_parser("sample", help="write the sample data set")
    sample.add_argument("--out", required=True, metavar="FOLDER")
    sample.set_defaults(run=_sample)
    return parser


def _training_options(parser: argparse.ArgumentParser) -> None:
    add_file_options(parser)
    example = ",".join(f"{name}={value:g}" for name, value in DEFAULT_STRENGTHS.items())
    parser.add_argument(
        "--weights",
        metavar="NAME=STRENGTH,…",
        help=f"default: {example}; 1 each for other data (see docs/strengths.md)",
    )
    parser.add_argument(
        "--scale", metavar="sum|log2|rank", help="what becomes of a pair's weighted sum"
    )
    parser.add_argument("--range", metavar="LOW,HIGH", help="of the ranks (1,10)")
    parser.add_argument(
        "--normalise",
        action=argparse.BooleanOptionalAction,
        help="bring the values of each type to 0…1 first",
    )
    parser.add_argument(
        "--threshold", metavar="X", help="values from X on count 1 each, others are left out"
    )
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help=f"what the parameters begin from: {', '.join(PRESETS)} (Tutorial)",
    )
    for name, bounds in BOUNDS.items():
        default = getattr(ALSParams(), name)
        parser.add_argument(f"--{name}", help=f"{bounds.explains} ({default:g})")
