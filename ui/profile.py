"""What a data set looks like: its report and its profile."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.report import FileReport
from recsys.tables import Tables
from ui import figures
from ui.text import plain
from ui.workspace import Workspace

PREVIEW = 100


def show_report(tables: Tables) -> None:
    """Rows read, kept and left out, by file, with the reasons."""
    files = (tables.report.articles, tables.report.events)
    grid = st.grid(2, min_column_width=420, gap="large")
    for file in files:
        with grid.cell():
            _file(file)


def _file(file: FileReport) -> None:
    st.markdown(f"**{plain(file.name)}**: {file.rows:,} rows, {file.kept:,} kept")
    if file.left_out:
        st.dataframe(
            file.table(),
            hide_index=True,
            width="stretch",
            alt=f"Rows of {file.name} that were left out, by reason",
            column_config={
                "reason": st.column_config.TextColumn("Left out because", width="medium"),
                Col.COUNT: st.column_config.NumberColumn("Rows", format="localized", width=60),
                "example": st.column_config.TextColumn("For example"),
            },
        )
    else:
        st.caption("Nothing was left out.")
    for note in file.notes:
        st.caption(plain(note))


def show_profile(here: Workspace) -> None:
    """Figures, events by type, the long tail, what was left out, and a preview."""
    tables = here.data.tables
    events, articles = tables.events, tables.articles
    people, read = events[Col.USER].nunique(), events[Col.ITEM].nunique()
    pairs = len(events[[Col.USER, Col.ITEM]].drop_duplicates())
    with st.container(horizontal=True):
        st.metric("People", f"{people:,}", width="content")
        st.metric("Articles", f"{len(articles):,}", width="content",
                  help=f"{read:,} of them were read by somebody.")  # fmt: skip
        st.metric("Events", f"{len(events):,}", width="content")
        st.metric("Pairs", f"{pairs:,}", width="content",
                  help="Pairs of a person and an article that they read.")  # fmt: skip
        st.metric("Density", f"{pairs / (people * read):.2%}", width="content",
                  help=f"{pairs:,} of {people:,} × {read:,} possible pairs.")  # fmt: skip
    grid = st.grid(2, min_column_width=420, gap="large")
    with grid.cell():
        st.markdown("**Events by type**")
        _by_type(here)
    with grid.cell():
        counts = events[Col.ITEM].value_counts()
        st.plotly_chart(
            figures.long_tail(counts[counts > 0].to_numpy()),
            key=f"tail-{here.data.fingerprint}",
            alt="Events per article, most popular first",
            config={"displayModeBar": False},
        )
    st.subheader("What was read, what was left out")
    show_report(tables)
    st.caption(f"Fingerprint of the two files: {here.data.fingerprint}")
    with st.expander(f"Preview: the first {PREVIEW} rows of each table"):
        st.dataframe(articles.head(PREVIEW), hide_index=True, alt="The first articles")
        st.dataframe(events.head(PREVIEW), hide_index=True, alt="The first events")


def _by_type(here: Workspace) -> None:
    counts = here.data.tables.event_counts
    total = sum(counts.values())
    strengths = here.weights.as_dict()
    table = pd.DataFrame(
        {
            Col.EVENT: list(counts),
            Col.COUNT: list(counts.values()),
            Col.SHARE: [count / total for count in counts.values()],
            Col.STRENGTH: [strengths.get(name) for name in counts],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        alt="Events by type, with their share and strength",
        column_config={
            Col.EVENT: st.column_config.TextColumn("Event", width=130),
            Col.COUNT: st.column_config.NumberColumn("Events", format="localized", width=50),
            Col.SHARE: st.column_config.ProgressColumn(
                "Share", format="percent", max_value=1.0, width=70
            ),
            Col.STRENGTH: st.column_config.NumberColumn(
                "Strength",
                format="%g",
                width=50,
                help="What one such event is worth; set on Train.",
            ),
        },
    )
