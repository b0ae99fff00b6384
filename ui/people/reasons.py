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
from ui.parts.widgets import data_table, fill, titled
from ui.people.suggestions import Suggestions
from ui.text import counted, plain

REASONS, TOPICS = 8, 8  # that have a bar, or a line, of their own
MANY = 20  # articles read, beyond which topics say more than the largest of many small bars
BY_ARTICLE, BY_TOPIC = "By article", "By topic"
_KEY = "reasons"  # of the choice, in the session and in the address
_ADD, _TAKE = ("1 other adds", "others add"), ("1 other takes away", "others take away")
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
    values = parts[Col.CONTRIBUTION].to_numpy()
    score = float(values.sum())
    st.markdown(f"**Why we recommend** {plain(title, 120)}")
    how = _by_what(many=len(parts) > MANY)
    share = 0.0 if suggested.blend is None else suggested.blend.share_of(item)
    st.caption(
        f"Score {score:.3f}: the sum of what {counted(len(parts), 'article')} read so far "
        f"add{'s' * (len(parts) == 1)} or take{'s' * (len(parts) == 1)} away."
        + (f" Title and text have a share of {share:.0%}." if share else ""),
        help=_formula(suggested.blend, share),
    )
    names = None
    if how == BY_TOPIC:
        work = topics_of(suggested.model, suggested.tables)
        if work.result is None:
            say_wait(work, "reasons")
            return
        names = work.result[1]
    model = suggested.model
    labels = [model.labels[model.positions[past]] for past in parts[Col.HISTORY]]
    if names is not None:
        _show_topics(parts, labels, names, item)
    else:
        _show_bars(values, labels, item)


def _by_what(many: bool) -> str:
    """By topic or by article: what somebody chose, in the address; otherwise what is readable."""
    asked = st.query_params.get(_KEY)
    if asked not in (BY_TOPIC, BY_ARTICLE):
        asked = BY_TOPIC if many else BY_ARTICLE

    def choose() -> None:
        if st.session_state[_KEY] != asked:  # not so where the browser tells of it late
            st.query_params[_KEY] = st.session_state[_KEY]

    return st.radio(
        "Reasons", [BY_TOPIC, BY_ARTICLE], key=fill(_KEY, asked), on_change=choose,
        horizontal=True, label_visibility="collapsed", width="content",
    )  # fmt: skip


def _show_topics(parts: pd.DataFrame, labels: list[str], names: dict[str, str], item: str) -> None:
    """A line for each topic, what adds before what takes away; opened, its articles."""
    table = by_topic(parts, names)
    largest = set(table[Col.CONTRIBUTION].abs().nlargest(TOPICS).index)
    of = np.array([names.get(past, NO_TOPIC) for past in parts[Col.HISTORY]], dtype=object)
    values, titles = parts[Col.CONTRIBUTION].to_numpy(), np.array(labels, dtype=object)

    def line(chosen: np.ndarray, words: str, key: str) -> None:
        total = float(values[chosen].sum())
        box = st.expander(
            f"**{total:+.3f}** · {counted(int(chosen.sum()), 'article')} {words}",
            key=f"why-{item}-{key}", type="compact", on_change="rerun",
        )  # fmt: skip
        if box.open:
            with box:
                _show_bars(values[chosen], list(titles[chosen]), f"{item}-{key}")

    topics = [name for place, name in enumerate(table[Col.TOPIC]) if place in largest]
    sums = table.set_index(Col.TOPIC)[Col.CONTRIBUTION]
    for name in (name for name in topics if sums[name] >= 0):
        line(of == name, _on(name), f"topic-{name}")
    rest = ~np.isin(of, topics)
    if rest.any():
        line(rest, f"on {counted(len(table) - len(topics), 'other topic')}", "others")
    for name in (name for name in topics if sums[name] < 0):
        line(of == name, _on(name), f"topic-{name}")


def _on(topic: str) -> str:
    return "without a topic" if topic == NO_TOPIC else f"on *{plain(topic, 80)}*"


def _show_bars(values: np.ndarray, labels: list[str], key: str) -> None:
    st.plotly_chart(
        bars(values, labels),
        key=f"bars-{key}",
        alt=f"What each article read adds: {values.sum():+.3f} in all",
        config={"displayModeBar": False},
    )


def offer_table(suggested: Suggestions, item: str) -> None:
    """All contributions to the score of one as a table, to be taken away."""
    how, table = st.session_state.get(_KEY), suggested.reasons(item)
    if how == BY_TOPIC:
        work = topics_of(suggested.model, suggested.tables)
        if work.result is None:
            return
        table = by_topic(table, work.result[1])
    else:
        table = table[[Col.HISTORY, Col.TITLE, Col.STRENGTH, Col.CONTRIBUTION]]
    with st.popover("As a table", icon=":material/table_rows:"):
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


def bars(values: np.ndarray, labels: list[str]) -> go.Figure:
    """The largest contributions as bars: what adds before what takes away, the others last."""
    shown: list[tuple[str, float, str]] = []
    largest = np.argsort(-abs(values), kind="stable")[:REASONS]
    others = np.setdiff1d(np.arange(len(values)), largest)
    for adds, colour, (one, more) in ((True, ACCENT, _ADD), (False, OTHER, _TAKE)):
        kept = [place for place in largest if (values[place] >= 0) == adds]
        shown += [(short_label(labels[place]), float(values[place]), colour) for place in kept]
        rest = others[(values[others] >= 0) == adds]
        if len(rest):
            words = one if len(rest) == 1 else f"{len(rest):,} {more}"
            shown.append((words, float(values[rest].sum()), FAINT))
    low, high = (edge(0.0, *(value for _, value, _ in shown)) for edge in (min, max))
    room = 0.3 * (high - low)
    names = [f"{place}|{name}" for place, (name, _, _) in enumerate(shown)]  # titles may repeat
    figure = go.Figure(
        go.Bar(
            x=[value for _, value, _ in shown],
            y=names,
            orientation="h",
            marker_color=[colour for _, _, colour in shown],
            text=[f"{value:+.3f}" for _, value, _ in shown],
            textposition="outside",
            cliponaxis=False,
            hovertext=[name for name, _, _ in shown],
            hovertemplate="%{hovertext}<br>%{x:+.4f}<extra></extra>",
        )
    )
    figure.update_layout(
        xaxis={
            "zeroline": True,
            "range": [low - room if low < 0 else 0, high],  # for the numbers of short ones
        },
        yaxis={
            "autorange": "reversed",
            "tickvals": names,
            "ticktext": [name for name, _, _ in shown],
            "automargin": True,
        },
        margin={"l": 8, "r": 52, "t": 8, "b": 8},  # for the number of the longest bar
        height=40 + 30 * max(len(shown), 2),
        showlegend=False,
    )
    return figure
