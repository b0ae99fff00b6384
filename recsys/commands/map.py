"""The command ``map``: the catalogue on a plane, as a picture, an HTML file or a table.

The ending of the file says which. A CSV file has ``item_id``, ``title``, ``x``, ``y``, ``topic``,
``finer_topic`` and ``readers``, a row for each article.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recsys import maps, models, topics, writing
from recsys.commands.arguments import add_model_option
from recsys.commands.export import show
from recsys.counting import counted
from recsys.errors import SettingError

if TYPE_CHECKING:
    from recsys.maps import Chart

ENDINGS = ("html", "png", "svg", "csv")
PICTURES = ("png", "svg")
COLOURS = ("topic", "readers", "recency", "language", "type")
SIZE = (1600, 900)


def add_command(commands: Any) -> None:
    """Add ``map`` to the commands of the parser."""
    parser = commands.add_parser("map", help="a map of the articles, as a picture, page or table")
    add = parser.add_argument
    add_model_option(parser)
    add("--out", required=True, metavar="FILE", help="ends with .html, .png, .svg or .csv")
    add("--topics", type=int, metavar="N", help="at most N topics; default: as many as the data "
        "supports")  # fmt: skip
    add("--colour", choices=COLOURS, help="what the colours show (topic)")
    add("--dark", action="store_true", help="a picture on a dark background")
    add("--size", metavar="WIDTHxHEIGHT", help="pixels of a picture (1600x900)")
    add("--title", metavar="TEXT", help="the line above the map")
    add("--seed", type=int, default=0, metavar="N", help="of the places (0)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """Write the file; a line that says what is in it.

    Raises
    ------
    KindredError
        If there is no such model, an option makes no sense, or the file cannot be written.
    """
    out, ending, size = _checked(options)
    model = models.load_model(options.model)
    found = topics.find_topics(model, options.topics)
    finer = None if ending in PICTURES else topics.finer_topics(model, found)
    chart = maps.Chart(
        model=model,
        places=maps.neighbour_places(model, seed=options.seed, on_progress=show),
        topics=found,
        finer=finer,
        title=options.title or "Map of the articles",
    )
    if ending == "csv":
        writing.write_parts([chart.table()], out)
    else:
        try:
            out.write_bytes(_drawn(chart, ending, options, size))
        except OSError as error:
            raise SettingError(f"cannot be written: {error.strerror}.", where=str(out)) from None
    return f"{out}: {chart.said()} {counted(len(found.names), 'topics')}.\n"


def _drawn(chart: Chart, ending: str, options: argparse.Namespace, size: tuple[int, int]) -> bytes:
    colours = maps.colourings(chart, options.colour or COLOURS[0])
    if ending == "html":
        return chart.page(colours)
    width, height = size
    return chart.picture(colours[0], ending, dark=options.dark, width=width, height=height)


def _checked(options: argparse.Namespace) -> tuple[Path, str, tuple[int, int]]:
    """Where to, in which format and size: what is wrong is said before the work begins."""
    out = Path(options.out)
    ending = out.suffix.lstrip(".").lower()
    if ending not in ENDINGS:
        raise SettingError(
            f"{ending or 'nothing'!r} is not a format.",
            where=str(out),
            todo=f"Let it end with .{', .'.join(ENDINGS[:-1])} or .{ENDINGS[-1]}.",
        )
    if not out.parent.is_dir():
        raise SettingError("there is no such folder.", where=str(out.parent), todo="Make it first.")
    given = {"--dark": options.dark, "--size": options.size}
    if ending == "csv":
        given |= {"--colour": options.colour, "--title": options.title}
    for option, value in given.items():
        if value and ending not in PICTURES:
            raise SettingError(
                f"a .{ending} file has none of it.", where=option, todo="Leave it out."
            )
    if not 0 <= options.seed < 2**32:
        raise SettingError(
            f"{options.seed} is not allowed.",
            where="--seed",
            todo=f"Give a whole number from 0 to {2**32 - 1:,}.",
        )
    return out, ending, _size(options.size)


def _size(text: str | None) -> tuple[int, int]:
    if text is None:
        return SIZE
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text.strip())
    if found is None:
        raise SettingError(
            f"{text[:40]!r} is not a size.", where="--size", todo="Example: 1600x900."
        )
    width, height = int(found[1]), int(found[2])
    maps.check_size(width, height)
    return width, height
