"""Files in other formats and encodings on the Data page: used by clicks alone."""

from recsys.formats.source import Source
from tests.pages.driving import bring, fine, press, said, settle

LINES = "".join(
    f'{{"user": "u{u}", "item": "a{i}"}}\n' for u in range(6) for i in range(5) if (u + i) % 3
)
TITLES = Source(name="titles.csv", data="item,title\na0,Погода\na1,Times\n".encode("cp1251"))
EVENTS = Source(name="events.jsonl", data=LINES.encode())


def options(app):
    """The boxes in which a person says how a file is read, by name."""
    return {box.label: box.options for box in app.selectbox if str(box.key).startswith("option-")}


def test_of_json_lines_the_encoding_alone_can_be_set(app):
    fine(bring(app, EVENTS))
    assert "JSON lines" in said(app) and list(options(app)) == ["Encoding"]
    settle(press(app, "Read with these columns"))
    fine(press(app, "Use this data"))


def test_encodings_show_how_the_first_words_read_and_the_better_one_is_a_click_away(app):
    fine(bring(app, EVENTS, TITLES))
    listed = next(names for names in options(app).values() if "Windows-1251: Погода" in names)
    assert "Latin-1: Ïîãîäà" in listed and "UTF-8" in listed
    settle(press(app, "Read with these columns"))
    assert "Some letters may be wrong" in said(app)
    settle(press(app, "Read as Windows-1251"))
    assert "Some letters may be wrong" not in said(app)
    fine(press(app, "Use this data"))
    articles = app.session_state.workspace.data.tables.articles
    assert set(articles["title"]) == {"Погода", "Times"}


def test_a_file_that_is_no_table_is_called_by_its_name(app):
    bring(app, Source(name="events.csv", data=b"version https://git-lfs.github.com/spec/v1\n"))
    assert "is a Git LFS pointer, not the file itself" in said(app)
    assert "git lfs pull" in said(app)
