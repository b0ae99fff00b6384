"""What a data set looks like: its profile and its first rows."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import LEAST, Profile, Summary
from ui.beside import cached
from ui.data import profile_figures
from ui.parts import downloads, figures
from ui.parts.profile_figures import Picture, over_time
from ui.parts.widgets import data_table
from ui.session.workspace import Data, Workspace

PREVIEW = 100
_PLAIN = {"displayModeBar": False}


def show_profile(here: Workspace) -> None:
    """Figures, events by type, and how they spread over time, people and articles."""
    profile = cached.profile(here.data.tables)
    _sizes(profile.summary)
    key = here.data.fingerprint
    grid = st.grid(2, min_column_width=420, gap="large")
    with grid.cell():
        st.markdown("**Events by type**")
        _by_type(here, profile)
    with grid.cell():
        counts = profile.items.counts
        tail = Picture(
            figure=figures.long_tail(counts),
            alt=f"Events per article, most popular first: half of all events go to "
            f"{profile.items.head:,} of {len(counts):,} articles",
        )
        ranked = pd.DataFrame({"place": range(1, len(counts) + 1), "events": sorted(counts)[::-1]})
        _picture(tail, ranked, f"tail-{key}")
    if profile.summary.first is None:
        with grid.cell():
            st.caption("No event has a time, so nothing can be shown over time.")
    else:
        with grid.cell():
            _picture(over_time(profile.timeline), profile.timeline.table, f"time-{key}")
        with grid.cell():
            _picture(profile_figures.weekday_hour(profile.hours), profile.hours, f"hours-{key}")
    with grid.cell():
        spread = profile_figures.spread(profile.users, people=True)
        _picture(spread, profile.users.table(), f"users-{key}")
    with grid.cell():
        spread = profile_figures.spread(profile.items, people=False)
        _picture(spread, profile.items.table(), f"items-{key}")
    with grid.cell():
        _connected(profile, key)
    with grid.cell():
        _thin(profile)


def _sizes(summary: Summary) -> None:
    with st.container(horizontal=True):
        st.metric("People", f"{summary.users:,}", width="content")
        st.metric("Articles", f"{summary.articles:,}", width="content",
                  help=f"{summary.items:,} of them were read by somebody.")  # fmt: skip
        st.metric("Events", f"{summary.events:,}", width="content")
        st.metric("Pairs", f"{summary.pairs:,}", width="content",
                  help="Pairs of a person and an article that they read; "
                  f"{summary.repeated:.0%} of them more than once.")  # fmt: skip
        st.metric("Density", f"{summary.density:.2%}", width="content",
                  help=f"{summary.pairs:,} of {summary.users:,} × {summary.items:,} "
                  "possible pairs.")  # fmt: skip
        if summary.first is not None and summary.last is not None:
            st.metric("From", f"{summary.first:%Y-%m-%d}", width="content",
                      help=f"UTC. {summary.timeless:,} events have no time.")  # fmt: skip
            st.metric("To", f"{summary.last:%Y-%m-%d}", width="content", help="UTC.")


def _picture(picture: Picture, table: pd.DataFrame, key: str) -> None:
    """A figure with its sentence for those who do not see it, and its table."""
    st.plotly_chart(picture.figure, key=key, alt=picture.alt, config=_PLAIN)
    with st.popover("As a table", icon=":material/table_rows:"):
        named = (table.reset_index() if table.index.name else table).rename(columns=str)
        data_table(named, f"table-{key}", picture.alt, name=None)
        with st.container(horizontal=True):
            downloads.table_buttons(named, key.partition("-")[0], f"table-{key}")


def _connected(profile: Profile, key: str) -> None:
    parts = profile.parts
    if len(parts.table) > 1:
        _picture(profile_figures.parts(parts), parts.table, f"parts-{key}")
        return
    st.markdown("**Everything hangs together**")
    st.caption("From any person to any article there is a way over people who read the same.")


def _thin(profile: Profile) -> None:
    thin, summary = profile.thin, profile.summary
    st.markdown(f"**Fewer than {LEAST} readings tell little**")
    data_table(
        pd.DataFrame(
            {
                "who": [
                    f"people with fewer than {LEAST} articles",
                    f"articles with fewer than {LEAST} people",
                ],
                "how many": [thin.users, thin.items],
                "share": [thin.users / summary.users, thin.items / summary.items],
                "events": [thin.events_of_users, thin.events_of_items],
            }
        ),  # fmt: skip
        "thin",
        f"People and articles with fewer than {LEAST} readings",
        name="thin",
        column_config={
            "who": st.column_config.TextColumn("Thin", width=200),
            "how many": st.column_config.NumberColumn("How many", format="localized", width=70),
            "share": st.column_config.ProgressColumn(
                "Share", format="percent", min_value=0.0, max_value=1.0, width=90
            ),
            "events": st.column_config.NumberColumn("Their events", format="localized", width=90),
        },
    )
    st.caption("Neighbours of such articles are a guess. Above, a part with more can be chosen.")


def show_preview(data: Data) -> None:
    """The first rows of both tables."""
    box = st.expander(
        f"Preview: the first {PREVIEW} rows of each table", key="preview", on_change="rerun"
    )
    if box.open:
        with box:
            articles, events = data.tables.articles.head(PREVIEW), data.tables.events.head(PREVIEW)
            data_table(
                articles.assign(**{Col.TEXT: articles[Col.TEXT].str.slice(0, 200)}),
                f"first-articles-{data.fingerprint}",
                "First articles",
                name="first-articles",
                taken=articles,
            )
            data_table(
                events, f"first-events-{data.fingerprint}", "First events", name="first-events"
            )


def _by_type(here: Workspace, profile: Profile) -> None:
    table = profile.types[[Col.EVENT, Col.EVENTS, Col.SHARE]].copy()
    table[Col.STRENGTH] = table[Col.EVENT].astype(str).map(here.weights.as_dict())
    data_table(
        table,
        "by-type",
        "Events by type, with their share and strength",
        name="events-by-type",
        column_config={
            Col.EVENT: st.column_config.TextColumn("Event", width=130),
            Col.EVENTS: st.column_config.NumberColumn("Events", format="localized", width=50),
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
