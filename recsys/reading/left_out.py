"""All rows that were left out of a file, as a file of their own."""

import csv
import io
from collections.abc import Iterator

import numpy as np

from recsys.formats import Source, all_rows
from recsys.reading.report import FileReport
from recsys.writing import harmless

_ROWS = 1_000


def left_out_rows(source: Source, report: FileReport) -> Iterator[str]:
    """A CSV of the rows of `source` that `report` counts as left out, in pieces.

    Its columns are the line (see `Layout.unit`), the reason, and the file's own. Cells
    that a spreadsheet would take for formulas begin with an apostrophe. The file is read once
    more; only the line numbers were kept.

    Raises
    ------
    FileError
        If the file cannot be read any more.
    """
    layout = report.layout
    if layout is None or not report.left_out:
        return
    lines = np.concatenate([part.lines for part in report.left_out])
    which = np.repeat(np.arange(len(report.left_out)), [part.count for part in report.left_out])
    order = np.argsort(lines, kind="stable")
    places = zip(lines[order].tolist(), which[order].tolist(), strict=True)
    names, rows = all_rows(source, layout)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([layout.unit, "reason", *map(harmless, names)])
    for number, (line, reason) in enumerate(places, 1):
        found = next(row for place, row in rows if place == line)
        writer.writerow([line, report.left_out[reason].reason, *map(harmless, found)])
        if number % _ROWS == 0:
            yield text.getvalue()
            text.seek(text.truncate(0))
    yield text.getvalue()
