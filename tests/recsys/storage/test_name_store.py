"""The journal of names beside a data set."""

import pytest

from recsys.errors import SettingError
from recsys.storage import name_store
from recsys.storage.data_store import DataStore
from recsys.storage.name_store import NameStore
from recsys.topics.given_names import TopicName

KEY = "0" * 32


@pytest.fixture
def store(tmp_path):
    return NameStore(folder=tmp_path / "data")


def called(name):
    return TopicName(name=name, items=("a", "b"))


def test_a_name_is_there_for_the_next_one(store):
    assert not store.read(KEY).entries
    made = store.change(KEY, lambda names: [called("Coffee")])
    assert store.read(KEY) == made and made.standing[0].name == "Coffee"
    undone = store.change(KEY, lambda names: [names.undoing(made.entries[0].key)])
    assert not undone.standing and len(store.read(KEY).entries) == 2
    assert store.read("1" * 32).entries == ()


def test_a_torn_line_is_told_and_the_next_name_survives_it(store):
    store.change(KEY, lambda names: [called("Coffee")])
    path = store.folder / f"{KEY}.topics.jsonl"
    path.write_bytes(path.read_bytes() + b'{"name": "Te')
    store.change(KEY, lambda names: [called("Tea")])
    names = store.read(KEY)
    assert names.damaged == (2,) and [one.name for one in names.standing] == ["Coffee", "Tea"]


def test_what_is_refused_writes_nothing(store, monkeypatch):
    store.change(KEY, lambda names: [called("Coffee")])
    with pytest.raises(SettingError, match="not the name"):
        store.change(KEY, lambda names: [called("Tea"), called(" x")])
    monkeypatch.setattr(name_store, "MAX_BYTES", 300)
    with pytest.raises(SettingError, match="names of topics of a data set take at most"):
        store.change(KEY, lambda names: [called("x" * 80)])
    assert [one.name for one in store.read(KEY).standing] == ["Coffee"]


def test_a_journal_that_is_no_file_is_said(store):
    (store.folder / f"{KEY}.topics.jsonl").mkdir(parents=True)
    with pytest.raises(SettingError, match="cannot be read"):
        store.read(KEY)
    with pytest.raises(SettingError, match="is not a data set"):
        store.read("../escape")


def test_the_names_go_with_their_data_set(store, tmp_path):
    from recsys.dataset import Files
    from recsys.formats import Source

    (tmp_path / "i.csv").write_text("personId,contentId\n1,2\n")
    data = DataStore(folder=store.folder)
    data.keep("mine", KEY, Files.of(None, Source.open(tmp_path / "i.csv")))
    store.change(KEY, lambda names: [called("Coffee")])
    assert [kept.name for kept in data.names()] == ["mine"]
    data.remove(KEY)
    assert not store.read(KEY).entries
