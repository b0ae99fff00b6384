"""The figures of a profile that several pages draw, each with the sentence that says it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.columns import Col
from recsys.dataset import Timeline
from ui.parts.figures import ACCENT, FAINT, OTHER, cut, escaped, title_lines
from ui.text import counted

MARGIN: dict[str, int] = {"l": 8, "r": 8, "t": 68, "b": 8}
HEIGHT = 360
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
        return nothing("No event has a time")
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
        height=HEIGHT,
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
    figure.update_layout(yaxis=axis, margin=MARGIN)
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
    plot = HEIGHT - MARGIN["t"] - 70  # the axis below takes about 70
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


def nothing(finding: str) -> Picture:
    """A figure without anything in it, that says why."""
    figure = go.Figure()
    figure.update_layout(title=title_lines(finding), margin=MARGIN, height=HEIGHT)
    return Picture(figure=figure, alt=f"{finding}.")
