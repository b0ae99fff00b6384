"""The command ``search``: articles by the words of their titles, or by their ids.

It prints ``item_id``, ``title``, ``readers`` and ``match``, the kind of match in words.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from recsys import models, text, topics
from recsys.columns import Col
from recsys.commands.arguments import (
    FORMATS,
    add_day_options,
    add_model_option,
    days_of,
    known,
    written,
)

if TYPE_CHECKING:
    from recsys.text import Index, SearchFilter


def add_command(commands: Any) -> None:
    """Add ``search`` to the commands of the parser."""
    parser = commands.add_parser("search", help="find articles by words of their titles")
    add = parser.add_argument
    add("words", help="words of the title, in any order, also parts of words or with typos; or an "
        "id or part of one, with or without its minus sign; '' for the most read")  # fmt: skip
    add_model_option(parser)
    add("--n", type=int, default=20, help="how many (20)")
    add("--language", action="append", default=[], help="only this language; can be repeated")
    add("--kind", action="append", default=[], help="only this content type; can be repeated")
    add("--topic", action="append", default=[], help="only this topic, see `topics`; '' for none; "
        "can be repeated")  # fmt: skip
    add_day_options(parser)
    add(
        "--min-readers",
        type=int,
        default=0,
        metavar="N",
        help="only articles with at least N readers",
    )
    add("--max-readers", type=int, metavar="N", help="only articles with at most N readers")
    add("--format", choices=FORMATS, default="table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """What was found, as text.

    Raises
    ------
    KindredError
        If there is no such model, or an option makes no sense.
    """
    since, until = days_of(options)
    model = models.load_model(options.model)
    chosen = text.SearchFilter(
        languages=known(options.language, model.items[Col.LANGUAGE], "--language"),
        kinds=known(options.kind, model.items[Col.KIND], "--kind"),
        topics=tuple(options.topic),
        since=since,
        until=until,
        min_readers=options.min_readers,
        max_readers=options.max_readers,
    )
    index = text.index_of(model)
    if chosen.topics:
        found_topics = topics.find_topics(model)
        for name in filter(None, chosen.topics):  # "" stands for those that have none
            found_topics.place(name)  # refuses one that there is not
        index = index.with_topics(found_topics.name_of(found_topics.of))
    found = index.find(options.words, options.n, chosen)
    if options.format == "table" and not found.total:
        return _why_none(index, chosen)
    return written(found.table, options.format)


def _why_none(index: Index, chosen: SearchFilter) -> str:
    if not index.find("", 1, chosen).total:
        return "No article matches these filters.\n"
    among = "" if chosen == text.ALL else " that matches these filters"
    return f"No article{among} has any of these words, or similar ones.\n"
