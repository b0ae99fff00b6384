"""What was read, what was kept, and what was left out and why."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.counting import counted, word_for
from recsys.formats import Layout
from recsys.reading.hints import Hint


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Rows of one file that were left out for one reason.

    Attributes
    ----------
    examples
        At most three of them: the line (see `Layout.unit`) and what stands there.
    lines
        ``(count,)`` int64, where each of them begins, ascending; for `left_out_rows`.
    lost
        Whether something is lost with them: not with an article's rows that later ones replace.
    """

    reason: str
    count: int
    examples: tuple[tuple[int, str], ...] = ()
    lines: np.ndarray = field(default_factory=lambda: np.empty(0, int), repr=False, compare=False)
    lost: bool = True


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The account of one file: ``rows == kept + sum of left_out``.

    Attributes
    ----------
    lines
        Of a text file, how many lines it has: ``lines == before + rows + inside``.
    lost_people, lost_articles
        Of an interactions file, how many are in rows that were left out, and in no other.
    before
        Lines up to the names of the columns, with these.
    inside
        Lines that go on with a row that begins further up, in a quoted cell.
    layout
        How it was read; None for an articles file that there is not.
    mapping
        The columns that were used, by what they are.
    """

    name: str
    rows: int
    kept: int
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    lost_people: int = 0
    lost_articles: int = 0
    lines: int = 0
    before: int = 0
    inside: int = 0
    layout: Layout | None = None
    mapping: dict[str, Any] = field(default_factory=dict)

    @property
    def lost(self) -> str:
        """Who and what is in rows alone that were left out, in words; empty where none is."""
        people, articles = self.lost_people, self.lost_articles
        said = [
            *([counted(people, "readers")] if people else []),
            *([counted(articles, "articles")] if articles else []),
        ]
        if not said:
            return ""
        return (
            f"{' and '.join(said)} {word_for(people + articles, 'occurs', 'occur')} only in "
            "these rows"
        )

    def table(self) -> pd.DataFrame:
        """One row a reason: reason, count, example."""
        unit = self.layout.unit if self.layout else "row"
        rows = [
            (
                part.reason,
                part.count,
                "; ".join(f"{unit} {line:,}: {text}" for line, text in part.examples),
            )
            for part in self.left_out
        ]
        return pd.DataFrame(rows, columns=["reason", Col.COUNT, "example"])

    def reasons(self) -> str:
        """What was left out, in brackets, for a message; empty where nothing was."""
        parts = [f"{part.reason}: {part.count:,}" for part in self.left_out]
        return f" ({'; '.join(parts)})" if parts else ""

    def offers(self) -> list[str]:
        """What can be set so that rows are read otherwise, in sentences."""
        return [f"{hint.text} ({hint.label}.)" for hint in self.hints if hint.label]

    def lines_in_words(self) -> str:
        """What the lines of a text file are, where they are not one of names and one a row."""
        if not self.inside and self.before <= 1:
            return ""
        inside = f", {self.inside:,} inside quoted cells" if self.inside else ""
        return (
            f"{self.lines:,}: {self.before:,} before the first row, "
            f"{counted(self.rows, 'rows')}{inside}"
        )

    def __str__(self) -> str:
        share = f"{self.kept:,} kept" if self.rows else "nothing kept"
        lines = [f"{self.name}: {counted(self.rows, 'rows')}, {share}"]
        if self.layout is not None:
            read_as = ", ".join(f"{name} {value}" for name, value in self.layout.as_dict().items())
            named = {k: v if isinstance(v, str) else ", ".join(v) for k, v in self.mapping.items()}
            lines.append(f"  read as  {read_as}")
            lines.append("  columns  " + ", ".join(f"{k}={v}" for k, v in named.items()))
        unit = self.layout.unit if self.layout else "row"
        if said := self.lines_in_words():
            lines.append(f"  lines    {said}")
        for part in self.left_out:
            lines.append(f"  left out {part.count:,}: {part.reason}")
            lines += [f"           {unit} {line:,}: {text}" for line, text in part.examples]
        if self.lost:
            lines.append(f"           {self.lost}")
        lines += [f"  note     {note}" for note in self.notes]
        lines += [f"  hint     {hint}" for hint in self.hints]
        return "\n".join(map(printable, lines))

    def as_dict(self) -> dict[str, Any]:
        """The report for JSON; the lines of the examples alone, not of all rows."""
        return {
            "name": self.name,
            "lines": self.lines,
            "rows": self.rows,
            "kept": self.kept,
            "left_out": [
                {
                    "reason": part.reason,
                    "count": part.count,
                    "examples": [{"line": line, "text": text} for line, text in part.examples],
                }
                for part in self.left_out
            ],
            "lost": {"people": self.lost_people, "articles": self.lost_articles},
            "notes": list(self.notes),
            "hints": [{"text": hint.text, "option": hint.shell} for hint in self.hints],
            "read_as": self.layout.as_dict() if self.layout else {},
            "columns": self.mapping,
        }


@dataclass(frozen=True, kw_only=True)
class Report:
    """The accounts of both files; as text, one after the other."""

    articles: FileReport
    events: FileReport

    def __str__(self) -> str:
        return f"{self.articles}\n\n{self.events}"


def printable(text: str) -> str:
    """A text with a space for each character that a terminal would obey or could not show."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
