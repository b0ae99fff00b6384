"""The command ``recommend``: what a reader would read next, and why.

With ``--format json`` it prints a list of objects with ``rank``, ``item_id``, ``title`` and
``score``, and with ``--explain`` ``contributions``: a list of ``item_id``, ``title`` and
``contribution`` over all that the reader read, which add up to the score. Tables and CSV have
``readers`` and ``read`` as well, and where a list was rearranged ``rank_before``. What
``--why-not`` prints: `why_not_recommended`.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from recsys import limits, models, ranking, recommendations
from recsys.columns import Col
from recsys.commands import why_not_recommended
from recsys.commands.arguments import (
    FORMATS,
    add_day_options,
    add_model_option,
    days_of,
    known,
    written,
)
from recsys.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

    from recsys.limits import Limits
    from recsys.models import Model
    from recsys.recommendations import Solver

_REASONS = 3  # named in a cell; all of them in JSON


def add_command(commands: Any) -> None:
    """Add ``recommend`` to the commands of the parser."""
    parser = commands.add_parser("recommend", help="what a reader would read next")
    add = parser.add_argument
    add_model_option(parser)
    add("--user", required=True, metavar="READER_ID")
    add("--n", type=int, default=10, help="how many (10)")
    add("--explain", action="store_true", help="what each article read adds to the score")
    add("--include-read", action="store_true", help="include articles already read")
    add("--removed", action="store_true", help="include removed articles")
    add("--exclude", action="append", default=[], metavar="ID,ID,…", help="never "
        "recommend these; can be repeated, as for an id that contains a comma")  # fmt: skip
    add("--languages", default="", metavar="NAME,…", help="only articles in these languages")
    add_day_options(parser)
    add("--diversity", type=float, default=0.0, metavar="0…1", help="more variety")
    add("--novelty", type=float, default=0.0, metavar="0…1", help="less popular articles")
    add("--why-not", metavar="ARTICLE_ID", help="why this article is not in the list, and which "
        "single article would bring it in")  # fmt: skip
    add("--format", choices=FORMATS, default="table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> str:
    """The recommendations as text.

    Raises
    ------
    KindredError
        If there is no such model, reader or article, or an option makes no sense.
    """
    since, until = days_of(options)
    model = models.load_model(options.model)
    chosen = limits.Limits(
        include_read=options.include_read,
        include_removed=options.removed,
        exclude=_ids(options.exclude, model),
        languages=known(_listed(options.languages), model.items[Col.LANGUAGE], "--languages"),
        since=since,
        until=until,
    )
    solver = recommendations.Solver(model)
    n = ranking.checked_count(options.n)
    if options.why_not is not None:
        return _why_not(options, solver, n, chosen)
    pool = recommendations.recommend(solver, options.user, recommendations.pool_size(n), chosen)
    table = recommendations.rerank(
        pool, model, n, diversity=options.diversity, novelty=options.novelty
    )
    if not (options.diversity or options.novelty):
        table = table.drop(columns=Col.BEFORE)
    reasons = _reasons(solver, options.user, table) if options.explain else None
    if options.format == "json":
        return _json(table, reasons)
    if options.format == "table" and not len(table):
        return _why_none(options, int(chosen.allowed(model.items, model.readers).sum()))
    if reasons is not None:
        table = table.assign(because=[_cell(found) for found in reasons])
    return written(table, options.format)


def _why_not(options: argparse.Namespace, solver: Solver, n: int, chosen: Limits) -> str:
    if options.diversity or options.novelty:
        raise SettingError(
            "with --diversity or --novelty, more than the score decides what is in the list.",
            where="--why-not",
            todo="Leave them out.",
        )
    found = recommendations.why_not_recommended(solver, options.user, options.why_not, n, chosen)
    return why_not_recommended.text_of(found, options.format)


def _reasons(solver: Solver, user: str, table: pd.DataFrame) -> list[pd.DataFrame]:
    ids = table[Col.ITEM].tolist()
    explained = recommendations.contributions(solver, user, ids)
    size = len(explained) // max(len(ids), 1)
    return [explained[start : start + size] for start in range(0, len(explained), size or 1)]


def _json(table: pd.DataFrame, reasons: list[pd.DataFrame] | None) -> str:
    """Python writes each number with all of its digits, which pandas would cut."""
    rows = table[[Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE]].to_dict(orient="records")
    for row, found in zip(rows, reasons or (), strict=reasons is not None):
        named = found[[Col.HISTORY, Col.TITLE, Col.CONTRIBUTION]]
        row["contributions"] = named.rename(columns={Col.HISTORY: Col.ITEM}).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _cell(found: pd.DataFrame) -> str:
    first = found.head(_REASONS)
    names = first[Col.TITLE].where(first[Col.TITLE].str.strip() != "", first[Col.HISTORY])
    pairs = zip(names, first[Col.CONTRIBUTION], strict=True)
    return "; ".join(f"{name} ({value:+.4f})" for name, value in pairs)


def _why_none(options: argparse.Namespace, allowed: int) -> str:
    """Why nothing is left for a reader, where the limits allow so many articles for anybody."""
    names = ("exclude", "languages", "since", "until")
    given = [f"--{name}" for name in names if getattr(options, name)]
    if allowed:
        why = f"the reader has read all articles that may be recommended ({allowed:,}). "
        why += "--include-read includes them."
    elif given:
        why = f"{', '.join(given)} leave{'s' * (len(given) == 1)} no article that is not removed."
    else:
        why = "all articles were removed later. --removed includes them."
    return f"Nothing to recommend: {why}\n"


def _ids(texts: list[str], model: Model) -> tuple[str, ...]:
    """What each text lists; one that is an article's id as a whole is that id alone."""
    lists = ((text,) if text in model.positions else _listed(text) for text in texts)
    return tuple(item for ids in lists for item in ids)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
