"""Work beside the pages."""

import logging
import threading

import pytest
import streamlit as st

from recsys.errors import SettingError, Stopped
from recsys.topics import topic_names
from ui import cached
from ui.background import Background, topics_of


def test_what_fails_unexpectedly_is_in_the_log(caplog):
    def fail(follow):
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        work = Background("test").of("key", fail)
        assert isinstance(work.future.exception(10), ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text and work.done and work.result is None


@pytest.mark.parametrize("error", [SettingError("no."), Stopped()])
def test_what_the_page_says_is_not_in_the_log(caplog, error):
    def fail(follow):
        raise error

    with caplog.at_level(logging.ERROR):
        assert Background("test").of("key", fail).future.exception(10) is error
    assert not caplog.text


def test_what_was_stopped_begins_again_when_somebody_asks_for_it():
    begun, go_on = threading.Event(), threading.Event()

    def make(follow):
        begun.set()
        go_on.wait(10)
        follow(1, 2)
        return "made"

    beside: Background[str] = Background("test")
    first = beside.of("key", make)
    assert begun.wait(10)
    first.stop()
    go_on.set()
    assert isinstance(first.future.exception(10), Stopped)
    assert first.stopped and beside.of("key", make) is first
    first.again()
    second = beside.of("key", make)
    assert second.wait(10) and second.result == "made" and not second.stopped
    second.again()
    assert beside.of("key", make) is second


@pytest.fixture
def fresh_caches():
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_topics_are_named_by_content_too_where_nobody_has_read_an_article(
    sample_tables, sample_model, fresh_caches
):
    found, names = topics_of(sample_model, sample_tables).future.result(60)
    index = cached.content(sample_tables)
    assert names == topic_names(found, sample_model, index)
    assert len(names) == len(sample_tables.articles) > len(sample_model.items)


def test_a_page_waits_for_work_only_from_when_it_was_begun():
    go_on = threading.Event()
    work = Background("test").of("key", lambda follow: go_on.wait(60))
    work._begun -= 30  # as if half a minute ago
    threading.Timer(2.0, go_on.set).start()
    assert not work.wait(30)  # that time is over
    assert work.wait(90)


def test_contents_that_are_stopped_beside_the_page_are_read_anew_for_it(
    sample_tables, fresh_caches
):
    def stop(done, total):
        raise Stopped

    with pytest.raises(Stopped):
        cached.content_beside(sample_tables, stop)
    assert len(cached.content(sample_tables).item_ids) == len(sample_tables.articles)
