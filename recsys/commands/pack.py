"""The command ``pack``: what stands below every article, in one file."""

import argparse
from pathlib import Path
from typing import Any

from recsys import exports, limits, models, text
from recsys.commands.arguments import add_file_options, add_model_option, tables_of
from recsys.commands.export import show
from recsys.commands.ruling import add_rules_option, rules_of
from recsys.counting import counted
from recsys.errors import SettingError


def add_command(commands: Any) -> None:
    """Add ``pack`` to the commands of the parser."""
    parser = commands.add_parser("pack", help="what to read next below every article, in a file")
    add = parser.add_argument
    add_model_option(parser)
    add("--n", type=int, default=5, help="how many below each article (5)")
    add(
        "--least-both",
        type=int,
        metavar="N",
        help="only links with at least N readers of both; default: as on the page Read next",
    )
    add("--least-readers", type=int, default=0, metavar="N", help="only to articles with N readers")
    add("--titled", action="store_true", help="only to articles with a title")
    add("--removed", action="store_true", help="include removed articles")
    add("--fill", action="store_true", help="fill up short picks with the model's")
    add(
        "--text",
        action="store_true",
        help="link orphans by title and text; needs the files the model was trained on",
    )
    add("--out", required=True, metavar="FILE", help="ends with .json, .html, .csv or .parquet")
    add_rules_option(parser)
    add_file_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Write the file; a line that says what is in it, and one of the orphans.

    Raises
    ------
    KindredError
        If there is no such model or file, an option makes no sense, or the file cannot be written.
    """
    out = Path(options.out)
    ending = out.suffix.lstrip(".").lower()
    exports.check_format(ending)
    model, rules = models.load_model(options.model), rules_of(options)
    tables = None if options.interactions is None else tables_of(options)
    if tables is not None and tables.fingerprint != model.data_fingerprint:
        raise SettingError(
            "these files are not what the model was trained on.",
            where="--interactions",
            todo="Give the same files, read in the same way, or leave them out.",
        )
    if options.text and tables is None:
        raise SettingError(
            "the model does not contain the texts.",
            where="--text",
            todo="Give --interactions I.csv and --articles A.csv as well.",
        )
    allowed = limits.Limits(
        least_both=exports.WELL_SUPPORTED if options.least_both is None else options.least_both,
        least_readers=options.least_readers,
        titled=options.titled,
        include_removed=options.removed,
    )
    pack = exports.read_next(
        model,
        tables,
        options.n,
        allowed,
        rules,
        contents=text.ContentIndex.of(tables) if options.text and tables is not None else None,
        fill=options.fill,
        on_progress=show,
    )
    try:
        out.write_bytes(exports.pack_bytes(pack, ending))
    except OSError as error:
        raise SettingError(f"cannot be written: {error.strerror}.", where=str(out)) from None
    unknown = f"; {counted(pack.unknown, 'picks or pins')} left out, as of unknown articles"
    return (
        f"{out}: {counted(len(pack.links), 'links')} below "
        f"{counted(len(pack.articles), 'articles')}; {counted(len(pack.orphans), 'orphans')} "
        f"without a well supported link{unknown if pack.unknown else ''}\n"
    )
