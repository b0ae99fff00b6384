"""A table whose rows are chosen, by mouse and by keyboard, drawn from data as text alone.

In: a frame, what its columns are, and what follows a choice. Out: an element of the page, one stop
of the Tab key. Begin with `choice_table`; ``table.js`` draws it.
"""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

_HERE = Path(__file__).parent
_table = st.components.v2.component(
    "kindred_table",
    html='<div class="frame"><table role="grid"></table></div>',
    css=(_HERE / "table.css").read_text(encoding="utf-8"),
    js=(_HERE / "table.js").read_text(encoding="utf-8"),
)
PICK = "pick"  # the name of the column of buttons
UNKNOWN_WIDTH = 110


@dataclass(frozen=True, kw_only=True)
class Column:
    """How a column is shown.

    `width` is in pixels; 0 takes what the others leave. A number has `digits` after the point, or
    six that count (None), and `suffix` after it. A bar reaches from `low` to `high`.
    """

    label: str
    help: str = ""
    kind: Literal["title", "text", "number", "bar", "check", "pick"] = "number"
    width: int = UNKNOWN_WIDTH
    digits: int | None = 0
    suffix: str = ""
    low: float = 0.0
    high: float = 1.0


def choice_table(
    table: pd.DataFrame,
    ids: list[str],
    key: str,
    then: Callable[[str], None],
    alt: str,
    columns: dict[str, Column],
    *,
    height: int | None = None,
    chosen: str = "",
    faint: Collection[str] = (),
    faint_help: str = "",
    picked: Collection[str] | None = None,
    pick: Callable[[str], None] | None = None,
) -> None:
    """A table; a click on a row, Enter or Space on it calls `then` with the id of that row.

    Parameters
    ----------
    table
        What is shown; a column that `columns` does not name is shown as text.
    ids
        Of the rows, each once.
    key
        Of the widget. While it is the same, the focus stays where it is.
    then, pick
        Called with the id of a row that is chosen, or whose button is pressed.
    alt
        What the table shows, for a screen reader.
    columns
        How the columns are shown, by their names.
    height
        Pixels, beyond which it scrolls.
    chosen
        The id of the row that is marked.
    faint, faint_help
        The ids of rows that stand back, and why, which is said in each of them.
    picked
        The ids of rows whose button is pressed; None where there are no buttons.
    """
    shown = {name: columns.get(name) or _unknown(name, table[name]) for name in table}
    if picked is not None:
        shown[PICK] = Column(label="", kind="pick", width=76)

    def called(event: str, what: Callable[[str], None] | None) -> Callable[[], None]:
        def call() -> None:
            item = st.session_state[key].get(event)
            if item in ids and what is not None:  # it comes from the browser
                what(item)

        return call

    values = zip(*(_values(table[name]) for name in table), strict=True) if len(table) else ()
    _table(
        key=key,
        data={
            "alt": alt,
            "columns": [{"name": name, **asdict(column)} for name, column in shown.items()],
            "rows": [[one, list(row)] for one, row in zip(ids, values, strict=True)],
            "chosen": chosen,
            "faint": list(faint),
            "faint_help": faint_help,
            "picked": list(picked or ()),
            "height": height,
        },
        on_chosen_change=called("chosen", then),
        on_picked_change=called("picked", pick),
    )


def _unknown(name: str, values: pd.Series) -> Column:
    column = Column(label=name.replace("_", " ").capitalize(), kind="text")
    if pd.api.types.is_bool_dtype(values):
        return replace(column, kind="check")
    number = pd.api.types.is_numeric_dtype(values)
    return replace(column, kind="number", digits=None) if number else column


def _values(values: pd.Series) -> list[Any]:
    """What JSON can hold: None for what is missing, text for what is neither text nor number."""
    if pd.api.types.is_bool_dtype(values):
        return values.astype(object).where(values.notna(), None).tolist()
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.astype(object).where(
            np.isfinite(values.to_numpy(float, na_value=np.nan)), None
        )
        return numbers.tolist()
    return [None if pd.isna(one) else str(one) for one in values]
