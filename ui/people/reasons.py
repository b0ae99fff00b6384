"""Why an article is recommended: what each article of the past adds to its score."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from recsys.columns import Col
from recsys.recommendations import BlendedTaste
from recsys.topics import NO_TOPIC, by_topic
from ui.parts import downloads
from ui.parts.figures import ACCENT, FAINT, OTHER, short_label
from ui.parts.topics import say_wait, topics_of
from ui.parts.widgets import data_table, titled
from ui.people.suggestions import Suggestions
from ui.text import counted, plain

REASONS = 8
BY_ARTICLE, BY_TOPIC = "By article", "By topic"
_MANY = " Most of it comes from many that add little each: *By topic* says what they are about."
_COLUMNS = {
    Col.TITLE: st.column_config.TextColumn("Article read", width=260),
    Col.TOPIC: st.column_config.TextColumn("Topic", width=260),
    Col.ITEMS: st.column_config.NumberColumn("Articles read", width=90),
    Col.STRENGTH: st.column_config.NumberColumn("Strength", format="%g", width=70),
    Col.CONTRIBUTION: st.column_config.NumberColumn("Adds", format="%+.4f", width=80),
}
_PARTS = (
    "Exactly: yᵢᵀ W y_j c_j for each article j read, with W = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹ "
    "(Hu, Koren & Volinsky 2008, section 5)."
)


def show_reasons(suggested: Suggestions, item: str, title: str) -> None:
    """What each article of the past adds to the score of one, or each topic of the past."""
    parts = suggested.reasons(item)
    score = float(parts[Col.CONTRIBUTION].sum())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Why {plain(title, 120)}?**", width="content")
        how = st.radio(
            "Reasons", [BY_ARTICLE, BY_TOPIC], key="reasons", bind="query-params",
            horizontal=True, label_visibility="collapsed", width="content",
        )  # fmt: skip
    if how == BY_TOPIC:
        work = topics_of(suggested.model, suggested.tables)
        if work.result is None:
            say_wait(work, "reasons")
        else:
            _, names = work.result
            _show_parts(*_topics(parts, names), item, score, how)
    else:
        model = suggested.model
        table = parts[[Col.HISTORY, Col.TITLE, Col.STRENGTH, Col.CONTRIBUTION]]
        labels = [model.labels[model.positions[past]] for past in parts[Col.HISTORY]]
        _show_parts(table, labels, item, score, BY_ARTICLE)
    adds, takes = ("adds", "takes") if len(parts) == 1 else ("add", "take")
    share = 0.0 if suggested.blend is None else suggested.blend.share_of(item)
    st.caption(
        f"The score {score:.3f} is the sum of what {counted(len(parts), 'article')} read before "
        f"{adds} to it (or {takes} from it)"
        + (f". Title and text have a share of {share:.0%}." if share else ".")
        + (_MANY if how == BY_ARTICLE and many_little(parts[Col.CONTRIBUTION].to_numpy()) else ""),
        help=_formula(suggested.blend, share),
    )


def _show_parts(table: pd.DataFrame, labels: list[str], item: str, score: float, how: str) -> None:
    """The contributions as bars, and as a table to be taken away."""
    st.plotly_chart(
        bars(table[Col.CONTRIBUTION].to_numpy(), score, labels),
        key=f"why-{item}-{how}",
        alt=f"What was read adds up to the score of {score:.3f}, {how.lower()}",
        config={"displayModeBar": False},
    )
    with st.popover("As a table", icon=":material/table_rows:", type="tertiary"):
        data_table(
            _named(table),
            f"all-reasons-{how}",
            "All contributions",
            name=None,
            column_config=_COLUMNS,
        )
        with st.container(horizontal=True):
            downloads.table_buttons(table, "reasons", "reasons")


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it is shown: what has no title, and what has no topic, says so."""
    if Col.TOPIC in table:
        return table.assign(**{Col.TOPIC: table[Col.TOPIC].replace(NO_TOPIC, "(no topic)")})
    titles = titled(table[Col.TITLE], table[Col.HISTORY])
    return table.assign(**{Col.TITLE: titles}).drop(columns=[Col.HISTORY])


def _topics(parts: pd.DataFrame, names: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """The contributions by topic, and what to call each."""
    table = by_topic(parts, names)
    labels = [
        f"{count:,} · {'(no topic)' if name == NO_TOPIC else name}"
        for name, count in zip(table[Col.TOPIC], table[Col.ITEMS], strict=True)
    ]
    return table, labels


def _formula(blend: BlendedTaste | None, share: float) -> str:
    """How each contribution is made, with this article's own numbers."""
    if blend is None or not share:
        return _PARTS
    return (
        f"Exactly: (1 − s) · yᵢᵀ W y_j c_j + s · c · w_j · cos(j, i) for each article j read. By "
        "readers: W = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹ (Hu, Koren & Volinsky 2008, section 5), 0 where "
        "nobody has read i. By content: cos of title and text, w_j the share of j in all strength, "
        f"c = {blend.stretch:.3g} so that the best by content is as high as the best by readers. "
        f"Here s = {share:.0%}."
    )


def many_little(values: np.ndarray) -> bool:
    """Whether most of a sum comes from what has no bar of its own."""
    rest = np.sort(abs(values))[:-REASONS].sum()
    return bool(rest > abs(values).sum() / 2)


def _others(count: int) -> str:
    return "1 other" if count == 1 else f"{count:,} others together"


def bars(values: np.ndarray, score: float, labels: list[str]) -> go.Figure:
    """The largest contributions as bars, the others together, longest on top."""
    largest = np.argsort(-abs(values), kind="stable")[:REASONS]
    rest = float(values.sum() - values[largest].sum())
    shown = [(short_label(labels[i]), float(values[i])) for i in largest]
    colours = [ACCENT if value >= 0 else OTHER for _, value in shown]
    if len(values) > len(largest):
        shown.append((_others(len(values) - len(largest)), rest))
        colours.append(FAINT)
    low, high = (edge(0.0, *(value for _, value in shown)) for edge in (min, max))
    room = 0.15 * (high - low)
    names = [f"{place}|{name}" for place, (name, _) in enumerate(shown)]  # titles may repeat
    figure = go.Figure(
        go.Bar(
            x=[value for _, value in shown],
            y=names,
            orientation="h",
            marker_color=colours,
            text=[f"{value:+.3f}" for _, value in shown],
            textposition="outside",
            cliponaxis=False,
            hovertext=[name for name, _ in shown],
            hovertemplate="%{hovertext}<br>%{x:+.4f}<extra></extra>",
        )
    )
    figure.update_layout(
        title=f"These add up to {score:.3f}",
        xaxis={
            "title": "what each adds to the score",
            "zeroline": True,
            "range": [low - room if low < 0 else 0, high + room],  # for the numbers at the ends
        },
        yaxis={
            "autorange": "reversed",
            "tickvals": names,
            "ticktext": [name for name, _ in shown],
            "automargin": True,
        },
        margin={"l": 8, "r": 8, "t": 48, "b": 8},
        height=120 + 42 * max(len(shown), 2),
        showlegend=False,
    )
    return figure
