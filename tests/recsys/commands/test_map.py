"""The command ``map``."""

import io
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from recsys.__main__ import main


def test_the_ending_says_what_is_written(capsys, tiny_folder, tiny, tmp_path):
    ask = ["map", "--model", tiny_folder, "--topics", "2", "--out"]
    for ending in ("csv", "png", "svg", "html"):
        path = tmp_path / f"map.{ending}"
        assert main([*ask, str(path)]) == 0
        said = capsys.readouterr().out
        assert said.startswith(f"{path}: {len(tiny.items):,} articles.")
        assert "most similar articles" in said and said.endswith(" 2 topics.\n")
    table = pd.read_csv(tmp_path / "map.csv", dtype={"item_id": str}, keep_default_na=False)
    assert table["item_id"].tolist() == tiny.items["item_id"].tolist()
    assert table["topic"].nunique() == 2 and table["readers"].tolist() == tiny.readers.tolist()
    assert Image.open(tmp_path / "map.png").size == (1600, 900)
    assert ElementTree.parse(tmp_path / "map.svg").getroot().get("width") == "1600"
    assert (tmp_path / "map.html").read_bytes().startswith(b"<!doctype html>")


def test_colour_size_theme_and_title_are_those_asked_for(capsys, tiny_folder, tmp_path):
    path = tmp_path / "map.png"
    ask = ["map", "--model", tiny_folder, "--topics", "2", "--out", str(path), "--size", "640x360"]
    assert main([*ask, "--dark", "--colour", "readers", "--title", "$x <b>"]) == 0
    picture = Image.open(io.BytesIO(path.read_bytes())).convert("RGB")
    assert picture.size == (640, 360) and picture.getpixel((0, 0)) == (0x14, 0x18, 0x1C)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "TMP/map.gif"], "is not a format"),
        (["--out", "TMP/map"], "is not a format"),
        (["--out", "TMP/no/map.png"], "no such folder"),
        (["--out", "TMP/map.png", "--size", "big"], "is not a size"),
        (["--out", "TMP/map.png", "--size", "9x9"], "is not allowed"),
        (["--out", "TMP/map.png", "--topics", "0"], "is not allowed"),
        (["--out", "TMP/map.png", "--seed", "-1"], "is not allowed"),
        (["--out", "TMP/map.csv", "--colour", "readers"], "--colour"),
        (["--out", "TMP/map.csv", "--title", "A"], "--title"),
        (["--out", "TMP/map.html", "--dark"], "--dark"),
        (["--out", "TMP/map.html", "--size", "800x600"], "--size"),
        (["--out", "TMP/map.png", "--colour", "taste"], "--colour"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(capsys, tiny_folder, tmp_path, options, said):
    options = [part.replace("TMP", str(tmp_path)) for part in options]
    try:
        status = main(["map", "--model", tiny_folder, *options])
    except SystemExit as end:  # by argparse
        status = end.code
    shown = capsys.readouterr()
    assert status == 2 and said in shown.err and "Traceback" not in shown.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(capsys, tiny_folder, tmp_path):
    (tmp_path / "map.png").mkdir()
    assert (
        main(["map", "--model", tiny_folder, "--topics", "2", "--out", str(tmp_path / "map.png")])
        == 2
    )
    assert "cannot be written" in capsys.readouterr().err
