"""The commands ``topics`` and ``search --topic``."""

import csv
import io
import json

import pytest

from recsys import topics as wing
from recsys.__main__ import main
from recsys.topics.finer import finer_topics
from recsys.topics.topics import topic_table


@pytest.fixture
def topics(sample_topics):
    return sample_topics


def test_json_is_the_table_with_lists_of_titles(capsys, folder, topics, sample_model):
    assert main(["topics", "--model", folder, "--titles", "2", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    table = topic_table(topics, sample_model, 2)
    assert [row["topic"] for row in rows] == table["topic"].tolist()
    assert [row["items"] for row in rows] == table["items"].tolist()
    assert [row["most_read"] for row in rows] == table["most_read"].tolist()
    assert rows[0]["covered"] == pytest.approx(table["covered"][0])


def test_csv_and_table_name_the_same_topics(capsys, folder, topics):
    assert main(["topics", "--model", folder, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["topic"] for row in rows] == list(topics.names)
    assert rows[0]["most_read"].count(" | ") == 2
    assert main(["topics", "--model", folder, "--format", "table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(topics.names) + 1
    assert topics.names[0] in lines[1]


def test_finer_topics_and_details(capsys, monkeypatch, folder, topics, sample_model):
    finer = finer_topics(sample_model, topics)
    monkeypatch.setattr(wing, "find_topics", lambda model, count: topics)  # each takes a while
    monkeypatch.setattr(wing, "finer_topics", lambda model, found: finer)
    few = ["topics", "--model", folder, "--finer"]
    given = [*few, "--details", "--format"]
    assert main([*given, "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["topic"] for row in rows] == list(finer.names)
    assert [row["within"] for row in rows] == [topics.names[place] for place in finer.within]
    assert rows[0]["readers"] > 0 and isinstance(rows[0]["words"], list)
    assert {"en", "pt"} <= {row["language"] for row in rows}  # readers have one they prefer
    assert main([*given, "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["most_read_ids"].count(" | ") == 2
    assert main([*few, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(finer.names) and list(rows[0])[1:3] == ["topic", "within"]


def test_so_many_topics_as_asked_for_and_no_senseless_numbers(capsys, folder):
    assert main(["topics", "--model", folder, "--count", "4", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 4
    for option in (["--count", "0"], ["--titles", "-1"]):
        assert main(["topics", "--model", folder, *option]) == 2
        assert "is not allowed" in capsys.readouterr().err


def test_a_search_keeps_to_a_topic_and_refuses_one_that_there_is_not(
    capsys, folder, topics, sample_model
):
    name = topics.names[1]
    ask = ["search", "", "--model", folder, "--format", "json", "--n", "1000"]
    assert main([*ask, "--topic", name]) == 0
    found = [row["item_id"] for row in json.loads(capsys.readouterr().out)]
    ids = sample_model.items["item_id"].to_numpy()
    assert set(found) == set(ids[topics.of == 1])
    assert main([*ask, "--topic", "nonsense"]) == 2
    assert name in capsys.readouterr().err
    assert main([*ask, "--topic", "", "--topic", name]) == 0
    of_none = set(ids[topics.of == -1])
    found = [row["item_id"] for row in json.loads(capsys.readouterr().out)]
    assert set(found) == set(ids[topics.of == 1]) | of_none
