"""The Plotly figures. Each takes plain arrays and gives a figure; titles say what they show."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

ACCENT, OTHER, FAINT = "#2b76ad", "#c0602a", "#8b949c"
_MARGIN = {"l": 8, "r": 8, "t": 56, "b": 8}


def escaped(text: str) -> str:
    """Text in which no HTML has an effect in Plotly's labels.

    They know no entity for a quotation mark: it would be shown as written.
    """
    return escape(text, quote=False)


def cut(text: str, width: int) -> str:
    """Text on one line, of at most `width` characters."""
    words = " ".join(text.split())
    return words if len(words) <= width else words[: width - 1] + "…"


def title_lines(text: str, width: int = 46) -> str:
    """A title in lines that fit on a narrow screen; no HTML in it has an effect."""
    return "<br>".join(escaped(line) for line in wrap(text, width))


def hover_text(titles: Sequence[str], width: int = 48) -> list[str]:
    """Titles for Plotly's hover labels: no HTML in them has an effect; long ones are wrapped."""
    texts = []
    for title in titles:
        short = title if len(title) <= 3 * width else title[: 3 * width - 1] + "…"
        lines = [short[start : start + width] for start in range(0, len(short), width)]
        texts.append("<br>".join(escaped(line) for line in lines))
    return texts


def short_label(title: str, width: int = 34) -> str:
    """A title as a label beside a bar: two lines at most, cut between words, no HTML in effect."""
    lines = wrap(title, width) or [title]
    if len(lines) > 2:
        lines = [lines[0], lines[1][: width - 1] + "…"]
    return "<br>".join(escaped(line) for line in lines)


def head_share(counts: np.ndarray) -> int:
    """How many of the most frequent entries make up at least half of the total."""
    ordered = np.sort(counts)[::-1]
    return int(np.searchsorted(np.cumsum(ordered), ordered.sum() / 2) + 1)


def long_tail(counts: np.ndarray) -> go.Figure:
    """Events per article, articles in order of popularity, with the half that a few make up."""
    ordered = np.sort(counts)[::-1].astype(np.float32)
    head = head_share(counts)
    place = np.arange(1, len(ordered) + 1, dtype=np.float32)
    figure = go.Figure()
    for part, colour, name in (
        (slice(0, head), ACCENT, f"half of all events: {head:,} articles"),
        (slice(head - 1, None), FAINT, f"the other half: {len(ordered) - head:,} articles"),
    ):
        figure.add_scatter(
            x=place[part],
            y=ordered[part],
            fill="tozeroy",
            mode="lines",
            line={"color": colour, "width": 1.5},
            name=name,
            hovertemplate="article %{x:,} by popularity<br>%{y:,} events<extra></extra>",
        )
    share = head / len(ordered)
    figure.update_layout(
        title=f"Half of all events go to {share:.0%} of the articles",
        xaxis_title="articles, most popular first",
        yaxis_title="events per article",
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.0, "yanchor": "top"},
        margin=_MARGIN,
        height=340,
    )
    return figure


def loss_curve(losses: Sequence[float], total: int) -> go.Figure:
    """The training loss after each iteration."""
    figure = go.Figure()
    figure.add_scatter(
        x=np.arange(1, len(losses) + 1),
        y=np.asarray(losses, dtype=np.float64),
        mode="lines+markers",
        line={"color": ACCENT, "width": 2},
        marker={"size": 4},
        hovertemplate="iteration %{x}<br>loss %{y:.5f}<extra></extra>",
    )
    figure.update_layout(
        title=f"Loss {losses[-1]:.4f} after {len(losses)} of {total} iterations",
        xaxis={"title": "iteration", "range": [0.5, total + 0.5]},
        yaxis={"title": "loss (lower is a better fit)", "tickformat": ".3f"},
        margin=_MARGIN,
        height=300,
        showlegend=False,
    )
    return figure
