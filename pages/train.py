"""Strengths & training: how much does each event count, and how is the model trained?"""

from contextlib import suppress

import streamlit as st

from recsys.errors import KindredError, SettingError
from recsys.models import BOUNDS, PRESET_NOTES, PRESETS, ALSParams
from ui.frame import background, page, problems, strip, training, waiting
from ui.frame.problems import problem
from ui.parts import model_download
from ui.parts.advising import show_advice
from ui.parts.weighing import number_field, scaling_fields, show_stages, strength_table
from ui.parts.widgets import fill
from ui.session import draft
from ui.text import plain, visible
from ui.train import ended, learned

with page.show("Strengths & training") as here:
    st.title("Strengths & training")
    strip.show(here)
    counts = here.data.tables.event_counts

    fields = draft.current(here)

    def apply_preset() -> None:
        """Put the chosen preset into the fields."""
        if st.session_state.preset:
            draft.preset(here, PRESETS[st.session_state.preset])

    def reset() -> None:
        """Put the strengths and parameters that the data begins with into the fields."""
        draft.reset(here)

    def note_param(name: str) -> None:
        """Take a parameter over into the draft."""
        fields.params[name] = st.session_state[f"param-{name}"]

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.radio(
            "Presets",
            list(PRESETS),
            key=fill("preset", fields.preset),
            on_change=apply_preset,
            horizontal=True,
            width="content",
            help="  \n".join(f"**{name}**: {note}" for name, note in PRESET_NOTES.items()),
        )
        st.button("Reset", icon=":material/restart_alt:", on_click=reset)
        st.button("Train", type="primary", icon=":material/play_arrow:", on_click=training.press)
        ended.show_changed(here)
    problems.show_refused("train")
    ended.show_state(here, background.model_here(here))

    with st.container(border=True):
        grid = st.grid(2, min_column_width=360, gap="large")
        with grid.cell():
            st.markdown("**How much does each event count?**")
            strength_table(fields, counts, "strengths")
            scaling_fields(fields, here.data.tables, "scaling")
            with suppress(SettingError):  # said when it is to be trained
                show_advice(
                    fields,
                    here.data.tables,
                    ALSParams(**fields.params),  # type: ignore[arg-type]
                    "advice",
                )
        with grid.cell():
            st.markdown("**Training settings**")
            for name, bounds in BOUNDS.items():
                whole = isinstance(getattr(ALSParams(), name), int)
                number_field(
                    name.capitalize(),
                    fields.params[name],
                    f"param-{name}",
                    step=1 if whole else None,
                    format=None if whole else "%g",
                    on_change=note_param,
                    args=(name,),
                    help=bounds.explains,
                )

    box = st.expander(
        "How rows become strengths: examples from this data", key="stages", on_change="rerun"
    )
    if box.open:
        with box:
            try:
                show_stages(here.data.tables, fields.weights())
            except KindredError as error:
                problem(error)

    model = background.model_here(here)
    if model is None:
        if here.unknown_events:
            names = ", ".join(plain(visible(name), 40) for name in here.unknown_events[:8])
            st.warning(
                f"No strength yet for: {names}. Type one into the table, or 0 to leave them out."
            )
        elif (work := background.training(here)) is not None and not waiting.over(work):
            waiting.wait_for(work)
            st.info("Training… results will appear here.", icon=":material/hourglass_empty:")
        elif training.wanted() is None:
            st.info("No model has been trained with these settings. Press *Train*.")
        page.stop()

    ended.show_change(here, model)
    learned.show(here, model)
    model_download.show(here, model)
