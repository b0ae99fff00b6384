"""Train: what is each event worth, and how should it learn?"""

from dataclasses import replace

import pandas as pd
import streamlit as st

from recsys.errors import KindredError
from recsys.params import BOUNDS, PRESET_NOTES, PRESETS, ALSParams
from recsys.similarity import similar_items
from recsys.weights import DEFAULT_STRENGTHS, EventWeights
from ui import cached, figures, links, page
from ui.text import plain
from ui.widgets import article_table, problem

page.setup_page("Train")
st.title("Train")
here = page.workspace.current()
page.strip(here)
counts = here.data.tables.event_counts


def fill(params: ALSParams) -> None:
    """Put parameters into the form."""
    for name, value in params.as_dict().items():
        st.session_state[f"param-{name}"] = value


def reset() -> None:
    """Put the standard strengths and the tutorial's parameters into the form."""
    fill(ALSParams())
    st.session_state.strength_base = EventWeights.default()
    st.session_state.edition = st.session_state.get("edition", 0) + 1


def apply_preset() -> None:
    """Put the chosen preset into the form."""
    if st.session_state.preset:
        fill(PRESETS[st.session_state.preset])


if st.session_state.get("form_of") != here.key:
    fill(here.params)
    st.session_state.strength_base = here.weights
    st.session_state.form_of = here.key
    st.session_state.edition = st.session_state.get("edition", 0) + 1
for name, value in here.params.as_dict().items():
    st.session_state[f"param-{name}"] = st.session_state.get(f"param-{name}", value)

with st.container(horizontal=True, vertical_alignment="bottom"):
    st.pills(
        "Presets",
        list(PRESETS),
        key="preset",
        on_change=apply_preset,
        help="  \n".join(f"**{name}**: {note}" for name, note in PRESET_NOTES.items()),
    )
    st.button("Reset", icon=":material/restart_alt:", on_click=reset)

known = st.session_state.strength_base.as_dict()
types = list(dict.fromkeys([*DEFAULT_STRENGTHS, *known, *counts]))
table = pd.DataFrame(
    {
        "event": types,
        "rows": [counts.get(name, 0) for name in types],
        "strength": [known.get(name) for name in types],
    }
).astype({"strength": "float64"})
with st.form("training", enter_to_submit=False):
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**What is each event worth?**")
        edited = st.data_editor(
            table,
            key=f"strengths-{here.data.fingerprint}-{st.session_state.edition}",
            hide_index=True,
            width="stretch",
            disabled=["event", "rows"],
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
    with right:
        st.markdown("**How should it learn?**")
        for name, bounds in BOUNDS.items():
            whole = isinstance(getattr(ALSParams(), name), int)
            st.number_input(
                f"{name.capitalize()}: {bounds.explains}",
                key=f"param-{name}",
                step=1 if whole else None,
                format=None if whole else "%g",
            )
    pressed = st.form_submit_button("Train", type="primary", icon=":material/play_arrow:")

if pressed:
    try:
        strengths = dict(zip(edited["event"], edited["strength"], strict=True))
        wanted = replace(
            here,
            weights=EventWeights.of(strengths),
            params=ALSParams(**{name: st.session_state[f"param-{name}"] for name in BOUNDS}),
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

left, right = st.columns(2, gap="large")
with left:
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
with right:
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
    )
    if "opened" in st.session_state:
        st.switch_page(page.SIMILAR, query_params=links.write(here, st.session_state.pop("opened")))
    st.page_link(
        page.SIMILAR,
        label="See what belongs together",
        icon=":material/arrow_forward:",
        query_params=links.write(here),
    )
