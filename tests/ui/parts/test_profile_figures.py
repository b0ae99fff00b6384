"""The figures say what the tables say, and take nothing that a file holds for markup."""

import numpy as np
import pandas as pd
import pytest

from recsys.dataset import profile
from recsys.dataset.tables import Tables, read_tables
from recsys.dataset.timeline import Timeline
from tests.conftest import articles_csv, events_csv
from ui.parts import profile_figures as figures

DAY = 86_400


def tables_of(*events: str) -> Tables:
    return read_tables(articles_csv("1,CONTENT SHARED,a,,,T,en"), events_csv(*events))


def timeline_of(*names: str, counts: list[list[int]]) -> Timeline:
    periods = np.datetime64("2016-01-01", "s") + np.arange(len(counts)) * np.timedelta64(DAY, "s")
    table = pd.DataFrame(
        {
            "period": np.repeat(periods, len(names)),
            "event_type": pd.Categorical(list(names) * len(counts), categories=names),
            "count": np.ravel(counts),
        }
    )
    return Timeline(every="day", table=table, timeless=0)


def test_over_time_is_a_line_a_type_with_its_name_at_the_end():
    picture = figures.over_time(timeline_of("VIEW", "LIKE", counts=[[100, 0], [50, 7], [20, 5]]))
    figure = picture.figure
    assert figure.layout.title.text == "Busiest day: 1 January 2016, 100 events"
    view, like = figure.data
    assert list(view.y) == [100, 50, 20]
    assert list(like.y) == [0.5, 7, 5]  # nothing has a place below one
    assert figure.layout.yaxis.ticktext[0] == "0" and figure.layout.yaxis.tickvals[0] == 0.5
    assert like.text[0] == "LIKE<br>1 January 2016: 0"
    assert [note.text for note in figure.layout.annotations] == ["VIEW", "LIKE"]
    assert [round(10**note.y, 6) for note in figure.layout.annotations] == [20, 5]
    assert "VIEW 170, LIKE 12" in picture.alt and "1 January 2016 to 3 January 2016" in picture.alt


def test_one_type_needs_no_logarithm_and_no_label():
    figure = figures.over_time(timeline_of("rating", counts=[[3], [0], [5]])).figure
    assert figure.layout.yaxis.type is None and not figure.layout.annotations
    assert list(figure.data[0].y) == [3, 0, 5]


def test_a_single_day_is_named_and_not_divided():
    axis = figures.over_time(timeline_of("VIEW", counts=[[3]])).figure.layout.xaxis
    assert list(axis.ticktext) == ["1 January 2016"] and len(axis.tickvals) == 1


@pytest.mark.parametrize(
    ("every", "words"),
    [
        ("day", "Busiest day: 13 January 2016, 2 events"),
        ("week", "Busiest week: 11 January 2016, 2 events"),
        ("month", "Busiest month: January 2016, 2 events"),
        ("year", "Busiest year: 2016, 2 events"),
    ],
)
def test_periods_in_words(every, words):
    wednesday = 1_452_643_200
    tables = tables_of(f"{wednesday},VIEW,a,p", f"{wednesday + 1},VIEW,a,p")
    assert figures.over_time(profile.by_time(tables, every)).figure.layout.title.text == words


def test_lines_are_told_apart_without_colour():
    names = [f"type {n}" for n in range(6)]
    data = figures.over_time(timeline_of(*names, counts=[[1, 2, 3, 4, 5, 6]] * 3)).figure.data
    assert len({(trace.line.color, trace.line.dash) for trace in data}) == 6


def test_labels_do_not_overlap_and_stay_inside():
    places = figures._apart(np.array([10.0, 11, 12, 218, 219]), 220)
    assert (np.diff(places) >= 15.999).all()
    assert places[0] >= 0 and places[-1] <= 220
    assert places[0] == 10  # one that is in nobody's way stays


def test_names_from_the_file_are_not_markup():
    bad = "<a href='x'>&%{y}<b>"
    figure = figures.over_time(timeline_of(bad, "B", counts=[[1, 1], [2, 2]])).figure
    texts = [note.text for note in figure.layout.annotations] + list(figure.data[0].text)
    assert not any("<a" in text or "<b>" in text for text in texts)
    assert all("%{y}" not in trace.hovertemplate for trace in figure.data)
    assert figures._shown("x" * 30) == "x" * 17 + "…"
    assert figures._shown("a\n b") == "a b"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "0.4%"), (1e-9, "less than 0.01%"), (0.146, "15%"), (0.9959, "99.6%"),
     (1 - 1e-9, "more than 99.99%"), (1.0, "100%")],
)  # fmt: skip
def test_percent(share, words):
    assert figures.percent(share) == words
