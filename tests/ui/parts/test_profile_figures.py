"""The figures say what the tables say, and take nothing that a file holds for markup."""

import numpy as np
import pandas as pd
import pytest

from recsys.dataset import profile
from recsys.dataset.profile import Parts, Spread
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


def test_no_time_no_lines():
    tables = tables_of(",VIEW,a,p")
    for picture in (
        figures.over_time(profile.by_time(tables)),
        figures.weekday_hour(profile.by_weekday_hour(tables)),
    ):
        assert picture.figure.layout.title.text == "No event has a time"
        assert picture.alt == "No event has a time."


def test_weekday_hour_rings_the_busiest_hour():
    counts = pd.DataFrame(np.ones((7, 24), int), index=profile.by_weekday_hour(tables_of(
        "0,VIEW,a,p")).index)  # fmt: skip
    counts.iloc[1, 14] = 9
    counts.iloc[6, 3] = 4
    picture = figures.weekday_hour(counts)
    heat, ring = picture.figure.data
    assert picture.figure.layout.title.text == "Most is read on Tuesdays around 14:00 UTC"
    assert (list(ring.x), list(ring.y)) == ([14], ["Tue"])
    assert heat.text[1][14] == "Tuesday 14:00 to 15:00 UTC<br>9 events"
    assert heat.y[0] == "Mon" and picture.figure.layout.yaxis.autorange == "reversed"
    # 168 + 8 + 3 events; the weekend has 48 + 3 of them.
    assert "9 of 179 events" in picture.alt and "28% fall on Saturday and Sunday" in picture.alt


def test_spread_marks_the_head():
    # 24 events; 8 + 4 are half of them.
    picture = figures.spread(Spread(counts=np.array([1, 8, 1, 4, 2, 2, 2, 2, 1, 1])), people=True)
    tail, head, mark = picture.figure.data
    assert picture.figure.layout.title.text == "Half of all events come from 20% of the people"
    assert (list(tail.x), list(tail.y)) == ([1, 2, 4], [10, 6, 2])
    assert (list(head.x), list(head.y)) == ([4, 8], [2, 1])
    assert list(tail.customdata) == [4, 4, 1]
    assert (list(mark.x), list(mark.y)) == ([4], [2])
    assert picture.figure.layout.xaxis.type == picture.figure.layout.yaxis.type == "log"
    assert "the top 2 of 10 have 4 events or more each; 40% have only 1." in picture.alt


def test_spread_where_the_head_shares_its_number_of_events():
    """Two of four make half, though all four have as many: the mark says two."""
    picture = figures.spread(Spread(counts=np.array([3, 3, 3, 3])), people=False)
    assert list(picture.figure.data[2].y) == [2]
    assert picture.figure.layout.title.text == "Half of all events go to 50% of the articles"


def test_parts():
    table = pd.DataFrame({"users": [90] + [1] * 11, "items": [60] + [1] * 11, "events": 200})
    picture = figures.parts(Parts(table=table))
    (dots,) = picture.figure.data
    assert list(dots.x) == [150] + [2] * 9
    assert dots.text[:2] == ("90 people, 60 articles", "1 person, 1 article")
    assert "(2 smaller parts are not shown)" in picture.figure.layout.xaxis.title.text
    assert picture.alt == (
        "12 separate parts; the largest holds 87% of all people and articles. The largest part: "
        "90 people, 60 articles. Parts with fewer than 10 of both together: 11."
    )


def test_one_part_is_called_connected():
    table = pd.DataFrame({"users": [1], "items": [1], "events": [1]})
    picture = figures.parts(Parts(table=table))
    assert picture.figure.layout.title.text == "All people and articles are connected"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "0.4%"), (1e-9, "less than 0.01%"), (0.146, "15%"), (0.9959, "99.6%"),
     (1 - 1e-9, "more than 99.99%"), (1.0, "100%")],
)  # fmt: skip
def test_percent(share, words):
    assert figures.percent(share) == words


def test_every_figure_is_drawn_from_the_sample_and_sets_no_colours_of_the_page(sample_tables):
    pictures = [
        figures.over_time(profile.by_time(sample_tables)),
        figures.weekday_hour(profile.by_weekday_hour(sample_tables)),
        figures.spread(profile.per_user(sample_tables), people=True),
        figures.spread(profile.per_item(sample_tables), people=False),
        figures.parts(profile.components(sample_tables)),
    ]
    for picture in pictures:
        layout = picture.figure.to_plotly_json()["layout"]
        assert layout["title"]["text"] and picture.alt.endswith(".")
        assert not {"paper_bgcolor", "plot_bgcolor", "font"} & set(layout)
        assert picture.figure.to_json()  # the page can be sent it
