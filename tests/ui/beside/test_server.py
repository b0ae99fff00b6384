"""Settings of the server."""

import logging

import pytest

from ui.beside import server


@pytest.mark.parametrize(("text", "gib"), [("", 3.0), ("0.5", 0.5), ("12", 12.0)])
def test_a_bound_is_given_in_gib(monkeypatch, text, gib):
    monkeypatch.setenv("KINDRED_STORE_GIB", text)
    assert server._gib("KINDRED_STORE_GIB", 3.0) == int(gib * server.GIB)


@pytest.mark.parametrize("text", ["x", "-1", "0", "nan", "inf", "1e9"])
def test_a_bound_that_is_none_is_said_and_not_used(monkeypatch, caplog, text):
    monkeypatch.setenv("KINDRED_STORE_GIB", text)
    with caplog.at_level(logging.WARNING):
        assert server._gib("KINDRED_STORE_GIB", 3.0) == 3 * server.GIB
    assert "KINDRED_STORE_GIB" in caplog.text and repr(text) in caplog.text


def test_the_bounds_reach_what_they_bound(monkeypatch):
    monkeypatch.setenv("KINDRED_STORE_GIB", "2")
    monkeypatch.setenv("KINDRED_MEMORY_GIB", "0.25")
    server._server.clear()
    assert server.model_store().max_bytes == 2 * server.GIB
    assert server.shelf().most_bytes == server.GIB // 4
