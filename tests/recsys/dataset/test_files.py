"""The key of files: by it, what was read is shared."""

import os

import pytest

from recsys.dataset.files import ArticlesFile, EventsFile, Files
from recsys.errors import FileError
from recsys.formats.layout import ReadOptions
from recsys.formats.source import Source
from recsys.reading.mapping import ArticleMapping, EventMapping
from tests.conftest import articles_csv, events_csv

EVENTS = events_csv("1,VIEW,a,p", "2,VIEW,b,q")
ARTICLES = articles_csv("1,CONTENT SHARED,a,,,A,en", "1,CONTENT SHARED,b,,,B,en")


def again(source, **changed):
    return Source(**{"name": source.name, "data": bytes(bytearray(source.data))} | changed)


def test_the_same_bytes_read_the_same_way_have_one_key():
    files = Files.of(ARTICLES, EVENTS)
    other = Files.of(again(ARTICLES), again(EVENTS))
    assert files.key == other.key and len(files.key) == 32
    one, two = files.read(), other.read()
    assert one.fingerprint == two.fingerprint and one.report == two.report


def test_whatever_changes_the_tables_or_the_report_changes_the_key():
    mapping = EventMapping(user="personId", item="contentId")
    titled = ArticleMapping(item="contentId", title="url")
    every = [
        Files.of(ARTICLES, EVENTS),
        Files.of(None, EVENTS),
        Files.of(None, ARTICLES),
        Files.of(EVENTS, ARTICLES),
        Files.of(ARTICLES, again(EVENTS, name="other.csv")),
        Files.of(again(ARTICLES, name="other.csv"), EVENTS),
        Files.of(ARTICLES, again(EVENTS, data=EVENTS.data + b"3,VIEW,a,q\n")),
        Files.of(again(ARTICLES, data=ARTICLES.data.replace(b",A,", b",a,")), EVENTS),
        Files(interactions=EventsFile(source=EVENTS, mapping=mapping)),
        Files(interactions=EventsFile(source=EVENTS, options=ReadOptions(delimiter=","))),
        Files(interactions=EventsFile(source=EVENTS, options=ReadOptions(encoding="latin-1"))),
        Files(
            interactions=EventsFile(source=EVENTS),
            articles=ArticlesFile(source=ARTICLES, mapping=titled),
        ),
    ]
    assert len({files.key for files in every}) == len(every)


def test_bytes_in_memory_are_gone_through_once(monkeypatch):
    source, opened = again(EVENTS), []
    stream = Source.stream
    monkeypatch.setattr(Source, "stream", lambda self: opened.append(1) or stream(self))
    assert source.key == source.key == source.digest
    assert len(opened) == 1


def test_a_file_on_disk_has_another_key_once_it_is_changed(tmp_path, monkeypatch):
    path = tmp_path / "i.csv"
    path.write_bytes(EVENTS.data)
    files = Files.of(None, Source.open(path))
    first = files.key
    monkeypatch.chdir(tmp_path)
    assert Files.of(None, Source.open("i.csv")).key == first
    assert Files.of(None, Source.open(path, name="other.csv")).key != first
    path.write_bytes(EVENTS.data + b"3,VIEW,a,q\n")
    longer = files.key
    os.utime(path, ns=(1, 1))  # as long as before, and written at another time
    assert len({first, longer, files.key}) == 3
    path.unlink()
    with pytest.raises(FileError, match="cannot be read"):
        assert files.key


def test_a_file_on_disk_is_not_read_for_its_key(tmp_path, monkeypatch):
    path = tmp_path / "i.csv"
    path.write_bytes(EVENTS.data)
    source = Source.open(path)
    monkeypatch.setattr(Source, "digest", property(lambda self: pytest.fail("read")))
    assert len(source.key) == 32 and path.name not in source.key
