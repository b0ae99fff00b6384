"""What was read, what was kept, and what was left out and why."""

from dataclasses import dataclass, field

import pandas as pd

from recsys.columns import Col


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Rows of one file that were left out for one reason."""

    reason: str
    count: int
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """The account of one file: ``rows == kept + sum of left_out``."""

    name: str
    rows: int
    kept: int
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def table(self) -> pd.DataFrame:
        """One row a reason: reason, count, example."""
        rows = [(part.reason, part.count, part.example) for part in self.left_out]
        return pd.DataFrame(rows, columns=["reason", Col.COUNT, "example"])


@dataclass(frozen=True, kw_only=True)
class Report:
    """The accounts of both files."""

    articles: FileReport
    events: FileReport


@dataclass
class Account:
    """Counts the rows of one file while they are sorted into kept and left out."""

    name: str
    rows: int
    _left: list[LeftOut] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def leave_out(self, reason: str, count: int, example: str = "") -> None:
        """Count `count` rows as left out for `reason`."""
        if count:
            self._left.append(LeftOut(reason=reason, count=int(count), example=example))

    def note(self, text: str) -> None:
        """Add a remark about something that was recognised, not dropped."""
        self._notes.append(text)

    def close(self, kept: int) -> FileReport:
        """The finished account; its counts must add up."""
        report = FileReport(
            name=self.name,
            rows=self.rows,
            kept=kept,
            left_out=tuple(self._left),
            notes=tuple(self._notes),
        )
        assert self.rows == kept + sum(part.count for part in self._left), report
        return report
