"""The command ``similar``: the articles nearest to one or to several, with evidence.

With ``--pair`` it says what speaks for one neighbour, with ``--why-not`` why an article is none.
With ``--format json`` both print one object, whose names are those of `recsys.pairs.Pair` and
`recsys.neighbours.WhyNot`.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from recsys import limits, models, neighbours, pairs, picks, topics
from recsys.columns import Col
from recsys.commands.arguments import (
    FORMATS,
    add_day_options,
    add_model_option,
    days_of,
    known,
    written,
)
from recsys.commands.fitting import add_fitting_options, fitted, refuse_fitting_options
from recsys.commands.ruling import add_rules_option, rules_of
from recsys.errors import SettingError

if TYPE_CHECKING:
    from recsys.limits import Limits
    from recsys.models import Model
    from recsys.pairs import Pair

_WORDS = {
    "removed": "removed later",
    "only": "of another topic",
    "language": "in another language",
    "type": "of another type",
    "date": "of another or unknown date",
    "title": "without a title",
    "readers": "with fewer than {readers:,} readers",
    "readers_of_both": "with fewer than {both:,} readers of both",
}


def add_command(commands: Any) -> None:
    """Add ``similar`` to the commands of the parser."""
    parser = commands.add_parser("similar", help="the articles most similar to one or several")
    add = parser.add_argument
    add_model_option(parser, required=False)
    add("--item", required=True, action="append", metavar="ARTICLE_ID", help="repeated: "
        "what is most similar to all of them together")  # fmt: skip
    add("--n", type=int, default=10, help="how many (10)")
    add("--removed", action="store_true", help="include removed articles")
    add("--language", action="append", default=[], help="only this language; can be repeated")
    add("--type", action="append", default=[], help="only this content type; can be repeated")
    add(
        "--topic",
        action="append",
        default=[],
        help="only this topic, see `topics`; can be repeated",
    )
    add_day_options(parser)
    add("--titled", action="store_true", help="only articles that have a title")
    add(
        "--least-readers",
        type=int,
        default=0,
        metavar="N",
        help="only articles with at least N readers",
    )
    add("--least-both", type=int, default=0, metavar="N", help="only articles that at least N of "
        "its readers also read")  # fmt: skip
    asks = parser.add_mutually_exclusive_group()
    asks.add_argument("--pair", metavar="ARTICLE_ID", help="show the evidence for this one instead")
    asks.add_argument(
        "--why-not", metavar="ARTICLE_ID", help="show why this article is not in the list instead"
    )
    add("--format", choices=FORMATS, default="table")
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
    days_of(options)  # a mistake is told before a model is trained
    if options.rules is not None and (options.pair or options.why_not or len(options.item) > 1):
        raise SettingError(
            "rules apply to the list of one article.",
            where="--rules",
            todo="Give one --item, and neither --pair nor --why-not.",
        )
    if options.model is not None:
        refuse_fitting_options(options)
        model = models.load_model(options.model)
    else:
        model = fitted(options)
    chosen = _limits(options, model)
    if options.pair is not None:
        return _pair(options, model)
    found = neighbours.candidates(model, options.item)
    if options.why_not is not None:
        why = neighbours.why_not(model, found, options.why_not, options.n, chosen)
        return _figures(asdict(why), options.format)
    if options.rules is not None:
        ruled = picks.apply_rules(
            rules_of(options), options.item[0], options.n, chosen, found.table, model.items
        )
        return written(ruled.table, options.format)
    table = found.table(options.n, chosen)
    if options.format != "table":
        return written(table, options.format)
    left_out = found.left_out(options.n, chosen)
    return written(table, "table") + _said(left_out, chosen, len(table))


def _limits(options: argparse.Namespace, model: Model) -> Limits:
    since, until = days_of(options)
    only = None
    if options.topic:
        found = topics.find_topics(model)
        wanted = [found.place(name) for name in options.topic]
        ids = model.items[Col.ITEM].to_numpy()
        only = frozenset(item for item, of in zip(ids, found.of, strict=True) if of in wanted)
    return limits.Limits(
        include_removed=options.removed,
        only=only,
        languages=known(options.language, model.items[Col.LANGUAGE], "--language"),
        kinds=known(options.type, model.items[Col.KIND], "--type"),
        since=since,
        until=until,
        titled=options.titled,
        least_readers=options.least_readers,
        least_both=options.least_both,
    )


def _said(left_out: dict[Any, int], chosen: Limits, shown: int) -> str:
    """How many were passed over, in a line; nothing where none were."""
    if not left_out:
        return "" if shown else "No article is left.\n"
    parts = [
        f"{count:,} " + _WORDS[limit].format(readers=chosen.least_readers, both=chosen.least_both)
        for limit, count in left_out.items()
    ]
    return f"{sum(left_out.values()):,} left out: {', '.join(parts)}\n"


def _pair(options: argparse.Namespace, model: Model) -> str:
    if len(options.item) > 1:
        raise SettingError("a pair has one --item.", where="--pair", todo="Give one alone.")
    found = pairs.pair(model, options.item[0], options.pair, n=options.n)
    return _figures(_of_pair(found), options.format)


def _of_pair(found: Pair) -> dict[str, Any]:
    """What a model's folder knows of a pair: no texts, no times, no other seeds."""
    unknown = {"readers", "influence", "words", "by_content", "seen_by", "seeds"}
    figures = {
        one.name: getattr(found, one.name) for one in fields(found) if one.name not in unknown
    }
    influence = found.influence
    return {
        **figures,
        "beyond_chance": found.beyond_chance,
        "support": str(found.support),
        "most_influential_reader": None if influence is None else influence.user_id,
        "without_that_reader": None if influence is None else influence.without,
    }


def _figures(values: dict[str, Any], ending: str) -> str:
    """Names and values: an object in JSON, else a table of two columns."""
    import pandas as pd

    if ending == "json":
        known_ = {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in values.items()
        }
        return json.dumps(known_, ensure_ascii=False, indent=1) + "\n"
    rows = {"figure": list(values), "value": [_cell(value) for value in values.values()]}
    return written(pd.DataFrame(rows), ending)


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
