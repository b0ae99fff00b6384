"""What a data set looks like: its profile and its first rows."""

import pandas as pd
import streamlit as st

from recsys.columns import Col
from recsys.dataset import LEAST, Profile, Summary
from ui.beside import cached, server
from ui.data import profile_figures
from ui.parts import downloads, figures
from ui.parts.profile_figures import Picture, over_time
from ui.parts.widgets import data_table
from ui.session.workspace import Data, Workspace
from ui.text import counted

PREVIEW = 100
_PLAIN = {"displayModeBar": False}


def show_profile(here: Workspace) -> None:
    """Figures, events by type, and how they spread over time, people and articles."""
    profile = cached.profile(here.data.tables)
    _sizes(profile.summary)
    key = here.data.fingerprint
    # Plotly takes a tenth of a second to put them together, and each click draws the page.
    drawn = server.shelf().get_or_make(f"pictures {key}", lambda: _pictures(profile))
    grid = st.grid(2, min_column_width=420, gap="medium")
    with grid.cell():
        st.markdown("**Events by type**")
        _by_type(here, profile)
    with grid.cell():
        counts = profile.items.counts
        ranked = pd.DataFrame({"rank": range(1, len(counts) + 1), "events": sorted(counts)[::-1]})
        _picture(drawn["tail"], ranked, f"tail-{key}")
    if profile.summary.first is None:
        with grid.cell():
            st.caption("No event has a time, so nothing can be shown over time.")
    else:
        with grid.cell():
            _picture(drawn["time"], profile.timeline.table, f"time-{key}")
        with grid.cell():
            _picture(drawn["hours"], profile.hours, f"hours-{key}")
    with grid.cell():
        _picture(drawn["users"], profile.users.table(), f"users-{key}")
    with grid.cell():
        _picture(drawn["items"], profile.items.table(), f"items-{key}")
    with grid.cell():
        _connected(profile, drawn["parts"], key)
    with grid.cell():
        _thin(profile)


def _pictures(profile: Profile) -> dict[str, Picture]:
    """All figures of a profile, by what they show."""
    counts = profile.items.counts
    tail = Picture(
        figure=figures.long_tail(counts),
        alt=f"Events per article, most popular first: half of all events go to "
        f"{profile.items.head:,} of {len(counts):,} articles",
    )
    return {
        "tail": tail,
        "time": over_time(profile.timeline),
        "hours": profile_figures.weekday_hour(profile.hours),
        "users": profile_figures.spread(profile.users, people=True),
        "items": profile_figures.spread(profile.items, people=False),
        "parts": profile_figures.parts(profile.parts),
    }


def _sizes(summary: Summary) -> None:
    with st.container(horizontal=True):
        st.metric("Readers", f"{summary.users:,}", width="content")
        st.metric("Articles", f"{summary.articles:,}", width="content")
        st.metric("With readers", f"{summary.items:,}", width="content",
                  help="Articles that somebody has read. The model learns from these.")  # fmt: skip
        st.metric("Events", f"{summary.events:,}", width="content")
        st.metric("Reads", f"{summary.pairs:,}", width="content",
                  help="A reader and an article count as one read, however many events there are; "
                  f"{summary.repeated:.0%} of the reads have more than one.")  # fmt: skip
        st.metric("Density", f"{summary.density:.2%}", width="content",
                  help=f"{summary.pairs:,} reads of {summary.users:,} readers × {summary.items:,} "
                  "articles.")  # fmt: skip
    if summary.first is not None and summary.last is not None:
        without = f" {counted(summary.timeless, 'event')} without a time." * bool(summary.timeless)
        st.caption(
            f"Events from {summary.first:%Y-%m-%d} to {summary.last:%Y-%m-%d} (UTC).{without}"
        )


def _picture(picture: Picture, table: pd.DataFrame, key: str) -> None:
    """A figure with its sentence for those who do not see it, and its table."""
    st.plotly_chart(picture.figure, key=key, alt=picture.alt, config=_PLAIN)
    with st.popover("As a table", icon=":material/table_rows:"):
        named = (table.reset_index() if table.index.name else table).rename(columns=str)
        data_table(named, f"table-{key}", picture.alt, name=None)
        with st.container(horizontal=True):
            downloads.table_buttons(named, key.partition("-")[0], f"table-{key}")


def _connected(profile: Profile, picture: Picture, key: str) -> None:
    if len(profile.parts.table) > 1:
        _picture(picture, profile.parts.table, f"parts-{key}")
        return
    st.markdown("**All readers and articles are connected**")
    st.caption("Every reader is linked to every other one by a chain of shared articles.")


def _thin(profile: Profile) -> None:
    thin, summary = profile.thin, profile.summary
    st.markdown(f"**Too few reads to judge: fewer than {LEAST}**")
    data_table(
        pd.DataFrame(
            {
                "who": [
                    f"readers with fewer than {LEAST} articles",
                    f"articles with fewer than {LEAST} readers",
                ],
                "how many": [thin.users, thin.items],
                "share": [thin.users / summary.users, thin.items / summary.items],
                "events": [thin.events_of_users, thin.events_of_items],
            }
        ),  # fmt: skip
        "thin",
        f"Readers and articles with fewer than {LEAST} reads",
        name="thin",
        column_config={
            "who": st.column_config.TextColumn("Who", width=200),
            "how many": st.column_config.NumberColumn("How many", format="localized", width=62),
            "share": st.column_config.ProgressColumn(
                "Share", format="percent", min_value=0.0, max_value=1.0, width=76
            ),
            "events": st.column_config.NumberColumn("Their events", format="localized", width=80),
        },
    )
    st.caption(
        "What is similar to these articles is a guess. You can leave them out above, under *Use "
        "only part of the data*."
    )


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
                help="How much one event of this type counts. Set under Strengths & training.",
            ),
        },
    )
