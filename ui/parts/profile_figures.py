"""The Plotly figures of a profile. Each comes with the sentence that stands in for it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.columns import Col
from recsys.dataset import TINY, Parts, Spread, Timeline
from ui.parts.figures import ACCENT, FAINT, OTHER, cut, escaped, title_lines
from ui.text import counted

SHOWN_PARTS = 10
_MARGIN: dict[str, int] = {"l": 8, "r": 8, "t": 68, "b": 8}
_HEIGHT = 360
_LABEL = 16  # pixels from one label to the next
_STYLES = [(colour, dash) for dash in ("solid", "dash", "dot") for colour in (ACCENT, OTHER, FAINT)]
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """A figure, and one sentence with its finding for those who do not see it."""

    figure: go.Figure
    alt: str


def over_time(timeline: Timeline) -> Picture:
    """Events by period, a line a type, on a logarithmic scale where there are several types."""
    names = [str(name) for name in timeline.table[Col.EVENT].cat.categories]
    counts = timeline.table[Col.COUNT].to_numpy().reshape(-1, len(names))
    periods = pd.DatetimeIndex(timeline.table[Col.PERIOD].to_numpy()[:: len(names)])
    if not len(periods):
        return _nothing("No event has a time")
    every, total = timeline.every, counts.sum(axis=1)
    dates = [_date(moment, every) for moment in periods]
    top = int(total.argmax())
    finding = f"Busiest {every}: {dates[top]}, {counted(total[top], 'event')}"
    figure = _lines(periods, counts, names, dates)
    monday = ", beginning on Monday" if every == "week" else ""
    figure.update_layout(
        title=title_lines(finding),
        xaxis={
            "title": f"{every}{monday}, UTC<br>(the first and last may be incomplete)",
            "range": [periods[0], periods[-1]] if len(periods) > 1 else None,
            # One moment has no scale: Plotly would count its milliseconds.
            **({"tickvals": periods, "ticktext": dates} if len(periods) == 1 else {}),
        },
        yaxis_title=f"events per {every}" + (", log scale" if len(names) > 1 else ""),
        height=_HEIGHT,
        showlegend=False,
    )
    types = ", ".join(
        f"{name} {count:,}" for name, count in zip(names, counts.sum(axis=0), strict=True)
    )
    return Picture(
        figure=figure,
        alt=f"Events by {every} from {dates[0]} to {dates[-1]}. {finding}. In all: {types}.",
    )


def _date(moment: pd.Timestamp, every: str) -> str:
    """The period's first day, in English whatever the server's language is."""
    month = f"{_MONTHS[moment.month - 1]} {moment.year}"
    return {"year": f"{moment.year}", "month": month}.get(every, f"{moment.day} {month}")


def _lines(
    periods: pd.DatetimeIndex, counts: np.ndarray, names: list[str], dates: list[str]
) -> go.Figure:
    """A line for each column of ``counts``; several are named at their right ends."""
    several = len(names) > 1
    heights, axis = _log_axis(counts) if several else (counts, dict[str, Any](rangemode="tozero"))
    figure = go.Figure()
    for column, (name, (colour, dash)) in enumerate(zip(names, _STYLES, strict=False)):
        figure.add_scatter(
            x=periods,
            y=heights[:, column],
            mode="lines+markers" if len(periods) < 3 else "lines",
            line={"color": colour, "dash": dash, "width": 2},
            text=[
                f"{_shown(name, 48)}<br>{date}: {count:,}"
                for date, count in zip(dates, counts[:, column], strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_layout(yaxis=axis, margin=_MARGIN)
    if several:
        _label_ends(figure, periods[-1], np.log10(heights[-1]), names, axis["range"])
        figure.update_layout(margin_r=34 + 8 * max(len(cut(name, 18)) for name in names))
    return figure


def _log_axis(counts: np.ndarray) -> tuple[np.ndarray, dict[str, Any]]:
    """Heights for a logarithmic axis on which 0 has a place of its own, and the axis."""
    zero = bool((counts == 0).any())
    low, high = (0.5 if zero else counts.min() / 1.2), counts.max() * 1.2
    ticks = [10**power for power in range(12) if low <= 10**power <= high]
    if len(ticks) < 3:
        ticks = [lead * 10**power for power in range(12) for lead in (1, 2, 5)]
        ticks = [tick for tick in ticks if low <= tick <= high]
    axis = {
        "type": "log",
        "range": np.log10([low / 1.1, high]).tolist(),
        "tickvals": [0.5, *ticks] if zero else ticks,
        "ticktext": ["0"] * zero + [f"{tick:,}" for tick in ticks],
    }
    return np.where(counts == 0, 0.5, counts), axis


def _label_ends(
    figure: go.Figure, last: pd.Timestamp, ends: np.ndarray, names: list[str], span: list[float]
) -> None:
    """Name each line at its right end; names that would overlap are moved apart."""
    plot = _HEIGHT - _MARGIN["t"] - 70  # the axis below takes about 70
    wanted = (span[1] - ends) / (span[1] - span[0]) * plot
    order = np.argsort(wanted, kind="stable")
    places = _apart(wanted[order], plot)
    for row, place in zip(order, places, strict=True):
        figure.add_annotation(
            x=last,
            y=float(ends[row]),
            text=_shown(names[row]),
            ax=18,
            ay=float(place - wanted[row]),
            xanchor="left",
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=_STYLES[row][0],
        )


def _apart(wanted: np.ndarray, height: float) -> np.ndarray:
    """Places in rising order, a label's height from each other, near to where they are wanted."""
    steps = np.arange(len(wanted)) * _LABEL
    places = np.maximum.accumulate(wanted - steps) + steps
    ceiling = height - steps[::-1]
    return np.minimum(places, ceiling)


