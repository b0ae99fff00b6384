"""Taking results away: a table as it is shown, and the whole catalogue in one file."""

import re
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from recsys.models import Model
from recsys.picks import NO_RULES, Rules
from recsys.writing import table_bytes
from ui.frame import background, waiting
from ui.parts.download import button as button
from ui.session import workspace

FORMATS = {"csv": "CSV", "parquet": "Parquet"}


def table_buttons(table: pd.DataFrame, name: str, key: str = "table") -> None:
    """A button for each format of the table that is shown."""
    for ending, label in FORMATS.items():
        button(
            label,
            partial(table_bytes, table, ending),
            f"{name}.{ending}",
            key=f"take-{key}-{ending}",
            help_text=f"What the table shows, as {label}",
        )


def file_stem(name: str) -> str:
    """A data set's name as the beginning of a file's.

    >>> file_stem("Spring / Été 2026")
    'Spring-Été-2026'
    """
    return re.sub(r"\W+", "-", name).strip("-_") or "data"


def offer(table: pd.DataFrame, name: str, key: str) -> None:
    """The same behind one small button, to stand below a table.

    Streamlit's own download of a table is switched off (``.streamlit/config.toml``): it would
    write text that a spreadsheet runs as a formula.
    """
    with st.popover("Download", icon=":material/download:", key=f"offer-{key}"):
        table_buttons(table, name, key)


def whole_catalogue(
    model: Model,
    what: Literal["neighbours", "recommendations"],
    n: int,
    rules: Rules = NO_RULES,
) -> None:
    """All neighbours, or everybody's recommendations, in one file; made beside the page.

    Parameters
    ----------
    rules
        What editors decided; it holds for neighbours.
    """
    name, of_whom, aside = {
        "neighbours": ("similar articles", "every article", "Limits* and *Ranking"),
        "recommendations": ("recommendations", "every reader", "Options"),
    }[what]
    with st.popover(f"All {name}", icon=":material/download_for_offline:"):
        st.markdown(f"The first {n} {name} for {of_whom}, in one file.")
        ruled = " Pinned and kept-apart pairs are applied." if rules.pins or rules.nevers else ""
        st.caption(f"By this model alone: settings under *{aside}* do not apply.{ruled}")
        ending = st.radio(
            "Format", list(FORMATS), format_func=FORMATS.__getitem__, horizontal=True,
            key=f"all-{what}-format",
        )  # fmt: skip
        work = background.export_if_begun(model, what, n, ending, rules)
        if work is None or work.failed or waiting.stopped(work):
            if work is not None:
                st.caption("It was stopped, or could not be made.")
            if st.button("Make the file", key=f"all-{what}-make"):
                background.export_of(model, what, n, ending, rules)
                st.rerun()
        elif work.result is not None:
            button(
                f"Download ({len(work.result) / 1e6:.1f} MB)",
                work.result,
                f"{file_stem(workspace.current().data.name)}-{what}.{ending}",
                key=f"all-{what}-take",
            )
        else:
            waiting.wait_for(work)
            st.caption("The file is being made…")
