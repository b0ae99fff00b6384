"""The figures say what the comparison says, and take no title for markup."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.comparison.compare import Comparison, Noise, compare_lists
from ui.compare import compare_figures as figures


def ranked(items, title="Title of {}"):
    items = list(items)
    return pd.DataFrame({"item_id": items, "title": [title.format(item) for item in items]})


def ends(trace):
    return list(zip(trace.x, trace.y, strict=True))


def comparison(kept, noise=(), n=4):
    kept = np.array(kept)
    floors = tuple(
        Noise(model=name, kept=np.array(values), rbo=np.array(values)) for name, values in noise
    )
    table = pd.DataFrame({"item_id": "i", "kept": kept, "rbo": kept})
    return Comparison(
        table=table,
        n=n,
        p=0.9,
        common=len(kept),
        only_a=0,
        only_b=0,
        noise=floors,
        interval=floors[0].interval(kept) if floors else None,
    )


def test_a_line_leads_from_rank_to_rank():
    picture = figures.slopes(compare_lists(ranked("abcd"), ranked("acxb")), "old", "new")
    a, c, x, b, d = picture.figure.data
    assert [ends(trace) for trace in (a, c, b)] == [
        [(0, 1), (1, 1)],
        [(0, 3), (1, 2)],
        [(0, 2), (1, 4)],
    ]
    assert ends(x) == [(1, 3)]  # what came begins nowhere
    assert ends(d) == [(0, 4), (1, 6)]  # what went ends below the list, a row apart
    assert [trace.marker.symbol[-1] for trace in (a, x, d)] == ["circle", "diamond", "x"]
    assert d.line.dash == "dot" and b.line.dash == "solid"
    rose, fell, same = c.line.color, b.line.color, a.line.color
    assert len({rose, fell, same}) == 3 and d.line.color == fell and x.marker.color == rose
    assert [trace.text[-1].split() for trace in (c, d)] == [
        ["2", "Title", "of", "c"],
        ["–", "Title", "of", "d"],
    ]


def test_words_of_the_slopes():
    picture = figures.slopes(compare_lists(ranked("abcd"), ranked("acxb")), "old", "new")
    assert picture.figure.layout.title.text == "3 of 4 stayed, 1 came"
    assert picture.alt == "old and new: 3 of 4 stayed, 1 came; 1 kept the rank. New: Title of x."
    hover = [trace.hovertext.split("<br>")[-1] for trace in picture.figure.data]
    assert hover == [
        "stayed at rank 1",
        "from rank 3 to 2",
        "came, rank 3",
        "from rank 2 to 4",
        "went, was rank 4",
    ]
    assert list(picture.figure.layout.xaxis.ticktext) == ["rank in<br>old", "rank in<br>new"]


@pytest.mark.parametrize(
    ("a", "b", "finding"),
    [
        ("abc", "abc", "Nothing changed"),
        ("abc", "cab", "3 of 3 stayed, none came"),
        ("abc", "", "0 of 3 stayed, none came"),
        ("", "abc", "0 of 0 stayed, 3 came"),
        ("", "", "0 of 0 stayed, none came"),
    ],
)
def test_lists_at_the_edge(a, b, finding):
    picture = figures.slopes(compare_lists(ranked(a), ranked(b)))
    assert picture.figure.layout.title.text == finding


def test_titles_and_names_are_text():
    bad = "<b>{}</b><script>"
    changes = compare_lists(ranked("ab", bad), ranked("bc", bad))
    figure = figures.slopes(changes, "<i>A</i>", "B").figure
    assert "&lt;i&gt;" in figure.layout.xaxis.ticktext[0]
    for trace in figure.data:
        for text in (trace.text[-1], trace.hovertext):
            assert "&lt;b&gt;" in text and "<b>" not in text and "<script>" not in text


def test_long_and_missing_titles():
    changes = compare_lists(ranked("a", "word " * 60), ranked("b", " "))
    b, a = figures.slopes(changes).figure.data
    assert "(no title) b" in b.text[-1]
    assert len(a.text[-1]) < 40 and a.text[-1].endswith("…")


def test_long_lists_are_cut_and_what_fell_far_is_below():
    before = [f"i{rank}" for rank in range(60)]
    after = [*before[40:41], *before[1:40], before[0], *before[41:]]
    figure = figures.slopes(compare_lists(ranked(before), ranked(after))).figure
    assert len(figure.data) == figures.SHOWN_RANKS + 1
    up = next(trace for trace in figure.data if "from rank 41 to 1" in trace.hovertext)
    down = next(trace for trace in figure.data if "from rank 1 to 41" in trace.hovertext)
    assert ends(up) == [(1, 1)]
    assert ends(down) == [(0, 1), (1, figures.SHOWN_RANKS + 2)]
    assert figure.layout.title.text == "60 of 60 stayed, none came"


def test_overlaps_count_articles():
    made = comparison([0, 0.25, 0.25, 1.0], [("B", [[0.5, 0.5, 0.5, 0.75], [0.5, 0.5, 0.75, 1]])])
    picture = figures.overlaps(made)
    bars, line, change, seed = picture.figure.data
    assert list(bars.x) == [0, 1, 2, 3, 4]
    assert list(bars.y) == [0.25, 0.5, 0, 0, 0.25]
    assert list(line.y) == [0, 0, 5 / 8, 2 / 8, 1 / 8]
    assert change.x[0] == pytest.approx(0.375 * 4) and seed.x[0] == pytest.approx(0.625 * 4)
    title = picture.figure.layout.title.text.replace("<br>", " ")
    assert title == "The change keeps 38% of the 4 most similar, another seed of B alone 62%"
    words = [note.text for note in picture.figure.layout.annotations]
    assert words == ["the change: 1.5 of 4", "another seed: 2.5 of 4"]
    assert picture.alt == f"{made.sentence} 25% of the articles keep none of them."


@pytest.mark.parametrize("change", [0.4, 0.6])
def test_the_names_of_two_means_stand_away_from_each_other(change):
    picture = figures.overlaps(comparison([change] * 2, [("A", [[0.5, 0.5]])], n=10))
    anchors = [note.xanchor for note in picture.figure.layout.annotations]
    assert anchors == (["right", "left"] if change < 0.5 else ["left", "right"])


def test_overlaps_without_other_seeds():
    picture = figures.overlaps(comparison([0.5, 1.0]))
    assert [trace.type for trace in picture.figure.data] == ["bar", "scatter"]
    assert "is known once both models" in picture.alt


@pytest.mark.parametrize("n", [1, 19, 20, 50, 1000])
def test_bars_hold_every_article_once(n):
    kept = np.arange(n + 1) / n
    bars = figures.overlaps(comparison(kept, n=n)).figure.data[0]
    assert len(bars.y) <= 20
    assert sum(bars.y) == pytest.approx(1)
    width = bars.width
    assert (np.abs(np.diff(bars.x)) <= width / 0.8 + 1e-9).all()


def test_the_comparison_is_not_changed():
    made = comparison([0.5, 1.0])
    before = made.table.copy()
    figures.overlaps(replace(made, p=0.8))
    assert made.table.equals(before)