def weekday_hour(counts: pd.DataFrame) -> Picture:
    """Events by weekday and hour as a ``(7, 24)`` map; the busiest hour has a ring."""
    values = counts.to_numpy()
    if not values.sum():
        return _nothing("No event has a time")
    day, hour = np.unravel_index(values.argmax(), values.shape)
    weekday = str(counts.index[day])
    finding = f"Most is read on {weekday}s around {hour}:00 UTC"
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
        margin=_MARGIN,
        height=320,
        showlegend=False,
    )
    return Picture(
        figure=figure,
        alt=f"{finding}: {values.max():,} of {values.sum():,} events. "
        f"{percent(weekend)} fall on Saturday and Sunday.",
    )


def spread(distribution: Spread, people: bool) -> Picture:
    """How many people (or articles) have at least k events, and the head that makes up half."""
    who, one = ("people", "person") if people else ("articles", "article")
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
            hovertemplate=f"%{{y:,}} {who} have %{{x:,}} events or more,<br>"
            "%{customdata:,} of them exactly %{x:,}<extra></extra>",
        )
    _mark_head(figure, who, least, head, to_the_left=least**2 > k[-1])
    figure.update_layout(
        title=title_lines(finding),
        xaxis_title=f"k, events per {one} (log scale)",
        yaxis_title=f"{who} with k events or more",
        margin=_MARGIN,
        height=_HEIGHT,
        showlegend=False,
    )
    for update, top in ((figure.update_xaxes, k[-1]), (figure.update_yaxes, n)):
        update(type="log", dtick=1, tickformat=",d", range=[-0.08, np.log10(top) + 0.12])
    return Picture(
        figure=figure,
        alt=f"{finding}: the top {head:,} of {n:,} have {least:,} events or more each; "
        f"{percent(exactly[0] / n)} have only {k[0]:,}.",
    )


def _mark_head(figure: go.Figure, who: str, least: int, head: int, to_the_left: bool) -> None:
    words = f"top {head:,} {who}, {least:,} or more each"
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
    finding = "All people and articles are connected"
    if n > 1:
        most = percent(connected.share)
        finding = f"{n:,} separate parts; the largest holds {most} of all people and articles"
    labels = [
        f"{users:,} {'person' if users == 1 else 'people'}, "
        f"{items:,} article{'' if items == 1 else 's'}"
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
        xaxis_title=f"people and articles together (log scale){rest}",
        yaxis={"title": "part", "range": [len(rows) + 0.6, 0.4], "dtick": 1, "zeroline": False},
        margin=_MARGIN,
        height=150 + 26 * max(len(rows), 3),
        showlegend=False,
    )
    figure.update_xaxes(type="log", dtick=1, tickformat=",d", range=[0, np.log10(largest) * 1.06])
    figure.update_yaxes(showgrid=False)
    tiny = f" Parts with fewer than {TINY} of both together: {connected.tiny:,}."
    return Picture(figure=figure, alt=f"{finding}. The largest part: {labels[0]}.{tiny}")


def percent(share: float) -> str:
    """A share in words that neither rounds a little to nothing nor nearly all to all.

    >>> percent(0.07), percent(0.0004), percent(0.99959), percent(1.0)
    ('7%', '0.04%', '99.96%', '100%')
    """
    for digits in (0, 1, 2):
        text = f"{share:.{digits}%}"
        if share in (0, 1) or (0.01 <= share <= 0.99 or float(text[:-1]) not in (0, 100)):
            return text
    return "less than 0.01%" if share < 0.5 else "more than 99.99%"


def _shown(name: str, width: int = 18) -> str:
    return escaped(cut(name, width))


def _nothing(finding: str) -> Picture:
    figure = go.Figure()
    figure.update_layout(title=title_lines(finding), margin=_MARGIN, height=_HEIGHT)
    return Picture(figure=figure, alt=f"{finding}.")
