"""The command ``recommend``."""

import csv
import io
import json
from dataclasses import replace

import pytest

from recsys.__main__ import main
from recsys.dataset.tables import read_tables
from recsys.limits import Limits
from recsys.models.folder import save_model
from recsys.models.params import ALSParams
from recsys.recommendations.next_reads import history, recommend
from recsys.recommendations.tradeoffs import pool_size, rerank
from recsys.recommendations.why_not import why_not_recommended
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train
from tests.conftest import events_csv


def test_the_command_gives_contributions_that_add_up(capsys, folder, solver, sample_model):
    user = sample_model.user_ids[30]
    command = ["recommend", "--model", folder, f"--user={user}", "--n", "7", "--explain"]
    assert main([*command, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["rank"] for row in rows] == list(range(1, 8))
    expected = recommend(solver, user, 7)
    assert [row["item_id"] for row in rows] == expected["item_id"].tolist()
    assert [row["score"] for row in rows] == expected["score"].tolist()
    past = set(history(solver, user)["item_id"])
    for row in rows:
        assert {part["item_id"] for part in row["contributions"]} == past
        assert list(row) == ["rank", "item_id", "title", "score", "contributions"]
        for part in row["contributions"]:
            assert list(part) == ["item_id", "title", "contribution"]
        total = sum(part["contribution"] for part in row["contributions"])
        assert total == pytest.approx(row["score"], abs=1e-6)


def test_the_command_in_csv_and_as_a_table(capsys, folder, solver, sample_model):
    user = sample_model.user_ids[30]
    command = ["recommend", "--model", folder, f"--user={user}", "--n", "4"]
    assert main([*command, "--format", "csv", "--include-read", "--removed"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    expected = recommend(solver, user, 4, Limits(include_read=True, include_removed=True))
    assert [row["item_id"] for row in rows] == expected["item_id"].tolist()
    assert list(rows[0])[:4] == ["rank", "item_id", "title", "score"]
    assert "contributions" not in rows[0] and "rank_before" not in rows[0]
    assert main([*command, "--explain"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 5 and "because" in shown[0] and "(+0." in shown[1]
    assert main([*command, "--novelty=1", "--languages=pt", "--format=csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert all("rank_before" in row for row in rows)
    readers = [int(row["readers"]) for row in rows]
    assert readers == sorted(readers)
    assert main([*command, "--novelty=1", "--languages=pt", "--format=json"]) == 0
    same = json.loads(capsys.readouterr().out)
    assert [row["item_id"] for row in same] == [row["item_id"] for row in rows]
    assert all(list(row) == ["rank", "item_id", "title", "score"] for row in same)


def test_the_command_rearranges_what_the_page_does(capsys, folder, solver, sample_model):
    user = sample_model.user_ids[30]
    command = ["recommend", "--model", folder, f"--user={user}", "--n", "4", "--format", "json"]
    assert main([*command, "--novelty", "0.6", "--diversity", "0.3"]) == 0
    found = [row["item_id"] for row in json.loads(capsys.readouterr().out)]
    best = recommend(solver, user, pool_size(4))
    expected = rerank(best, sample_model, 4, novelty=0.6, diversity=0.3)
    assert found == expected["item_id"].tolist()
    assert expected["rank_before"].max() > 4  # more than the four best were looked at


def test_what_is_excluded_may_hold_a_comma_and_be_named_again(capsys, tmp_path):
    rows = [f'1,VIEW,"{item}",{user}' for user in "pqrs" for item in ("a", "b", "a,b", "c", " d")]
    tables = read_tables(None, events_csv(*rows, "1,VIEW,e,t", "1,VIEW,a,t"))
    model = train(tables, EventWeights.default(), ALSParams(factors=2, iterations=2))
    command = ["recommend", "--model", str(save_model(model, tmp_path / "m")), "--user", "t"]

    def left(*excluded):
        options = [part for text in excluded for part in ("--exclude", text)]
        assert main([*command, *options, "--format", "json"]) == 0
        return {row["item_id"] for row in json.loads(capsys.readouterr().out)}

    every = left()
    assert {"b", "a,b", "c"} < every
    assert left("a,b") == every - {"a,b"}
    assert left("c, b") == every - {"b", "c"}
    assert left("a,b", "c,b") == every - {"a,b", "b", "c"}


def test_an_id_may_begin_with_a_minus(capsys, folder, sample_model):
    user = next(user for user in sample_model.user_ids if user.startswith("-"))
    assert main(["recommend", "--model", folder, "--user", user, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 10


def test_nothing_left_is_an_empty_list(capsys, folder, sample_model):
    command = ["recommend", "--model", folder, f"--user={sample_model.user_ids[0]}", "--explain"]
    assert main([*command, "--since", "2100-01-01", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_empty_table_says_why(capsys, sample_model, solver, tmp_path):
    user = sample_model.user_ids[0]
    read = sample_model.items["item_id"].isin(history(solver, user)["item_id"])
    ask = ["recommend", "--user", user, "--model"]
    whole = str(save_model(sample_model, tmp_path / "whole"))
    assert main([*ask, whole, "--since", "2100-01-01"]) == 0
    assert "--since leaves no article" in capsys.readouterr().out
    assert main([*ask, whole, "--since", "2100-01-01", "--languages", "pt"]) == 0
    assert "--languages, --since leave no article" in capsys.readouterr().out
    none = replace(sample_model, items=sample_model.items.assign(removed=True))
    assert main([*ask, str(save_model(none, tmp_path / "none"))]) == 0
    assert "--removed includes them" in capsys.readouterr().out
    only = replace(sample_model, items=sample_model.items.assign(removed=~read))
    assert main([*ask, str(save_model(only, tmp_path / "only"))]) == 0
    assert f"read all articles that may be recommended ({read.sum()})" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--user", "nobody"], "no reader 'nobody'"),
        (["--user", "USER", "--n", "0"], "0 is not allowed"),
        (["--user", "USER", "--languages", "pt,xx"], "no article has 'xx'. Known: "),
        (["--user", "USER", "--since", "1.3.2025"], "'1.3.2025' is not a day"),
        (["--user", "USER", "--diversity", "2"], "diversity: 2.0 is not allowed"),
        (["--user", "USER", "--novelty", "nan"], "novelty: nan is not allowed"),
    ],
)
def test_a_mistake_is_one_message_and_status_2(capsys, folder, sample_model, options, words):
    given = [part.replace("USER", sample_model.user_ids[0]) for part in options]
    assert main(["recommend", "--model", folder, *given]) == 2
    shown = capsys.readouterr()
    assert words in shown.err and shown.out == ""


def test_why_not_says_the_place_and_what_would_bring_it_in(capsys, folder, solver, sample_model):
    user = sample_model.user_ids[30]
    ranked = recommend(solver, user, 12)
    item = ranked["item_id"].iloc[11]
    found = why_not_recommended(solver, user, item)
    ask = ["recommend", "--model", folder, f"--user={user}", "--why-not", item]
    assert main([*ask, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rank"], answer["shown"], answer["removed_by"]) == (12, False, [])
    assert answer["gap"] == found.gap and answer["offered"] == found.offered
    assert answer["changes"] == found.changes.table.to_dict("records")
    assert main([*ask, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["item_id"] for row in rows] == found.changes.table["item_id"].tolist()
    assert main(ask) == 0
    shown = capsys.readouterr().out
    assert f"It is number 12 of {found.offered:,}, score {found.score:.3f}; the last" in shown
    assert f"{len(found.changes.table):,}:" in shown or "No single article" in shown
    assert main([*ask, "--exclude", item, "--since", "2100-01-01"]) == 0
    assert "It is left out: --exclude; --since, --until. Otherwise" in capsys.readouterr().out
    assert main([*ask[:-1], ranked["item_id"].iloc[2]]) == 0
    assert capsys.readouterr().out.startswith("It is in the list: number 3 of")
    read = history(solver, user)["item_id"].iloc[0]
    assert main([*ask[:-1], read]) == 0
    assert "It is left out: the reader has read it. Otherwise" in capsys.readouterr().out
    assert main([*ask, "--novelty", "0.5"]) == 2 and "--novelty" in capsys.readouterr().err
    assert main([*ask[:-1], "nothing"]) == 2 and "no article 'nothing'" in capsys.readouterr().err
