"""What was read, what was kept, and what was left out and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.formats import Batch, Layout
from recsys.reading.hints import EXAMPLES, Hint, how_read, in_doubt


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Rows of one file that were left out for one reason.

    Attributes
    ----------
    examples
        At most three of them: the line (of a Parquet file the row) and what stands there.
    lines
        ``(count,)`` int64, where each of them begins, ascending; for `left_out_rows`.
    """

    reason: str
    count: int
    examples: tuple[tuple[int, str], ...] = ()
    lines: np.ndarray = field(default_factory=lambda: np.empty(0, int), repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The account of one file: ``rows == kept + sum of left_out``.

    Attributes
    ----------
    lines
        Of a text file, how many lines it has: ``lines == before + rows + inside``.
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
    lines: int = 0
    before: int = 0
    inside: int = 0
    layout: Layout | None = None
    mapping: dict[str, Any] = field(default_factory=dict)

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

    def __str__(self) -> str:
        share = f"{self.kept:,} kept" if self.rows else "nothing kept"
        lines = [f"{self.name}: {self.rows:,} rows, {share}"]
        if self.layout is not None:
            read_as = ", ".join(f"{name} {value}" for name, value in self.layout.as_dict().items())
            named = {k: v if isinstance(v, str) else ", ".join(v) for k, v in self.mapping.items()}
            lines.append(f"  read as  {read_as}")
            lines.append("  columns  " + ", ".join(f"{k}={v}" for k, v in named.items()))
        unit = self.layout.unit if self.layout else "row"
        if self.inside or self.before > 1:
            inside = f", {self.inside:,} inside of cells" if self.inside else ""
            lines.append(
                f"  lines    {self.lines:,}: {self.before:,} before the first row, "
                f"{self.rows:,} rows{inside}"
            )
        for part in self.left_out:
            lines.append(f"  left out {part.count:,}: {part.reason}")
            lines += [f"           {unit} {line:,}: {text}" for line, text in part.examples]
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


@dataclass
class Account:
    """Counts the rows of one file while they are sorted into kept and left out."""

    name: str
    articles: bool = False
    unit: str = "line"
    rows: int = 0
    lines: int = 0
    _lines: dict[str, list[np.ndarray]] = field(default_factory=dict)
    _examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _notes: list[str] = field(default_factory=list)
    _hints: list[Hint] = field(default_factory=list)
    _changed: list[tuple[int, str]] = field(default_factory=list)
    _doubtful: list[int] = field(default_factory=list)
    _marks: list[int] = field(default_factory=list)
    _recoded: list[int] = field(default_factory=list)

    def option(self, name: str) -> str:
        """What an option of the interactions file is called in the shell for this one."""
        return f"--article-{name}" if self.articles else f"--{name}"

    def take(self, batch: Batch) -> None:
        """Count the rows and lines of a batch, and what was wrong or odd about them."""
        self.rows += batch.records
        self.lines += batch.n_lines or batch.records
        told = batch.malformed
        self.leave_out("malformed line", [line for line, _ in told], lambda i: told[i][1])
        self.leave_out("blank line", batch.blank, lambda i: "(empty)")
        self._changed += batch.changed
        self._doubtful += batch.doubtful
        self._marks += batch.marks
        self._recoded += batch.recoded

    def leave_out(
        self, reason: str, lines: np.ndarray | Iterable[int], text_of: Callable[[int], str]
    ) -> None:
        """Count the rows that begin on `lines` as left out; ``text_of(i)`` shows the i-th."""
        lines = np.asarray(lines, dtype=np.int64)
        if not len(lines):
            return
        self._lines.setdefault(reason, []).append(lines)
        examples = self._examples.setdefault(reason, [])
        for i in range(min(len(lines), EXAMPLES - len(examples))):
            examples.append((int(lines[i]), text_of(i)))

    def note(self, text: str) -> None:
        """Add a remark about something that was recognised, not dropped."""
        self._notes.append(text)

    def hint(self, hint: Hint) -> None:
        """Add something that may be other than it was read, and what to do about it."""
        self._hints.append(hint)

    def close(self, kept: int, layout: Layout, mapping: dict[str, Any]) -> FileReport:
        """The finished account, the reason met first before the others; counts must add up."""
        self._say_how_quoted()
        left_out = tuple(
            LeftOut(
                reason=reason,
                count=_total(lines),
                examples=tuple(self._examples[reason]),
                lines=np.sort(np.concatenate(lines)),
            )
            for reason, lines in sorted(self._lines.items(), key=lambda part: part[1][0][0])
        )
        report = FileReport(
            name=self.name,
            rows=self.rows,
            kept=kept,
            left_out=left_out,
            notes=(*how_read(layout, self._recoded), *self._notes),
            hints=(*in_doubt(layout, self.option("encoding")), *self._hints),
            lines=self.lines + layout.before if layout.unit == "line" else 0,
            before=layout.before,
            inside=self.lines - self.rows,
            layout=layout,
            mapping=mapping,
        )
        assert self.rows == kept + sum(part.count for part in left_out), report
        return report

    def _say_how_quoted(self) -> None:
        """Say where quotation marks and byte order marks were not what they look like."""
        if self._changed:
            line, text = self._changed[0]
            many = f"{len(self._changed):,} lines have" if len(self._changed) > 1 else "A line has"
            self.note(
                f"{many} a quotation mark that opens a cell and never closes. It was read as part "
                f"of the text (line {line:,}: {text})."
            )
        if self._doubtful:
            count = len(self._doubtful)
            many = f"{count:,} cells run" if count > 1 else "A cell runs"
            self.hint(
                Hint(
                    text=f"{many} over lines that look like rows of their own (from line "
                    f"{self._doubtful[0]:,}).",
                    label="Read quotation marks as plain signs",
                    shell=self.option("no-quoting"),
                    options={"quoting": False},
                )
            )
        if self._marks:
            many = f"{len(self._marks):,} lines begin" if len(self._marks) > 1 else "A line begins"
            self.note(
                f"{many} with a byte order mark (line {self._marks[0]:,}), as where files were "
                "joined. It was taken out."
            )


def printable(text: str) -> str:
    """A text with a blank for each sign that a terminal would obey or could not show."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _total(lines: list[np.ndarray]) -> int:
    return sum(len(part) for part in lines)
