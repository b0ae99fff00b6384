"""The script is whole, fetches nothing and makes no HTML of a text."""

import re

import pytest

from recsys.maps.drawing import source
from tests.conftest import ROOT

DRAWING = ROOT / "recsys" / "maps" / "drawing"
SCRIPTS = sorted(
    [*DRAWING.rglob("*.js"), *(ROOT / "ui" / "parts" / "map_view").glob("*.js")],
    key=lambda path: path.name,
)
DECLARED = re.compile(r"^(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
LONGEST = 300


def test_all_parts_are_in_the_script():
    assert {path.name for path in (DRAWING / "js").glob("*.js")} == set(source.PARTS)
    assert "function createMap(" in source.script()


def test_no_two_parts_have_the_same_name():
    names = DECLARED.findall(source.script())
    names += DECLARED.findall("".join(p.read_text() for p in (DRAWING / "file").glob("*.js")))
    assert len(names) > 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_part_is_short_fetches_nothing_and_makes_no_html(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    addresses = re.findall(r"https?://[^\s\"'`]+", text)
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}  # the name of a kind of element
    no_html = r"innerHTML|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc"
    no_requests = r"\bfetch\(|XMLHttpRequest|WebSocket|importScripts|sendBeacon|\bimport\b"
    no_code = r"\beval\(|new Function"
    assert not re.search(f"{no_html}|{no_requests}|{no_code}", text)
    assert "</script" not in text


def test_the_style_fetches_nothing():
    for path in DRAWING.rglob("*.css"):
        assert not re.search(r"url\(|@import|@font-face", path.read_text(encoding="utf-8"))
