"""What a training gave: how the loss fell, and one answer as proof."""

import pandas as pd
import streamlit as st

from recsys.models import Model
from recsys.neighbours import similar_items
from recsys.text import most_read
from ui.frame.places import SIMILAR
from ui.parts import figures, notebook
from ui.parts.widgets import article_table, data_table
from ui.session import links
from ui.session.workspace import Workspace
from ui.text import plain

PROOF = 5  # neighbours


def show(here: Workspace, model: Model) -> None:
    """The losses beside the neighbours of the most-read article."""
    grid = st.grid(2, min_column_width=420, gap="medium")
    with grid.cell():
        _losses(model)
    with grid.cell():
        _proof(here, model)
    notebook.show(lines_of(here), here)


def lines_of(here: Workspace) -> list[str]:
    """The lines of Python that give both."""
    return [
        *notebook.of_model(here),
        "",
        "losses = model.losses",
        'item = recsys.most_read(model, 1)["item_id"][0]',
        f"table = recsys.similar_items(model, item, {PROOF})",
        "table",
    ]


def _losses(model: Model) -> None:
    st.plotly_chart(
        figures.loss_curve(model.losses, model.params.iterations),
        key=f"loss-{model.fingerprint}",
        alt="The training loss after each iteration",
        config={"displayModeBar": False},
    )
    with st.expander("Loss per iteration"):
        data_table(
            pd.DataFrame({"Iteration": range(1, len(model.losses) + 1), "Loss": model.losses}),
            f"losses-{model.fingerprint}",
            "The loss after each iteration",
            name="losses",
        )


def _proof(here: Workspace, model: Model) -> None:
    query = most_read(model, 1)["item_id"].iloc[0]
    title = plain(model.labels[model.positions[query]], 90)
    st.markdown(f"**Most similar to the most-read article, {title}**")

    def open_article(item: str) -> None:
        """Go to the clicked article in the run that follows."""
        st.session_state.opened = item

    article_table(
        similar_items(model, query, PROOF),
        f"proof-{model.fingerprint}",
        open_article,
        "The five articles most similar to the most-read one",
        name="similar-to-the-most-read",
    )
    if "opened" in st.session_state:
        st.switch_page(SIMILAR, query_params=links.write(here, st.session_state.pop("opened")))
    st.page_link(
        SIMILAR,
        label="Find similar articles",
        icon=":material/arrow_forward:",
        query_params=links.write(here),
    )
