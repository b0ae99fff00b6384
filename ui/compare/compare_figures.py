"""The Plotly figures of A | B. Each comes with the sentence that stands in for it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.columns import Col
from recsys.comparison import CAME, SAME_RANK, WENT, Comparison
from ui.parts.figures import ACCENT, FAINT, OTHER, cut, escaped, hover_text, title_lines
from ui.parts.profile_figures import MARGIN, Picture, percent

SHOWN_RANKS = 25
_ROW = 26  # pixels from one rank to the next
_LABEL = 30  # characters of a title beside its mark
_BARS = 20


def slopes(changes: pd.DataFrame, a: str = "A", b: str = "B") -> Picture:
    """From the ranks in list `a` on the left to those in list `b` on the right.

    Below the ranks of `b` stands what went, or fell below the `SHOWN_RANKS` that are shown.

    Parameters
    ----------
    changes
        As `recsys.comparison.compare_lists` gives it.
    a, b
        What the lists are called.
    """
    finding = _what_changed(changes)
    rows = _slopes(changes)
    figure = go.Figure()
    for row in rows:
        _draw(figure, row)
    last = max((row.right for row in rows), default=1)
    lefts = [row.left for row in rows if row.left is not None]
    figure.update_layout(
        title=title_lines(finding),
        xaxis={
            "range": [-0.06, 1.06],
            "tickvals": [0, 1],
            "ticktext": [f"rank in<br>{escaped(cut(name, 10))}" for name in (a, b)],
            "ticklabeloverflow": "allow",
            "side": "top",
            "showgrid": False,
            "zeroline": False,
        },
        yaxis={
            "range": [last + 0.6, 0.4],
            "tickvals": list(range(1, max(lefts, default=0) + 1)),
            "showgrid": False,
            "zeroline": False,
        },
        margin={
            **MARGIN,
            "l": 32,
            "t": 108,
            "b": 40,
            "r": 24 + 6.4 * max((len(row.label) for row in rows), default=0),
        },
        height=int(160 + _ROW * last),
        showlegend=False,
    )
    figure.add_annotation(
        text="◆ came&nbsp;&nbsp; ✕ went",
        x=1,
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-10,
        showarrow=False,
    )
    same = int((changes[Col.CHANGE] == SAME_RANK).sum())
    named = [cut(row.title, 60) for row in rows if row.was is None][:3]
    new = f" New: {'; '.join(named)}." if named else ""
    return Picture(figure=figure, alt=f"{a} and {b}: {finding}; {same} kept the rank.{new}")


def _what_changed(changes: pd.DataFrame) -> str:
    kinds = changes[Col.CHANGE]
    came, went = int((kinds == CAME).sum()), int((kinds == WENT).sum())
    if len(kinds) and (kinds == SAME_RANK).all():
        return "Nothing changed"
    before = int(changes[Col.RANK_A].notna().sum())
    return f"{before - went} of {before} stayed, {came or 'none'} came"


@dataclass(frozen=True, kw_only=True)
class _Slope:
    """One article: its rank in each list (None where it has none) and where it is drawn."""

    title: str
    was: int | None
    now: int | None
    left: int | None
    right: int

    @property
    def label(self) -> str:
        return f"{self.now or '–'}  {cut(self.title, _LABEL)}"

    @property
    def colour(self) -> str:
        if self.was == self.now:
            return FAINT
        rose = self.now is not None and (self.was is None or self.now < self.was)
        return ACCENT if rose else OTHER

    @property
    def words(self) -> str:
        if self.was is None:
            return f"came, rank {self.now}"
        if self.now is None:
            return f"went, was rank {self.was}"
        if self.was == self.now:
            return f"stayed at rank {self.now}"
        return f"from rank {self.was} to {self.now}"


def _slopes(changes: pd.DataFrame) -> list[_Slope]:
    """The articles that are among the `SHOWN_RANKS` of either list, from top to bottom."""
    ranks = [
        [None if pd.isna(rank) else int(rank) for rank in changes[column]]
        for column in (Col.RANK_A, Col.RANK_B)
    ]
    below = min(max((now or 0 for now in ranks[1]), default=0), SHOWN_RANKS) + 1
    found = []
    for item, title, was, now in zip(
        changes[Col.ITEM], changes[Col.TITLE], ranks[0], ranks[1], strict=True
    ):
        left = was if was and was <= SHOWN_RANKS else None
        right = now if now and now <= SHOWN_RANKS else None
        if right is None and left is not None:
            below += 1  # so that a free row is above the first of them
            right = below
        if right is not None:
            name = title.strip() or f"(no title) {item}"
            found.append(_Slope(title=name, was=was, now=now, left=left, right=right))
    return found


def _draw(figure: go.Figure, row: _Slope) -> None:
    """One line with its title at the right; what came has no line, what went ends in a cross."""
    went = row.now is None
    ends = [1] if row.left is None else [0, 1]
    end = "x" if went else "circle" if row.was is not None else "diamond"
    figure.add_scatter(
        x=ends,
        y=[row.right] if row.left is None else [row.left, row.right],
        mode="lines+markers+text",
        line={"color": row.colour, "width": 2, "dash": "dot" if went else "solid"},
        marker={"color": row.colour, "size": 9, "symbol": ["circle", end][-len(ends) :]},
        text=["", f"\u2002{escaped(row.label)}"][-len(ends) :],
        textposition="middle right",
        cliponaxis=False,
        hovertext=f"{hover_text([row.title])[0]}<br>{row.words}",
        hovertemplate="%{hovertext}<extra></extra>",
    )


def overlaps(comparison: Comparison) -> Picture:
    """How many of the nearest stay, article by article: the change beside another seed."""
    n = comparison.n
    width = max(1, -(-(n + 1) // _BARS))
    starts = np.arange(0, n + 1, width)
    middles = (starts + np.minimum(starts + width - 1, n)) / 2
    bars = _shares(comparison.table[Col.KEPT].to_numpy(), n, width, len(starts))
    finding = f"The change keeps {percent(comparison.kept)} of the {n} most similar"
    names = [
        f"{start}" if width == 1 else f"{start} to {min(start + width - 1, n)}" for start in starts
    ]
    figure = go.Figure()
    figure.add_bar(
        x=middles,
        y=bars,
        width=0.8 * width,
        marker={"color": ACCENT, "opacity": 0.75},
        text=[f"the change keeps {name} of {n}:<br>" for name in names],
        textposition="none",
        hovertemplate="%{text}%{y:.1%} of the articles<extra></extra>",
    )
    means = [(comparison.kept * n, "the change", ACCENT)]
    if comparison.noise:
        floor = comparison.noise[0]
        finding += f", another seed of {floor.model} alone {percent(floor.mean)}"
        figure.add_scatter(
            x=middles,
            y=_shares(floor.kept.ravel(), n, width, len(starts)),
            mode="lines+markers",
            line={"color": OTHER, "width": 2, "dash": "dash"},
            text=[f"another seed keeps {name} of {n}:<br>" for name in names],
            hovertemplate="%{text}%{y:.1%} of the articles<extra></extra>",
        )
        means.append((floor.mean * n, "another seed", OTHER))
    top = max(max(trace.y) for trace in figure.data)
    _mark_means(figure, means, top, n)
    figure.update_layout(
        title=title_lines(finding),
        xaxis={"title": f"how many of the {n} most similar stay", "zeroline": False},
        yaxis={"title": "share of the articles", "tickformat": ".0%", "range": [0, top * 1.35]},
        margin=MARGIN,
        height=360,
        showlegend=False,
    )
    figure.update_xaxes(range=[-0.6 * width, n + 0.6 * width], **({"dtick": 1} if n <= 12 else {}))
    return Picture(
        figure=figure,
        alt=f"{comparison.sentence} {percent(float(bars[0]))} of the articles keep "
        f"{'none' if width == 1 else f'fewer than {width}'} of them.",
    )


def _shares(kept: np.ndarray, n: int, width: int, bars: int) -> np.ndarray:
    """``(bars,)`` share of the articles that keep so many of `n`."""
    counts = np.bincount(np.rint(kept * n).astype(int) // width, minlength=bars)
    return counts / max(len(kept), 1)


def _mark_means(figure: go.Figure, means: list[tuple[float, str, str]], top: float, n: int) -> None:
    """A line at each mean, its name at the top: two at different heights, away from each other."""
    highest = max(mean for mean, _, _ in means)
    for place, (mean, name, colour) in enumerate(means):
        height = top * (1.28 - 0.12 * place)
        # To the left of the lower of two, to the right of the other, where there is room.
        left = mean > 0.3 * n if mean < highest else mean > 0.7 * n
        figure.add_scatter(
            x=[mean, mean],
            y=[0, height],
            mode="lines",
            line={"color": colour, "width": 1.5, "dash": "dash" if place else "solid"},
            hoverinfo="skip",
        )
        figure.add_annotation(
            x=mean,
            y=height,
            text=f"{name}: {mean:.1f} of {n}",
            showarrow=False,
            xanchor="right" if left else "left",
            xshift=-4 if left else 4,
            font={"color": colour},
        )
