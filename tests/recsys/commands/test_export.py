"""The command ``export``."""

import pandas as pd
import pytest

from recsys.__main__ import main
from recsys.exports.catalogue import all_neighbours, all_recommendations
from recsys.limits import Limits
from tests.recsys.exports.test_catalogue import same, whole


def test_the_command_writes_both(capsys, folder, sample_model, tmp_path):
    path = tmp_path / "near.parquet"
    ask = ["export", "--model", folder, "--n", "3", "--out"]
    assert main([*ask, str(path), "--removed"]) == 0
    assert capsys.readouterr().out == f"{path}: {3 * len(sample_model.items):,} rows\n"
    same(
        pd.read_parquet(path), whole(all_neighbours(sample_model, 3, Limits(include_removed=True)))
    )
    path = tmp_path / "read.csv"
    assert main([*ask, str(path), "--what", "recommendations"]) == 0
    back = pd.read_csv(path, dtype={"user_id": str, "item_id": str}, keep_default_na=False)
    expected = whole(all_recommendations(sample_model, 3))
    assert back["item_id"].tolist() == expected["item_id"].tolist()
    assert back["score"].tolist() == pytest.approx(expected["score"].tolist())


def test_the_command_says_what_is_wrong(capsys, folder, tmp_path):
    for options in (["--out", "a.txt"], ["--out", str(tmp_path / "a.csv"), "--n", "0"]):
        assert main(["export", "--model", folder, *options]) == 2
        shown = capsys.readouterr()
        assert shown.err.startswith("recsys: ") and "Traceback" not in shown.err
    assert list(tmp_path.iterdir()) == []
