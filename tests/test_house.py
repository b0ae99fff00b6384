"""The house keeps its shape: small files, and wings that say what they are (CONTRIBUTING.md)."""

import ast
from importlib import import_module
from types import ModuleType

import pytest

from tests.conftest import ROOT

LONGEST = 300
WINGS = sorted(path.parent for path in (ROOT / "recsys").glob("*/__init__.py"))


def test_no_file_is_long():
    folders = ("recsys", "ui", "pages", "tests", "bench", "docs")
    places = ["app.py", *(f"{name}/**/*.py" for name in folders)]
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for place in places
        for path in ROOT.glob(place)
    }
    assert len(lengths) > 200
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


@pytest.mark.parametrize("wing", WINGS, ids=lambda wing: wing.name)
def test_a_wing_says_what_goes_in_and_out_and_where_to_begin(wing):
    text = (wing / "__init__.py").read_text(encoding="utf-8")
    said = " ".join((ast.get_docstring(ast.parse(text)) or "").split())
    if wing.name == "machine":  # a handful of helpers, each for itself
        assert "Each file stands for itself" in said
        return
    assert "In: " in said and "Out: " in said and "Begin with `" in said


@pytest.mark.parametrize("wing", WINGS, ids=lambda wing: wing.name)
def test_what_a_wing_hands_on_is_there(wing):
    module = import_module(f"recsys.{wing.name}")
    names = getattr(module, "__all__", [])
    assert len(names) == len(set(names)) and bool(names) == (wing.name != "commands")
    for name in names:
        one = getattr(module, name)
        assert not isinstance(one, ModuleType), "a module of the same name hides it"
