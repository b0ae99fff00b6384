"""The journal beside a data set."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from recsys.errors import SettingError
from recsys.picks.decisions import Decision
from recsys.storage import rule_store
from recsys.storage.data_store import DataStore
from recsys.storage.rule_store import RuleStore

KEY = "0" * 32


@pytest.fixture
def store(tmp_path):
    return RuleStore(folder=tmp_path / "data")


def pick(item, *others):
    return Decision(kind="picks", item=item, others=others)


def test_what_is_decided_is_there_for_the_next_one(store):
    assert not store.read(KEY).entries
    made = store.change(KEY, lambda rules: [pick("a", "b")])
    assert store.read(KEY) == made and made.picks_of("a") == ("b",)
    assert store.read("1" * 32).entries == ()


def test_two_at_once_lose_nothing(store):
    def add(number):
        store.change(KEY, lambda rules: [pick("a", *rules.picks_of("a"), str(number))])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    assert set(store.read(KEY).picks_of("a")) == set(map(str, range(40)))


def test_a_torn_line_is_told_and_the_next_decision_survives_it(store):
    store.change(KEY, lambda rules: [pick("a", "b")])
    path = store.folder / f"{KEY}.rules.jsonl"
    path.write_bytes(path.read_bytes() + b'{"kind": "pi')
    store.change(KEY, lambda rules: [pick("c", "d")])
    rules = store.read(KEY)
    assert rules.damaged == (2,) and rules.picks_of("a") == ("b",) and rules.picks_of("c") == ("d",)


def test_what_is_refused_writes_nothing(store, monkeypatch):
    store.change(KEY, lambda rules: [pick("a", "b")])
    with pytest.raises(SettingError, match="below itself"):
        store.change(KEY, lambda rules: [pick("a", "c"), pick("a", "a")])
    monkeypatch.setattr(rule_store, "MAX_BYTES", 200)
    with pytest.raises(SettingError, match="at most"):
        store.change(KEY, lambda rules: [pick("a", "c" * 100)])
    assert store.read(KEY).picks_of("a") == ("b",)


def test_a_name_that_is_no_fingerprint_is_no_path(store):
    for name in ("../escape", "", "A" * 32):
        with pytest.raises(SettingError, match="is not a data set"):
            store.change(name, lambda rules: [pick("a", "b")])


def test_the_rules_go_with_their_data_set_and_stay_when_it_is_kept_again(
    store, sample_tables, tmp_path
):
    from recsys.dataset import Files
    from recsys.formats import Source

    (tmp_path / "i.csv").write_text("personId,contentId\n1,2\n")
    files = Files.of(None, Source.open(tmp_path / "i.csv"))
    data = DataStore(folder=store.folder)
    data.keep("mine", KEY, files)
    store.change(KEY, lambda rules: [pick("a", "b")])
    data.keep("mine", KEY, files)
    assert [kept.name for kept in data.names()] == ["mine"]
    assert store.read(KEY).picks_of("a") == ("b",)
    data.remove(KEY)
    assert not store.read(KEY).entries
