"""Train: what is each event worth, and how should it learn?"""

from dataclasses import replace

import pandas as pd
import streamlit as st

from recsys.errors import KindredError
from recsys.params import BOUNDS, PRESET_NOTES, PRESETS, ALSParams
from recsys.similarity import similar_items
from recsys.weights import EventWeights
from ui import cached, draft, figures, links, page
from ui.text import plain
from ui.widgets import article_table, problem

page.setup_page("Train")
st.title("Train")
here = page.workspace.current()
page.strip(here)
counts = here.data.tables.event_counts


fields = draft.current(here)
editor = f"strengths-{here.data.fingerprint}-{fields.edition}"


def apply_preset() -> None:
    """Put the chosen preset into the fields."""
    if st.session_state.preset:
        draft.fill(here, None, PRESETS[st.session_state.preset])


def reset() -> None:
    """Put the standard strengths and the tutorial's parameters into the fields."""
    st.session_state.preset = None
    draft.fill(here, EventWeights.default(), ALSParams())


def note_strengths() -> None:
    """Take what was typed into the table over into the draft."""
    types = list(st.session_state.strength_rows)
    for row, cells in st.session_state[editor]["edited_rows"].items():
        if "strength" in cells:
            fields.strengths[types[row]] = cells["strength"]


def note_param(name: str) -> None:
    """Take a parameter over into the draft."""
    fields.params[name] = st.session_state[f"param-{name}"]


with st.container(horizontal=True, vertical_alignment="bottom"):
    st.pills(
        "Presets",
        list(PRESETS),
        key="preset",
        on_change=apply_preset,
        help="  \n".join(f"**{name}**: {note}" for name, note in PRESET_NOTES.items()),
    )
    st.button("Reset", icon=":material/restart_alt:", on_click=reset)

if editor not in st.session_state:
    # The table that is edited stays the same until it is drawn anew: edits are kept beside it.
    st.session_state.strength_rows = dict(fields.strengths)
rows = st.session_state.strength_rows
table = pd.DataFrame(
    {
        "event": list(rows),
        "rows": [counts.get(name, 0) for name in rows],
        "strength": list(rows.values()),
    }
).astype({"strength": "float64"})
with st.container(border=True):
    grid = st.grid(2, min_column_width=360, gap="large")
    with grid.cell():
        st.markdown("**What is each event worth?**")
        st.data_editor(
            table,
            key=editor,
            hide_index=True,
            width="stretch",
            disabled=["event", "rows"],
            on_change=note_strengths,
            column_config={
                "event": st.column_config.TextColumn("Event", width=120),
                "rows": st.column_config.NumberColumn("In the data", format="localized", width=60),
                "strength": st.column_config.NumberColumn(
                    "Strength",
                    help="Strengths of a person's events on one article are added up. "
                    "0 leaves the events out.",
                    format="%g",
                    width=60,
                ),
            },
        )
        pressed = st.button("Train", type="primary", icon=":material/play_arrow:")
        if changed := draft.changes(here):
            st.caption(f"Changed, not trained yet: {plain('; '.join(changed))}")
    with grid.cell():
        st.markdown("**How should it learn?**")
        for name, bounds in BOUNDS.items():
            whole = isinstance(getattr(ALSParams(), name), int)
            st.session_state[f"param-{name}"] = fields.params[name]
            st.number_input(
                f"{name.capitalize()}: {bounds.explains}",
                key=f"param-{name}",
                step=1 if whole else None,
                format=None if whole else "%g",
                on_change=note_param,
                args=(name,),
            )

if pressed:
    try:
        wanted = replace(
            here,
            weights=EventWeights.of(fields.strengths),
            params=ALSParams(**fields.params),  # type: ignore[arg-type]
        )
        page.train(wanted)
        st.rerun()
    except KindredError as error:
        problem(error)

failed = page.last_training()
if failed is not None and failed.error is not None:
    problem(failed.error)
elif failed is not None and failed.stopped:
    st.info("Training was stopped. The model that was in use before stays in use.")

model = cached.models().get(here.key)
if model is None:
    if here.unknown_events:
        names = ", ".join(plain(name, 40) for name in here.unknown_events[:8])
        st.warning(
            f"No strength yet for: {names}. Type one into the table, or 0 to leave them out."
        )
    else:
        st.info("No model of this data with these settings yet. Press Train.")
    st.stop()

grid = st.grid(2, min_column_width=420, gap="large")
with grid.cell():
    st.plotly_chart(
        figures.loss_curve(model.losses, model.params.iterations),
        key=f"loss-{model.fingerprint}",
        alt="The training loss after each iteration",
        config={"displayModeBar": False},
    )
    with st.expander("The losses as a table"):
        st.dataframe(
            pd.DataFrame({"iteration": range(1, len(model.losses) + 1), "loss": model.losses}),
            hide_index=True,
        )
with grid.cell():
    query = page.most_read(model, 1)["item_id"].iloc[0]
    st.markdown(f"**Nearest to the most read, {plain(model.labels[model.positions[query]], 90)}**")

    def open_article(item: str) -> None:
        """Go to the clicked article in the run that follows."""
        st.session_state.opened = item

    article_table(
        similar_items(model, query, 5),
        f"proof-{model.fingerprint}",
        open_article,
        "The five articles nearest to the most-read one",
        narrow=True,
    )
    if "opened" in st.session_state:
        st.switch_page(page.SIMILAR, query_params=links.write(here, st.session_state.pop("opened")))
    st.page_link(
        page.SIMILAR,
        label="See what belongs together",
        icon=":material/arrow_forward:",
        query_params=links.write(here),
    )
