"""How the tests of pages drive them."""

import base64
import json
from dataclasses import dataclass

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.conftest import articles_csv, events_csv

PEOPLE, ARTICLES = 12, 10
SMALL = (
    articles_csv(*(f"1,CONTENT SHARED,{i},HTML,,**Title** {i},en" for i in range(ARTICLES))),
    events_csv(
        *(f"1,VIEW,{i},{u}" for u in range(PEOPLE) for i in range(ARTICLES) if (i + u) % 3),
        *(f"1,CLAP,{u % ARTICLES},{u}" for u in range(PEOPLE)),
    ),
)


def made(work, seconds=240):
    """What comes of work beside the page; raises what it ended with."""
    assert work.wait(seconds), work.name
    if work.error is not None:
        raise work.error
    return work.result


def settle(app: AppTest) -> AppTest:
    """Draw the page until it waits for nothing."""
    while works := app.session_state["waits"]:
        for work in works:
            assert work.wait(240), work.name
        fine(app.run())
    return app


def stop(app: AppTest, what: str) -> AppTest:
    """Press Stop for what has that word in its key, and wait until it has ended."""
    works = [work for work in app.session_state["waits"] if what in work.key]
    for work in works:
        fine(app.button(key=f"stop-{work.key}").click().run())
        assert work.stopping or work.over
        assert work.wait(240)
    assert works
    return fine(app.run())


def go(app: AppTest, page: str, **query: str) -> AppTest:
    app.switch_page(f"pages/{page}.py")
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    parts = [*app.error, *app.warning, *app.info, *app.markdown, *app.caption, *app.main.header]
    words = [part.value for part in parts] + [box.label for box in app.expander]
    return unescaped("\n".join(words))


def fine(app: AppTest) -> AppTest:
    assert not app.exception and not app.error, said(app)
    return app


def bring(app: AppTest, *sources) -> AppTest:
    go(app, "data")
    files = [(source.name, source.data, "text/csv") for source in sources]
    app.file_uploader[0].set_value(files)
    app.run()
    for work in app.session_state["waits"]:
        if work.key.startswith("tables"):
            assert work.wait(240)
            app.run()
    return app


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the page, of either kind, as it is sent to the browser.

    `key` and `spec` are of one whose rows are chosen: what `ui.parts.table` sends.
    """

    value: pd.DataFrame
    key: str | None = None
    id: str = ""
    spec: dict | None = None


def tables(app: AppTest) -> list[Table]:
    """All tables of the page, from top to bottom; the menu has none."""
    return [table for node in app.main for table in [_table(node)] if table is not None]


def _table(node) -> Table | None:
    if node.type in ("arrow_data_frame", "dataframe"):
        return Table(node.value)
    if node.type != "bidi_component" or node.proto.component_name != "kindred_table":
        return None
    spec = json.loads(node.proto.json)
    names = [column["name"] for column in spec["columns"]]
    if spec["columns"] and spec["columns"][-1]["kind"] == "pick":
        names.pop()
    value = pd.DataFrame([cells for _, cells in spec["rows"]], columns=names)
    return Table(value, node.key, node.proto.id, spec)


def choose(app: AppTest, item: str, table: int | Table = 0, event: str = "chosen") -> AppTest:
    """Choose the row of that id, or press its button, in a table (by its place) as a browser does.

    Rows are only chosen in tables that have a `spec`, which alone are counted.
    """
    if isinstance(table, int):
        table = [one for one in tables(app) if one.spec][table]
    assert item in [name for name, _ in table.spec["rows"]]
    return tell(app, table.id, event, item)


@dataclass(frozen=True, eq=False)
class Download:
    """A button that saves a file, as it is sent to the browser."""

    label: str
    key: str
    id: str
    answer: dict | None


def downloads(app: AppTest) -> list[Download]:
    """All buttons of the page that save a file, from top to bottom."""
    found = []
    for node in app.get("bidi_component"):
        if node.proto.component_name == "kindred_download":
            spec = json.loads(node.proto.json)
            found.append(Download(spec["label"], node.key, node.proto.id, spec["answer"]))
    return found


def take(app: AppTest, key: str) -> tuple[str, bytes]:
    """Click a button that saves a file; gives the file's name and content."""
    (one,) = [one for one in downloads(app) if one.key == key]
    fine(tell(app, one.id, "asked", "1-a"))
    (answer,) = [one.answer for one in downloads(app) if one.key == key]
    assert answer["asked"] == "1-a"
    return answer["name"], base64.b64decode(answer["content"])


def map_state(app: AppTest, place: int = 0) -> tuple[str, dict]:
    """The id of a map of the page, and what it is to show."""
    nodes = [n for n in app.get("bidi_component") if n.proto.component_name == "kindred_map"]
    return nodes[place].proto.id, json.loads(nodes[place].proto.json)


def enter(app: AppTest, field: str, words: str) -> AppTest:
    """Press Enter in a search field that holds these words."""
    keys = [one for one in app.get("bidi_component") if one.key == f"keys-{field}"]
    assert len(keys) == 1
    return tell(app, keys[0].proto.id, "first", words)


def tell(app: AppTest, element: str, event: str, value: object) -> AppTest:
    """Tell the page what happened in one of our own elements, as a browser does."""
    states = app._tree.get_widget_states()
    told = states.widgets.add()
    told.id = f"$$STREAMLIT_INTERNAL_KEY_{element}__events"
    told.json_trigger_value = json.dumps([{"event": event, "value": value}])
    return app._run(states)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if unescaped(button.label) == label]
    return button.click().run()


def unescaped(text: str) -> str:
    """What `ui.text.plain` was given."""
    return text.replace("\\", "").replace("\u2060", "")


def left_out(app):
    """What is said of the parts of the link that no field takes."""
    return [
        line
        for info in app.info
        for line in info.value.replace("\\", "").split("  \n")
        if line.startswith("The link asks for the ")
    ]
