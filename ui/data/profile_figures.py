"""The figures of a profile that the Data page alone draws: hours, spreads and connected parts."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.columns import Col
from recsys.counting import counted
from recsys.dataset import TINY, Parts, Spread
from ui.parts.figures import ACCENT, FAINT, OTHER, title_lines
from ui.parts.profile_figures import HEIGHT, MARGIN, Picture, nothing, percent

SHOWN_PARTS = 10


def weekday_hour(counts: pd.DataFrame) -> Picture:
    """Events by weekday and hour as a ``(7, 24)`` map; the busiest hour has a ring."""
    values = counts.to_numpy()
    if not values.sum():
        return nothing("No event has a time")
    day, hour = np.unravel_index(values.argmax(), values.shape)
    weekday = str(counts.index[day])
    finding = f"Busiest hour: {weekday}s, {hour}:00 UTC"
    weekend = values[5:].sum() / values.sum()
    figure = go.Figure()
    figure.add_heatmap(
        z=values,
        x=np.arange(24),
        y=[str(name)[:3] for name in counts.index],
        text=[
            [f"{name} {at}:00 to {at + 1}:00 UTC<br>{n:,} events" for at, n in enumerate(line)]
            for name, line in zip(counts.index, values, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
        colorscale=[[0, "rgba(43,118,173,0.04)"], [1, ACCENT]],
        zmin=0,
        xgap=1,
        ygap=1,
        colorbar={"title": "events", "thickness": 10, "tickformat": ",d", "nticks": 5},
    )
    figure.add_scatter(
        x=[hour],
        y=[weekday[:3]],
        mode="markers",
        marker={"symbol": "circle-open", "size": 11, "color": OTHER, "line": {"width": 2}},
        hoverinfo="skip",
    )
    figure.update_layout(
        title=title_lines(finding),
        xaxis={"title": "hour of the day, UTC", "dtick": 3, "showgrid": False, "zeroline": False},
        yaxis={"autorange": "reversed", "showgrid": False},
        margin=MARGIN,
        height=320,
        showlegend=False,
    )
    return Picture(
        figure=figure,
        alt=f"{finding}: {values.max():,} of {values.sum():,} events. "
        f"{percent(weekend)} are on Saturday or Sunday.",
    )


def spread(distribution: Spread, people: bool) -> Picture:
    """How many people (or articles) have at least k events, and the head that makes up half."""
    who, one = ("readers", "reader") if people else ("articles", "article")
    n, head = len(distribution.counts), distribution.head
    least = int(np.sort(distribution.counts)[-head])
    table = distribution.table()
    k, exactly = table[Col.INTERACTIONS].to_numpy(), table[Col.COUNT].to_numpy()
    does = "come from" if people else "go to"
    finding = f"Half of all events {does} {percent(head / n)} of the {who}"
    figure = go.Figure()
    for part, colour, width in ((k <= least, FAINT, 2), (k >= least, ACCENT, 4)):
        figure.add_scatter(
            x=k[part],
            y=exactly[::-1].cumsum()[::-1][part],
            mode="lines+markers" if part.sum() < 3 else "lines",
            line={"color": colour, "width": width},
            customdata=exactly[part],
            hovertemplate=f"%{{y:,}} {who} have at least %{{x:,}} events,<br>"
            "%{customdata:,} of them exactly %{x:,}<extra></extra>",
        )
    _mark_head(figure, who, least, head, to_the_left=least**2 > k[-1])
    figure.update_layout(
        title=title_lines(finding),
        xaxis_title=f"k, events per {one} (log scale)",
        yaxis_title=f"{who} with at least k events",
        margin=MARGIN,
        height=HEIGHT,
        showlegend=False,
    )
    for update, top in ((figure.update_xaxes, k[-1]), (figure.update_yaxes, n)):
        update(type="log", dtick=1, tickformat=",d", range=[-0.08, np.log10(top) + 0.12])
    return Picture(
        figure=figure,
        alt=f"{finding}: the top {head:,} of {n:,} have at least {least:,} events each; "
        f"{percent(exactly[0] / n)} have only {k[0]:,}.",
    )


def _mark_head(figure: go.Figure, who: str, least: int, head: int, to_the_left: bool) -> None:
    words = f"top {head:,} {who}, at least {least:,} each"
    figure.add_scatter(
        x=[least],
        y=[head],
        mode="markers",
        marker={"color": OTHER, "size": 11, "symbol": "diamond"},
        hovertemplate=f"half of all events:<br>{words}<extra></extra>",
    )
    figure.add_annotation(
        x=np.log10(least),
        y=np.log10(head),
        text=f"half of all events:<br>{words}",
        ax=-14 if to_the_left else 14,
        ay=28 if to_the_left else -28,
        xanchor="right" if to_the_left else "left",
        align="right" if to_the_left else "left",
        arrowhead=0,
        arrowwidth=1,
        arrowcolor=OTHER,
    )


def parts(connected: Parts) -> Picture:
    """The largest connected parts by size, on a logarithmic scale."""
    sizes, n = connected.sizes, len(connected.table)
    rows = connected.table.head(SHOWN_PARTS)
    finding = "All readers and articles are connected"
    if n > 1:
        most = percent(connected.share)
        finding = f"{n:,} separate parts; the largest has {most} of all readers and articles"
    labels = [
        f"{counted(users, 'readers')}, {counted(items, 'articles')}"
        for users, items in zip(rows[Col.USERS], rows[Col.ITEMS], strict=True)
    ]
    largest = max(int(sizes[0]), 30)
    figure = go.Figure()
    figure.add_scatter(
        x=sizes[: len(rows)],
        y=np.arange(1, len(rows) + 1),
        mode="markers+text",
        marker={"size": 11, "color": [ACCENT] + [FAINT] * (len(rows) - 1)},
        text=labels,
        textposition=[
            "middle left" if size**2 > largest else "middle right" for size in sizes[: len(rows)]
        ],
        customdata=rows[Col.EVENTS],
        hovertemplate="part %{y}: %{text}<br>%{customdata:,} events<extra></extra>",
        cliponaxis=False,
    )
    rest = f"<br>({n - len(rows):,} smaller parts are not shown)" if n > len(rows) else ""
    figure.update_layout(
        title=title_lines(finding),
        xaxis_title=f"readers and articles together (log scale){rest}",
        yaxis={"title": "part", "range": [len(rows) + 0.6, 0.4], "dtick": 1, "zeroline": False},
        margin=MARGIN,
        height=150 + 26 * max(len(rows), 3),
        showlegend=False,
    )
    figure.update_xaxes(type="log", dtick=1, tickformat=",d", range=[0, np.log10(largest) * 1.06])
    figure.update_yaxes(showgrid=False)
    tiny = f" Parts with fewer than {TINY} of both together: {connected.tiny:,}."
    return Picture(figure=figure, alt=f"{finding}. The largest part: {labels[0]}.{tiny}")
