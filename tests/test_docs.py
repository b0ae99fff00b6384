"""What docs/library.md says is true: its code runs and gives what stands below it."""

import ast
import contextlib
import importlib.util
import io
import json
from typing import Any

import pytest

import recsys
from tests.conftest import ROOT

_SPEC = importlib.util.spec_from_file_location("notebook", ROOT / "docs" / "notebook.py")
assert _SPEC is not None and _SPEC.loader is not None
notebook = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(notebook)

PARTS = notebook.parts((ROOT / "docs" / "library.md").read_text(encoding="utf-8"))


def run(code: str, names: dict[str, Any]) -> str:
    """What a notebook shows below a cell: what it prints, and its last expression."""
    body = ast.parse(code).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        value = (
            None
            if last is None
            else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        )
    return said.getvalue().rstrip() + ("" if value is None else repr(value))


def test_the_library_does_what_its_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    shown = ""
    for kind, text in PARTS:
        if kind == "python":
            shown = run(text, names)
        elif kind == "text":
            assert shown == text
    assert len(names["similar"]) == 5


def test_it_begins_with_twelve_lines():
    first = next(text for kind, text in PARTS if kind == "python")
    assert len([line for line in first.splitlines() if line]) <= 12


def test_every_public_name_stands_in_the_stub_and_can_be_had():
    assert len(recsys.__all__) == len(set(recsys.__all__)) > 40
    for name in recsys.__all__:
        assert getattr(recsys, name) is not None


@pytest.mark.parametrize("name", sorted(set(recsys.__all__) - {"PRESETS"}))
def test_every_public_name_has_a_docstring_and_most_an_example(name):
    one = getattr(recsys, name)
    assert one.__doc__ and not one.__doc__.startswith(f"{name}("), "no docstring of its own"
    of_results = {"BlendedTaste", "Comparison", "Ensemble", "FinerTopics", "Places", "Topics"}
    assert name in of_results or ">>> import recsys" in one.__doc__


def test_the_notebook_holds_the_page_with_all_results():
    book = json.loads((ROOT / "docs" / "library.ipynb").read_text(encoding="utf-8"))
    cells = [("".join(cell["source"]), cell) for cell in book["cells"]]
    kinds = {"markdown": "markdown", "python": "code"}
    expected = [(kinds[kind], text) for kind, text in PARTS if kind != "text"]
    assert [(cell["cell_type"], text) for text, cell in cells] == expected
    outputs = [cell["outputs"] for _, cell in cells if cell["cell_type"] == "code"]
    kinds = {(one["output_type"], one.get("name")) for cell in outputs for one in cell}
    assert kinds == {("execute_result", None), ("stream", "stdout")}
    assert sum(map(bool, outputs)) > 12
