"""The options of a model that is yet to be trained: files, strengths, parameters."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from recsys import strengths, training
from recsys.commands import remarks
from recsys.commands.arguments import (
    FILE_OPTIONS,
    Unusable,
    add_file_options,
    leave_nothing,
    tables_of,
)
from recsys.counting import counted
from recsys.errors import DataError, SettingError
from recsys.models.params import BOUNDS, PRESETS, ALSParams, preset
from recsys.strengths.weights import DEFAULT_STRENGTHS, EventWeights

if TYPE_CHECKING:
    from recsys.dataset import Tables
    from recsys.models import Model
    from recsys.strengths import Interactions

MOST_NAMES, MOST_LISTED = 40, 8  # of event types in a message
WEIGHING = ("weights", "scale", "range", "normalise", "threshold")


def add_fitting_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the files, and those that say what events are worth and how to learn."""
    add_file_options(parser)
    example = ",".join(f"{name}={value:g}" for name, value in DEFAULT_STRENGTHS.items())
    parser.add_argument(
        "--weights",
        metavar="NAME=STRENGTH,…",
        help=f"how much each event type counts. Default: {example}; 1 each for other data (see "
        "docs/strengths.md). In a name, write a leading or trailing space and , ; = %% as %%20 "
        "%%2C %%3B %%3D %%25, as `check` does",
    )
    parser.add_argument(
        "--scale",
        metavar="sum|log2|rank",
        help="how the weighted sum of a reader and an article counts",
    )
    parser.add_argument("--range", metavar="LOW,HIGH", help="range of the ranks (1,10)")
    parser.add_argument(
        "--normalise",
        action=argparse.BooleanOptionalAction,
        help="scale the numbers of each event type to 0…1 first",
    )
    parser.add_argument(
        "--threshold", metavar="X", help="count numbers of X or more as 1, leave out the others"
    )
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help=f"parameters to start from: {', '.join(PRESETS)} (Tutorial)",
    )
    for name, bounds in BOUNDS.items():
        default = getattr(ALSParams(), name)
        parser.add_argument(f"--{name}", help=f"{bounds.explains} ({default:g})")


def fitted(options: argparse.Namespace) -> Model:
    """Read the files that the options name, and train as they say.

    What was left out on the way, and what speaks against the strengths, is said on stderr.

    Raises
    ------
    KindredError
        If an option makes no sense, a file cannot be read, or the fit breaks down.
    """
    if options.interactions is None:
        todo = "Add --interactions I.csv (and --articles A.csv)"
        if hasattr(options, "model"):
            todo += ", or --model FOLDER"
        raise SettingError("no data is given.", todo=f"{todo}.")
    _weights(options, None)  # a mistake is told before a large file is read
    base = ALSParams() if options.preset is None else preset(options.preset)
    given = {name: getattr(options, name) for name in BOUNDS}
    params = replace(base, **{name: value for name, value in given.items() if value is not None})
    try:
        tables = tables_of(options)
    except Unusable as error:
        remarks.say(remarks.hints_of(error.reports))  # one of them may mend it
        raise
    made, articles = None, options.articles is not None
    try:
        weights = _weights(options, tables)
        made = _made(tables, weights)
    finally:
        remarks.say(remarks.on_reading(tables, made, articles=articles))
    model = training.fit(made, params)
    found = strengths.advice(
        tables, weights, alpha=params.alpha, regularization=params.regularization, made=made
    )
    remarks.say(f"note: {one}" for one in found)
    return model


def _made(tables: Tables, weights: EventWeights) -> Interactions:
    """The matrix, or `Unusable` where the standard strengths would leave nothing either."""
    try:
        return strengths.build_interactions(tables, weights)
    except DataError as error:
        if leave_nothing(tables):
            raise Unusable(error) from None
        raise


def refuse_fitting_options(options: argparse.Namespace) -> None:
    """A model that is trained already takes none of them.

    Raises
    ------
    SettingError
        If one was given.
    """
    names = (*FILE_OPTIONS, *WEIGHING, "preset", *BOUNDS)
    given = [f"--{name.replace('_', '-')}" for name in names if getattr(options, name) is not None]
    if given:
        raise SettingError(
            f"{', '.join(given)} cannot change a model that is already trained.",
            where="--model",
            todo="Leave them out, or train a new model.",
        )


def weights_option(tables: Tables) -> str:
    """``--weights`` for every event type of the tables, to be copied and changed."""
    known = [
        f"{strengths.typed(name)}={DEFAULT_STRENGTHS.get(name, 1):g}"
        for name in tables.event_counts
    ]
    more = f",… ({len(known) - MOST_NAMES:,} more)" if len(known) > MOST_NAMES else ""
    return f"--weights {shlex.quote(','.join(known[:MOST_NAMES]))}{more}"


def _weights(options: argparse.Namespace, tables: Tables | None) -> EventWeights:
    """The weights asked for, beginning with the default of the tables where they are there."""
    if options.weights is not None:
        weights = EventWeights.parse(options.weights)
    else:
        weights = EventWeights.default() if tables is None else strengths.default_weights(tables)
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
    if tables is not None and (missing := weights.missing(tables.event_counts)):
        listed = ", ".join(
            f"{name!r} ({counted(tables.event_counts[name], 'rows')})"
            for name in missing[:MOST_LISTED]
        )
        raise SettingError(
            f"no strength for the event type{'s' if len(missing) > 1 else ''} {listed}.",
            where=tables.report.events.name,
            todo=f"Give each a strength, or 0 to leave its rows out: {weights_option(tables)}",
        )
    if options.range is not None and tables is not None and weights.scale != "rank":
        raise SettingError(
            f"the scale is {weights.scale}, which has no range.",
            where="--range",
            todo="Add --scale rank, or leave it out.",
        )
    return weights
