"""What the account says of times: the form, what cannot be read, what to say, what cannot be."""

from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from recsys.dataset.tables import read_tables
from recsys.formats import chunks
from recsys.formats.source import Source
from recsys.reading import events
from recsys.reading.mapping import ArticleMapping, EventMapping
from recsys.reading.rules import CellRules

EVENTS = EventMapping(user="user", item="item", timestamp="time")
ARTICLES = ArticleMapping(item="item", title="title", timestamp="date")


def account(*cells, articles=False, **rules):
    """The report of a file whose column `seen` holds `cells`."""
    rows = "".join(f"p{i},a{i},{cell}\n" for i, cell in enumerate(cells))
    name, head = ("a.csv", "title,item,date\n") if articles else ("i.csv", "user,item,time\n")
    source = Source(name=name, data=f"{head}{rows}".encode())
    if not articles:
        return read_tables(
            None, source, event_mapping=EVENTS, event_rules=CellRules(**rules)
        ).report.events
    pairs = "".join(f"p,a{i}\nq,a{i}\n" for i in range(len(cells)))
    readings = Source(name="i.csv", data=f"user,item\n{pairs}".encode())
    return read_tables(
        source, readings, article_mapping=ARTICLES, article_rules=CellRules(**rules)
    ).report.articles


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (["1614589706", "1614589706000"], "milliseconds (1) and seconds (1): 2021-03-01"),
        (["20210301", "20210302"], "YYYYMMDD: 2021-03-01 to 2021-03-02."),
        (["44256.5", "44257"], "days of Excel: 2021-03-01 to 2021-03-02."),
        (["2021-03-01 09:08:26 UTC"], "ISO 8601: 2021-03-01 to 2021-03-01."),
        (["13/03/2021", "04/03/2021"], "day/month/year: 2021-03-04 to 2021-03-13."),
        (["1 Mar 2021"], "dates in words: 2021-03-01 to 2021-03-01."),
    ],
)
def test_the_form_of_times_is_said(cells, note):
    report = account(*cells)
    assert len(report.notes) == 1 and report.notes[0].startswith(f"time read as {note}")
    assert not report.hints


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (["1614589706", "soon", "now"], "time: 2, such as 'soon' (line 3). They still count"),
        (["1614589706", "", " "], "time: 2, all of them empty. They still count"),
        (["", "today"], "time: 2, 1 of them empty; others such as 'today' (line 3). They"),
    ],
)
def test_times_that_cannot_be_read_are_counted_with_an_example(cells, note):
    assert account(*cells).notes[-1].startswith(f"Events without a readable {note}")


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["21-03-01", "21-03-02"], "'21-03-01' (line 2) was read as 2001-03-21."),
        (["x", "3/13/21 10:05"], "'3/13/21 10:05' (line 3) was read as 2021-03-13."),
        (["13/03/2021"], ""),
        (["2021-03-01"], ""),
        (["03/04/21"], ""),  # asked, and not read yet
    ],
)
def test_a_year_of_two_digits_is_said(cells, shown):
    notes = [note for note in account(*cells).notes if "two-digit year" in note]
    assert len(notes) == bool(shown)
    assert not shown or notes[0].endswith(shown)


def test_dates_with_the_day_before_the_month_are_not_read_and_are_said():
    cells = [f"2021-{day:02}-04 10:00" for day in range(1, 29)]
    found = account(*cells)
    (hint,) = found.hints
    assert hint.text == (
        "Dates in time have the day before the month, such as '2021-13-04 10:00' (line 14). None "
        "was read, because days up to the 12th would be taken for months. Write the month before "
        "the day: 2021-04-13."
    )
    assert any("without a readable time: 28, such as" in note for note in found.notes)


@pytest.mark.parametrize(
    "cells",
    [
        [f"2021-04-{day:02}" for day in range(1, 29)] + ["2021-13-04"] * 9,  # a day above the 12th
        ["2021-04-03"] * 9 + ["2021-13-04"],
        ["2021-04-03", "soon"],
    ],
)
def test_a_month_above_12_alone_does_not_tell_that(cells):
    found = account(*cells)
    assert not found.hints
    assert any(note.startswith("time read as ISO 8601") for note in found.notes)


def test_ticks_of_dotnet_are_times():
    found = account("637501869060000000", "637502733060000000")
    assert found.notes == ("time read as ticks of .NET: 2021-03-01 to 2021-03-02.",)
    assert not found.hints


def test_an_example_is_of_a_row_that_counts():
    rows = "p,a,1614589706\n,a,no person\nq,b,no time\n"
    source = Source(name="i.csv", data=f"user,item,time\n{rows}".encode())
    assert "time: 1, such as 'no time' (line 4)" in read_tables(None, source).report.events.notes[1]


