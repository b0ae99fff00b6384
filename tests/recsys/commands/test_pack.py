"""The command ``pack``, and ``--rules``."""

import json

import pandas as pd

from recsys.__main__ import main
from recsys.exports.read_next import read_next
from recsys.picks.decisions import Decision
from recsys.picks.rules import Rules
from tests.conftest import DATA


def test_a_pack_with_rules_is_written(capsys, folder, sample_model, sample_tables, tmp_path):
    ids = sample_model.items["item_id"].tolist()
    rules = Rules().add(
        Decision(kind="picks", item=ids[5], others=(ids[9],)),
        Decision(kind="pin", item=ids[7], others=(ids[400],)),
    )
    (tmp_path / "rules.json").write_text(rules.as_json())
    out = tmp_path / "next.json"
    ask = ["pack", "--model", folder, "--rules", str(tmp_path / "rules.json"), "--n", "3"]
    assert main([*ask, "--out", str(out)]) == 0
    made = json.loads(out.read_text())
    assert [link["id"] for link in made[ids[5]]["links"]] == [ids[9]]
    assert made[ids[7]]["links"][0]["id"] == ids[400]
    assert "orphans" in capsys.readouterr().out
    files = ["--interactions", str(DATA / "users_interactions.csv")]
    files += ["--articles", str(DATA / "shared_articles.csv")]
    out = tmp_path / "next.parquet"
    assert main([*ask, *files, "--out", str(out)]) == 0
    expected = read_next(sample_model, sample_tables, 3, rules=rules).links
    assert pd.read_parquet(out)["neighbour_id"].tolist() == expected["neighbour_id"].tolist()


def test_rules_hold_for_the_neighbours_of_one_article(capsys, folder, sample_model, tmp_path):
    ids = sample_model.items["item_id"].tolist()
    rules = Rules().add(Decision(kind="pin", item=ids[7], others=(ids[400],)))
    (tmp_path / "rules.json").write_text(rules.as_json())
    ask = ["similar", "--model", folder, "--item", ids[7], "--n", "3", "--format", "json"]
    assert main([*ask, "--rules", str(tmp_path / "rules.json")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(ask) == 0
    plain = json.loads(capsys.readouterr().out)
    assert [row["item_id"] for row in found] == [ids[400], *(r["item_id"] for r in plain[:2])]
    assert [row["rule"] for row in found] == ["pinned", "", ""]


def test_what_makes_no_sense_is_said(capsys, folder, tmp_path):
    out = ["--out", str(tmp_path / "a.json")]
    for options in (
        ["--out", "a.txt"], [*out, "--text"], [*out, "--rules", "none.json"], [*out, "--n", "0"],
        [*out, "--interactions", str(DATA / "users_interactions.csv")],
    ):  # fmt: skip
        assert main(["pack", "--model", folder, *options]) == 2
        shown = capsys.readouterr()
        assert shown.err.startswith("recsys: ") and "Traceback" not in shown.err
    assert list(tmp_path.iterdir()) == []
