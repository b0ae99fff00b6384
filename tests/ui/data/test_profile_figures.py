"""The figures of the Data page say what the tables say, and mark what they name."""

import numpy as np
import pandas as pd

from recsys.dataset import profile
from recsys.dataset.profile import Parts, Spread
from tests.ui.parts.test_profile_figures import tables_of
from ui.data import profile_figures as figures
from ui.parts.profile_figures import over_time


def test_no_time_no_lines():
    tables = tables_of(",VIEW,a,p")
    for picture in (
        over_time(profile.by_time(tables)),
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
    assert picture.figure.layout.title.text == "Busiest hour: Tuesdays, 14:00 UTC"
    assert (list(ring.x), list(ring.y)) == ([14], ["Tue"])
    assert heat.text[1][14] == "Tuesday 14:00 to 15:00 UTC<br>9 events"
    assert heat.y[0] == "Mon" and picture.figure.layout.yaxis.autorange == "reversed"
    # 168 + 8 + 3 events; the weekend has 48 + 3 of them.
    assert "9 of 179 events" in picture.alt and "28% are on Saturday or Sunday" in picture.alt


def test_spread_marks_the_head():
    # 24 events; 8 + 4 are half of them.
    picture = figures.spread(Spread(counts=np.array([1, 8, 1, 4, 2, 2, 2, 2, 1, 1])), people=True)
    tail, head, mark = picture.figure.data
    assert picture.figure.layout.title.text == "Half of all events come from 20% of the<br>readers"
    assert (list(tail.x), list(tail.y)) == ([1, 2, 4], [10, 6, 2])
    assert (list(head.x), list(head.y)) == ([4, 8], [2, 1])
    assert list(tail.customdata) == [4, 4, 1]
    assert (list(mark.x), list(mark.y)) == ([4], [2])
    assert picture.figure.layout.xaxis.type == picture.figure.layout.yaxis.type == "log"
    assert "the top 2 of 10 have at least 4 events each; 40% have only 1." in picture.alt


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
    assert dots.text[:2] == ("90 readers, 60 articles", "1 reader, 1 article")
    assert "(2 smaller parts are not shown)" in picture.figure.layout.xaxis.title.text
    assert picture.alt == (
        "12 separate parts; the largest has 87% of all readers and articles. The largest part: "
        "90 readers, 60 articles. Parts with fewer than 10 of both together: 11."
    )


def test_one_part_is_called_connected():
    table = pd.DataFrame({"users": [1], "items": [1], "events": [1]})
    picture = figures.parts(Parts(table=table))
    assert picture.figure.layout.title.text == "All readers and articles are connected"


def test_every_figure_is_drawn_from_the_sample_and_sets_no_colours_of_the_page(sample_tables):
    pictures = [
        over_time(profile.by_time(sample_tables)),
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
