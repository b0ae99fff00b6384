"""Who keeps the names of topics, and what they say where that fails."""

from dataclasses import replace

import pytest
import streamlit as st

from recsys.errors import SettingError
from recsys.topics.finer import finer_topics
from recsys.topics.renaming import apply_names
from recsys.topics.topics import find_topics
from tests.recsys.topics.planting import two_levels
from ui.beside import server
from ui.session import topic_names
from ui.session.workspace import Data, Workspace


@pytest.fixture(autouse=True)
def session(monkeypatch) -> dict:
    held: dict = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


@pytest.fixture(params=["private", "kept"])
def data(request, sample_tables) -> Data:
    return Data(name="Mine", origin=request.param, whole=sample_tables, files=None)


@pytest.fixture(scope="module")
def levels():
    model, _, _ = two_levels()
    topics = find_topics(model, 3)
    return model, topics, finer_topics(model, topics)


def seen(data, model, topics):
    return apply_names(topics, model, topic_names.names_of(data)).names


def test_a_name_is_given_and_taken_back(data, session, levels):
    model, topics, _ = levels
    session["who"] = "Ana"
    topic_names.give(data, model, topics, 0, " Coffee ")
    topic_names.give(data, model, topics, 0, "Tea")
    assert seen(data, model, topics) == ("Tea", *topics.names[1:])
    assert topic_names.names_of(data).entries[0].who == "Ana"
    stored = server.name_store().read(data.whole.fingerprint).entries
    assert len(stored) == (2 if data.origin == "kept" else 0)
    topic_names.take_back(data, model, topics, 0)
    assert seen(data, model, topics) == topics.names


def test_what_another_visitor_gave_meanwhile_is_not_given_again(data, levels):
    model, topics, _ = levels
    topic_names.give(data, model, topics, 1, "Coffee")
    with pytest.raises(SettingError, match="name of another topic"):
        topic_names.give(data, model, topics, 0, "coffee")  # of a page that does not know it yet
    for name in ("(none)", " (None) "):
        with pytest.raises(SettingError, match="articles without a topic"):
            topic_names.give(data, model, topics, 0, name)


def test_a_topic_that_is_not_divided_is_renamed_on_both_levels(data, levels):
    model, topics, finer = levels
    place = int(finer.undivided.nonzero()[0][0])
    topic_names.give(data, model, finer, place, "Games", topics)
    topic_names.give(data, model, finer, 0, "A part", topics)
    now = apply_names(topics, model, topic_names.names_of(data))
    assert now.names == (*topics.names[:2], "Games")
    parts = apply_names(finer.under(now), model, topic_names.names_of(data))
    assert (parts.names[place], parts.names[0]) == ("Games", "A part")
    topic_names.take_back(data, model, parts, place, now)
    assert seen(data, model, topics) == topics.names


def test_names_are_those_of_the_tables_that_a_page_shows(data, session, levels):
    model, topics, _ = levels
    topic_names.give(data, model, topics, 0, "Coffee")
    assert not topic_names.names_for(data.whole).standing  # this session does not have the data
    session["workspace"] = Workspace(data=data, weights=None, params=None)
    assert topic_names.names_for(data.whole).standing[0].name == "Coffee"
    assert not topic_names.names_for(replace(data.whole, fingerprint="1" * 32)).standing


def test_a_journal_that_cannot_be_read_leaves_the_pages_as_they_were(session, sample_tables):
    data = Data(name="Mine", origin="kept", whole=sample_tables, files=None)
    session["workspace"] = Workspace(data=data, weights=None, params=None)
    folder = server.name_store().folder
    (folder / f"{sample_tables.fingerprint}.topics.jsonl").mkdir(parents=True)
    assert topic_names.names_for(sample_tables) == topic_names.NO_NAMES
    with pytest.raises(SettingError, match="cannot be read"):
        topic_names.names_of(data)


def test_names_that_cannot_be_moved_stay_with_the_session(levels, sample_tables):
    model, topics, _ = levels
    data = Data(name="Mine", origin="private", whole=sample_tables, files=None)
    topic_names.give(data, model, topics, 0, "Coffee")
    store, kept = server.name_store(), replace(data, origin="kept")
    path = store.folder / f"{sample_tables.fingerprint}.topics.jsonl"
    path.mkdir(parents=True)
    topic_names.share(data)
    assert len(topic_names.here_alone(data).entries) == 1
    path.rmdir()
    assert topic_names.names_of(kept).standing[0].name == "Coffee"
    topic_names.share(data)
    assert len(store.read(sample_tables.fingerprint).entries) == 1
    assert not topic_names.here_alone(data).entries
    topic_names.share(data)
    assert len(topic_names.names_of(kept).entries) == 1


def test_damage_is_said_in_words():
    names = replace(topic_names.NO_NAMES, damaged=(3, 1_200))
    assert "do not count: 3, 1,200. Check" in topic_names.damage(names)
    many = replace(names, damaged=tuple(range(1, 9)))
    assert "5 and 3 more" in topic_names.damage(many)
