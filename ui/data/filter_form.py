"""Which part of the data to work on, and what that would leave, before it is applied."""

from datetime import UTC, date

import streamlit as st

from recsys.columns import Col
from recsys.dataset import Effect, Filter, Summary, Tables
from recsys.errors import KindredError
from ui.beside import cached
from ui.frame import problems
from ui.frame.problems import problem
from ui.parts.widgets import data_table
from ui.session import workspace
from ui.session.workspace import Workspace
from ui.text import counted, plain


def show_filter(here: Workspace) -> None:
    """The fields, what they would leave, and a button that applies them."""
    whole, active = here.data.whole, here.data.filter
    label = "Use only part of the data"
    if active != Filter():
        label = f"Part of the data: {_said(active)}"
    box = st.expander(
        plain(label), icon=":material/filter_alt:", key="filter-open", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        try:
            chosen = _fields(whole, active)
            left = cached.filter_effect(whole, chosen)
        except KindredError as error:
            problem(error)
            return
        _show(left)
        with st.container(horizontal=True):
            if st.button("Apply", icon=":material/check:", disabled=chosen == active):
                try:
                    cached.filtered(whole, chosen)  # refused here if it leaves nothing
                    workspace.use_filter(chosen)
                    st.rerun()
                except KindredError as error:
                    problems.refuse(error, "filter")
            if active != Filter():
                st.button(
                    "Use all data",
                    icon=":material/undo:",
                    on_click=workspace.use_filter,
                    args=(Filter(),),
                )
        problems.show_refused("filter")


def _said(active: Filter) -> str:
    """A filter in words."""
    parts = [
        *([f"at least {counted(active.min_user, 'article')} per reader"] * bool(active.min_user)),
        *([f"at least {counted(active.min_item, 'reader')} per article"] * bool(active.min_item)),
        *([f"from {active.since}"] * bool(active.since)),
        *([f"to {active.until}"] * bool(active.until)),
    ]
    for label, values in (
        ("events", active.events), ("languages", active.languages), ("types", active.kinds),
    ):  # fmt: skip
        if values:
            parts.append(f"{label}: {', '.join(value or '(unknown)' for value in values)}")
    return "; ".join(parts)


def _fields(whole: Tables, active: Filter) -> Filter:
    # Keyed by content: other data, or a filter from elsewhere, fills the fields anew.
    key = f"filter-{whole.fingerprint}-{active.as_text()}"
    first = st.grid(3, min_column_width=200)
    least = [
        int(
            first.number_input(
                label, 0, 1_000_000, getattr(active, name), key=f"{key}-{name}", help=HELP
            )
        )
        for name, label in (
            ("min_user", "Articles per reader, at least"),
            ("min_item", "Readers per article, at least"),
        )
    ]
    days = _days(cached.profile(whole).summary)
    since, until = active.since, active.until
    if days is not None:
        low, high = days
        picked = first.date_input(
            "Days (UTC)",
            (max(since or low, low), min(until or high, high)),
            min_value=low,
            max_value=high,
            key=f"{key}-days",
        )
        if isinstance(picked, tuple) and len(picked) == 2:
            since = picked[0] if picked[0] > low else None
            until = picked[1] if picked[1] < high else None
    second = st.grid(3, min_column_width=200)
    names = {}
    articles = whole.articles
    for name, label, values in (
        ("events", "Events", list(whole.event_counts)),
        ("languages", "Languages", sorted(articles[Col.LANGUAGE].unique())),
        ("kinds", "Types", sorted(articles[Col.KIND].unique())),
    ):
        if len(values) > 1:
            names[name] = tuple(
                second.multiselect(
                    label,
                    values,
                    [value for value in getattr(active, name) if value in values],
                    format_func=lambda value: value or "(unknown)",
                    placeholder="all",
                    key=f"{key}-{name}",
                )
            )
    return Filter(min_user=least[0], min_item=least[1], since=since, until=until, **names)


HELP = (
    "Both limits apply to what remains: readers and articles are removed in turn until all of "
    "them have enough (the k-core)."
)


def _days(summary: Summary) -> tuple[date, date] | None:
    if summary.first is None or summary.last is None:
        return None
    first, last = summary.first.astimezone(UTC).date(), summary.last.astimezone(UTC).date()
    return (first, last) if first < last else None


def _show(left: Effect) -> None:
    before, after = left.before, left.after
    st.markdown(
        f"This leaves **{after.events:,} of {before.events:,} events**, "
        f"{after.users:,} of {before.users:,} readers, {after.items:,} of {before.items:,} "
        f"articles with readers, {after.pairs:,} of {before.pairs:,} reads."
    )
    if left.removed:
        data_table(
            left.table(),
            "left-by-filter",
            "Events left out by each condition",
            name="left-out-by-filter",
            column_config={
                Col.CONDITION: st.column_config.TextColumn("Left out by"),
                Col.EVENTS: st.column_config.NumberColumn("Events", format="localized"),
                Col.SHARE: st.column_config.ProgressColumn(
                    "Share", format="percent", min_value=0.0, max_value=1.0
                ),
            },
        )
