"""The command ``topics``: what is written about, as far as readers and titles tell.

It prints ``rank``, ``topic``, ``items`` (articles), ``pairs`` (of a person and an article that
they read), ``covered`` (the share of titles that hold a word of the name; empty where it is not
made of words) and ``most_read``, titles: a list with ``--format json``, parted by " | " otherwise.
With ``--finer``, ``within`` names the broader topic of each. With ``--details`` there is more; see
`recsys.topics.details.topic_details`.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from recsys import models, topics
from recsys.columns import Col
from recsys.commands.arguments import FORMATS, add_model_option, written
from recsys.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

MOST_TITLES = 100


def add_command(commands: Any) -> None:
    """Add ``topics`` to the commands of the parser."""
    parser = commands.add_parser("topics", help="find the topics in the data")
    add = parser.add_argument
    add_model_option(parser)
    add("--count", type=int, metavar="N", help="at most N topics; default: as many as the data "
        "supports")  # fmt: skip
    add("--finer", action="store_true", help="divide each topic that is large enough")
    add("--details", action="store_true", help="also readers, and what the articles share")
    add("--titles", type=int, default=3, metavar="N", help="most-read titles of each (3)")
    add("--format", choices=FORMATS, default="table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """The topics as text.

    Raises
    ------
    KindredError
        If there is no such model, or a number makes no sense.
    """
    if not 0 <= options.titles <= MOST_TITLES:
        raise SettingError(
            f"{options.titles} is not allowed.",
            where="--titles",
            todo=f"Give a number from 0 to {MOST_TITLES}.",
        )
    model = models.load_model(options.model)
    found = topics.find_topics(model, options.count)
    table = _table(found, model, options)
    if options.format == "json":
        rows = table.astype(object).where(table.notna(), None)
        return json.dumps(rows.to_dict(orient="records"), ensure_ascii=False, indent=1) + "\n"
    for column in {Col.WORDS, Col.MOST_READ, Col.MOST_READ_IDS} & set(table):
        table[column] = table[column].map(" | ".join)
    if options.format == "table" and not len(table):
        return "No topics: regularization is so strong that the factors are nearly zero.\n"
    return written(table, options.format)


def _table(found: topics.Topics, model: models.Model, options: argparse.Namespace) -> pd.DataFrame:
    broader = found if options.finer else None
    if options.finer:
        found = topics.finer_topics(model, found)
    if options.details:
        return topics.topic_details(found, model, options.titles, broader)
    table = topics.topic_table(found, model, options.titles)
    if broader is not None and isinstance(found, topics.FinerTopics):
        table.insert(2, Col.WITHIN, broader.name_of(found.within))
    return table
