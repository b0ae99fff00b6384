"""What stands behind each neighbour, in columns that one chooses, and how far to trust it."""

import numpy as np
import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.pairs import LEAST_FAIR, LEAST_STRONG, Support
from recsys.training import SIZE
from ui.parts.table import Column
from ui.text import counted

TWICE = 2.0  # lift from which readers of both are more than random variation
MOST_MODELS = 0.8  # of the models, that have a neighbour with strong evidence
TEXT_ONLY = "text only"
RULE = (
    f"**strong**: at least {LEAST_STRONG} readers of both, at least twice as many as by chance, "
    f"and in the list of 4 of {SIZE} models from different random starts. **thin**: fewer than "
    f"{LEAST_FAIR} readers of both, no more of them than by chance, or fewer than {LEAST_STRONG} "
    f"and in the list of one model alone. **fair**: everything between. **{TEXT_ONLY}**: nobody "
    "read both; only title and text support it."
)
# What can be shown, in the order of the columns, and what begins.
COLUMNS = {
    "Similarity": Col.SCORE,
    "Readers of both": Col.BOTH,
    "Evidence": Col.EVIDENCE,
    "Text": Col.CONTENT,
    "Repeats": Col.SEEN_BY,
    "Lift": Col.LIFT,
    "Overlap": Col.JACCARD,
    "Readers": Col.READERS,
}
SHOWN = {
    Col.EVIDENCE: Column(label="Evidence", kind="text", width=76, help=RULE.replace("*", "")),
    Col.SEEN_BY: Column(
        label="Repeats", kind="text", width=136, help=f"How many of {SIZE} models from different "
        "random starts list it too. It says that the result repeats, not that it is right: where "
        "it rests on few readers of both, these are counted beside it.",
    ),
}  # fmt: skip
FIRST = ("Similarity", "Readers of both", "Evidence")
KEY = "columns"


def field() -> list[str]:
    """Which columns stand beside the title; they are in the address."""
    with st.popover("Columns", icon=":material/view_column:", key="near-columns"):
        chosen = st.multiselect(
            "Columns beside the title", list(COLUMNS), default=list(FIRST), key=KEY,
            bind="query-params",
        )  # fmt: skip
    return [COLUMNS[name] for name in COLUMNS if name in (chosen or ())]


def graded(table: pd.DataFrame, read: bool) -> pd.DataFrame:
    """The table with how well each row is supported: a `Support`, or by the text alone.

    Parameters
    ----------
    table
        With readers_of_both and lift; stability and only_one_seed once they are known.
    read
        Whether anybody read what is asked about.
    """
    if not read or not len(table):
        return table.assign(**{Col.EVIDENCE: TEXT_ONLY})
    both, lift = table[Col.BOTH].to_numpy(), table[Col.LIFT].to_numpy(dtype=float)
    models = table[Col.STABILITY].to_numpy() if Col.STABILITY in table else np.ones(len(table))
    alone = table[Col.ONE_SEED].to_numpy() if Col.ONE_SEED in table else np.zeros(len(table), bool)
    thin = (both < LEAST_FAIR) | (lift <= 1) | (alone & (both < LEAST_STRONG))
    strong = (both >= LEAST_STRONG) & (lift >= TWICE) & (models >= MOST_MODELS - 1e-9)
    words = np.select([thin, strong], [Support.THIN, Support.STRONG], Support.FAIR).astype(object)
    if Col.CONTENT in table:
        words[(both == 0) & (table[Col.CONTENT].to_numpy() > 0)] = TEXT_ONLY
    return table.assign(**{Col.EVIDENCE: words})


def reason(row: pd.Series) -> str:
    """Why the evidence for a neighbour is not strong, in words.

    Parameters
    ----------
    row
        Of a table as `graded` gives it.
    """
    grade, both = row[Col.EVIDENCE], row[Col.BOTH]
    few = {Support.THIN: LEAST_FAIR, Support.FAIR: LEAST_STRONG}.get(grade)
    if few is None:
        return ""
    lift = row[Col.LIFT]  # NaN where few read both
    if both < few:
        why = f"fewer than {few} readers of both"
    elif lift <= 1:
        why = "no more readers of both than by chance"
    elif grade == Support.THIN:
        why = "models from other random starts do not list it"
    elif lift < TWICE:
        why = "fewer than twice as many readers of both as by chance"
    elif row.get(Col.STABILITY, 1) < MOST_MODELS - 1e-9:
        why = "too few models from other random starts list it"
    else:
        return ""
    return f"Evidence is {grade}: {why}."


def repeats(table: pd.DataFrame) -> list[str]:
    """In how many of the models each is, never without how few readers that rests on."""
    return [
        f"{seen} of {SIZE}" + (f" ({counted(both, 'reader')})" if both < LEAST_FAIR else "")
        for seen, both in zip(table[Col.SEEN_BY], table[Col.BOTH], strict=True)
    ]


def thin(table: pd.DataFrame) -> tuple[str, ...]:
    """The ids of the rows that stand back."""
    return tuple(table.loc[table[Col.EVIDENCE] == Support.THIN, Col.ITEM])
