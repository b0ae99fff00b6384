"""The boxes of the Data page begin with what was recognised, each by itself."""

from recsys.formats.source import Source
from tests.pages.driving import bring, fine, press, said

PLAYS = "user_id,artist_id,artist_name,plays\n" + "".join(
    f"u{u},a{a},Band {a},{u * a + 1}\n" for u in range(8) for a in range(6) if (u + a) % 4
)


def _boxes(app):
    return {box.label: box.value for box in app.selectbox if box.value is not None}


def test_what_is_known_is_filled_in_although_the_article_is_not(app):
    rows = "".join(f"u{i % 7},x{i % 5},{i % 3}\n" for i in range(30))
    bring(app, Source(name="f.csv", data=f"user_id,thing,rating\n{rows}".encode()))
    boxes = _boxes(fine(app))
    assert (boxes["Readers"], boxes["Number"]) == ("user_id", "rating")
    assert "Articles" not in boxes


def test_titles_of_the_interactions_file_are_shown_where_there_is_no_other(app):
    bring(app, Source(name="plays.csv", data=PLAYS.encode()))
    assert _boxes(fine(app))["Title"] == "artist_name"
    press(app, "Read with these columns")
    assert "No articles file: titles come from the column artist_name." in said(fine(app))
    press(app, "Use this data")
    articles = fine(app).session_state.workspace.data.tables.articles
    assert articles["title"].tolist() == [f"Band {a}" for a in range(6)]
