"""The fields in which a person says how much events count. On Data and on Train."""

from typing import Any

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.errors import KindredError
from recsys.strengths import COMBINED, RANKS, EventWeights, RatingStep, counted, raw, stages
from ui.beside import cached
from ui.frame.problems import problem
from ui.parts import downloads
from ui.parts.widgets import data_table, fill
from ui.session.draft import Draft
from ui.text import visible

SCALES = {
    "sum": "Sum",
    "log2": "log2(1 + sum): repeats count less and less",
    "rank": "Rank of the sum: limits outliers",
}
STAGE_ROWS = 6


def number_field(label: str, value: float | None, key: str, **settings: Any) -> None:
    """A number field that holds `value`, which is its default as well.

    Without a default it begins with 0 where the browser has not got what an earlier run of the page
    sent, and tells the page that as if somebody had typed it.
    """
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[key] = value
        st.number_input(label, key=key, **settings)
    else:
        st.number_input(label, value=value, key=key, **settings)


def strength_table(draft: Draft, counts: dict[str, int], key: str) -> None:
    """A table of event types; what is typed into it goes into the draft."""
    editor, shown = f"{key}-{draft.edition}", f"{key}-rows"
    if editor not in st.session_state:
        # The table that is edited stays the same until it is drawn anew: edits are kept beside it.
        st.session_state[shown] = dict(draft.strengths)
    rows: dict[str, float | None] = st.session_state[shown]

    def note() -> None:
        types = list(rows)
        for row, cells in st.session_state[editor]["edited_rows"].items():
            if "strength" in cells:
                draft.strengths[types[row]] = cells["strength"]

    table = pd.DataFrame(
        {
            "event": [visible(name) for name in rows],
            "rows": [counts.get(name, 0) for name in rows],
            "strength": list(rows.values()),
        }
    ).astype({"strength": "float64"})
    edited = st.data_editor(
        table,
        key=editor,
        hide_index=True,
        width="stretch",
        disabled=["event", "rows"],
        on_change=note,
        column_config={
            "event": st.column_config.TextColumn("Event", width=120),
            "rows": st.column_config.NumberColumn("In the data", format="localized", width=60),
            "strength": st.column_config.NumberColumn(
                "Strength",
                help="The strengths of a reader's events on the same article are added up. "
                "0 leaves the event out.",
                format="%g",
                width=60,
            ),
        },
    )
    if any(visible(name) != name for name in rows):
        st.caption("␣ is a space, ▯ an invisible character: such names differ from those without.")
    downloads.offer(edited.assign(event=list(rows)), "event-strengths", editor)


def scaling_fields(draft: Draft, tables: Tables, key: str) -> None:
    """How values and sums count: normalised, from a threshold, scaled."""

    def field(name: str) -> str:
        """Fill the widget from the draft; gives its key."""
        return fill(f"{key}-{name}", draft.scaling[name])

    def note(name: str) -> None:
        draft.scaling[name] = st.session_state[f"{key}-{name}"]

    st.selectbox(
        "How a reader's events on one article add up",
        list(SCALES),
        format_func=SCALES.__getitem__,
        key=field("scale"),
        on_change=note,
        args=("scale",),
    )
    if draft.scaling["scale"] == "rank":
        with st.container(horizontal=True):
            for name, label in (("low", "Lowest rank"), ("high", "Highest rank")):
                number_field(
                    label, draft.scaling[name], f"{key}-{name}", on_change=note, args=(name,),
                    format="%g", width=140,
                )  # fmt: skip
    if Col.VALUE not in tables.events:
        return
    steps = cached.rating_steps(tables)
    if steps:
        _liking(draft, steps, f"{key}-liking")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not steps:
            number_field(
                "Ignore numbers below",
                draft.scaling["threshold"],
                f"{key}-threshold",
                on_change=note,
                args=("threshold",),
                format="%g",
                placeholder="all rows",
                help="Rows with a lower number are left out; the others count 1 each.",
                width=180,
            )
        st.checkbox(
            "Scale each column to 0–1",
            key=field("normalise"),
            on_change=note,
            args=("normalise",),
            disabled=draft.scaling["threshold"] is not None,
            help="(x − lowest) / (highest − lowest), so that columns with large numbers do not "
            "dominate. A column with a single value counts 0.",
        )


def _liking(draft: Draft, steps: tuple[RatingStep, ...], key: str) -> None:
    """From which rating on a rating counts as interest, with what each answer keeps."""
    kept = {
        step.threshold: f"{step.rows:,} rows, {step.people:,} readers, {step.articles:,} articles"
        for step in steps
    }
    chosen = draft.scaling["threshold"]
    if chosen not in kept:
        kept[chosen] = ""
    answers = list(kept)

    def note() -> None:
        draft.scaling["threshold"] = answers[st.session_state[key]]

    def said(place: int) -> str:
        threshold = answers[place]
        words = "All ratings: higher ratings count more"
        if threshold is not None:
            words = f"{threshold:g} and above: each counts 1"
        return f"{words} ({kept[threshold]})" if kept[threshold] else words

    st.radio(
        "Which ratings count?",
        range(len(answers)),  # None among the options would be the same as no answer
        format_func=said,
        key=fill(key, answers.index(chosen)),
        on_change=note,
        help="The model takes every rating that it counts as interest, even 1 of 5, but weaker "
        "than 5. Ratings below the chosen one are left out, the others count 1 each.",
    )


def show_stages(tables: Tables, weights: EventWeights) -> None:
    """From numbers in the file to the strength of a pair, on real rows."""
    try:
        table = stages(tables, weights, n=STAGE_ROWS)
    except KindredError as error:
        problem(error)
        return
    number = st.column_config.NumberColumn
    known = {name: value for name, value in weights.as_dict().items() if value > 0}
    columns = {
        Col.USER: st.column_config.TextColumn("Reader", width="small"),
        Col.ITEM: st.column_config.TextColumn("Article", width="small"),
        COMBINED: number(
            "Combined", format="%.4g", help="The sum of all columns, each times its strength."
        ),
        Col.RANK: number("Rank", help="Equal sums share a rank; 1 is the lowest."),
        RANKS: number("of", help="How many different sums there are."),
        Col.STRENGTH: number("Strength", format="%.4g", help="What the model is trained on."),
    }
    scaled = weights.normalise or weights.threshold is not None
    for name, strength in known.items():
        columns[raw(name)] = number(name, format="%.4g", help="Added up from the file.")
        columns[counted(name)] = number(
            f"{name} counts", format="%.4g", help=f"Times the strength of {strength:g}."
        )
        if not scaled and counted(name) in table:
            table = table.drop(columns=counted(name))
    data_table(
        table,
        "stages-table",
        "For some readers and articles: the numbers in the file, what counts, the combined value "
        "and the strength",
        name="strengths",
        column_config=columns,
    )
    st.caption(
        "Some readers and articles, from the lowest strength to the highest. "
        "The model's confidence is alpha × strength."
    )
