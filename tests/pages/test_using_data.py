"""From dropped files to data in use: the page's order, the name, what may be read otherwise."""

import pytest

from recsys.dataset.files import Files
from recsys.dataset.tables import NothingLeft
from recsys.formats.source import Source
from recsys.reading.hints import Hint
from recsys.reading.report import FileReport
from recsys.sample.example import EXAMPLE_NAMES, example_csv
from tests.pages.driving import (
    SMALL,
    bring,
    downloads,
    fine,
    go,
    press,
    said,
    tables,
    take,
    unescaped,
)

RATED = "\n".join(
    ["visitor;track;plays"] + [f"{u};{i};{(u + i) % 3}" for u in range(6) for i in range(5)]
)


def labels(app):
    return [unescaped(button.label) for button in app.button]


def rows_left(app):
    return len(app.session_state.workspace.data.tables.events)


def test_the_example_files_are_there_and_give_usable_data(app):
    app.session_state["examples"] = True
    fine(go(app, "data"))
    assert [one.label for one in downloads(app)][:2] == [f"Download {n}" for n in EXAMPLE_NAMES]
    assert [take(app, f"example-{name}")[1] for name in EXAMPLE_NAMES] == list(example_csv())
    app.session_state["examples"] = False
    files = zip(EXAMPLE_NAMES, example_csv(), strict=True)
    bring(app, *(Source(name=name, data=data) for name, data in files))
    assert "Ready to use" in said(app)
    fine(press(app, "Use this data"))
    assert "In use: interactions" in said(app)
    fine(go(app, "similar"))
    assert "rank" in tables(app)[0].value


def test_use_stands_before_the_report_and_the_old_profile_is_out_of_the_way(app):
    fine(go(app, "data"))
    assert [metric.label for metric in app.metric][:2] == ["Readers", "Articles"]
    bring(app, *SMALL)
    assert not app.metric and "Still in use: Sample data." in said(app)
    drawn = [getattr(one, "label", "") or str(getattr(one, "value", "")) for one in app.main]
    [report, *_] = [place for place, words in enumerate(drawn) if " rows, " in words]
    assert drawn.index("Use this data") < report
    fine(press(app, "Use this data"))
    assert "Ready to use" not in said(app) and app.metric
    links = [link.proto.label for link in app.get("page_link")]
    assert {"Find similar articles", "Set strengths and train"} <= set(links)
    assert "Bring other files" in said(app)
    (uploader,) = app.file_uploader
    assert not uploader.value


def test_the_files_can_be_put_away(app):
    bring(app, *SMALL)
    fine(press(app, "Use the current data instead"))
    (uploader,) = app.file_uploader
    assert not uploader.value and app.metric
    assert app.session_state.workspace.data.origin == "sample"


@pytest.mark.parametrize(
    ("name", "shown"), [("  My   data ", "My data"), ("**bold** :smile:", "**bold** :smile:")]
)
def test_a_private_upload_has_the_name_that_was_given(app, name, shown):
    bring(app, *SMALL)
    (field,) = [field for field in app.text_input if field.label == "Name"]
    assert field.value == "i"
    field.set_value(name).run()
    fine(press(app, "Use this data"))
    assert app.session_state.workspace.data.name == shown
    assert f"In use: {shown}" in said(app)


@pytest.mark.parametrize("name", ["", "   "])
def test_an_empty_name_is_refused(app, name):
    bring(app, *SMALL)
    (field,) = [field for field in app.text_input if field.label == "Name"]
    field.set_value(name).run()
    press(app, "Use this data")
    assert "1 to 60 characters" in said(app)
    assert app.session_state.workspace.data.origin == "sample"


def test_a_hint_is_a_button_and_what_it_sets_is_seen_and_undone(app):
    bring(app, Source(name="plays.csv", data=RATED.encode()))
    press(app, "Read with these columns")
    assert "plays is 0 in 10 of 30 rows" in said(fine(app))
    press(app, "Leave zeros out (not rated)")  # read at once: the columns are the same
    assert "plays.csv: 30 rows, 20 kept" in said(fine(app)).replace("**", "")
    assert "Zeros: left out" in labels(app)
    fine(press(app, "Use this data"))
    assert rows_left(app) == 20
    press(app, "Change how the files are read")
    press(app, "Zeros: left out")
    assert "plays.csv: 30 rows, 30 kept" in said(fine(app)).replace("**", "")
    fine(press(app, "Use this data"))
    assert rows_left(app) == 30


def test_a_hint_about_data_in_use_reads_its_files_once_more(app):
    bring(app, Source(name="plays.csv", data=RATED.encode()))
    press(app, "Read with these columns")
    fine(press(app, "Use this data"))
    press(app, "Count zeros as read (1 each)")
    assert "Ready to use" in said(fine(app))
    fine(press(app, "Use this data"))
    data = app.session_state.workspace.data
    assert data.tables.events["value"].min() == 1 and data.name == "plays"


def test_where_nothing_is_left_the_hints_stand_before_the_advice(app, monkeypatch):
    whole = Files.read
    hint = Hint(
        text="Ids would match without the zeros before them.",
        label="Take ids without these zeros as the same",
        shell="--same-ids zeros",
        rules={"same_ids": ("zeros",)},
        both=True,
    )

    def read(self, on_progress=None):
        if on_progress is None or "zeros" in self.interactions.rules.same_ids:
            return whole(self, on_progress)
        reports = [FileReport(name=name, rows=1, kept=0) for name in self.names]
        raise NothingLeft(
            "none of the rows is about one of the articles.",
            where="i.csv",
            todo="Check that both files come from the same export.",
            reports=(reports[0], FileReport(name="i.csv", rows=1, kept=0, hints=(hint,))),
        )

    monkeypatch.setattr(Files, "read", read)
    go(app, "data")
    app.file_uploader[0].set_value([(one.name, one.data, "text/csv") for one in SMALL])
    app.run()
    text = said(app)
    assert "none of the rows is about one of the articles" in app.error[0].value
    assert "same export" not in app.error[0].value and "same export" in text
    assert "Ids would match without the zeros before them" in text
    press(app, hint.label)
    assert "Ready to use" in said(fine(app))
    [mark] = [button for button in app.button if button.label.startswith("In ids")]
    assert mark.label.startswith("In ids\\, ignore leading zeros")  # once: it holds for both files
    mark.click().run()
    assert not [label for label in labels(app) if label.startswith("In ids")] and app.error


def test_what_is_said_of_cells_can_be_set_in_the_form(app):
    bring(app, Source(name="plays.csv", data=RATED.encode()))
    for label, value in (
        ("Zeros in the number column", "one"),
        ("Articles per cell", "bars"),
        ("Quotation marks", False),
    ):
        (box,) = [box for box in app.selectbox if box.label == label]
        box.set_value(value).run()
    for label, value in (
        ("Treat ids as equal if they differ only in", ["case"]),
        ("Words that are not ids", ["0"]),
    ):
        (box,) = [box for box in app.multiselect if box.label == label]
        box.set_value(value).run()
    assert {"Zeros: count 1", "Quotation marks: ordinary characters", "Not an id: 0"} <= set(
        labels(app)
    )
    press(app, "Read with these columns")
    fine(press(app, "Use this data"))
    file = app.session_state.workspace.data.files.interactions
    assert file.rules.as_dict() == {
        "zeros": "one",
        "several": "bars",
        "same_ids": ["case"],
        "no_ids": ["0"],
    }
    assert file.options.quoting is False
