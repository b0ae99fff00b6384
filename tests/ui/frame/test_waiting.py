"""One heartbeat for a page, and what it says."""

import ast

import pytest

from tests.conftest import ROOT
from ui.beside.work import Rank, State, Work
from ui.frame.waiting import in_words


def work(name: str, state: State = State.RUNNING, share: float = 0.0, said: str = "") -> Work[str]:
    made: Work[str] = Work(name, name, None, Rank.SHOWN)
    made.state, made.share, made.said = state, share, said
    return made


def stopping(name: str) -> Work[str]:
    made = work(name)
    made.to_end.set()
    return made


@pytest.mark.parametrize(
    ("works", "text"),
    [
        ([work("Training", share=0.25)], "Training: 25%"),
        (
            [work("Training", share=0.5, said="iteration 5 of 10")],
            "Training: 50%, iteration 5 of 10",
        ),
        ([work("Training", State.WAITING)], "Training: waiting for its turn"),
        ([work("Quality", State.PAUSED)], "Quality: paused for something more urgent"),
        ([stopping("Training")], "Training: stopping…"),
        (
            [work("Quality", State.PAUSED), work("Seeds", share=0.1)],
            "Seeds: 10% · next: Quality",
        ),
    ],
)
def test_the_bar_says_what_runs_and_what_comes_then(works, text):
    assert in_words(works)[1] == text


def test_nothing_but_the_heartbeat_asks_the_browser_to_ask_again():
    """Two fragments that poll can leave the page white; see `ui.frame.waiting`."""
    polls = []
    for path in [ROOT / "app.py", *ROOT.glob("ui/**/*.py"), *ROOT.glob("pages/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("fragment", "stop"):
                if isinstance(node.value, ast.Name) and node.value.id == "st":
                    polls.append((path.relative_to(ROOT).as_posix(), node.attr))
    assert sorted(polls) == [("ui/frame/page.py", "stop"), ("ui/frame/waiting.py", "fragment")]
