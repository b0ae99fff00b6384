"""The account of a file while it is read: every row is kept, or left out for a reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from recsys.formats import Batch, Doubt, Layout
from recsys.reading.hints import EXAMPLES, Hint, how_read, in_doubt
from recsys.reading.report import FileReport, LeftOut

_EMPTY = "(empty)"


@dataclass
class Account:
    """Counts the rows of one file while they are sorted into kept and left out."""

    name: str
    articles: bool = False
    unit: str = "line"
    rows: int = 0
    lines: int = 0
    lost_people: int = 0
    lost_articles: int = 0
    _lines: dict[str, list[np.ndarray]] = field(default_factory=dict)
    _examples: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _no_loss: set[str] = field(default_factory=set)
    _notes: list[str] = field(default_factory=list)
    _hints: list[Hint] = field(default_factory=list)
    _changed: list[tuple[int, str]] = field(default_factory=list)
    _doubtful: list[int] = field(default_factory=list)
    _quotes: bool = False
    _marks: list[int] = field(default_factory=list)
    _recoded: list[int] = field(default_factory=list)
    _doubt: Doubt | None = None

    def option(self, name: str) -> str:
        """What an option of the interactions file is called in the shell for this one."""
        return f"--article-{name}" if self.articles else f"--{name}"

    def take(self, batch: Batch) -> None:
        """Count the rows and lines of a batch, and what was wrong or odd about them."""
        self.rows += batch.records
        self.lines += batch.n_lines or batch.records
        told = batch.malformed
        self.leave_out("malformed line", [line for line, _ in told], lambda i: told[i][1])
        self.leave_out("blank line", batch.blank, lambda i: _EMPTY)
        self._changed += batch.changed
        self._doubtful += batch.doubtful
        self._quotes |= batch.quotes
        self._marks += batch.marks
        self._recoded += batch.recoded
        self._doubt = self._doubt or batch.doubt
        self._notes += batch.notes

    def leave_out(
        self,
        reason: str,
        lines: np.ndarray | Iterable[int],
        text_of: Callable[[int], str],
        *,
        lost: bool = True,
    ) -> None:
        """Count the rows that begin on `lines` as left out; ``text_of(i)`` shows the i-th.

        `lost` is an attribute of `LeftOut`.
        """
        lines = np.asarray(lines, dtype=np.int64)
        if not len(lines):
            return
        self._lines.setdefault(reason, []).append(lines)
        if not lost:
            self._no_loss.add(reason)
        examples = self._examples.setdefault(reason, [])
        for i in range(min(len(lines), EXAMPLES - len(examples))):
            examples.append((int(lines[i]), text_of(i)))

    def note(self, text: str) -> None:
        """Add a remark about something that was recognised, not dropped."""
        self._notes.append(text)

    def hint(self, hint: Hint) -> None:
        """Add something that may be other than it was read, and what to do about it.

        Of two that are followed in the same way, one is left, with the sentences of both.
        """
        for place, other in enumerate(self._hints):
            if replace(other, text=hint.text) == hint and hint.label:
                self._hints[place] = replace(hint, text=f"{other.text} {hint.text}")
                return
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
                lost=reason not in self._no_loss,
            )
            for reason, lines in sorted(self._lines.items(), key=lambda part: part[1][0][0])
        )
        report = FileReport(
            name=self.name,
            rows=self.rows,
            kept=kept,
            left_out=left_out,
            notes=(*how_read(layout, self._recoded), *self._notes),
            hints=(*in_doubt(layout, self._doubt, self.option("encoding")), *self._hints),
            lost_people=self.lost_people,
            lost_articles=self.lost_articles,
            lines=self.lines + layout.before if layout.unit == "line" else 0,
            before=layout.before if layout.unit == "line" else 0,
            inside=self.lines - self.rows,
            layout=layout,
            mapping=mapping,
        )
        assert self.rows == kept + sum(part.count for part in left_out), report
        return report

    def _offer_no_quoting(self, text: str) -> None:
        self.hint(
            Hint(
                text=text,
                label="Read quotation marks as ordinary characters",
                shell=self.option("no-quoting"),
                options={"quoting": False},
            )
        )

    def _say_how_quoted(self) -> None:
        """Say where quotation marks and byte order marks were not what they look like."""
        if self._changed:
            line, text = self._changed[0]
            many = f"{len(self._changed):,} lines have" if len(self._changed) > 1 else "A line has"
            self.note(
                f"{many} a quotation mark that is opened but never closed. It was read as part of "
                f"the text (line {line:,}: {text})."
            )
            if not self._quotes:
                self._offer_no_quoting("No cell in this file needs quotation marks around it.")
        if self._doubtful:
            count = len(self._doubtful)
            many = f"{count:,} cells contain" if count > 1 else "A cell contains"
            self._offer_no_quoting(
                f"{many} lines that look like separate rows (from line {self._doubtful[0]:,})."
            )
        if self._marks:
            count = len(self._marks)
            many = f"{count:,} lines begin" if count > 1 else "A line begins"
            self.note(
                f"{many} with a byte order mark (line {self._marks[0]:,}), probably because files "
                "were joined. It was removed."
            )


def row_text(cells: Iterable[str]) -> str:
    """Some cells of a row as they stand beside the reason for which it was left out."""
    return ", ".join(cell[:40] or _EMPTY for cell in cells)


def _total(lines: list[np.ndarray]) -> int:
    return sum(len(part) for part in lines)
