"""The words that a reader meets: none that made somebody stumble comes back."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for place in ("app.py", "pages", "ui", "recsys")
    for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    if path.name not in ("text.py", "column_names.py")  # made-up titles, and names of columns
)
PHRASES = (
    "to make it the question",
    "let the text speak",
    "the text speaks",
    "who cares most",
    "care about them",
    "hangs together",
    "there is a way over",
    "most is read on",
    "they teach",
    "still teaches",
    "what is each event worth",
    "it holds:",
    "go on without",
    "go on with what",
    "say above which",
    "which this session does not have",
    "hidden reading",
    "read by most",
    "moves more than chance",
    "limits and taste",
    "less of the same",
    "sees exactly this view",
    "the model is being trained",
    "found by itself",
    "plain signs",
    "signs that nobody sees",
    "names of the columns",
    "line of names",
    "no name of a column",
    "as if they were",
    "could differ in",
    "are worth nothing",
    "nothing that counts",
    "as they are there",
    "is no id",
    "are no ids",
    "are no numbers",
    "is no day",
    "is no model.",
    "is no data set",
    "is no format",
    "holds no ",
    "well-read",
    "address takes",
    "stands below",
    "times more than by chance",
    "may be given again",
    "why not another",
    "its place then",
    "seen by you alone",
    "stand for the articles",
    "stand in for",
    "count all the same",
    "inside of",
    "outside of what",
    "no other row",
    "a mistake of the program",
    "nobody but you",
    "pressed the factors",
    "pressed all factors",
)
NAMES = ("One person",)  # what older links say
WORDS = ("person", "persons", "people", "readings", "signs", "likeness", "liveliest")
"""Not on the screen: readers, reads, characters, similarity."""


def texts_of(path: Path) -> list[tuple[int, str]]:
    """The texts of a file that are no docstrings, each with its line; `{}` stands for a value."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped, found = set(), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        if isinstance(node, ast.JoinedStr):
            parts = [part for part in node.values if isinstance(part, ast.Constant)]
            skipped.update(parts)
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
            found.append((node.lineno, text))
    found += [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped
    ]
    return found


def stumbled_over(text: str) -> list[str]:
    """What is in a text that should not be."""
    words = " ".join(text.lower().split())
    found = [phrase for phrase in PHRASES if phrase in words]
    if (
        " " in text.strip() and text not in NAMES
    ):  # a single word is a name in the program: a key, a column, an address
        found += [word for word in WORDS if re.search(rf"(?<![\w/.=]){word}(?![\w(=])", words)]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_has_words_that_made_a_reader_stumble(path):
    found = {f"line {line}: {text[:80]!r}": stumbled_over(text) for line, text in texts_of(path)}
    assert not {place: words for place, words in found.items() if words}


def test_such_words_are_found_in_texts_that_are_put_together():
    code = 'def f(n):\n    """People."""\n    return f"Read by {n} people, {n:,} times"\n'
    (found,) = [words for _, text in _texts(code) if (words := stumbled_over(text))]
    assert found == ["people"]
    assert not stumbled_over("people") and not stumbled_over("Only 4 readers")


def _texts(code: str) -> list[tuple[int, str]]:
    class Code:
        def read_text(self, encoding: str) -> str:
            return code

    return texts_of(Code())