def test_articles_times_are_said_too():
    report = account("2021-03-01", "03.04.2021x", articles=True)
    assert report.notes == (
        "date read as ISO 8601: 2021-03-01 to 2021-03-01.",
        "Article rows without a readable date: 1, such as '03.04.2021x' (line 3).",
    )


@pytest.mark.parametrize(("articles", "name"), [(False, "time"), (True, "date")])
def test_day_and_month_are_asked_and_what_is_said_holds(articles, name):
    cells = ("03/04/2021", "03/03/2021", "05/06/2021")
    report = account(*cells, articles=articles)
    day, month = report.hints
    assert day.text == (
        f"2 dates in {name} could be day/month or month/day, such as '03/04/2021' (line 2). "
        "They are not used until you choose. As day/month, 03/04/2021 is 2021-04-03."
    )
    assert month.text == "As month/day, 03/04/2021 is 2021-03-04."
    assert not any("without a readable" in note for note in report.notes)
    option = "--article-dates" if articles else "--dates"
    for hint, first, words, span in (
        (day, "day", "day/month", "2021-03-03 to 2021-06-05"),
        (month, "month", "month/day", "2021-03-03 to 2021-05-06"),
    ):
        assert (hint.label, hint.shell) == (f"Read as {words}", f"{option} {first}-first")
        settled = account(*cells, articles=articles, **hint.rules)
        assert settled.notes == (f"{name} read as {words}/year: {span}.",)
        assert not settled.hints


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["26908333", "26908393"], "All 2 times in time are outside 1980 to 2099"),
        (["26908333", "26908393"], "As minutes since 1970 they would be 2021-02-28 to 2021-02-28."),
        (["448472"], "such as '448472' (line 2), read as 1970-01-06. As hours since 1970"),
        (["18687", "18688"], "As days since 1970 they would be 2021-03-01 to 2021-03-02."),
        (["13259063306000000"], "As microseconds since 1601 they would be 2021-03-01"),
        (["132590633060000000"], "As hundreds of nanoseconds since 1601 they would be 2021-03-01"),
        (
            ["1614589706", "0", "1614589706", "0"],
            "2 of 4 times in time are outside 1980 to 2099, such as '0' (line 3), read as "
            "1970-01-01. The others are from 2021-03-01 to 2021-03-01. A 0 often means an unknown "
            "time.",
        ),
        (["1614589706", "9999-12-31"], "1 of 2 times in time are outside 1980 to 2099"),
    ],
)
def test_times_that_nobody_reads_at_are_a_warning_with_the_likely_unit(cells, words):
    (hint,) = account(*cells).hints
    assert words in hint.text and not hint.label


@pytest.mark.parametrize(
    ("cell", "warned"), [("1954-03-01", False), ("1954", False), ("-5", True), ("2961-01-01", True)]
)
def test_an_article_may_be_old_where_a_date_says_so(cell, warned):
    assert bool(account(cell, articles=True).hints) == warned


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "Europe/Berlin"])
def test_typed_times_of_a_table_are_the_same(unit, zone):
    last = "2200-01-01" if unit == "ns" else "9999-12-31"  # nanoseconds end in 2262
    when = np.array(["2021-03-01T09:08:26.123456", last, "NaT"], "M8[us]").astype(f"M8[{unit}]")
    expected = when[:2].astype("M8[us]").astype(np.int64) / 1e6
    typed = pd.Series(when)
    if zone is not None:
        typed = typed.dt.tz_localize("UTC").dt.tz_convert(zone)
    table = pd.DataFrame({"user": ["p", "q", "r"], "item": ["a", "b", "a"], "time": typed})
    times = read_tables(None, Source.of(table, "table"), event_mapping=EVENTS).events["timestamp"]
    np.testing.assert_array_equal(times[:2], expected)
    assert np.isnan(times[2])


CELLS = ["", "x", "0", "1614589706", "1614589706000", "20210301", "44256.5", "2021-03-01 UTC"]
DATES = ["03/04/2021", "13/04/2021", "04/13/2021", "1 May 2021", "2021", "today"]


@given(cells=st.lists(st.sampled_from(CELLS + DATES), min_size=1, max_size=12))
def test_it_does_not_matter_where_a_file_is_cut(cells):
    rows = "".join(f"p{i},a{i % 5},{cell}\n" for i, cell in enumerate(cells))
    source = Source(name="i.csv", data=f"user,item,time\n{rows}".encode())
    whole = read_tables(None, source, event_mapping=EVENTS)
    with mock.patch.object(chunks, "CHUNK", 20), mock.patch.object(events, "FOLD", 2):
        parts = read_tables(None, source, event_mapping=EVENTS)
    assert (parts.fingerprint, parts.report) == (whole.fingerprint, whole.report)
