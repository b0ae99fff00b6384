"""What somebody would read next, with limits, trade-offs and reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from recsys.columns import Col
from recsys.explain import Solver, contributions
from recsys.recommend import Limits, history, recommend
from recsys.rerank import pool_size, rerank, sameness
from recsys.tables import Tables
from ui.figures import ACCENT, FAINT, OTHER, short_label
from ui.reader import Reader
from ui.text import plain
from ui.widgets import article_table

REASONS = 8


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What may be recommended, and what is traded for relevance."""

    limits: Limits
    diversity: float = 0.0
    novelty: float = 0.0


def wishes(solver: Solver, tables: Tables, excluded: tuple[str, ...]) -> Wish:
    """The fields; all but what is excluded is in the address."""
    languages: tuple[str, ...] = ()
    with st.popover("Limits and taste", icon=":material/tune:"):
        novelty = st.slider(
            "Less of what everybody reads", 0.0, 1.0, 0.0, 0.05, key="novelty",
            bind="query-params",
            help="Trades the score for rarity: −log(readers), both standardised over the best "
            "candidates.",
        )  # fmt: skip
        diversity = st.slider(
            "Less of the same", 0.0, 1.0, 0.0, 0.05, key="diversity", bind="query-params",
            help="Maximal marginal relevance: each next article also has to differ from those "
            "above it.",
        )  # fmt: skip
        read = st.toggle("Offer what was read already", key="read", bind="query-params")
        values = sorted(tables.articles[Col.LANGUAGE].unique())
        if len(values) > 1:
            languages = tuple(
                st.multiselect(
                    "Only these languages", values, key="languages", bind="query-params",
                    format_func=lambda value: value or "(unknown)", placeholder="all",
                )
            )  # fmt: skip
        since = st.date_input("Shared since", None, key="since", bind="query-params")
        until = st.date_input("Shared until", None, key="until", bind="query-params")
    return Wish(
        limits=Limits(
            include_read=read,
            exclude=excluded,
            languages=languages,
            since=since if isinstance(since, date) else None,
            until=until if isinstance(until, date) else None,
        ),
        diversity=diversity,
        novelty=novelty,
    )


def recommended(solver: Solver, reader: Reader, n: int, wish: Wish) -> pd.DataFrame:
    """The list under these wishes, with the rank that each had without trade-offs.

    Raises
    ------
    KindredError
        If a wish is not what it should be.
    """
    pool = recommend(solver, reader.taste, pool_size(n), wish.limits)
    if not wish.diversity and not wish.novelty:
        return pool.head(n)
    return rerank(pool, solver.model, n, diversity=wish.diversity, novelty=wish.novelty)


def show_history(solver: Solver, reader: Reader, then: Callable[[str], None]) -> None:
    """What the reader read, strongest first."""
    table = history(solver, reader.taste)
    st.markdown(f"**Read so far: {len(table):,} articles**")
    article_table(
        table[[Col.ITEM, Col.TITLE, Col.STRENGTH]],
        key=f"history-{solver.model.fingerprint}-{reader.user}-{len(table)}",
        then=then,
        alt="What was read, strongest first",
        height=min(38 * (len(table) + 1), 400),
        narrow=True,
    )


def show_recommended(
    table: pd.DataFrame, solver: Solver, reader: Reader, wish: Wish, then: Callable[[str], None]
) -> None:
    """The list; a click on an article shows its reasons."""
    st.markdown("**What to read next.** Click one to see why.")
    columns = [Col.RANK, Col.ITEM, Col.TITLE, Col.SCORE]
    columns += [Col.BEFORE] if Col.BEFORE in table else []
    columns += [Col.READ] if wish.limits.include_read else []
    article_table(
        table[[name for name in columns if name in table]],
        key=f"next-{solver.model.fingerprint}-{reader.user}-{len(reader.taste.items)}-{wish}",
        then=then,
        alt=f"Recommendations for {reader.label}",
        name=None,
        narrow=True,
        score_help="The model's estimate that this article is read: about 1 for what was read, "
        "about 0 for most others. It ranks; it is no probability.",
    )
    if Col.BEFORE in table and len(table):
        plainly = recommend(solver, reader.taste, len(table), wish.limits)
        before, after = (
            (sameness(solver.model, list(part[Col.ITEM])), part[Col.READERS].mean())
            for part in (plainly, table)
        )
        st.caption(
            f"Likeness within the list {before[0]:.2f} → {after[0]:.2f}, readers per article "
            f"{before[1]:.0f} → {after[1]:.0f}."
        )


def show_reasons(solver: Solver, reader: Reader, item: str) -> None:
    """What each article of the past adds to the score of one."""
    model = solver.model
    parts = contributions(solver, reader.taste, [item])
    score = float(parts[Col.CONTRIBUTION].sum())
    title = model.labels[model.positions[item]]
    st.markdown(f"**Why {plain(title, 120)}?**")
    st.plotly_chart(
        reasons(parts, score, [model.labels[model.positions[i]] for i in parts[Col.HISTORY]]),
        key=f"why-{item}",
        alt=f"What each article read adds to the score of {score:.3f}",
        config={"displayModeBar": False},
    )
    with st.popover("As a table", icon=":material/table_rows:", type="tertiary"):
        st.dataframe(
            parts[[Col.TITLE, Col.STRENGTH, Col.CONTRIBUTION]],
            hide_index=True,
            alt="All contributions",
        )
    st.caption(
        f"The score {score:.3f} is the sum of what {len(parts):,} articles read before add to it "
        "(or take from it).",
        help="Exactly: yᵢᵀ W y_j c_j for each article j read, with W = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹ "
        "(Hu, Koren & Volinsky 2008, section 5).",
    )


def reasons(parts: pd.DataFrame, score: float, labels: list[str]) -> go.Figure:
    """The largest contributions as bars, the others together, longest on top."""
    values = parts[Col.CONTRIBUTION].to_numpy()
    largest = abs(values).argsort()[::-1][:REASONS]
    rest = float(values.sum() - values[largest].sum())
    shown = [(short_label(labels[i]), float(values[i])) for i in largest]
    if len(values) > len(largest):
        shown.append((f"{len(values) - len(largest):,} others together", rest))
    low, high = (edge(0.0, *(value for _, value in shown)) for edge in (min, max))
    room = 0.15 * (high - low)
    names = [f"{place}|{name}" for place, (name, _) in enumerate(shown)]  # titles may repeat
    figure = go.Figure(
        go.Bar(
            x=[value for _, value in shown],
            y=names,
            orientation="h",
            marker_color=[ACCENT if value >= 0 else OTHER for _, value in shown[:-1]]
            + [FAINT if len(values) > len(largest) else ACCENT],
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
        height=80 + 42 * len(shown),
        showlegend=False,
    )
    return figure
