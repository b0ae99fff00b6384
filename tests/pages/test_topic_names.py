"""Topics under the names that people gave them, on the pages."""

import pytest

from recsys.topics.given_names import NO_NAMES
from recsys.topics.renaming import rename
from recsys.topics.topics import find_topics, topic_names
from tests.pages.driving import SMALL, bring, fine, go, left_out, press, said, settle, tables
from ui.beside import cached, server
from ui.frame import background

NAME = "Kitchen & <b>garden</b>"


@pytest.fixture
def renamed(app, sample_tables, sample_model, sample_topics):
    """The third topic of the sample has a name of its own in this session."""
    entry = rename(sample_topics, sample_model, 2, NAME, "Ana")
    names = {sample_tables.fingerprint: NO_NAMES.add(entry)}
    app.session_state["topic-names"] = names
    return sample_topics.names[2]


def field(app, label):
    (box,) = [box for box in app.multiselect if box.label == label]
    return box


@pytest.mark.parametrize("more", [[], [NAME], ["x"]])
def test_the_search_filters_by_the_name_and_by_the_one_that_was_found(
    app, sample_tables, sample_model, sample_topics, renamed, more
):
    query = {"data": sample_tables.fingerprint, "search-topic": [*more, renamed]}
    fine(go(app, "similar", **query))
    assert field(app, "Topics").value == [NAME] and renamed not in field(app, "Topics").options
    assert app.query_params["search-topic"] in (NAME, [NAME])
    assert f"Of the topic {NAME}." in said(app)
    if more == ["x"]:
        assert "the topic x, which this model does not have" in left_out(app)[0]
    else:
        assert not left_out(app)
    named = topic_names(sample_topics, sample_model, cached.content(sample_tables))
    titles = sample_tables.articles.set_index("item_id")["title"]
    members = {titles[item] for item, name in named.items() if name == renamed}
    shown = tables(app)[0].value["title"]
    assert len(shown) == 20 and set(shown) <= members


@pytest.mark.parametrize(
    ("page", "key", "label"),
    [("similar", "near-topic", "Topics"), ("people", "topics", "Only these topics")],
)
def test_limits_and_wishes_take_either_name(app, sample_tables, renamed, page, key, label):
    fine(go(app, page, data=sample_tables.fingerprint, **{key: renamed}))
    assert field(app, label).value == [NAME] and not left_out(app)
    found = [code.value for code in app.code if "find_topics" in code.value]
    assert found and all(f"({renamed!r},)" in code for code in found)  # a notebook finds it so


def test_what_was_chosen_is_still_chosen_when_somebody_renames_it(app, sample_tables, renamed):
    given = app.session_state["topic-names"]
    app.session_state["topic-names"] = {}
    query = {"data": sample_tables.fingerprint, "search-topic": renamed}
    fine(go(app, "similar", **query))
    assert field(app, "Topics").value == [renamed]
    app.session_state["topic-names"] = given
    fine(app.run())
    assert field(app, "Topics").value == [NAME] and f"Of the topic {NAME}." in said(app)
    (names,) = given.values()
    undone = names.add(names.undoing(names.entries[0].key))
    app.session_state["topic-names"] = {sample_tables.fingerprint: undone}
    fine(app.run())
    assert field(app, "Topics").value == [renamed] and f"Of the topic {renamed}." in said(app)


def test_about_an_article_says_the_name_and_not_what_share_of_titles_has_it(
    app, sample_tables, sample_model, sample_topics, renamed
):
    item = sample_model.items["item_id"][(sample_topics.of == 2).nonzero()[0][0]]
    app.session_state["about"] = True
    fine(go(app, "similar", data=sample_tables.fingerprint, item=item))
    assert f"Topic: **{NAME}**" in said(app)
    assert "of their titles contain a word of its name" not in said(app)


def test_the_names_go_along_when_the_data_is_kept_and_others_see_them(app):
    fine(press(bring(app, *SMALL), "Use this data"))
    here = app.session_state.workspace
    fingerprint = here.data.whole.fingerprint
    fine(go(app, "map", data=fingerprint, strengths="VIEW=1,CLAP=1"))
    model = background.model_here(app.session_state.workspace)
    entry = rename(find_topics(model), model, 0, NAME)
    app.session_state["topic-names"] = {fingerprint: NO_NAMES.add(entry)}
    assert not server.name_store().read(fingerprint).entries
    go(app, "data")
    (name,) = [field for field in app.text_input if field.label == "Name"]
    name.set_value("Spring").run()
    settle(fine(press(app, "Keep")))
    assert app.session_state.workspace.data.origin == "kept"
    assert server.name_store().read(fingerprint).entries == (entry,)
    assert not app.session_state["topic-names"][fingerprint].entries
