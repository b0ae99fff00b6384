"""What ``recommend --why-not ID`` prints: where an article stands, and what would bring it in.

With ``--format json`` an object with ``item_id``, ``shown``, ``rank``, ``offered``, ``score``,
``last_score``, ``gap``, ``removed_by`` and ``changes``: a list of what would bring it in, each by
itself, with ``item_id``, ``title``, ``event_type`` (empty: had it not been read), ``read``,
``strength``, ``rank`` and ``score``. CSV has the changes alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from recsys.columns import Col
from recsys.commands.arguments import written

if TYPE_CHECKING:
    import pandas as pd

    from recsys.recommendations import WhyNotRecommended

_LISTED = 20  # changes in a table; all of them in JSON and CSV
_REASONS = {  # by the values of `recsys.limits.Limit`, which help is not to import
    "read": "the reader has read it",
    "removed": "it was removed from the platform",
    "excluded": "--exclude",
    "language": "--languages",
    "date": "--since, --until",
}


def text_of(found: WhyNotRecommended, form: str) -> str:
    """The answer as a table with sentences, CSV or JSON."""
    changes = found.changes.table if found.changes else None
    if form == "json":
        return _json(found, changes)
    if form == "csv":
        return written(changes, "csv") if changes is not None else ""
    lines = [_where(found)]
    if found.shown or changes is None:
        return "\n".join(lines) + "\n"
    if not len(changes):
        lines.append("No single article would bring it in.")
        return "\n".join(lines) + "\n"
    more = f" (the first {_LISTED})" if len(changes) > _LISTED else ""
    some = "" if found.changes is None or found.changes.complete else " at least"
    lines.append(f"Each of these would bring it in by itself{more}, of{some} {len(changes):,}:")
    table = changes.head(_LISTED).drop(columns=[Col.READ, Col.READERS])
    table = table.assign(**{Col.EVENT: table[Col.EVENT].replace("", "(not read)")})
    return "\n".join(lines) + "\n" + written(table, "table")


def _where(found: WhyNotRecommended) -> str:
    """One sentence or two: its place, its score, what removes it."""
    place = f"number {found.rank:,} of {found.offered:,}, score {found.score:.3f}"
    if found.shown:
        return f"It is in the list: {place}."
    if found.removed_by:
        reasons = "; ".join(_REASONS.get(limit, limit.value) for limit in found.removed_by)
        return f"It is left out: {reasons}. Otherwise it would be {place}."
    end = "" if found.last is None else f"; the last of the list has {found.last:.3f}"
    return f"It is {place}{end}."


def _json(found: WhyNotRecommended, changes: pd.DataFrame | None) -> str:
    answer = {
        "item_id": found.item_id,
        "shown": found.shown,
        "rank": found.rank,
        "offered": found.offered,
        "score": found.score,
        "last_score": found.last,
        "gap": found.gap,
        "removed_by": [limit.value for limit in found.removed_by],
        "changes": [] if changes is None else changes.to_dict("records"),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
