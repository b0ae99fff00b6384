"""An account in one line, for whoever did not ask for it."""

from collections.abc import Iterable

from recsys.counting import counted
from recsys.reading.report import FileReport, LeftOut, printable

REASONS = 3


def in_brief(reports: Iterable[FileReport], *, of_all: bool = False) -> str:
    """How many rows were left out and why, file by file; empty where nothing was lost.

    Rows of an article that later rows replace are not lost. At most `REASONS` reasons a file, the
    most frequent first. With `of_all` also the files of which every row was kept.

    Examples
    --------
    >>> from recsys.reading import FileReport, LeftOut
    >>> left_out = (LeftOut(reason="user is empty", count=2), LeftOut(reason="blank line", count=3))
    >>> in_brief([FileReport(name="i.csv", rows=9, kept=4, left_out=left_out)])
    'i.csv: 9 rows, 4 kept (5 left out: blank line: 3, user is empty: 2)'
    """
    parts = []
    for report in reports:
        lost = _lost(report)
        if lost or of_all:
            text = f"{report.name}: {counted(report.rows, 'rows')}, {report.kept:,} kept"
            parts.append(printable(text + _why(lost, report.lost)))
    return "; ".join(parts)


def rows_lost(reports: Iterable[FileReport]) -> int:
    """How many rows `in_brief` counts as left out."""
    return sum(part.count for report in reports for part in _lost(report))


def _lost(report: FileReport) -> list[LeftOut]:
    return [part for part in report.left_out if part.lost]


def _why(lost: list[LeftOut], in_no_other: str) -> str:
    if not lost:
        return ""
    ordered = sorted(lost, key=lambda part: -part.count)
    reasons = [f"{part.reason}: {part.count:,}" for part in ordered[:REASONS]]
    if rest := sum(part.count for part in ordered[REASONS:]):
        reasons.append(f"other reasons: {rest:,}")
    total = sum(part.count for part in ordered)
    more = f"; {in_no_other}" if in_no_other else ""
    return f" ({total:,} left out: {', '.join(reasons)}{more})"
